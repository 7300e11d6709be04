"""What is selected: two edges that motions move, text objects, and a ladder from the word to the whole text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from texts.model import Span
from texts.tokens import WORD
from tui.view.visible_text import VisibleText

SelectionMode = Literal["read", "select", "select passages"]


class Selection:
    """A selection in a text. The edge that motions move is the head; the other one is the anchor.

    Both stand on the first character of a grapheme, and both graphemes are selected.
    """

    def __init__(self, shown: VisibleText) -> None:
        self.shown = shown
        self.mode: SelectionMode = "read"
        self.last: Span | None = None
        """What was selected last, to select it again."""
        self.just_started = False
        """Whether selecting has started and nothing has been moved or chosen since."""
        self._anchor = 0
        self._head = 0
        self._grown: list[Span] = []

    @property
    def head(self) -> int:
        """Offset of the edge that motions move; where the cursor is."""
        return self._head

    @property
    def reaches_on(self) -> bool:
        """Whether a motion towards the end of the text takes more in."""
        return self.mode == "select" and self._anchor <= self._head

    @property
    def span(self) -> Span | None:
        """What is selected; None while reading."""
        if self.mode == "read":
            return None
        low, high = sorted((self._anchor, self._head))
        if self.mode == "select passages":
            return Span(self.shown.span(low).start, self.shown.span(high).end)
        return Span(self.shown.grapheme(low).start, self.shown.grapheme(high).end)

    def start(self, mode: SelectionMode, offset: int) -> None:
        """Starts selecting at the offset; while selecting, goes over to the other mode with both edges kept."""
        if self.mode == "read":
            self._anchor = self._head = self.shown.snap_to_grapheme(offset)
        self.just_started = self.mode == "read"
        self.mode = mode
        self._grown.clear()

    def stop(self) -> None:
        """Goes back to reading, and remembers what was selected."""
        self.last = self.span or self.last
        self.mode = "read"
        self._grown.clear()

    def move(self, offset: int) -> None:
        """Moves the head."""
        self._head = self.shown.snap_to_grapheme(offset)
        self.just_started = False
        self._grown.clear()

    def put(self, span: Span, *, head_first: bool = False) -> None:
        """Selects the span, with the head at its end, or at its start."""
        first = self.shown.snap_to_grapheme(span.start)
        last = self.shown.snap_to_grapheme(max(span.start, span.end - 1))
        self.mode = "select"
        self._anchor, self._head = (last, first) if head_first else (first, last)
        self.just_started = False
        self._grown.clear()

    def other_edge(self) -> int:
        """Lets motions move the other edge; returns its offset."""
        self._anchor, self._head = self._head, self._anchor
        return self._head

    def grow(self, offset: int) -> Span:
        """Selects the next larger of word, sentence, passage and text that holds all that is selected."""
        before = self.span
        inside = before or Span(self.shown.snap_to_grapheme(offset), self.shown.grapheme(offset).end)
        for rung in ladder(self.shown, inside):
            if before is None or (rung != before and rung.start <= before.start and before.end <= rung.end):
                grown = [*self._grown, before or Span(inside.start, inside.start)]
                self.put(rung)
                self._grown = grown
                break
        return self.span or inside

    def shrink(self, offset: int) -> Span | None:
        """Undoes `grow`; without one, selects the next smaller thing at the offset. None: nothing is selected now."""
        before = self.span
        if before is None:
            return None
        if self._grown:
            rest, span = self._grown[:-1], self._grown[-1]
        else:
            at = Span(self.shown.snap_to_grapheme(offset), self.shown.grapheme(offset).end)
            smaller = [
                rung for rung in ladder(self.shown, at) if rung.end - rung.start < before.end - before.start
            ]
            rest, span = [], smaller[-1] if smaller else at
        if span.start == span.end:
            self.stop()
        else:
            self.put(span)
            self._grown = rest
        return self.span


def ladder(shown: VisibleText, inside: Span) -> Iterable[Span]:
    """Word, sentence, passage and text around a span; of a span over several of them, from the first to the last."""
    last = max(inside.start, inside.end - 1)
    first_word, last_word = shown.word(inside.start), shown.word(last)
    if first_word or last_word:
        yield Span((first_word or inside).start, (last_word or inside).end)
    yield Span(shown.sentence(inside.start).start, max(shown.sentence(last).end, inside.end))
    yield Span(shown.span(inside.start).start, max(shown.span(last).end, inside.end))
    yield Span(shown.start, shown.end)


Objects = Callable[[VisibleText, int], Span]


def a_sentence(shown: VisibleText, offset: int) -> Span:
    """The sentence at the offset with the white space behind it, or before it where there is none behind."""
    return _with_space(shown, shown.sentence(offset))


def a_passage(shown: VisibleText, offset: int) -> Span:
    """The passage at the offset with the blank lines behind it."""
    index = shown.index(offset)
    span = shown.passages[index].span
    body, end = shown.body, span.end
    while end < len(body) and body[end].isspace():
        end += 1
    return Span(span.start, end if index + 1 < len(shown.passages) else span.end)


def inner_word(shown: VisibleText, offset: int) -> Span:
    """The word at the offset; between words, what is between them."""
    word = shown.word(offset)
    if word:
        return word
    span = shown.span(offset)
    before, after = shown.word_before(offset), WORD.search(shown.body, offset, span.end)
    start = max(span.start, before.end if before else span.start)
    return Span(min(start, offset), after.start() if after else max(span.end, offset))


def a_word(shown: VisibleText, offset: int) -> Span:
    """The word at the offset with the white space behind it, or before it where there is none behind."""
    return _with_space(shown, inner_word(shown, offset))


def _with_space(shown: VisibleText, span: Span) -> Span:
    """The span and the white space of its passage behind it, or before it where there is none behind."""
    body, passage = shown.body, shown.span(span.start)
    start, end = span
    while end < passage.end and body[end].isspace():
        end += 1
    if end == span.end:
        while start > passage.start and body[start - 1].isspace():
            start -= 1
    return Span(start, end)


OBJECTS: Mapping[str, Objects] = MappingProxyType(
    {
        "is": VisibleText.sentence,
        "as": a_sentence,
        "ip": VisibleText.span,
        "ap": a_passage,
        "iw": inner_word,
        "aw": a_word,
    }
)
"""Text objects by their keys; `ih`, the highlight, is `inner_highlight`, which wants highlights."""


def find_object(shown: VisibleText, name: str, offset: int, selected: Span | None) -> Span:
    """What the object selects at the offset. Where that is selected already, goes on to the next one as well.

    `selected` is what is selected now. Raises KeyError for an object that there is none of.
    """
    found = OBJECTS[name](shown, offset)
    if selected is None or not (selected.start <= found.start and found.end <= selected.end):
        return found
    following = selected.end
    while following < shown.end and shown.body[following].isspace():
        following += 1
    if following >= shown.end:
        return selected
    return Span(selected.start, OBJECTS[name](shown, following).end)


def inner_highlight(spans: Sequence[Span], offset: int, selected: Span | None) -> Span | None:
    """The shortest of the spans that hold the offset, or, where that is selected already, the next longer one."""
    around = sorted({s for s in spans if s.holds(offset)}, key=lambda span: (span.end - span.start, span))
    if not around:
        return None
    if selected not in around:
        return around[0]
    return around[(around.index(selected) + 1) % len(around)]
