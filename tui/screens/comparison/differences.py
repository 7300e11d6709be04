"""Two passages side by side with their differences: the same, changed, moved, and what one side alone has."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from texts.compare import Fate, collate_passages
from texts.model import Span, Text
from texts.visible import one_line, visible
from tui.reading.collation import side_of
from tui.screens.modal import Modal

_LONGEST = 40_000
"""Characters of a passage; longer ones are cut, because no key waits for comparing them."""


class _Look:
    """How words with a fate are set off: by signs around them first, by style and colour besides."""

    def __init__(self, style: str, before: str = "", after: str = "") -> None:
        self.style, self.before, self.after = style, before, after

    def content(self, words: str) -> Content:
        """The words, harmless, as they are shown."""
        return Content.styled(f"{self.before}{visible(words)}{self.after}", self.style)


_LOOKS = {
    None: _Look(""),
    Fate.SAME: _Look("$foreground 75%"),
    Fate.SPELT: _Look("italic", "≈"),
    Fate.CHANGED: _Look("bold underline $accent"),
    Fate.REMOVED: _Look("bold $error", "[", "]"),
    Fate.ADDED: _Look("bold $success", "[", "]"),
    Fate.MOVED: _Look("$primary", "‹", "›"),
}
_LEGEND = (
    (Fate.SAME, "the same"),
    (Fate.SPELT, "spelt otherwise"),
    (Fate.CHANGED, "other words"),
    (Fate.REMOVED, "only here"),
    (Fate.MOVED, "elsewhere on the other side"),
)


class Differences(Modal[None]):
    """Shows two passages word against word."""

    DEFAULT_CSS = """
    Differences {
        align: center middle;
        background: $background 60%;
        & #frame {
            width: 96%;
            max-width: 150;
            height: 84%;
            background: $surface;
            border: round $primary;
            border-title-color: $foreground;
            border-subtitle-color: $foreground 80%;
            padding: 0 1;
        }
        & VerticalScroll { height: 1fr; background: $surface; scrollbar-size-vertical: 1; }
        & #both { height: auto; }
        & .words { width: 1fr; height: auto; padding: 0 1; }
        & #left { border-right: solid $primary 40%; }
        & #legend { height: auto; padding: 0 1; border-top: solid $primary 40%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d,enter", "leave", "back", show=False),
        Binding("j,down", "scroll_by(1)", "down", show=False),
        Binding("k,up", "scroll_by(-1)", "up", show=False),
        Binding("space,ctrl+f,ctrl+d,pagedown", "scroll_by(12)", "page down", show=False),
        Binding("ctrl+b,ctrl+u,pageup", "scroll_by(-12)", "page up", show=False),
    ]

    def __init__(self, left: Text, left_span: Span, right: Text, right_span: Span) -> None:
        super().__init__()
        self._sides = (left, _cut(left_span)), (right, _cut(right_span))

    def compose(self) -> ComposeResult:
        (left, left_span), (right, right_span) = self._sides
        pieces = collate_passages(left.body, right.body, left_span, right_span)
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f"{_place(left, left_span)} and {_place(right, right_span)}")
            frame.border_subtitle = Content("j k scroll · Esc back")
            with VerticalScroll(can_focus=False), Horizontal(id="both"):
                for (text, span), is_right in zip(self._sides, (False, True), strict=True):
                    stretches = side_of(pieces, text.body, span, right=is_right)
                    words = Content("").join(_LOOKS[each.fate].content(each.words) for each in stretches)
                    yield Static(words, id="right" if is_right else "left", classes="words")
            yield Static(
                Content(" · ").join(_LOOKS[fate].content(meaning) for fate, meaning in _LEGEND), id="legend"
            )

    def action_scroll_by(self, rows: int) -> None:
        """Scrolls so many rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_leave(self) -> None:
        """Closes it."""
        self.dismiss(None)


def _cut(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _LONGEST))


def _place(text: Text, span: Span) -> str:
    passage = text.passage_at(span.start)
    return f"{one_line(text.slug)} ¶{passage.number if passage and passage.number else '–'}"
