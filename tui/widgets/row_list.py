"""A table that a reader moves through: only the rows in view are drawn, however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from texts.visible import one_line
from tui.view.cells import cells_of, fill
from tui.view.tables import TableRow, TableView, ViewColumn, fitted, widths

_HEAD = 2
"""Rows for the title and the headings."""
_MARK = 2
"""Cells before a row: whether it is highlighted, whether it is ticked."""


class RowList(Widget):
    """Shows a table, highlights one row and says which, ticks some. It takes no keys: its screen moves it."""

    DEFAULT_CSS = """
    RowList {
        width: 1fr;
        height: 1fr;
        & > .row-list--title { color: $foreground 80%; background: $surface; }
        & > .row-list--title-active { color: $foreground; background: $panel; text-style: bold; }
        & > .row-list--headings { color: $foreground 65%; text-style: underline; }
        & > .row-list--row { color: $foreground; }
        & > .row-list--strong { color: $accent; text-style: bold; }
        & > .row-list--highlighted { background: $primary 30%; color: $foreground; text-style: bold; }
        & > .row-list--highlighted-away { background: $panel; color: $foreground; }
        & > .row-list--empty { color: $foreground 80%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"row-list--{part}"
        for part in (
            "title",
            "title-active",
            "headings",
            "row",
            "strong",
            "highlighted",
            "highlighted-away",
            "empty",
        )
    }

    class Highlighted(Message):
        """Another row is highlighted, or none."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

    class Chosen(Message):
        """A row was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.table = TableView("", "", (), (), "")
        self.ticked: dict[str, None] = {}
        """Keys of the ticked rows, in the order of ticking."""
        self._found: Sequence[int] = ()
        self._highlighted_key = 0
        self._top = 0
        self._active = False

    # what it shows

    def show(self, table: TableView, *, highlighted: str = "") -> None:
        """Shows a table, the row of a key highlighted where there is one; what was typed to narrow it is forgotten."""
        self.table = table
        self.ticked = {key: None for key in self.ticked if table.find(key) is not None}
        self._found = range(len(table.rows))
        self._highlighted_key = table.find(highlighted) or 0 if highlighted else 0
        self._scroll()

    def narrow(self, typed: str) -> None:
        """Shows only the rows that typed words mean; the highlighted one stays so where it is among them."""
        current = self._found[self._highlighted_key] if self._found else None
        self._found = self.table.narrowed(typed)
        self._highlighted_key = self._found.index(current) if not typed and current in self._found else 0
        self._scroll()
        self.post_message(self.Highlighted(self))

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
    def row(self) -> TableRow | None:
        """The highlighted row."""
        return self.table.rows[self._found[self._highlighted_key]] if self._found else None

    @property
    def place(self) -> tuple[int, int]:
        """Which of the rows shown is highlighted, from 1, and how many there are."""
        return (self._highlighted_key + 1 if self._found else 0), len(self._found)

    # moving

    @property
    def page(self) -> int:
        """Rows in view."""
        return max(1, self.size.height - _HEAD)

    def move(self, rows: int) -> None:
        """Lights the row so many on; the first or the last where there are not so many."""
        self.move_to(self._highlighted_key + rows)

    def move_to(self, place: int) -> None:
        """Lights the row at a place, from 0."""
        place = max(0, min(place, len(self._found) - 1))
        if place != self._highlighted_key:
            self._highlighted_key = place
            self._scroll()
            self.post_message(self.Highlighted(self))

    def tick(self) -> None:
        """Ticks the highlighted row, or takes the tick back, and goes on to the next."""
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
        """Brings the highlighted row into view."""
        last = max(0, len(self._found) - self.page)
        self._top = min(max(self._top, self._highlighted_key - self.page + 1), self._highlighted_key, last)
        self.refresh()

    def on_resize(self) -> None:
        self._scroll()

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y - _HEAD
        if event.y >= _HEAD and place < len(self._found):
            self.move_to(place)
            self.post_message(self.Highlighted(self))
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
        highlighted = place == self._highlighted_key
        mark = ("▸" if highlighted else " ") + ("✓" if row.key in self.ticked else " ")
        look = (
            ("highlighted" if self._active else "highlighted-away")
            if highlighted
            else "strong"
            if row.is_strong
            else "row"
        )
        return self._line(mark + _joined(columns, room, row.cells), look)

    def _title(self, width: int) -> str:
        place, many = self.place
        count = f" {place}/{many} "
        title = f" {one_line(self.table.title)}"
        return fill(title, max(0, width - cells_of(count))) + count

    def _line(self, words: str, look: str) -> Strip:
        style = self.get_component_rich_style(f"row-list--{look}")
        return Strip([Segment(fill(words, self.size.width), style)], self.size.width)


@lru_cache(64)
def _widths(columns: tuple[ViewColumn, ...], room: int) -> tuple[int, ...]:
    return tuple(widths(columns, room))


def _joined(columns: Sequence[ViewColumn], room: Sequence[int], cells: Sequence[str]) -> str:
    """The cells of a line side by side, harmless, each cut or filled to the width of its column."""
    shown = zip(columns, room, cells, strict=True)
    return " ".join(fitted(words, wide, is_number=column.is_number) for column, wide, words in shown if wide)
