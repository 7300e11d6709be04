"""Suggestions that were dismissed: listed for the pair on the desk, and taken back."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from store.records import Dismissed
from texts.model import Span, Text
from tui.desk.acts import write
from tui.desk.context import DeskContext, command
from tui.desk.navigation import go
from tui.desk.open_texts import activate
from tui.dialogs.choices import Choice, Picked, PickerAction, preview_words
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.ui_state import Place
from tui.view.tables import ViewColumn
from tui.view.times import local_day

_COLUMNS = (
    ViewColumn("¶", 4, is_number=True),
    ViewColumn("in 1", least=16),
    ViewColumn("¶", 4, is_number=True),
    ViewColumn("in 2", least=16),
    ViewColumn("reader", 10, gives_way=2),
    ViewColumn("day", 10, gives_way=1),
)


@command("dismissed")
def dismissed(ctx: DeskContext, press: Press) -> None:
    """What was dismissed between the two texts, both places with their words."""
    left, right = (side.text for side in ctx.sides)
    if left is None or right is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    found = ctx.session.library.links.dismissed(ctx.sides[0].library_slug, ctx.sides[1].library_slug)
    by_key = {str(each.id): each for each in found}
    picker = Picker(
        f"Dismissed between {ctx.name(left.slug)} and {ctx.name(right.slug)}",
        [_choice(each, left, right) for each in found],
        actions=(PickerAction("delete", "take_back", "suggest again"),),
        ticks=True,
        preview=lambda key: _preview(by_key[key], left, right),
        columns=_COLUMNS,
        empty=f"Nothing is dismissed between these two: in the list of {ctx.key_of('related')}, x dismisses.",
    )
    ctx.push(picker, partial(_picked, ctx, by_key))


def _picked(ctx: DeskContext, by_key: dict[str, Dismissed], picked: Picked | None) -> None:
    if picked is None:
        return
    if picked.action == "take_back":
        ids = [by_key[key].id for key in picked.keys]
        write(ctx, lambda library: library.links.take_back(ids))
        return
    each = by_key[picked.key]
    if not each.present:
        ctx.tell("one of the two texts has changed since: this pair has no place in it")
        return
    active = ctx.active
    for side, span in zip(ctx.sides, (each.left_span, each.right_span), strict=True):
        go(ctx, Place(side.slug, span.start))
    activate(ctx, active)


def _choice(each: Dismissed, left: Text, right: Text) -> Choice:
    ends = *_place(left, each.left_span, each.present), *_place(right, each.right_span, each.present)
    said = each.reader, local_day(each.created)
    return Choice(str(each.id), " ".join(ends), " ".join(said), cells=(*ends, *said))


def _place(text: Text, span: Span, present: bool) -> tuple[str, str]:
    """Number of the passage, and its words; where the text has changed since, only that."""
    if not present:
        return "", "changed since"
    passage = text.passage_at(span.start)
    return str(passage.number or "") if passage else "", " ".join(text.quote(span).split())


def _preview(each: Dismissed, left: Text, right: Text) -> Content:
    if not each.present:
        return Content("One of the two texts has changed since, and the place is not in its present version.")
    return preview_words(
        (f"1  “{left.quote(each.left_span)}”\n\n", ""),
        (f"2  “{right.quote(each.right_span)}”", ""),
    )
