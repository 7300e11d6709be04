"""One line to type in."""

from __future__ import annotations

import unicodedata
from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Offset, Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, TextArea

from texts.visible import visible


def cursor_blinks(app: App[Any]) -> bool:
    """Whether the reader's settings let the cursor of a field blink."""
    return getattr(getattr(app, "settings", None), "blink", True)


def may_lead(field: Widget) -> bool:
    """Whether the terminal's cursor is to stand in a field: it has the keys, and its place on the screen is known.

    Textual would put it to the corner of the screen while a field is being laid out, and into one that is hidden.
    Screen readers and magnifiers follow it.
    """
    return field.is_attached and field.screen.focused is field and bool(field.content_size)


def lead_when_laid_out(field: Input | TextArea) -> None:
    """Puts the terminal's cursor into a field once it is laid out."""

    def lead() -> None:
        if may_lead(field):
            field.app.cursor_position = field.cursor_screen_offset
            field.refresh()  # else no frame would tell the terminal

    field.call_after_refresh(lead)


def typed_unprintable(event: events.Key) -> str:
    """What a key types that Python does not call printable, so that Textual would drop it; empty for any other key.

    Blanks of other widths (that of Japanese keyboards, those that French ones do not break at), joiners, which Persian
    sets inside words, marks of direction, and letters of private use.
    """
    typed = event.character or ""
    if len(typed) != 1 or typed.isprintable():
        return ""
    return typed if unicodedata.category(typed) in ("Cf", "Co", "Zs") else ""


class Field(Input):
    """Takes what is pasted into it harmless, one character for one: Textual would draw it as it came."""

    virtual_size = Reactive(Size(0, 0))
    """Cells of what is typed. Textual would lay the whole screen out at each letter."""

    def on_mount(self) -> None:
        # Comes before Input's own handler, which starts the blinking.
        self.set_reactive(Input.cursor_blink, cursor_blinks(self.app))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell for the terminal's cursor: where it stands already, as long as it is not to stand in this field."""
        return super().cursor_screen_offset if may_lead(self) else self.app.cursor_position

    def on_focus(self) -> None:
        lead_when_laid_out(self)

    def on_resize(self) -> None:
        lead_when_laid_out(self)  # on a busy machine it may have had no room yet when it got the keys

    def validate_value(self, value: str) -> str:
        """What is kept of what was typed or pasted; Textual asks this of every new value."""
        return visible(value)

    def on_key(self, event: events.Key) -> None:
        """Takes what Textual would drop; comes before Textual's own handler."""
        if typed := typed_unprintable(event):
            event.stop()
            event.prevent_default()
            self.replace(typed, *self.selection)

    def on_paste(self, event: events.Paste) -> None:
        """Takes all lines of what is pasted as one; Textual's own handler, which comes next, would take the first."""
        lines = event.text.splitlines()
        if len(lines) > 1:
            event.text = " ".join(filter(None, map(str.strip, lines)))

    def action_cut(self) -> None:
        """Cuts what is selected; where nothing is, Textual would empty the clipboard."""
        if self.selected_text:
            super().action_cut()
