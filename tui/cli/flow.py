"""Words with styles in lines of so many columns of the terminal, wrapped as at the desk: no word is lost.

A word that is wider than a line is broken, between two letters; scripts without blanks break where they may.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.visible import visible
from tui.cli.terminal import cells, cut, pad, paint
from tui.view.cells import odd_characters
from tui.view.wrap import Measured, wrap_plain

_MARKED = ("bold", "underline")
_WHITE_SPACE = lazy_pattern(r"\s+")


class Styled(NamedTuple):
    """Some words, and the styles that `paint` knows."""

    words: str
    styles: tuple[str, ...] = ()
    before: str = ""
    """Signs that stand before the first word; no line ends between the two."""
    after: str = ""
    """Signs that stand behind the last word, likewise."""

    @property
    def shown(self) -> str:
        """The words with their signs."""
        return self.before + self.words + self.after

    @property
    def measured(self) -> str:
        """The same with brackets for the signs: no line breaks behind an opening one or before a closing one."""
        return "[" * len(self.before) + self.words + "]" * len(self.after)


def flow(body: str, span: Span, marks: Iterable[Span], columns: int) -> list[str]:
    """The words of the span in lines of so many columns, filled up with blanks, the marked ones bold.

    Marks are spans into the body, in any order.
    """
    return flowed(_parted(body, span, marks), columns)


def _parted(body: str, span: Span, marks: Iterable[Span]) -> Iterator[Styled]:
    at = span.start
    for mark in sorted(marks):
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start < end:
            yield Styled(body[at:start])
            yield Styled(body[start:end], _MARKED)
            at = end
    yield Styled(body[at : span.end])


def flowed(parts: Iterable[Styled], columns: int) -> list[str]:
    """The parts, one after the other, in lines of so many columns, filled up with blanks.

    White space is one blank wherever a line does not break at it. Parts are made harmless here.
    """
    even = list(_evened(parts))
    words = "".join(part.measured for part in even)
    if not words.strip():
        return []
    rows: array[int] = array("I")
    if odd_characters(words):
        Measured(words).wrap(columns, rows, 0)
    else:
        wrap_plain(words, 0, len(words), columns, rows)
    paint_row = _Painter(even, columns)
    return [
        paint_row(Span(start, start + len(words[start:end].rstrip(" "))))
        for start, end in pairwise([*rows, len(words)])
    ]


def _evened(parts: Iterable[Styled]) -> Iterator[Styled]:
    """The parts, harmless, with one blank for all white space between two words and none before the first."""
    is_after_blank = True
    for part in parts:
        words = _WHITE_SPACE.sub(" ", visible(part.words))
        if is_after_blank:
            words = words.removeprefix(" ")
        if words:
            is_after_blank = words.endswith(" ") and not part.after
            yield part._replace(words=words)


class _Painter:
    """Paints rows of some parts."""

    def __init__(self, parts: Sequence[Styled], columns: int) -> None:
        self._parts, self._columns = parts, columns
        self._starts = list(accumulate((len(part.shown) for part in parts), initial=0))

    def __call__(self, row: Span) -> str:
        """A row, filled up with blanks; a letter that is wider than the row is cut."""
        line, taken = "", 0
        for place in range(bisect_right(self._starts, row.start) - 1, bisect_left(self._starts, row.end)):
            part, start = self._parts[place], self._starts[place]
            shown = cut(part.shown[max(0, row.start - start) : row.end - start], self._columns - taken)
            line += paint(shown, *part.styles) if part.styles else shown
            taken += cells(shown)
        return line + pad("", self._columns - taken)
