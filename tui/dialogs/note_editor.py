"""Where a note is written: in place, or in the reader's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from texts.visible import one_line, visible
from tui.dialogs.modal import Modal
from tui.widgets.note_area import NoteArea

_DRAFT_AFTER = 0.4
"""Seconds of rest after which what was typed is kept as a draft."""


class NoteEditor(Modal[str | None]):
    """Edits a note. Dismisses with the words to keep, or None where what was typed is given up."""

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
        &.-low #frame { height: 100%; min-height: 3; margin-bottom: 0; }
        &.-low #quote { display: none; }
        & TextArea { border: none; height: 1fr; background: $surface; padding: 0; }
        & #quote { height: auto; max-height: 4; color: $foreground 75%; text-style: italic; margin-bottom: 1; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (11, "-high")]  # noqa: RUF012  # as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "save", "save", priority=True),
        Binding("ctrl+x", "discard", "discard", priority=True),
        Binding("f4", "edit_outside", "$EDITOR"),
    ]

    def __init__(
        self,
        title: str,
        note: str,
        *,
        keep_draft: Callable[[str], None],
        quote: str = "",
        draft: str | None = None,
        problem: str = "",
    ) -> None:
        """`draft` is what an earlier, interrupted edit left; `keep_draft` is called as the reader rests.

        `problem` says why the words are not saved, where the editor opens again with them.
        """
        super().__init__()
        self.heading, self._note, self._quote = title, note, quote
        self._draft, self._keep_draft, self._problem = draft, keep_draft, problem
        self._rest: Timer | None = None
        self._outside: Path | None = None
        """The file that $EDITOR has the words in, while it runs."""

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self.heading))
            outside = "" if self.app.is_web else " · F4 $EDITOR"
            frame.border_subtitle = Content(f"Esc saves · Ctrl-x leaves it as it was{outside}")
            if self._quote:
                yield Static(Content(f"“{visible(self._quote)}”"), id="quote")
            words = self._note if self._draft is None else self._draft
            yield NoteArea(words, id="note")

    def on_mount(self) -> None:
        area = self._area
        self.set_focus(area)
        area.move_cursor(area.document.end)
        if self._problem:
            self.tell(f"not saved: {self._problem}")
        elif self._draft is not None and self._draft != self._note:
            self.tell("unsaved draft taken up again")

    @property
    def _area(self) -> NoteArea:
        return self.query_one("#note", NoteArea)

    def tell(self, words: str) -> None:
        """Says something beside the title."""
        if self.is_attached:
            self.query_one("#frame").border_title = Content(f"{one_line(self.heading)} ({one_line(words)})")

    @on(TextArea.Changed)
    def _rest_then_draft(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_DRAFT_AFTER, self.keep_draft)

    def keep_draft(self) -> None:
        """Keeps what is written so far, should the terminal die."""
        if self.is_mounted and not self.is_left:
            self._keep_draft(self._written_outside() or self._area.words)

    def _written_outside(self) -> str:
        """What $EDITOR has saved so far; empty where none runs."""
        if self._outside is not None:
            with suppress(OSError):
                return _words_in(self._outside)
        return ""

    def _leave(self, words: str | None) -> None:
        if self._rest is not None:
            self._rest.stop()
        self.dismiss(words)

    def action_save(self) -> None:
        """Keeps the words."""
        self._leave(tidied(self._area.words, self._note))

    def action_discard(self) -> None:
        """Leaves the note as it was."""
        self._leave(None)

    def action_edit_outside(self) -> None:
        """Hands the words to $EDITOR and takes back what it leaves."""
        if self.app.is_web:
            self.notify("$EDITOR needs a terminal: in a browser a note is written here", markup=False)
            return
        area = self._area
        self.keep_draft()
        try:
            with self.app.suspend():
                words = edit_outside(area.words, self._begun_outside)
        except (OSError, ValueError, SuspendNotSupported) as problem:
            self.notify(f"The editor did not run: {one_line(str(problem))}", severity="error", markup=False)
        else:
            area.words = words
        finally:
            self._outside = None

    def _begun_outside(self, path: Path) -> None:
        self._outside = path


def tidied(words: str, before: str) -> str:
    """What was typed, without blanks and blank lines at its ends that the note did not have before."""
    if words == before:
        return words
    if not before[:1].isspace():
        words = words.lstrip()
    return words.rstrip() if not before[-1:].isspace() else words


def edit_outside(words: str, begun: Callable[[Path], None] = lambda path: None) -> str:
    """Opens the words in $VISUAL or $EDITOR (else vi) and returns what was saved; `begun` is called with the file.

    Raises OSError where the editor cannot be run or fails, ValueError where its command cannot be read.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="tui-note-") as folder:
        path = Path(folder, "note.md")
        path.write_bytes(f"{words}\n".encode())
        begun(path)
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        left = _words_in(path)
        # An editor that a signal ended has refused nothing: what it had saved is what was written.
        if done.returncode > 0:
            raise OSError(f"{editor} ended with {done.returncode}; the note is as it was")
        return left


def _words_in(path: Path) -> str:
    """What a file of $EDITOR's says, without the newline at its end."""
    return path.read_bytes().decode("utf-8", errors="replace").removesuffix("\n")
