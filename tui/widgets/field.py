"""One line to type in."""

from __future__ import annotations

from textual.widgets import Input

from texts.visible import visible


class Field(Input):
    """Takes what is pasted into it harmless, one character for one: Textual would draw it as it came."""

    def validate_value(self, value: str) -> str:
        """What is kept of what was typed or pasted; Textual asks this of every new value."""
        return visible(value)

    def action_cut(self) -> None:
        """Cuts what is selected; where nothing is, Textual would empty the clipboard."""
        if self.selected_text:
            super().action_cut()
