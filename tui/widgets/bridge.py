"""The bridge between the panes: lines from visible passages to what the other text says of the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from rich.segment import ControlType, Segment
from textual.geometry import Region
from textual.strip import Strip

from tui.view.bridge_lines import BridgeCell, Tie, Weight, draw
from tui.view.scroll_marks import SIGNS, ScrollMark
from tui.widgets.kept_rows import KeptRows, ThemeStyle

_INKS = {
    Weight.WEAK: ThemeStyle("foreground", "background", 0.35),
    Weight.STRONG: ThemeStyle("foreground", "background", 0.6),
    Weight.LINKED: ThemeStyle("primary", "background"),
}
_HEAD = ThemeStyle("foreground", "surface")
_HEAD_ROWS = 1
"""Rows beside the heads of the panes, which the bridge joins."""
_EMPHASIZED = ThemeStyle("accent", "background", bold=True)


_WIDE = 100
"""Cells of a screen from which on the bridge has its full width."""
_WIDTH, _NARROW = 9, 5


_SCROLL = {
    (mark, in_view): ThemeStyle(colour, "panel" if in_view else "background", share)
    for mark, colour, share in (
        (ScrollMark.NOTHING, "foreground", 0.4),
        (ScrollMark.RELATED, "foreground", 0.6),
        (ScrollMark.HIGHLIGHT, "primary", 1.0),
        (ScrollMark.HIT, "accent", 1.0),
    )
    for in_view in (False, True)
}


_SIGNS = {
    (mark, in_view): "│" if in_view and mark is ScrollMark.NOTHING else SIGNS[mark]
    for mark, in_view in _SCROLL
}
Edge = tuple[ScrollMark, bool]
"""What a row of a text says, and whether it is in view."""
Edges = tuple[Edge, Edge]
_BLANK: Edge = (ScrollMark.NOTHING, False)


class ScrolledText(Protocol):
    """The scroll marks of a text, a row for so much of it, and which rows are in view."""

    @property
    def marks(self) -> Sequence[ScrollMark]:
        """A mark a row."""

    @property
    def first(self) -> int:
        """The first row that is in view."""

    @property
    def last(self) -> int:
        """The last one."""


class Bridge(KeptRows):
    """Draws ties, which count in rows of the panes, and at its edges where each pane is in its text."""

    DEFAULT_CSS = """
    Bridge {
        width: 9;
        height: 1fr;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ties: tuple[Tie, ...] = ()
        """What lines are drawn for."""
        self.scrolled: tuple[ScrolledText, ...] = ()
        """What is in view of each side, and where its marks are."""
        self._edges: dict[int, Edges] = {}
        """What stands at the edges of rows, by row; of rows that say nothing, nothing."""
        self.keeps_columns = False
        """Whether a text beside it has characters that terminals count differently."""

    def fit(self, cells: int) -> None:
        """Takes the room that it gets on a screen so many cells wide."""
        self.styles.width = _WIDTH if cells >= _WIDE else _NARROW

    def show(self, ties: Sequence[Tie]) -> None:
        """Draws these ties, and only the rows that differ from what is drawn."""
        new = tuple(ties)
        if new == self.ties:
            return
        before = self._drawn()
        self.ties = new
        rows = enumerate(zip(before, self._drawn(), strict=True))
        changed = [
            Region(0, row + _HEAD_ROWS, self.outer_size.width, 1)
            for row, (old, drawn) in rows
            if old != drawn
        ]
        if changed:
            self.refresh(*changed)

    @property
    def marked_rows(self) -> int:
        """Rows for the scroll marks of a text."""
        return max(0, self.outer_size.height - _HEAD_ROWS)

    def show_scrolled(self, left: ScrolledText, right: ScrolledText) -> None:
        """Draws the scroll marks of both texts, and only the rows that differ from what is drawn."""
        new = (left, right)
        if new == self.scrolled:
            return
        self.scrolled = new
        before, self._edges = self._edges, _edges(new, self.marked_rows)
        changed = [row for row in range(self.marked_rows) if before.get(row) != self._edges.get(row)]
        if changed:
            self.refresh(*(Region(0, row + _HEAD_ROWS, self.outer_size.width, 1) for row in changed))

    def _drawn(self) -> list[tuple[BridgeCell, ...]]:
        width, height = self.outer_size
        return _draw(self.ties, width, height - _HEAD_ROWS)

    def render_line(self, y: int) -> Strip:
        if y < _HEAD_ROWS:
            return self._in_place([Segment(" " * self.outer_size.width, self.style_of(_HEAD))])
        y -= _HEAD_ROWS
        drawn = self._drawn()
        if y >= len(drawn):
            drawn_row: list[Segment] = [
                Segment(" " * self.outer_size.width, self.style_of(_INKS[Weight.WEAK]))
            ]
            return self._in_place(drawn_row)
        edges = self._edges.get(y)
        if edges is None:
            return self._in_place(self._segments(drawn[y]))
        return self._in_place(self._with_scroll_marks(edges, drawn[y]))

    def _with_scroll_marks(self, edges: Edges, cells: tuple[BridgeCell, ...]) -> list[Segment]:
        """A row with the scroll marks at its edges, where no tie is drawn over them."""
        first, last = 0, len(cells)
        left: list[Segment] = []
        right: list[Segment] = []
        if edges[0] != _BLANK and cells[0].character == " ":
            first, left = 1, [Segment(_SIGNS[edges[0]], self.style_of(_SCROLL[edges[0]]))]
        if edges[1] != _BLANK and cells[-1].character == " ":
            last, right = last - 1, [Segment(_SIGNS[edges[1]], self.style_of(_SCROLL[edges[1]]))]
        return [*left, *self._segments(cells[first:last]), *right]

    def _segments(self, cells: tuple[BridgeCell, ...]) -> list[Segment]:
        style_of = self.style_of
        return [Segment(words, style_of(style)) for words, style in _runs(cells)]

    def _in_place(self, segments: list[Segment]) -> Strip:
        """A row that begins at its own column of the screen, and has what follows begin at its own.

        Terminals disagree about the cells of some characters; so what the left pane writes moves nothing beside it.
        """
        if not self.keeps_columns:
            return Strip(segments, self.outer_size.width)
        region = self.region
        return Strip([_column(region.x), *segments, _column(region.right)], self.outer_size.width)


def _edges(scrolled: Sequence[ScrolledText], height: int) -> dict[int, Edges]:
    found: dict[int, Edges] = {}
    for row in range(height):
        left, right = (
            (each.marks[row] if row < len(each.marks) else ScrollMark.NOTHING, each.first <= row <= each.last)
            for each in scrolled
        )
        if (left, right) != (_BLANK, _BLANK):
            found[row] = left, right
    return found


@lru_cache(64)
def _column(x: int) -> Segment:
    """Moves to a column of the screen, counted from 0."""
    return Segment(f"\x1b[{x + 1}G", None, ((ControlType.CURSOR_MOVE_TO_COLUMN, x),))


@lru_cache(64)
def _draw(ties: tuple[Tie, ...], width: int, height: int) -> list[tuple[BridgeCell, ...]]:
    return list(map(tuple, draw(ties, width, height)))


@lru_cache(512)
def _runs(cells: tuple[BridgeCell, ...]) -> list[tuple[str, ThemeStyle]]:
    """The cells of a row in runs of one style."""
    return [
        ("".join(cell.character for cell in run), _EMPHASIZED if emphasized else _INKS[weight])
        for (weight, emphasized), run in groupby(cells, key=lambda cell: (cell.weight, cell.emphasized))
    ]
