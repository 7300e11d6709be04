"""What can follow an unfinished key sequence, shown after a pause."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.keys import Follow

_COLUMN = 38


class Follows(Static):
    """A small table of presses and what they do, over the status line."""

    DEFAULT_CSS = """
    Follows {
        dock: bottom;
        layer: over;
        height: auto;
        max-height: 60%;
        margin-bottom: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        border-top: solid $primary 50%;
        display: none;
    }
    """

    def show(self, follows: Sequence[Follow]) -> None:
        """Shows the presses in columns."""
        columns = max(1, (self.screen.size.width - 2) // _COLUMN)
        rows = -(-len(follows) // columns)
        lines: list[Content] = []
        for row in range(rows):
            cells = [
                Content.assemble(
                    (follow.press.rjust(6), "bold $accent"),
                    "  ",
                    follow.help[: _COLUMN - 10].ljust(_COLUMN - 8),
                )
                for follow in follows[row::rows]
            ]
            lines.append(Content("").join(cells))
        self.update(Content("\n").join(lines))
        self.display = True

    def hide(self) -> None:
        """Takes the table away."""
        if self.display:
            self.display = False
