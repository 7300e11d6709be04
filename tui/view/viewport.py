"""The part of a text that is in view: which row stands at the top of a pane, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from texts.model import Span
from tui.view.visible_text import VisibleText
from tui.view.wrap import NARROWEST, DisplayRow, Layout, Wrapper

Where = Literal["near", "top", "middle", "bottom"]

NEAR_EDGE = 2
"""Rows that what is revealed keeps from the top and the bottom where it can."""
_WINDOW = 3
"""Screens that are laid out on either side of the reader at first."""
_READY = 1_000
"""Rows that are laid out below and above the view while nothing else is to be done.

All of a long text would have to be laid out again whenever somebody jumps beyond, as each letter of a search may.
"""
_NOWHERE = -(1 << 30)
"""The number of the row at the top while it is not known."""


class Viewport:
    """So many rows of a text, from a row at the top on.

    Row numbers are those of the layout less the rows that it has grown by at the top, so they mean the same row for as
    long as the layout lasts, and rows above the first one have negative numbers. They are good for comparing; a place
    that is to last is an offset.
    """

    def __init__(
        self,
        shown: VisibleText,
        *,
        columns: int = NARROWEST,
        height: int = 0,
        place: int = 0,
        spacing: int = 1,
        justified: bool = False,
    ) -> None:
        """`columns` are the cells of the text column; a height of 0 means that nothing is in view yet.

        `spacing` is how many blank rows part two passages; `justified` stretches the rows of prose to the column.
        """
        self._wrapper = Wrapper(shown, spacing, justified=justified)
        self._place = place
        self.fit(columns, height)

    @property
    def shown(self) -> VisibleText:
        """What is shown of the text."""
        return self._wrapper.shown

    @property
    def justified(self) -> bool:
        """Whether rows of prose are stretched to the column; which rows there are does not depend on it."""
        return self._wrapper.justified

    @justified.setter
    def justified(self, justified: bool) -> None:
        self._wrapper.justified = justified

    def fit(self, columns: int, height: int) -> None:
        """Lays the text out anew for another size; what was at the top stays there."""
        self.height = height
        rows = 0 if self.fillers else _WINDOW * max(1, height)
        self.layout = Layout(self._wrapper, columns, around=self._place, rows=rows)
        self._top = self._within_text(self.layout.row_of(self._place), over=False)

    @property
    def fillers(self) -> Mapping[int, int]:
        """Blank rows that bring passages level with those of another text: see `Wrapper.fillers`."""
        return self._wrapper.fillers

    def fill(self, fillers: Mapping[int, int]) -> None:
        """Lays the whole text out with these blank rows; what was at the top stays there."""
        self._wrapper.fillers = fillers
        self.fit(self.layout.columns, self.height)

    def whole_layout(self) -> Layout:
        """The layout of the whole text in the present column, without fillers."""
        kept, self._wrapper.fillers = self._wrapper.fillers, {}
        try:
            return Layout(self._wrapper, self.layout.columns)
        finally:
            self._wrapper.fillers = kept

    @property
    def has_rows_ready(self) -> bool:
        """Whether as many rows around the view are laid out as are kept ready."""
        return self._has_rows_below and self._has_rows_above

    @property
    def _has_rows_below(self) -> bool:
        return self.layout.at_bottom or len(self.layout.rows) >= self.first + self.height + _READY

    @property
    def _has_rows_above(self) -> bool:
        return self.layout.at_top or self.first >= _READY

    def grow(self) -> bool:
        """Lays out another chunk around the view, which stays. Returns whether there is more to do."""
        if not self._has_rows_below:
            self.layout.grow_down()
        elif not self._has_rows_above:
            self.layout.grow_up()
        return not self.has_rows_ready

    # rows

    @property
    def top(self) -> int:
        """Number of the row at the top."""
        return self._top

    @property
    def first(self) -> int:
        """Number of the row at the top in the layout as it is now."""
        return self.layout.reach(self._top + self.layout.above)

    @property
    def place(self) -> int:
        """Offset of the first character in view."""
        first = self.first  # before the rows, which it may have grown
        return self.layout.rows[first]

    @property
    def edges(self) -> tuple[int, int]:
        """Offsets at which the first row in view begins, and the last one, as far as they are laid out."""
        rows, first = self.layout.rows, self.first
        return rows[first], rows[min(first + max(1, self.height), len(rows)) - 1]

    def row_of(self, offset: int) -> int:
        """Number of the row of an offset, which is laid out for it if need be."""
        self.layout.include(offset)
        return self.layout.row_of(offset) - self.layout.above

    def row(self, number: int) -> DisplayRow:
        """The row of that number, or the nearest one there is."""
        return self.layout.row(self.layout.reach(number + self.layout.above))

    def screen_row_of(self, offset: int) -> int:
        """The screen row of an offset, from 0; under 0 or from the height on where it is out of view."""
        return self.row_of(offset) - self._top

    def holds(self, offset: int) -> bool:
        """Whether an offset is in view."""
        return self.layout.holds(offset) and 0 <= self.screen_row_of(offset) < self.height

    def rows(self) -> list[DisplayRow]:
        """The rows in view: fewer than the height where the text ends before."""
        if not self.height:
            return []
        first = self.first
        last = self.layout.reach(first + self.height - 1)
        return [self.layout.row(number) for number in range(first, last + 1)]

    def passages(self) -> list[tuple[int, int, int]]:
        """The numbered passages in view: number, first and last screen row, cut off at the edges."""
        if not self.height:
            return []
        layout, first = self.layout, self.first
        last = layout.reach(first + self.height - 1)
        found = []
        for index in range(self.shown.index(layout.rows[first]), self.shown.index(layout.rows[last]) + 1):
            (start, end), number = self.shown.passages[index]
            top, bottom = max(first, layout.row_of(start)), min(last, layout.row_of(max(start, end - 1)))
            if number is not None and top <= bottom:
                found.append((number, top - first, bottom - first))
        return found

    def sentences(self) -> list[int]:
        """Offsets of the sentences that begin in view, in order."""
        rows = self.rows()
        if not rows:
            return []
        low, high = rows[0].start, max(rows[-1].end, rows[-1].start + 1)
        passages = dict.fromkeys(row.passage for row in rows)
        starts = (span.start for passage in passages for span in self.shown.sentences(passage))
        return [start for start in starts if low <= start < high]

    def offset_at(self, screen_row: int, column: int) -> int:
        """The place for a cursor nearest to a cell of the text column."""
        row = self.row(self._top + min(max(screen_row, 0), max(0, self.height - 1)))
        if row.blank:
            return self.shown.snap_to_grapheme(row.start - 1)
        return self.shown.snap_to_grapheme(self.layout.offset_at(row, max(0, column)))

    # scrolling

    def scroll_to(self, number: int, *, over: bool = False) -> bool:
        """Brings a row to the top; returns whether that changed anything.

        At the end of the text the view stays full, unless `over` lets the last row come to the top.
        """
        top = self._within_text(number, over=over)
        if top == self._top:
            return False
        self._top = top
        self._place = self.place
        return True

    def reveal(self, what: Span | int, where: Where | int = "near") -> bool:
        """Scrolls to an offset or a span: to the top, the middle, the bottom, or a screen row of that number.

        `near` scrolls as little as needed; what is more than a screen away comes to the middle. Returns whether that
        changed anything.
        """
        start, end = what if isinstance(what, Span) else (what, what + 1)
        if self._lay_out_at(start) and where == "near":
            where = "middle"
        first = self.row_of(start)
        last = self.layout.row_of(max(start, end - 1)) - self.layout.above
        last = min(max(first, last), first + self.height - 1)
        if where == "near":
            return self.scroll_to(self._nearest(first, last))
        if where == "middle":
            return self.scroll_to(self._centred(first, last))
        if where == "bottom":
            return self.scroll_to(last - self.height + 1)
        return self.scroll_to(first if where == "top" else first - where, over=True)

    def _within_text(self, number: int, *, over: bool) -> int:
        layout = self.layout
        top = layout.reach(number + layout.above)
        layout.reach(top + self.height - 1)
        if not over:
            top = min(top, max(0, len(layout.rows) - max(1, self.height)))
        return top - layout.above

    def _lay_out_at(self, offset: int) -> bool:
        """Makes sure that the row of an offset is laid out; returns whether that took another window."""
        if self.layout.holds(offset):
            return False
        self.layout.lay_out(offset, _WINDOW * max(1, self.height))
        self._top = _NOWHERE
        return True

    def _nearest(self, first: int, last: int) -> int:
        """The top nearest to the present one with which both rows are in view."""
        edge = min(NEAR_EDGE, max(0, (self.height - (last - first + 1)) // 2))
        if first - edge < self._top:
            top = first - edge
        elif last + edge >= self._top + self.height:
            top = last + edge - self.height + 1
        else:
            return self._top
        return self._centred(first, last) if abs(top - self._top) > self.height else top

    def _centred(self, first: int, last: int) -> int:
        return first - (self.height - (last - first + 1)) // 2
