"""The strip beside a text: all of it at a glance, what the other text speaks of too and what stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from texts.compare import Covered
from tui.view.alignment import strip, strip_row


class CoverageStrip(Widget):
    """A sign for each stretch of a text, and a mark where the reader is."""

    DEFAULT_CSS = """
    CoverageStrip {
        width: 3;
        height: 1fr;
        margin-top: 2;
        & > .coverage-strip--sign { color: $foreground 75%; }
        & > .coverage-strip--here { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"coverage-strip--sign", "coverage-strip--here"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._passages: Sequence[Covered] = ()
        self._signs: list[str] = []
        self._here: int | None = None

    def show(self, passages: Sequence[Covered]) -> None:
        """Shows all passages of a text."""
        self._passages = passages
        self._draw()

    def mark(self, passage: int | None) -> None:
        """Marks the place of a passage, or none."""
        self._here = passage
        self.refresh()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        self._signs = strip(self._passages, self.size.height) if self.size.height else []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        rows = self.size.height
        here = self._here is not None and y == strip_row(self._here, len(self._passages), rows)
        sign = self._signs[y] if y < len(self._signs) else " "
        look = self.get_component_rich_style(f"coverage-strip--{'here' if here else 'sign'}")
        return Strip([Segment(f"{'▸' if here else ' '}{sign} ", look)], 3).adjust_cell_length(self.size.width)
