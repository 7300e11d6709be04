"""The one-line prompt at the foot of the desk: for finding, and for commands by name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from texts.visible import one_line
from tui.view.cells import cells_of
from tui.widgets.field import Field


class Prompt(Horizontal):
    """Hidden until it is opened; says what is typed as it is typed."""

    DEFAULT_CSS = """
    Prompt {
        height: 1;
        background: $panel;
        display: none;
        & #label { width: auto; padding: 0 1; background: $accent; color: $background; text-style: bold; }
        & Input { border: none; height: 1; width: 1fr; padding: 0 1; background: $panel; }
        & #count { width: auto; padding: 0 1; color: $foreground 80%; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("tab", "turn(1)", "next way", priority=True),
        Binding("shift+tab", "turn(-1)", "way before", priority=True),
        Binding("up,ctrl+p", "walk(-1)", "earlier", priority=True),
        Binding("down,ctrl+n", "walk(1)", "later", priority=True),
    ]

    class Typed(Message):
        """Something was typed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Turned(Message):
        """Tab asks for the next way of finding, or the next completion; Shift-Tab for the one before."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Walked(Message):
        """Up asks for an earlier line, Down for a later one."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Entered(Message):
        """Enter was pressed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Left(Message):
        """Esc was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._room = 0
        """Cells that the count has."""

    def compose(self) -> ComposeResult:
        yield Static("/", id="label", markup=False)
        yield Field(id="words", select_on_focus=False, compact=True)
        yield Static("", id="count", markup=False)

    def open(self, label: str, words: str = "") -> None:
        """Shows the prompt, ready to type."""
        self.label(label)
        self._room = 0
        self.count("")
        self.display = True
        self.put(words)
        self.screen.set_focus(self.query_one("#words", Input))

    def put(self, words: str) -> None:
        """Puts words in place of what is typed, without saying that they were typed."""
        field = self.query_one("#words", Input)
        with field.prevent(Input.Changed):
            field.value = words
            field.cursor_position = len(words)

    def close(self) -> None:
        """Takes the prompt away."""
        self.display = False

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one("#words", Input).value

    def label(self, words: str) -> None:
        """Says what the prompt is for."""
        self.query_one("#label", Static).update(Content(words))

    def count(self, words: str) -> None:
        """Says how much was found, or what is wrong with what is typed.

        It keeps the cells that it has had, at the right of them, while what is typed finds room beside them: else each
        letter would have Textual lay the whole screen out.
        """
        words, field = one_line(words), self.query_one("#words", Input)
        cells = cells_of(words)
        fits = cells == self._room or cells_of(field.value) < field.content_size.width
        is_new = cells > self._room or not fits
        if is_new:
            self._room = cells
        padded = " " * (self._room - cells) + words
        self.query_one("#count", Static).update(Content(padded), layout=is_new)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(event.value))

    def action_leave(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def action_turn(self, by: int) -> None:
        """Tab and Shift-Tab."""
        self.post_message(self.Turned(by))

    def action_walk(self, by: int) -> None:
        """Up and Down."""
        self.post_message(self.Walked(by))
