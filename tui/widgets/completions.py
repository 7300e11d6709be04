"""What a line at the prompt could become, over the prompt."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from texts.visible import one_line

_ROWS = 8
"""Choices that are seen at once."""
_MOST_LABEL = 40
"""Cells of the first column, at most."""


class Completions(Static):
    """A few lines of choice and explanation; the highlighted one is the one that Tab has put into the prompt."""

    DEFAULT_CSS = """
    Completions {
        dock: bottom;
        layer: over;
        height: auto;
        margin-bottom: 2;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        border-top: solid $primary 50%;
        display: none;
    }
    """

    def show(self, choices: Sequence[tuple[str, str]], emphasized: int | None) -> None:
        """Shows (choice, explanation) pairs, those around the highlighted one."""
        if not choices:
            self.display = False
            return
        first = max(0, min((emphasized or 0) - _ROWS // 2, len(choices) - _ROWS))
        seen = choices[first : first + _ROWS]
        width = min(_MOST_LABEL, max(len(one_line(choice)) for choice, _ in seen))
        lines = [
            Content.assemble(
                (one_line(choice).ljust(width), "bold reverse" if first + number == emphasized else "bold"),
                (f"  {one_line(words)}", "$foreground 80%"),
            ).truncate(max(10, self.screen.size.width - 2), ellipsis=True)
            for number, (choice, words) in enumerate(seen)
        ]
        more = len(choices) - len(seen)
        if more:
            lines.append(Content.styled(f"{more} more", "$foreground 65%"))
        self.update(Content("\n").join(lines))
        self.display = True

    def hide(self) -> None:
        """Takes the choices away."""
        self.display = False
