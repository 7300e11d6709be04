"""A table that a reader moves through: only the rows in view are drawn, however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from texts.visible import one_line
from tui.reading.tables import Column, Row, Table, widths

_HEAD = 2
"""Rows for the title and the headings."""
_MARK = 2
"""Cells before a row: whether it is lit, whether it is ticked."""


class RowList(Widget):
    """Shows a table, lights one row, ticks some; says which row is lit. It takes no keys: its screen moves it."""

    DEFAULT_CSS = """
    RowList {
        width: 1fr;
        height: 1fr;
        & > .row-list--title { color: $foreground 80%; background: $surface; }
        & > .row-list--title-active { color: $foreground; background: $panel; text-style: bold; }
        & > .row-list--headings { color: $foreground 65%; text-style: underline; }
        & > .row-list--row { color: $foreground; }
        & > .row-list--strong { color: $accent; text-style: bold; }
        & > .row-list--lit { background: $primary 30%; color: $foreground; text-style: bold; }
        & > .row-list--lit-away { background: $panel; color: $foreground; }
        & > .row-list--empty { color: $foreground 80%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"row-list--{part}"
        for part in ("title", "title-active", "headings", "row", "strong", "lit", "lit-away", "empty")
    }

    class Lit(Message):
        """Another row is lit, or none."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

    class Chosen(Message):
        """A row was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.table = Table("", "", (), (), "")
        self.ticked: dict[str, None] = {}
        """Keys of the ticked rows, in the order of ticking."""
        self._found: Sequence[int] = ()
        self._lit = 0
        self._top = 0
        self._active = False

    # what it shows

    def show(self, table: Table, *, lit: str = "") -> None:
        """Shows a table, with the row of a key lit where there is one; what was typed to narrow it is forgotten."""
        self.table = table
        self.ticked = {key: None for key in self.ticked if table.find(key) is not None}
        self._found = range(len(table.rows))
        self._lit = table.find(lit) or 0 if lit else 0
        self._scroll()

    def narrow(self, typed: str) -> None:
        """Shows only the rows that typed words mean; the lit one stays lit where it is among them."""
        current = self._found[self._lit] if self._found else None
        self._found = self.table.narrowed(typed)
        self._lit = self._found.index(current) if not typed and current in self._found else 0
        self._scroll()
        self.post_message(self.Lit(self))

    @property
    def active(self) -> bool:
        """Whether it is the one that keys move."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.refresh()

    @property
    def row(self) -> Row | None:
        """The lit row."""
        return self.table.rows[self._found[self._lit]] if self._found else None

    @property
    def place(self) -> tuple[int, int]:
        """Which of the rows shown is lit, from 1, and how many there are."""
        return (self._lit + 1 if self._found else 0), len(self._found)

    # moving

    @property
    def page(self) -> int:
        """Rows in view."""
        return max(1, self.size.height - _HEAD)

    def move(self, rows: int) -> None:
        """Lights the row so many on; the first or the last where there are not so many."""
        self.move_to(self._lit + rows)

    def move_to(self, place: int) -> None:
        """Lights the row at a place, from 0."""
        place = max(0, min(place, len(self._found) - 1))
        if place != self._lit:
            self._lit = place
            self._scroll()
            self.post_message(self.Lit(self))

    def tick(self) -> None:
        """Ticks the lit row, or takes the tick back, and goes on to the next."""
        row = self.row
        if row is None:
            return
        if row.key in self.ticked:
            del self.ticked[row.key]
        else:
            self.ticked[row.key] = None
        self.move(1)
        self.refresh()

    def _scroll(self) -> None:
        """Brings the lit row into view."""
        last = max(0, len(self._found) - self.page)
        self._top = min(max(self._top, self._lit - self.page + 1), self._lit, last)
        self.refresh()

    def on_resize(self) -> None:
        self._scroll()

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y - _HEAD
        if event.y >= _HEAD and place < len(self._found):
            self.move_to(place)
            self.post_message(self.Lit(self))
            if event.chain > 1:
                self.post_message(self.Chosen())

    def on_mouse_scroll_down(self) -> None:
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        self.move(-3)

    # drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._line(self._title(width), "title-active" if self._active else "title")
        if not self._found and y == _HEAD:
            words = self.table.empty if not self.table.rows else "Nothing like that here."
            return self._line(f" {one_line(words)}", "empty")
        columns = self.table.columns
        room = _widths(columns, width - _MARK)
        if y == 1:
            titles = [column.title for column in columns]
            return self._line(" " * _MARK + _joined(columns, room, titles), "headings")
        place = self._top + y - _HEAD
        if place >= len(self._found):
            return self._line("", "row")
        row = self.table.rows[self._found[place]]
        lit = place == self._lit
        mark = ("▸" if lit else " ") + ("✓" if row.key in self.ticked else " ")
        look = ("lit" if self._active else "lit-away") if lit else "strong" if row.is_strong else "row"
        return self._line(mark + _joined(columns, room, row.cells), look)

    def _title(self, width: int) -> str:
        place, many = self.place
        count = f" {place}/{many} "
        title = f" {one_line(self.table.title)}"
        return set_cell_size(title, max(0, width - cell_len(count))) + count

    def _line(self, words: str, look: str) -> Strip:
        style = self.get_component_rich_style(f"row-list--{look}")
        return Strip([Segment(set_cell_size(words, self.size.width), style)], self.size.width)


@lru_cache(64)
def _widths(columns: tuple[Column, ...], room: int) -> tuple[int, ...]:
    return tuple(widths(columns, room))


def _joined(columns: Sequence[Column], room: Sequence[int], cells: Sequence[str]) -> str:
    """The cells of a line side by side, harmless, each cut or filled to the width of its column."""
    shown = zip(columns, room, cells, strict=True)
    return " ".join(_fitted(words, wide, column.is_number) for column, wide, words in shown if wide)


def _fitted(words: str, width: int, is_number: bool) -> str:
    words = one_line(words[: 4 * width])
    cells = cell_len(words)
    if cells > width:
        return set_cell_size(words, width - 1) + "…"
    return " " * (width - cells) + words if is_number else words + " " * (width - cells)
