"""The line over a pane: which text it is, and how far the reader is in it."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual.strip import Strip

from texts.visible import one_line
from tui.view.cells import cells_of, cut, fill
from tui.widgets.kept_rows import KeptRows, ThemeStyle

_NAME = ThemeStyle("foreground", "surface", 0.8)
_ACTIVE = ThemeStyle("foreground", "panel", bold=True)
_BADGE = ThemeStyle("background", "primary", bold=True)
"""The number of the pane that keys go to, as the mode in the status line."""


class PaneHead(KeptRows):
    """Number and title at the left; the place at the right, which never gives way."""

    DEFAULT_CSS = """
    PaneHead { height: 1; }
    """

    def __init__(self, number: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = number
        self.words = ""
        self.text_name = ""
        """What the text over the pane is called."""
        self.short: Callable[[], str] = str
        """Gives the name in few words, for where there is no room for all of it."""
        self._place = ""
        self._active = False

    def show(self, name: str, place: str, active: bool) -> None:
        """Shows a name and a place; repaints only if they differ from what is shown."""
        if (name, place, active) != (self.words, self._place, self._active):
            self.words, self._place, self._active = name, place, active
            self.refresh()

    def render_line(self, y: int) -> Strip:
        style = self.style_of(_ACTIVE if self._active else _NAME)
        width = self.outer_size.width
        place = f" {one_line(self._place)} "
        badge = f" {self._number} "
        number = badge if self._active else f" {self._number}"
        name = f"{number} {one_line(self.words)}"
        room = max(0, width - cells_of(place))
        if cells_of(name) > room and (short := one_line(self.short())):
            name = f"{number} {short}"
        words = fill(fill(cut(name, room), room) + place, width)
        if not self._active or width < len(badge):
            return Strip([Segment(words, style)], width)
        return Strip([Segment(badge, self.style_of(_BADGE)), Segment(words[len(badge) :], style)], width)
