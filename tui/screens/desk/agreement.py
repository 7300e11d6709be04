"""Where two readers disagree: the places listed, and gone to one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from textual.content import Content

from store.errors import LibraryError
from texts.visible import one_line
from tui.agreeing import Agreed, compare_readers, difference, in_words, readers_in
from tui.keys import Press
from tui.screens.desk.moving import Place as DeskPlace
from tui.screens.desk.part import Part, does
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words

if TYPE_CHECKING:
    from texts.agreement import Place
    from texts.model import Text

_EMPTY = "No disagreement: the two say the same of all that they have both read."
_OTHERS = Deed("ctrl+o", "others", "other readers")


class Agreeing(Part):
    """Asks which two readers are meant, where there are more, and lists where they disagree."""

    _pair: tuple[str, str] | None = None
    """The two readers who were held against each other last."""

    @does("disagreements")
    def disagreements(self, press: Press) -> None:
        """The places at which two readers disagree; with more than two readers, those who were chosen last."""
        readers = readers_in(self.desk.session.library)
        if len(readers) < 2:
            told = (
                f"only {one_line(next(iter(readers)))} has marked anything"
                if readers
                else "nobody has marked anything"
            )
            self.desk.tell(f"{told}: tui import brings in another reader's library", error=True)
        elif len(readers) == 2:
            first, second = readers
            self._open(first, second, others=False)
        elif self._pair and all(name in readers for name in self._pair):
            self._open(*self._pair, others=True)
        else:
            self._choose(readers)

    def _choose(self, readers: Mapping[str, int]) -> None:
        """Asks which two."""
        pairs = {str(number): pair for number, pair in enumerate(combinations(readers, 2))}
        choices = [
            Choice(key, f"{one} and {other}", f"{readers[one]} and {readers[other]} highlights")
            for key, (one, other) in pairs.items()
        ]

        def chosen(picked: Picked | None) -> None:
            if picked is not None:
                self._pair = pairs[picked.key]
                self._open(*self._pair, others=True)

        self.desk.app.push_screen(Picker("Where do which two readers disagree?", choices), chosen)

    def _open(self, one: str, other: str, *, others: bool) -> None:
        """Lists where two readers disagree; `others` offers to choose two other readers."""
        try:
            agreed = compare_readers(self.desk.session.library, one, other)
        except LibraryError as problem:
            self.refused(problem)
            return
        by_key = {f"{place.text}:{place.span.start}": place for place in agreed.agreement.places}
        texts = {slug: self.desk.session.text(slug) for slug in agreed.texts}
        picker = Picker(
            _title(agreed),
            [_choice(key, place, agreed) for key, place in by_key.items()],
            deeds=(_OTHERS,) if others else (),
            preview=lambda key: _preview(by_key[key], texts[by_key[key].text], agreed),
            empty=_EMPTY if agreed.texts else f"{one} and {other} have marked nothing in the same text.",
        )
        self.desk.app.push_screen(picker, partial(self._picked, by_key, agreed))

    def _picked(self, by_key: Mapping[str, Place], agreed: Agreed, picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.deed == _OTHERS.name:
            self._choose(readers_in(self.desk.session.library))
            return
        place = by_key[picked.key]
        if self.desk.moving.go(DeskPlace(place.text, place.span.start)):
            self.desk.tell(difference(place, agreed))


def _title(agreed: Agreed) -> str:
    """`ana and ben: 12 places, α 0.61 on characters, 0.70 on passages`."""
    marked = agreed.agreement.marked
    found = len(agreed.agreement.places)
    title = f"{agreed.one} and {agreed.other} disagree in {found} place{'' if found == 1 else 's'}"
    if marked.characters.alpha is None or marked.passages.alpha is None:
        return title
    return f"{title}, α {marked.characters.alpha:.2f} on characters, {marked.passages.alpha:.2f} on passages"


def _choice(key: str, place: Place, agreed: Agreed) -> Choice:
    detail = f"{place.text} · {difference(place, agreed)}"
    return Choice(key, f"“{' '.join(place.quote.split())}”", detail, f"¶{place.passage}")


def _preview(place: Place, text: Text, agreed: Agreed) -> Content:
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
