"""Two passages side by side with their differences: the same, changed, moved, and what one side alone has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from texts.compare import ChangeKind, CollatedPiece, collate_passages
from texts.model import Span, Text
from texts.short_titles import short_title
from texts.visible import one_line, visible
from tui.dialogs.modal import Modal


class CollatedWords(NamedTuple):
    """Words that follow each other on one side, and what became of them."""

    words: str
    fate: ChangeKind | None
    """None for the white space between."""


def side_of(pieces: Iterable[CollatedPiece], body: str, span: Span, *, right: bool) -> list[CollatedWords]:
    """One side of a collation of passages: every character of the span, in order."""
    found = sorted(
        (place, piece.fate) for piece in pieces if (place := piece.right if right else piece.left) is not None
    )
    stretches: list[CollatedWords] = []
    before = span.start
    for place, fate in found:
        stretches.append(CollatedWords(body[before : place.start], None))
        stretches.append(CollatedWords(body[place.start : place.end], fate))
        before = place.end
    stretches.append(CollatedWords(body[before : span.end], None))
    return [stretch for stretch in stretches if stretch.words]


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
    ChangeKind.SAME: _Look("$foreground 75%"),
    ChangeKind.RESPELLED: _Look("italic", "≈"),
    ChangeKind.CHANGED: _Look("bold underline $accent"),
    ChangeKind.REMOVED: _Look("bold $error", "[", "]"),
    ChangeKind.ADDED: _Look("bold $success", "[", "]"),
    ChangeKind.MOVED: _Look("$primary", "‹", "›"),
}
_LEGEND = (
    (ChangeKind.SAME, "the same"),
    (ChangeKind.RESPELLED, "spelt otherwise"),
    (ChangeKind.CHANGED, "other words"),
    (ChangeKind.REMOVED, "only here"),
    (ChangeKind.MOVED, "elsewhere on the other side"),
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
        Binding("escape,q,d,enter", "leave", "back"),
        Binding("j,down", "scroll_by(1)", "down"),
        Binding("k,up", "scroll_by(-1)", "up"),
        Binding("space,ctrl+f,ctrl+d,pagedown", "scroll_by(12)", "page down"),
        Binding("ctrl+b,ctrl+u,pageup", "scroll_by(-12)", "page up"),
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
    return f"{one_line(short_title(text.title or text.slug))} ¶{passage.number if passage and passage.number else '–'}"
