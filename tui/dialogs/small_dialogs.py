"""Small dialogs that return a value: a line of text, a choice of a few, a page to read."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from texts.visible import one_line
from tui.dialogs.modal import Modal
from tui.keys.other_scripts import told_of_script
from tui.widgets.field import Field

_FRAME = """
    {name} {{
        align: center middle;
        background: $background 60%;
        & #frame {{
            width: 92%;
            max-width: {width};
            height: auto;
            max-height: 84%;
            background: $surface;
            border: round $primary;
            border-title-color: $foreground;
            border-subtitle-color: $foreground 80%;
            padding: 0 1;
        }}
        & Input {{ border: none; height: 1; background: $panel; padding: 0 1; }}
    }}
"""

_PAGE_WIDTH = 100
_PAGE_EDGES = 5
"""Cells that the border, the space inside it and the scroll bar of a page take."""


class Ask(Modal[str | None]):
    """Asks for one line. Dismisses with it, stripped, or None."""

    DEFAULT_CSS = _FRAME.format(name="Ask", width=80)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, title: str, value: str = "", *, hint: str = "") -> None:
        super().__init__()
        self.heading, self._value, self._hint = title, value, hint

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self.heading))
            frame.border_subtitle = Content("Enter takes it · Esc back")
            yield Field(one_line(self._value), select_on_focus=True, compact=True)
            if self._hint:
                yield Static(Content(self._hint))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Leaves without an answer."""
        self.dismiss(None)


class Choose(Modal[str | None]):
    """Asks a question that a single key answers. Dismisses with the key, or None."""

    DEFAULT_CSS = _FRAME.format(name="Choose", width=80)

    def __init__(self, question: str, answers: dict[str, str], *, hint: str = "") -> None:
        """`answers`: the key to press and what it means; `hint`: what is to be known before."""
        super().__init__()
        self.question, self._answers, self._hint = question, answers, hint

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self.question))
            frame.border_subtitle = Content("Esc back")
            if self._hint:
                yield Static(Content(one_line(self._hint)))
            for key, meaning in self._answers.items():
                yield Static(Content.assemble((f" {key} ", "bold $accent"), f" {one_line(meaning)}"))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        elif event.character in self._answers:
            self.dismiss(event.character)
        elif why := told_of_script(event.character or ""):
            self.query_one("#frame").border_subtitle = Content(f"{why} · Esc back")


class Page(Modal[bool]):
    """A page to read: help, a card, a report. Any of q, Esc, Enter closes it.

    A page can propose something, which Enter then does: it dismisses with whether it was Enter.
    """

    DEFAULT_CSS = (
        _FRAME.format(name="Page", width=_PAGE_WIDTH)
        + """
    Page VerticalScroll { height: auto; max-height: 100%; background: $surface; scrollbar-size-vertical: 1; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave(True)", "back"),
        Binding("escape,q,question_mark,f1", "leave(False)", "back"),
        Binding("j,down", "scroll_by(1)", "down"),
        Binding("k,up", "scroll_by(-1)", "up"),
        Binding("space,ctrl+f,ctrl+d,pagedown", "scroll_by(12)", "page down"),
        Binding("ctrl+b,ctrl+u,pageup", "scroll_by(-12)", "page up"),
    ]

    @staticmethod
    def columns(cells: int) -> int:
        """Cells of a line of words on a screen so many cells wide."""
        return min(_PAGE_WIDTH, cells * 92 // 100) - _PAGE_EDGES

    def __init__(self, title: str, words: Content, *, does: str = "") -> None:
        """`does` says what Enter does, where the page proposes something."""
        super().__init__()
        self.heading, self.words, self._does = title, words, does

    def compose(self) -> ComposeResult:
        with Vertical(id="frame") as frame:
            frame.border_title = Content(one_line(self.heading))
            proposal = f"Enter {self._does} · " if self._does else ""
            frame.border_subtitle = Content(f"{proposal}j k scroll · Esc back")
            with VerticalScroll(can_focus=False):
                yield Static(self.words)

    def action_scroll_by(self, rows: int) -> None:
        """Scrolls so many rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_leave(self, agreed: bool) -> None:
        """Closes the page."""
        self.dismiss(agreed)
