"""The line over a pane: which text it is, and how far the reader is in it."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from texts.visible import one_line
from tui.widgets.inks import Ink
from tui.widgets.kept_rows import KeptRows

_NAME = Ink("foreground", "surface", 0.8)
_ACTIVE = Ink("foreground", "panel", bold=True)


class PaneHead(KeptRows):
    """Number, slug and title at the left; the place at the right, which never gives way."""

    DEFAULT_CSS = """
    PaneHead { height: 1; }
    """

    def __init__(self, number: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = number
        self._words = ""
        self._place = ""
        self._active = False

    def show(self, name: str, place: str, active: bool) -> None:
        """Shows a name and a place; repaints only if they differ from what is shown."""
        if (name, place, active) != (self._words, self._place, self._active):
            self._words, self._place, self._active = name, place, active
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = (_ACTIVE if self._active else _NAME).on(self)
        width = self.outer_size.width
        place = f" {one_line(self._place)} "
        name = f" {self._number} {one_line(self._words)}"
        room = max(0, width - cell_len(place))
        if cell_len(name) > room:
            name = set_cell_size(name, max(0, room - 1)) + "…" if room else ""
        words = name + " " * (room - cell_len(name)) + place
        return Strip([Segment(set_cell_size(words, width), style)], width)
