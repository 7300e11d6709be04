"""One line to type in."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from texts.visible import visible


def cursor_blinks(app: App[Any]) -> bool:
    """Whether the reader's settings let the cursor of a field blink."""
    return getattr(getattr(app, "settings", None), "blink", True)


class Field(Input):
    """Takes what is pasted into it harmless, one character for one: Textual would draw it as it came."""

    virtual_size = Reactive(Size(0, 0))
    """Cells of what is typed. Textual would lay the whole screen out at each letter."""

    def on_mount(self) -> None:
        # Comes before Input's own handler, which starts the blinking.
        self.set_reactive(Input.cursor_blink, cursor_blinks(self.app))

    def validate_value(self, value: str) -> str:
        """What is kept of what was typed or pasted; Textual asks this of every new value."""
        return visible(value)

    def on_paste(self, event: events.Paste) -> None:
        """Takes all lines of what is pasted as one; Textual's own handler, which comes next, would take the first."""
        lines = event.text.splitlines()
        if len(lines) > 1:
            event.text = " ".join(filter(None, map(str.strip, lines)))

    def action_cut(self) -> None:
        """Cuts what is selected; where nothing is, Textual would empty the clipboard."""
        if self.selected_text:
            super().action_cut()
