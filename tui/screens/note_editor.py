"""Where a note is written: in place, or in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from texts.visible import one_line, visible
from tui.screens.modal import Modal

_DRAFT_AFTER = 0.4
"""Seconds of rest after which what was typed is kept as a draft."""


class _Note(TextArea):
    """Shows what is pasted into it harmless; what is kept is what was pasted."""

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        line.plain = visible(line.plain)
        return line


class NoteEditor(Modal[str | None]):
    """Edits a note. Dismisses with the words to keep, or None where they are to stay as they were."""

    DEFAULT_CSS = """
    NoteEditor {
        align: center bottom;
        background: $background 40%;
        & #frame {
            width: 92%;
            max-width: 100;
            height: 60%;
            min-height: 10;
            margin-bottom: 1;
            background: $surface;
            border: round $primary;
            border-title-color: $foreground;
            border-subtitle-color: $foreground 80%;
            padding: 0 1;
        }
        & TextArea { border: none; height: 1fr; background: $surface; padding: 0; }
        & #quote { height: auto; max-height: 4; color: $foreground 75%; text-style: italic; margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", "save", show=False, priority=True),
        Binding("ctrl+x", "discard", "discard", show=False, priority=True),
        Binding("f4", "edit_outside", "$EDITOR", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        note: str,
        *,
        quote: str = "",
        draft: str | None = None,
        keep_draft: Callable[[str], None] | None = None,
    ) -> None:
        """`draft` is what an earlier, interrupted edit left; `keep_draft` is called as the reader rests."""
        super().__init__()
        self._title, self._note, self._quote = title, note, quote
        self._draft, self._keep_draft = draft, keep_draft
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self._title))
            frame.border_subtitle = Content("Esc saves · Ctrl-x leaves it as it was · F4 $EDITOR")
            if self._quote:
                yield Static(Content(f"“{visible(self._quote)}”"), id="quote")
            words = self._note if self._draft is None else self._draft
            yield _Note(visible(words), soft_wrap=True, tab_behavior="focus", compact=True, id="note")

    def on_mount(self) -> None:
        area = self.query_one("#note", TextArea)
        self.set_focus(area)
        area.move_cursor(area.document.end)
        if self._draft is not None and self._draft != self._note:
            self.query_one("#frame").border_title = Content(
                f"{one_line(self._title)} (unsaved draft taken up again)"
            )

    @on(TextArea.Changed)
    def _rest_then_draft(self) -> None:
        if self._keep_draft is None:
            return
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_DRAFT_AFTER, self.keep_draft)

    def keep_draft(self) -> None:
        """Keeps what is written so far, should the terminal die."""
        if self._keep_draft is not None:
            self._keep_draft(self.query_one("#note", TextArea).text)

    def _leave(self, words: str | None) -> None:
        if self._rest is not None:
            self._rest.stop()
        self.dismiss(words)

    def action_save(self) -> None:
        """Keeps the words."""
        self._leave(self.query_one("#note", TextArea).text.strip())

    def action_discard(self) -> None:
        """Leaves the note as it was."""
        self._leave(None)

    def action_edit_outside(self) -> None:
        """Hands the words to $EDITOR and takes back what it leaves."""
        area = self.query_one("#note", TextArea)
        try:
            with self.app.suspend():
                words = edit_outside(area.text)
        except (OSError, ValueError, SuspendNotSupported) as problem:
            self.notify(f"The editor did not run: {one_line(str(problem))}", severity="error", markup=False)
        else:
            area.text = visible(words)


def edit_outside(words: str) -> str:
    """Opens the words in $VISUAL or $EDITOR (else vi) and returns what was saved.

    Raises OSError where the editor cannot be run or fails, ValueError where its command cannot be read.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="tui-note-") as folder:
        path = Path(folder, "note.md")
        path.write_text(f"{words}\n", encoding="utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        if done.returncode:
            raise OSError(f"{editor} ended with {done.returncode}; the note is as it was")
        return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
