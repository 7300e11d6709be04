"""The related list: what the other text says about this, best first, under the panes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from texts.relate.relate_records import DEFAULT_SCORE
from texts.visible import one_line
from tui.view.bridge_lines import sureness

LINK_KIND_KEY = "P"
"""The key that asks of what kind the link of the highlighted row is."""
_MOST_IN_SIGHT = 9
"""Rows that are in sight at once, where the screen has room for them."""
_AROUND = 2
"""Rows of the frame and of what was asked."""


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A related passage as the list shows it."""

    number: int
    """Passage of the other text."""
    score: float
    """How sure it is that its passage and the one asked about speak of the same, 0–100."""
    sentence: Span
    """The sentence that carries the relation, in the other text."""
    words: str
    """Its words."""
    underlined: tuple[Span, ...]
    """What the evidence names in these words; spans into the words."""
    linked: bool = False
    by_meaning: bool = False
    """Whether no word speaks for it, but what the passages mean."""

    @property
    def is_sure(self) -> bool:
        """Whether it is more likely than not; else it is shown dim, below a line."""
        return self.score >= DEFAULT_SCORE


class RelatedList(Vertical):
    """Shows rows, says which is highlighted, and what the reader wants of it."""

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
        Binding("j", "move(1)", "down"),
        Binding("k", "move(-1)", "up"),
        Binding("ctrl+l,l", "want('link')", "link"),
        Binding(LINK_KIND_KEY, "want('kind')", "kind of link"),
        Binding("ctrl+x,x", "want('dismiss')", "dismiss"),
        Binding("escape,q", "want('leave')", "back"),
    ]

    class Highlighted(Message):
        """Another row is highlighted: preview it."""

        def __init__(self, row: RelatedRow) -> None:
            super().__init__()
            self.row = row

    class Wanted(Message):
        """The reader wants to go there, link, say of what kind the link is, dismiss, or leave."""

        def __init__(self, what: str, row: RelatedRow | None) -> None:
            super().__init__()
            self.what = what
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[RelatedRow] = []
        """All that are listed, the surest first."""

    def compose(self) -> ComposeResult:
        yield Static(id="asked", markup=False)
        yield OptionList(id="rows", markup=False, compact=True)

    def open(self, asked: str, rows: Sequence[RelatedRow]) -> None:
        """Shows the rows for what was asked, the first one highlighted."""
        self.rows = list(rows)
        self.query_one("#asked", Static).update(Content(one_line(asked)))
        options = self.query_one("#rows", OptionList)
        options.clear_options()
        options.add_options(_with_line([(Option(_line(row)), row.is_sure) for row in self.rows]))
        lines = len(self.rows) + (len({row.is_sure for row in self.rows}) > 1)
        self.styles.height = min(lines, _MOST_IN_SIGHT) + _AROUND  # the rest is the texts'
        self.display = True
        self.screen.set_focus(options)
        if self.rows:
            options.highlighted = 0

    def close(self) -> None:
        """Takes the list away."""
        self.display = False

    @property
    def row(self) -> RelatedRow | None:
        """The highlighted row."""
        index = self.query_one("#rows", OptionList).highlighted
        return self.rows[index] if index is not None and index < len(self.rows) else None

    def show_linked(self, row: RelatedRow) -> None:
        """Shows a row, if it is still there, as linked."""
        if row in self.rows:
            index = self.rows.index(row)
            self.rows[index] = replace(row, linked=True)
            self.query_one("#rows", OptionList).replace_option_prompt_at_index(index, _line(self.rows[index]))

    def drop(self, row: RelatedRow) -> None:
        """Takes a row out of the list and lights the next; out of the last one's list there is nothing left to want."""
        if row not in self.rows:
            return
        index = self.rows.index(row)
        del self.rows[index]
        self.query_one("#rows", OptionList).remove_option_at_index(index)  # which highlights the next
        following = self.row
        if following is not None:
            # Said here, because the number of the highlighted row may be the same as before.
            self.post_message(self.Highlighted(following))
        else:
            self.post_message(self.Wanted("leave", None))

    def action_move(self, rows: int) -> None:
        """Lights the row so many on."""
        options = self.query_one("#rows", OptionList)
        if self.rows:
            options.highlighted = max(0, min(len(self.rows) - 1, (options.highlighted or 0) + rows))

    def action_want(self, what: str) -> None:
        """Says what the reader wants of the highlighted row."""
        self.post_message(self.Wanted(what, self.row))

    @on(OptionList.OptionHighlighted)
    def _highlighted_key(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.row is not None:
            self.post_message(self.Highlighted(self.row))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Wanted("go", self.row))

    def on_key(self, event: events.Key) -> None:
        """What moves panes elsewhere does nothing here."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()


def _with_line(options: Sequence[tuple[Option, bool]]) -> Iterator[Option | None]:
    """The options, with a line between those that are sure and the others."""
    for (option, sure), (_, next_sure) in zip(options, [*options[1:], *options[-1:]], strict=True):
        yield option
        if sure and not next_sure:
            yield None


def _line(row: RelatedRow) -> Content:
    words = Content(one_line(row.words))
    for span in row.underlined:
        words = words.stylize("underline bold" if row.is_sure else "underline", span.start, span.end)
    line = Content.assemble(
        (f"{sureness(row.score):8} ", "bold $accent" if row.is_sure else ""),
        (f"¶{row.number:<4}", "$foreground 80%" if row.is_sure else ""),
        ("⇄ " if row.linked else "  ", "$primary"),
        ("by meaning  " if row.by_meaning else "", "$foreground 60%"),
        words,
    )
    return line if row.is_sure else line.stylize_before("$foreground 60%")
