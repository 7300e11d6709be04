"""The related list: what the other text says about this, best first, under the panes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from texts.model import Span
from texts.visible import one_line

_MOST_IN_SIGHT = 9
"""Rows that are in sight at once, where the screen has room for them."""
_AROUND = 2
"""Rows of the frame and of what was asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """A related passage as the list shows it."""

    number: int
    """Passage of the other text."""
    score: float
    """0–100."""
    sentence: Span
    """The sentence that carries the relation, in the other text."""
    words: str
    """Its words."""
    underlined: tuple[Span, ...]
    """What the evidence names in these words; spans into the words."""
    linked: bool = False


class RelatedList(Vertical):
    """Shows rows, says which is lit, and what the reader wants of it."""

    DEFAULT_CSS = """
    RelatedList {
        max-height: 40%;
        display: none;
        background: $surface;
        border-top: solid $primary 60%;
        & #asked {
            height: 1; padding: 0 1; color: $foreground 80%;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & OptionList {
            border: none; background: $surface; height: 1fr; padding: 0; scrollbar-size-vertical: 1;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & OptionList > .option-list--option-highlighted,
        & OptionList:focus > .option-list--option-highlighted {
            background: $primary 30%;
            color: $foreground;
            text-style: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
        Binding("ctrl+l,l", "want('link')", "link", show=False),
        Binding("ctrl+x,x", "want('dismiss')", "dismiss", show=False),
        Binding("escape,q", "want('leave')", "back", show=False),
    ]

    class Lit(Message):
        """Another row is lit: preview it."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Wanted(Message):
        """The reader wants to go there, link, dismiss, or leave."""

        def __init__(self, what: str, row: Row | None) -> None:
            super().__init__()
            self.what = what
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        yield Static(id="asked", markup=False)
        yield OptionList(id="rows", markup=False, compact=True)

    def open(self, asked: str, rows: Sequence[Row]) -> None:
        """Shows the rows for what was asked, the first one lit."""
        self._rows = list(rows)
        self.query_one("#asked", Static).update(Content(one_line(asked)))
        options = self.query_one("#rows", OptionList)
        options.clear_options()
        options.add_options([Option(_line(row)) for row in self._rows])
        self.styles.height = min(len(self._rows), _MOST_IN_SIGHT) + _AROUND  # the rest is the texts'
        self.display = True
        self.screen.set_focus(options)
        if self._rows:
            options.highlighted = 0

    def close(self) -> None:
        """Takes the list away."""
        self.display = False

    @property
    def row(self) -> Row | None:
        """The lit row."""
        index = self.query_one("#rows", OptionList).highlighted
        return self._rows[index] if index is not None and index < len(self._rows) else None

    def show_linked(self, row: Row) -> None:
        """Shows a row, if it is still there, as linked."""
        if row in self._rows:
            index = self._rows.index(row)
            self._rows[index] = replace(row, linked=True)
            self.query_one("#rows", OptionList).replace_option_prompt_at_index(
                index, _line(self._rows[index])
            )

    def drop(self, row: Row) -> None:
        """Takes a row out of the list and lights the next; out of the last one's list there is nothing left to want."""
        if row not in self._rows:
            return
        index = self._rows.index(row)
        del self._rows[index]
        options = self.query_one("#rows", OptionList)
        options.remove_option_at_index(index)
        if self._rows:
            options.highlighted = min(index, len(self._rows) - 1)
            # Said here, because the number of the lit row may be the same as before.
            self.post_message(self.Lit(self._rows[options.highlighted]))
        else:
            self.post_message(self.Wanted("leave", None))

    def action_move(self, rows: int) -> None:
        """Lights the row so many on."""
        options = self.query_one("#rows", OptionList)
        if self._rows:
            options.highlighted = max(0, min(len(self._rows) - 1, (options.highlighted or 0) + rows))

    def action_want(self, what: str) -> None:
        """Says what the reader wants of the lit row."""
        self.post_message(self.Wanted(what, self.row))

    @on(OptionList.OptionHighlighted)
    def _lit(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.row is not None:
            self.post_message(self.Lit(self.row))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Wanted("go", self.row))

    def on_key(self, event: events.Key) -> None:
        """What moves panes elsewhere does nothing here."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()


def _line(row: Row) -> Content:
    words = Content(one_line(row.words))
    for span in row.underlined:
        words = words.stylize("underline bold", span.start, span.end)
    return Content.assemble(
        (f"{row.score:4.0f} ", "bold $accent"),
        (f"¶{row.number:<4}", "$foreground 80%"),
        ("⇄ " if row.linked else "  ", "$primary"),
        words,
    )
