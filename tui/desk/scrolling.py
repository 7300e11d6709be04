"""The scroll marks at both edges of the bridge: what is in view of each text, and where there is something in it."""

from __future__ import annotations

from typing import NamedTuple

from tui.desk.context import DeskContext
from tui.desk.side import Side
from tui.view.scroll_marks import ScrollMark, row_at, scroll_marks


class Scrolled(NamedTuple):
    """The marks of one text, and which of its rows are in view."""

    marks: tuple[ScrollMark, ...]
    first: int
    last: int


class ScrollColumns:
    """What was reckoned last, for each side: only the view changes at most keys."""

    def __init__(self, ctx: DeskContext) -> None:
        self.known: list[object] = [None, None]
        self.marks: list[tuple[ScrollMark, ...]] = [(), ()]


def draw_scroll(ctx: DeskContext) -> None:
    """Draws the scroll marks of both texts; does nothing where nothing has changed."""
    height = ctx.bridge.marked_rows
    if height > 0:
        ctx.bridge.show_scrolled(*(_scrolled(ctx, side, height) for side in ctx.sides))


def _scrolled(ctx: DeskContext, side: Side, height: int) -> Scrolled:
    if side.text is None:
        return Scrolled((), 0, -1)
    kept, number, length = ctx.own(ScrollColumns), side.number, len(side.text.body)
    found = ctx.state.relations.found
    known = (side.text, height, side.pane.marks_version, id(side.hits), len(side.hits), id(found))
    if kept.known[number] != known:
        kept.known[number] = known
        kept.marks[number] = _marks(ctx, side, height)
    first, last = side.pane.in_view
    return Scrolled(kept.marks[number], row_at(first, length, height), row_at(last, length, height))


def _marks(ctx: DeskContext, side: Side, height: int) -> tuple[ScrollMark, ...]:
    text, view = side.text, ctx.view_from(side)
    assert text is not None
    related = () if view is None else [text.passage(number).span.start for number in view.numbers_related()]
    return scroll_marks(
        len(text.body),
        height,
        (
            (ScrollMark.RELATED, related),
            (ScrollMark.HIGHLIGHT, side.pane.mark_starts()),
            (ScrollMark.HIT, [span.start for span in side.hits]),
        ),
    )
