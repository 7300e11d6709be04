"""Headings: listed, and gone to one after the other."""

from __future__ import annotations

from functools import partial

from store.sanitize import pluralize
from texts.outline import Heading, outline
from tui.desk.context import DeskContext, command
from tui.desk.navigation import go
from tui.desk.side import Side
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.ui_state import Place
from tui.view.tables import ViewColumn

_COLUMNS = (ViewColumn("¶", 5, is_number=True), ViewColumn("heading", least=20))


@command("outline")
def list_headings(ctx: DeskContext, press: Press) -> None:
    """The headings of the text, to go to; the one that the reader is below is lit."""
    side = ctx.active
    if side.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    found = outline(side.text)
    if not found:
        ctx.tell(_none(ctx, side))
        return
    before = [each for each in found if each.passage.span.start <= side.pane.cursor]
    picker = Picker(
        f"{pluralize(len(found), 'heading')} of {ctx.name(side.slug)}",
        [_choice(each) for each in found],
        highlighted=_key(before[-1]) if before else "",
        columns=_COLUMNS,
    )
    ctx.push(picker, partial(_picked, ctx, side))


def _picked(ctx: DeskContext, side: Side, picked: Picked | None) -> None:
    if picked is not None:
        go(ctx, Place(side.slug, int(picked.key)))


def _choice(heading: Heading) -> Choice:
    indented = "  " * (heading.level - 1) + heading.words
    return Choice(_key(heading), heading.words, cells=(str(heading.passage.number or ""), indented))


def _key(heading: Heading) -> str:
    return str(heading.passage.span.start)


@command("next_heading", "previous_heading")
def to_heading(ctx: DeskContext, press: Press) -> None:
    """To the next heading, or to the one before."""
    side = ctx.active
    if side.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    step = 1 if press.id == "next_heading" else -1
    starts = [each.passage.span.start for each in outline(side.text)]
    ahead = [start for start in starts if (start - side.pane.cursor) * step > 0][::step]
    if not starts:
        ctx.tell(_none(ctx, side))
    elif len(ahead) < press.times:
        ctx.tell(f"no {'later' if step > 0 else 'earlier'} heading: {ctx.key_of('outline')} lists them")
    else:
        go(ctx, Place(side.slug, ahead[press.times - 1]))


def _none(ctx: DeskContext, side: Side) -> str:
    return f"{ctx.name(side.slug)} has no headings: {ctx.key_of('passage_next')} goes on by passages"
