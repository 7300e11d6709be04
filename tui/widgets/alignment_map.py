"""The map of two texts: passages of one against passages of the other, and a cursor on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from texts.compare import AlignmentMap, MatrixCell
from tui.view.alignment import Grid, GridStyle


class AlignmentView(Widget):
    """Draws the map as large as fits; it takes no keys: its screen moves the cursor."""

    DEFAULT_CSS = """
    AlignmentView {
        width: 1fr;
        height: 1fr;
        & > .alignment-view--axis { color: $foreground 60%; }
        & > .alignment-view--here { color: $accent; text-style: bold; }
        & > .alignment-view--cell { color: $foreground 75%; }
        & > .alignment-view--linked { color: $primary; text-style: bold; }
        & > .alignment-view--cursor { color: $accent; text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"alignment-view--{ink}" for ink in GridStyle}

    class Moved(Message):
        """The cursor is on another cell."""

    class Chosen(Message):
        """A cell was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw_map: Callable[[int, int], AlignmentMap] | None = None
        self._grid: Grid | None = None
        self._pair = (1, 1)
        """Numbers of the passages that the cursor stands for, left and right."""
        self._cursor = (0, 0)

    def show(self, draw_map: Callable[[int, int], AlignmentMap], pair: tuple[int, int]) -> None:
        """Shows the map that a function makes for a width and a height in cells, the cursor on a pair of passages."""
        self._draw_map, self._pair = draw_map, pair
        self._grid = None  # one of other texts must not be asked while this one has no size yet
        self._lay_out()

    def on_show(self) -> None:
        if self._grid is None:
            self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width, height = self.size
        if self._draw_map is None or not width or not height:
            return
        found = self._draw_map(*Grid.room(width, height))
        is_new, self._grid = self._grid is None, Grid(found, width, height)
        if is_new:
            self.post_message(self.Moved())
        if found.height:
            left, right = self._pair
            self._cursor = found.place(min(left, found.left_passages), min(right, found.right_passages))
        self.refresh()

    @property
    def cell(self) -> MatrixCell | None:
        """What lies under the cursor; None before anything is shown."""
        if self._grid is None or not self._grid.map.height:
            return None
        return self._grid.map.rows[self._cursor[0]][self._cursor[1]]

    @property
    def pair(self) -> tuple[int, int]:
        """Numbers of the passages that the cursor stands for, left and right."""
        return self._pair

    def move(self, down: int, right: int) -> None:
        """Moves the cursor by so many cells."""
        self._put((self._cursor[0] + down, self._cursor[1] + right))

    def to_next(self, direction: int) -> bool:
        """Goes to the next cell, line by line, that has a score or a link, or to the last before; says whether."""
        if self._grid is None:
            return False
        found = self._grid.map
        places = [
            (row, column)
            for row, cells in enumerate(found.rows)
            for column, cell in enumerate(cells)
            if cell.score or cell.linked
        ]
        beyond = [
            place for place in places if (place > self._cursor if direction > 0 else place < self._cursor)
        ]
        if beyond:
            self._put(beyond[0] if direction > 0 else beyond[-1])
        return bool(beyond)

    def _put(self, place: tuple[int, int]) -> None:
        if self._grid is None or not self._grid.map.height:
            return
        found = self._grid.map
        row, column = place
        before = self._cursor[0]
        self._cursor = max(0, min(row, found.height - 1)), max(0, min(column, found.width - 1))
        cell = found.rows[self._cursor[0]][self._cursor[1]]
        self._pair = cell.left, cell.right
        rows = {0, *self._grid.screen_rows(before), *self._grid.screen_rows(self._cursor[0])}
        self.refresh(*(Region(0, y, self.size.width, 1) for y in sorted(rows)))
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        place = self._grid.cell_at(event.x, event.y) if self._grid else None
        if place is not None:
            self._put(place)
            if event.chain > 1:
                self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        if self._grid is None or not self._grid.map.height:
            return Strip.blank(self.size.width, self.rich_style)
        segments = [
            Segment(piece.words, self.get_component_rich_style(f"alignment-view--{piece.ink}"))
            for piece in self._grid.line(y, self._cursor)
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
