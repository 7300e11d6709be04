"""Asks for a file that is there, its name completed by Tab."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from texts.visible import one_line
from tui.dialogs.path_completion import common_start, completions, shown_names
from tui.dialogs.small_dialogs import Ask


class AskPath(Ask):
    """Asks for the path of a file. Dismisses with it, stripped, or None."""

    DEFAULT_CSS = Ask.DEFAULT_CSS.replace("Ask {", "AskPath {", 1)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("tab", "complete", "complete", priority=True),
    ]

    def on_mount(self) -> None:
        frame = self.query_one("#frame")
        frame.border_subtitle = Content("Tab completes · Enter takes it · Esc back")
        frame.mount(Static(id="names", markup=False))

    @on(Input.Changed)
    def _typed(self) -> None:
        """What was offered is not what is typed now."""
        self.query("#names").first(Static).update(Content(""))

    def action_complete(self) -> None:
        """Completes the name of a file or a folder, and shows what there is where it could be several."""
        field = self.query_one(Input)
        begun, names = completions(field.value)
        if not names:
            self.app.bell()
            return
        field.value = begun + common_start(names)
        field.cursor_position = len(field.value)
        shown = Content(one_line(shown_names(names)))
        self.call_after_refresh(self.query_one("#names", Static).update, shown)


def path_of(words: str) -> Path:
    """The path that is meant by what was typed."""
    return Path(words).expanduser()
