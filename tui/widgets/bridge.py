"""The bridge between the panes: lines from visible passages to what the other text says of the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from tui.reading.bridge import Cell, Tie, Weight, draw
from tui.widgets.inks import Ink
from tui.widgets.kept_rows import KeptRows

_INKS = {
    Weight.WEAK: Ink("foreground", "background", 0.35),
    Weight.STRONG: Ink("foreground", "background", 0.6),
    Weight.LINKED: Ink("primary", "background"),
}
_LIT = Ink("accent", "background", bold=True)


class Bridge(KeptRows):
    """Draws ties; it is given them and knows nothing else."""

    DEFAULT_CSS = """
    Bridge {
        width: 9;
        height: 1fr;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ties: tuple[Tie, ...] = ()

    def show(self, ties: Sequence[Tie]) -> None:
        """Draws these ties, and only the rows that differ from what is drawn."""
        new = tuple(ties)
        if new == self._ties:
            return
        before = self._drawn()
        self._ties = new
        rows = enumerate(zip(before, self._drawn(), strict=True))
        changed = [Region(0, row, self.outer_size.width, 1) for row, (old, drawn) in rows if old != drawn]
        if changed:
            self.refresh(*changed)

    def _drawn(self) -> list[list[Cell]]:
        return _draw(self._ties, self.outer_size.width, self.outer_size.height)

    def render_line(self, y: int) -> Strip:
        drawn = self._drawn()
        if y >= len(drawn):
            return Strip.blank(self.outer_size.width, _INKS[Weight.WEAK].on(self))
        runs = groupby(drawn[y], key=lambda cell: (cell.weight, cell.lit))
        segments = [
            Segment("".join(cell.character for cell in run), (_LIT if lit else _INKS[weight]).on(self))
            for (weight, lit), run in runs
        ]
        return Strip(segments, self.outer_size.width)


@lru_cache(64)
def _draw(ties: tuple[Tie, ...], width: int, height: int) -> list[list[Cell]]:
    return draw(ties, width, height)
