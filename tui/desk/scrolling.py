"""The scroll marks at both edges of the bridge: what is in view of each text, and where there is something in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from texts.model import starts_of
from tui.desk.context import DeskContext
from tui.desk.side import Side
from tui.view.scroll_marks import ScrollMark, combined, row_at, rows_of


class Scrolled(NamedTuple):
    """The marks of one text, and which of its rows are in view."""

    marks: tuple[ScrollMark, ...]
    first: int
    last: int


class ScrollColumns:
    """What was reckoned last, for each side and mark: at most keys only the view changes, or the hits."""

    def __init__(self, ctx: DeskContext) -> None:
        self._kept: dict[tuple[int, ScrollMark], tuple[tuple[object, ...], _ByHeight]] = {}

    def column(
        self,
        side: Side,
        height: int,
        mark: ScrollMark,
        made_of: tuple[object, ...],
        offsets: Callable[[], Iterable[int]],
    ) -> tuple[ScrollMark, ...]:
        """The rows of one mark; reckoned anew where one of the things that they are made of has changed.

        Those of another height are kept too: the prompt takes a row while it is open.
        """
        text = side.text
        assert text is not None
        made_of = (text, *made_of)
        kept, by_height = self._kept.get((side.number, mark), ((), {}))
        if kept != made_of:
            by_height = {}
            self._kept[side.number, mark] = made_of, by_height
        if height not in by_height:
            by_height[height] = rows_of(mark, offsets(), len(text.body), height)
        return by_height[height]


_ByHeight = dict[int, tuple[ScrollMark, ...]]


def draw_scroll(ctx: DeskContext) -> None:
    """Draws the scroll marks of both texts; does nothing where nothing has changed."""
    height = ctx.bridge.marked_rows
    if height > 0:
        ctx.bridge.show_scrolled(*(_scrolled(ctx, side, height) for side in ctx.sides))


def _scrolled(ctx: DeskContext, side: Side, height: int) -> Scrolled:
    if side.text is None:
        return Scrolled((), 0, -1)
    marks, length = _marks(ctx, side, height), len(side.text.body)
    first, last = side.pane.in_view
    return Scrolled(marks, row_at(first, length, height), row_at(last, length, height))


def _marks(ctx: DeskContext, side: Side, height: int) -> tuple[ScrollMark, ...]:
    column = partial(ctx.own(ScrollColumns).column, side, height)
    relations, pane, hits = ctx.state.relations, side.pane, side.hits
    return combined(
        (
            column(ScrollMark.RELATED, (relations.found, relations.dismissed), lambda: _related(ctx, side)),
            column(ScrollMark.HIGHLIGHT, (pane.marks_version,), pane.mark_starts),
            column(ScrollMark.HIT, (hits,), lambda: (span.start for span in hits)),
        )
    )


def _related(ctx: DeskContext, side: Side) -> Iterable[int]:
    view, text = ctx.view_from(side), side.text
    if view is None or text is None:
        return ()
    starts = starts_of(text.numbered)
    return [starts[number - 1] for number in view.numbers_related()]
