"""What can follow an unfinished key sequence, shown after a pause."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from texts.visible import one_line
from tui.keys.keymap import Continuation

_BETWEEN = 3
"""Cells between two columns."""
_MOST_OF_SCREEN = 0.7


class WhichKey(Static):
    """A small table of presses and what they do, over the status line."""

    DEFAULT_CSS = """
    WhichKey {
        dock: bottom;
        layer: over;
        height: auto;
        max-height: 80%;
        margin-bottom: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        border-top: solid $primary 50%;
        display: none;
    }
    """

    def show(self, follows: Sequence[Continuation]) -> None:
        """Shows the presses in as many columns as find room with all their words; in more where they are many."""
        width = self.screen.size.width - 2
        presses = max(len(one_line(follow.press)) for follow in follows)
        cells = [
            Content.assemble(
                (one_line(follow.press).rjust(presses), "bold $accent"), f"  {one_line(follow.help)}"
            )
            for follow in follows
        ]
        widest = max(cell.cell_length for cell in cells)
        most_rows = max(1, int(self.screen.size.height * _MOST_OF_SCREEN))
        columns = max(1, (width + _BETWEEN) // (widest + _BETWEEN), -(-len(cells) // most_rows))
        room = max(8, (width + _BETWEEN) // columns - _BETWEEN)
        rows = -(-len(cells) // columns)
        lines = [
            Content(" " * _BETWEEN).join(
                cell.truncate(room, ellipsis=True, pad=True) for cell in cells[row::rows]
            )
            for row in range(rows)
        ]
        self.update(Content("\n").join(lines))
        self.display = True

    def hide(self) -> None:
        """Takes the table away."""
        if self.display:
            self.display = False
