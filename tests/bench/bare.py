"""The base of all ratios: an app with two empty panes that paint one row for any key. `python tests/bench/bare.py`."""

from __future__ import annotations

import gc
import os

# Textual reads it when it is imported: a frame may follow a key at once, not at the next sixtieth of a second.
os.environ.setdefault("TEXTUAL_FPS", "120")

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Empty(Widget, can_focus=True):
    """A pane with nothing in it but a count in its first row."""

    DEFAULT_CSS = "Empty { width: 1fr; height: 1fr; background: #141414; }"
    _STYLE = Style(color="#d8d8d8", bgcolor="#141414")

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def count(self) -> None:
        """Paints the first row again: the least that a key can do and be seen."""
        self._count += 1
        self.refresh(Region(0, 0, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Hands strips to the compositor as a text pane does."""
        return [self._strip(row).crop(crop.x, crop.right) for row in range(crop.y, crop.bottom)]

    def _strip(self, row: int) -> Strip:
        words = f"ready {self._count}" if row == 0 else ""
        return Strip([Segment(words.ljust(self.size.width), self._STYLE)], self.size.width)


class Measured(App[None]):
    """An app that keeps what is there for good out of the garbage collector's rounds."""

    def on_ready(self) -> None:
        """Done once, when all is mounted."""
        gc.collect()
        gc.freeze()


class Bare(Measured):
    """Two empty panes."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Empty()
            yield Empty()

    def on_key(self, event: events.Key) -> None:
        """Does the least that can be seen."""
        event.stop()
        self.query(Empty).first().count()


if __name__ == "__main__":
    Bare().run()
