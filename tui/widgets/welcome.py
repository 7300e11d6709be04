"""What a first start shows: the six keys that one cannot do without, until something has been done."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static


class Welcome(Static):
    """A strip over the status line."""

    DEFAULT_CSS = """
    Welcome {
        dock: bottom;
        layer: over;
        height: auto;
        margin-bottom: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        border-top: solid $accent;
        display: none;
    }
    """

    def show(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Shows a line, and under it keys with what they do, side by side where there is room."""
        width = max(len(keys) for keys, _ in rows)
        cells = [Content.assemble((keys.rjust(width), "bold $accent"), f"  {words}") for keys, words in rows]
        widest = max(cell.cell_length for cell in cells) + 3
        columns = max(1, (self.screen.size.width - 2) // widest)
        down = -(-len(cells) // columns)
        lines = [
            Content("").join(cell.pad_right(widest - cell.cell_length) for cell in cells[row::down])
            for row in range(down)
        ]
        self.update(Content("\n").join([Content.styled(title, "bold"), *lines]))
        self.display = True

    def hide(self) -> None:
        """Takes the strip away."""
        self.display = False
