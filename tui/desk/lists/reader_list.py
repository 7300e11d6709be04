"""Where two readers disagree: the places listed, and gone to one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import LibraryError
from store.services.agreement import AgreementReport, compare_readers, difference, in_words, readers_in
from texts.visible import one_line
from tui.desk.context import DeskContext, command
from tui.desk.navigation import go
from tui.dialogs.choices import Choice, Picked, PickerAction, preview_words
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.ui_state import Place
from tui.view.tables import ViewColumn

if TYPE_CHECKING:
    from texts.agreement import Disagreement
    from texts.model import Text

_EMPTY = "No disagreement: the two say the same of all that they have both read."


_OTHERS = PickerAction("ctrl+o", "others", "other readers")


class ReadersCompared:
    """The two readers who were held against each other last."""

    def __init__(self, ctx: DeskContext) -> None:
        self.pair: tuple[str, str] | None = None


@command("disagreements")
def disagreements(ctx: DeskContext, press: Press) -> None:
    """The places at which two readers disagree; with more than two readers, those who were chosen last."""
    readers, last = readers_in(ctx.session.library), ctx.own(ReadersCompared).pair
    if len(readers) < 2:
        told = (
            f"only {one_line(next(iter(readers)))} has marked anything"
            if readers
            else "nobody has marked anything"
        )
        ctx.tell(f"{told}: tui import brings in another reader's library", error=True)
    elif len(readers) == 2:
        first, second = readers
        _open(ctx, first, second, others=False)
    elif last and all(name in readers for name in last):
        _open(ctx, *last, others=True)
    else:
        _choose(ctx, readers)


def _choose(ctx: DeskContext, readers: Mapping[str, int]) -> None:
    """Asks which two."""
    pairs = {str(number): pair for number, pair in enumerate(combinations(readers, 2))}
    choices = [
        Choice(key, f"{one} and {other}", f"{readers[one]} and {readers[other]} highlights")
        for key, (one, other) in pairs.items()
    ]

    def chosen(picked: Picked | None) -> None:
        if picked is not None:
            pair = ctx.own(ReadersCompared).pair = pairs[picked.key]
            _open(ctx, *pair, others=True)

    ctx.push(Picker("Where do which two readers disagree?", choices), chosen)


def _open(ctx: DeskContext, one: str, other: str, *, others: bool) -> None:
    """Lists where two readers disagree; `others` offers to choose two other readers."""
    try:
        agreed = compare_readers(ctx.session.library, one, other)
    except LibraryError as problem:
        ctx.refused(problem)
        return
    by_key = {f"{place.text}:{place.span.start}": place for place in agreed.agreement.places}
    texts = {slug: ctx.session.text(slug) for slug in agreed.texts}
    picker = Picker(
        _title(agreed),
        [_choice(ctx, key, place, agreed) for key, place in by_key.items()],
        actions=(_OTHERS,) if others else (),
        preview=lambda key: _preview(by_key[key], texts[by_key[key].text], agreed),
        columns=_columns(agreed),
        empty=_EMPTY if agreed.texts else f"{one} and {other} have marked nothing in the same text.",
    )
    ctx.push(picker, partial(_picked, ctx, by_key, agreed))


def _picked(
    ctx: DeskContext, by_key: Mapping[str, Disagreement], agreed: AgreementReport, picked: Picked | None
) -> None:
    if picked is None:
        return
    if picked.action == _OTHERS.name:
        _choose(ctx, readers_in(ctx.session.library))
        return
    place = by_key[picked.key]
    if go(ctx, Place(place.text, place.span.start)):
        ctx.tell(difference(place, agreed))


def _title(agreed: AgreementReport) -> str:
    """`ana and ben: 12 places, α 0.61 on characters, 0.70 on passages`."""
    marked = agreed.agreement.marked
    found = len(agreed.agreement.places)
    title = f"{agreed.one} and {agreed.other} disagree in {found} place{'' if found == 1 else 's'}"
    if marked.characters.alpha is None or marked.passages.alpha is None:
        return title
    return f"{title}, α {marked.characters.alpha:.2f} on characters, {marked.passages.alpha:.2f} on passages"


def _choice(ctx: DeskContext, key: str, place: Disagreement, agreed: AgreementReport) -> Choice:
    quote, said = " ".join(place.quote.split()), difference(place, agreed)
    number = str(place.passage or "")
    cells = (number, ctx.name(place.text), quote, in_words(place.one), in_words(place.other))
    return Choice(key, f"“{quote}”", f"{ctx.name(place.text)} · {said}", cells=cells)


def _columns(agreed: AgreementReport) -> tuple[ViewColumn, ...]:
    return (
        ViewColumn("¶", 4, is_number=True),
        ViewColumn("text", 16, gives_way=1),
        ViewColumn("quote", least=20),
        ViewColumn(agreed.one, 14),
        ViewColumn(agreed.other, 14),
    )


def _preview(place: Disagreement, text: Text, agreed: AgreementReport) -> Content:
    """The words with what each of the two says of them, a line a stretch; dim what they agree on."""
    parts: list[tuple[str, str]] = []
    for stretch in place.stretches:
        apart = stretch.one != stretch.other
        said = (
            f"{agreed.one}: {in_words(stretch.one)} · {agreed.other}: {in_words(stretch.other)}"
            if apart
            else f"both: {in_words(stretch.one)}"
        )
        words = " ".join(text.quote(stretch.span).split())
        parts.append((f"“{words}”  ", "bold" if apart else "$foreground 65%"))
        parts.append((f"{said}\n", "$accent" if apart else "$foreground 65%"))
    return preview_words(*parts)
