"""Where motions lead in a text as it is laid out."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tui.view.visible_text import VisibleText
from tui.view.wrap import DisplayRow, Layout

_ROW_END = sys.maxsize
"""A goal column behind the end of every row."""


class Motions:
    """Moves an offset about. Keeps the goal column, so that going down past a short row comes back to it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._goal: int | None = None

    @property
    def shown(self) -> VisibleText:
        """What is shown of the text."""
        return self.layout.shown

    def go(self, motion: str, offset: int, count: int = 1) -> int:
        """Where the motion leads from the offset, done `count` times.

        `go_to_passage` takes the count as the passage's number. The result is a place where a cursor can stand.
        Raises KeyError for a motion that there is none of.
        """
        if motion in _ROWWISE:
            return self.rows(offset, _ROWWISE[motion] * count)
        self._goal = _ROW_END if motion == "line_end" else None
        if motion == "go_to_passage":
            return self.passage(count)
        step = _STEPS[motion]
        offset = self.shown.snap_to_grapheme(offset)
        for _ in range(count):
            before, offset = offset, step(self, offset)
            if offset == before:
                break
        return offset

    def forget_goal(self) -> None:
        """Forgets the goal column, as any motion but up and down does."""
        self._goal = None

    def rows(self, offset: int, by: int) -> int:
        """The same column so many rows further down, or up if `by` is negative; blank rows are not counted."""
        layout = self.layout
        row = self._row_at(offset)
        if self._goal is None:
            self._goal = layout.column_of(row, self.shown.snap_to_grapheme(offset))
        number = layout.row_of(row.start)
        for _ in range(abs(by)):
            row, number = self._next_row(row, number, 1 if by > 0 else -1)
        return self.at_column(row)

    def at_column(self, row: DisplayRow) -> int:
        """Where the goal column is in a row."""
        return self.shown.snap_to_grapheme(self.layout.offset_at(row, self._goal or 0))

    def goal_at(self, offset: int) -> None:
        """Sets the goal column from an offset, unless there is one."""
        if self._goal is None:
            self._goal = self.layout.column_of(self._row_at(offset), offset)

    def _next_row(self, row: DisplayRow, number: int, step: int) -> tuple[DisplayRow, int]:
        """The next row that is not blank, and its number; the same row where there is none."""
        following = number
        while True:
            above = self.layout.above
            reached = self.layout.reach(following + step)
            number += self.layout.above - above
            following += self.layout.above - above
            if reached == following:
                return self.layout.row(number), number
            following = reached
            found = self.layout.row(following)
            if not found.blank:
                return found, following

    def _row_at(self, offset: int) -> DisplayRow:
        """The row of an offset, laid out if it is not yet."""
        self.layout.include(offset)
        return self.layout.row(self.layout.row_of(self.shown.snap_to_grapheme(offset)))

    def passage(self, number: int) -> int:
        """The start of the passage of that number, or of the nearest one that is shown."""
        text = self.shown.text
        if not text.numbered:
            return self.shown.snap_to_grapheme(0)
        return self.shown.snap_to_grapheme(text.passage(min(max(number, 1), len(text.numbered))).span.start)

    # single steps

    def char_left(self, offset: int) -> int:
        """The character before."""
        return self.shown.before(offset)

    def char_right(self, offset: int) -> int:
        """The next character."""
        return self.shown.after(offset)

    def word_next(self, offset: int) -> int:
        """The start of the next word."""
        word = self.shown.word_after(offset)
        return self.shown.snap_to_grapheme(word.start) if word else self.text_end(offset)

    def word_back(self, offset: int) -> int:
        """The start of the word, or of the word before."""
        word = self.shown.word_before(offset)
        return self.shown.snap_to_grapheme(word.start) if word else self.text_start(offset)

    def word_end(self, offset: int) -> int:
        """The last character of the word, or of the next one."""
        word = self.shown.word(offset)
        if word is None or self.shown.snap_to_grapheme(word.end - 1) <= offset:
            word = self.shown.word_after(offset)
        return self.shown.snap_to_grapheme(word.end - 1) if word else self.text_end(offset)

    def line_start(self, offset: int) -> int:
        """The start of the display row."""
        return self.shown.snap_to_grapheme(self._row_at(offset).start)

    def line_first(self, offset: int) -> int:
        """The first character of the display row that is no white space."""
        row = self._row_at(offset)
        line = self.shown.body[row.start : row.end]
        return self.shown.snap_to_grapheme(row.start + len(line) - len(line.lstrip()))

    def line_end(self, offset: int) -> int:
        """The last character of the display row."""
        row = self._row_at(offset)
        return self.shown.snap_to_grapheme(max(row.start, row.end - 1))

    def sentence_next(self, offset: int) -> int:
        """The start of the next sentence."""
        index = self.shown.index(offset)
        starts = [span.start for span in self.shown.sentences(index)]
        place = bisect_right(starts, offset)
        if place < len(starts):
            return self.shown.snap_to_grapheme(starts[place])
        if index + 1 < len(self.shown.passages):
            return self.shown.snap_to_grapheme(self.shown.passages[index + 1].span.start)
        return self.text_end(offset)

    def sentence_back(self, offset: int) -> int:
        """The start of the sentence, or of the one before."""
        index = self.shown.index(offset)
        starts = [span.start for span in self.shown.sentences(index)]
        place = bisect_left(starts, offset) - 1
        if place >= 0:
            return self.shown.snap_to_grapheme(starts[place])
        if index > 0:
            return self.shown.snap_to_grapheme(self.shown.sentences(index - 1)[-1].start)
        return self.text_start(offset)

    def sentence_end(self, offset: int) -> int:
        """The last character of the sentence, or of the next one."""
        end = self.shown.snap_to_grapheme(self.shown.sentence(offset).end - 1)
        if end > offset:
            return end
        return self.shown.snap_to_grapheme(self.shown.sentence(self.sentence_next(offset)).end - 1)

    def passage_next(self, offset: int) -> int:
        """The start of the next passage."""
        index = self.shown.index(offset) + 1
        if index < len(self.shown.passages):
            return self.shown.snap_to_grapheme(self.shown.passages[index].span.start)
        return self.text_end(offset)

    def passage_back(self, offset: int) -> int:
        """The start of the passage, or of the one before."""
        index = self.shown.index(offset)
        start = self.shown.snap_to_grapheme(self.shown.passages[index].span.start)
        if start == offset and index > 0:
            return self.shown.snap_to_grapheme(self.shown.passages[index - 1].span.start)
        return start

    def passage_end(self, offset: int) -> int:
        """The last character of the passage, or of the next one."""
        end = self.shown.snap_to_grapheme(self.shown.span(offset).end - 1)
        if end > offset:
            return end
        return self.shown.snap_to_grapheme(self.shown.span(self.passage_next(offset)).end - 1)

    def text_start(self, offset: int) -> int:
        """The first character of the text."""
        return self.shown.snap_to_grapheme(self.shown.start)

    def text_end(self, offset: int) -> int:
        """The last character of the text."""
        return self.shown.snap_to_grapheme(self.shown.end - 1)


_ROWWISE: Mapping[str, int] = MappingProxyType({"line_down": 1, "line_up": -1})

_STEPS: Mapping[str, Callable[[Motions, int], int]] = MappingProxyType(
    {
        step.__name__: step
        for step in (
            Motions.char_left,
            Motions.char_right,
            Motions.word_next,
            Motions.word_back,
            Motions.word_end,
            Motions.line_start,
            Motions.line_first,
            Motions.line_end,
            Motions.sentence_next,
            Motions.sentence_back,
            Motions.sentence_end,
            Motions.passage_next,
            Motions.passage_back,
            Motions.passage_end,
            Motions.text_start,
            Motions.text_end,
        )
    }
)

MOTIONS = frozenset({*_ROWWISE, *_STEPS, "go_to_passage"})
"""What `Motions.go` knows. Motions by the screen (`page_down` and the like) are the pane's own."""
