"""The bridge between the panes: lines from visible passages to what the other text says of the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.reading.bridge import Cell, Tie, Weight, draw


class Bridge(Widget):
    """Draws ties; it is given them and knows nothing else."""

    DEFAULT_CSS = """
    Bridge {
        width: 9;
        height: 1fr;
        background: $background;
        & > .bridge--weak { color: $foreground 35%; }
        & > .bridge--strong { color: $foreground 60%; }
        & > .bridge--linked { color: $primary; }
        & > .bridge--lit { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bridge--weak",
        "bridge--strong",
        "bridge--linked",
        "bridge--lit",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ties: tuple[Tie, ...] = ()
        self._styles: dict[tuple[Weight, bool], Style] = {}

    def show(self, ties: Sequence[Tie]) -> None:
        """Draws these ties, and only the rows that differ from what is drawn."""
        new = tuple(ties)
        if new == self._ties:
            return
        before = self._drawn()
        self._ties = new
        rows = enumerate(zip(before, self._drawn(), strict=True))
        changed = [Region(0, row, self.size.width, 1) for row, (old, drawn) in rows if old != drawn]
        if changed:
            self.refresh(*changed)

    def _drawn(self) -> list[list[Cell]]:
        return _draw(self._ties, self.size.width, self.size.height)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()

    def _style(self, weight: Weight, lit: bool) -> Style:
        style = self._styles.get((weight, lit))
        if style is None:
            name = "lit" if lit else weight.name.lower()
            style = self._styles[weight, lit] = self.get_component_rich_style(f"bridge--{name}")
        return style

    def render_line(self, y: int) -> Strip:
        drawn = self._drawn()
        if y >= len(drawn):
            return Strip.blank(self.size.width, self.rich_style)
        runs = groupby(drawn[y], key=lambda cell: (cell.weight, cell.lit))
        segments = [
            Segment("".join(cell.character for cell in run), self._style(*look)) for look, run in runs
        ]
        return Strip(segments, self.size.width)


@lru_cache(64)
def _draw(ties: tuple[Tie, ...], width: int, height: int) -> list[list[Cell]]:
    return draw(ties, width, height)
