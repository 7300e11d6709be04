"""What positions of other programs count: the body as a library keeps it, or the same text in another form.

A body is composed (NFC), its lines end in one character, and no mark stands before it. A program may have counted units
of UTF-16, letters taken apart (NFD), bytes of UTF-8, the two characters of a line end of Windows, a byte order mark.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from texts.model import Span

_AT_ONCE = 1 << 12
"""Code points whose length in another form is kept as one number."""


class PositionCount:
    """A way of counting in one body."""

    def __init__(
        self, body: str, name: str, length: Callable[[str], int], line_end: int = 1, mark: int = 0
    ) -> None:
        """`name` says what it counts; `length` how much of that a string is, in which a newline is `line_end`.

        `mark` is what is counted before the body.
        """
        self.name = name
        self._body = body
        self._counted = length
        self._line_end = line_end
        self._mark = mark
        pieces = (body[at : at + _AT_ONCE] for at in range(0, len(body), _AT_ONCE))
        self._ends = list(accumulate(map(self._length, pieces)))

    def spans(self, parts: Sequence[Span]) -> tuple[Span, ...]:
        """Spans that count so in code points; an edge inside a character is its start, one past the end the end."""
        return tuple(Span(self._offset(part.start), self._offset(part.end)) for part in parts)

    def _length(self, words: str) -> int:
        return self._counted(words) + (self._line_end - 1) * words.count("\n")

    def _offset(self, position: int) -> int:
        position = max(0, position - self._mark)
        number = bisect_right(self._ends, position)
        if number == len(self._ends):
            return len(self._body)
        first = number * _AT_ONCE
        piece = self._body[first : first + _AT_ONCE]
        left = position - (self._ends[number - 1] if number else 0)
        lengths = range(len(piece) + 1)
        return first + bisect_right(lengths, left, key=lambda end: self._length(piece[:end])) - 1


def code_points(body: str) -> PositionCount:
    """Code points, as the W3C has it."""
    return PositionCount(body, "code points", len)


def utf_16(body: str) -> PositionCount:
    """Units of UTF-16, as JavaScript counts."""
    return PositionCount(body, "units of UTF-16", _units)


def other_counts(body: str) -> Iterator[PositionCount]:
    """The ways of counting but code points and units of UTF-16, the likeliest first."""
    forms = (
        ("code points", len, 1),
        ("units of UTF-16", _units, 1),
        ("decomposed letters", lambda words: len(unicodedata.normalize("NFD", words)), 1),
        ("bytes of UTF-8", lambda words: len(words.encode("utf-8", "surrogatepass")), 3),
    )
    for mark in (False, True):
        for line_end in (1, 2):
            for name, length, width in forms:
                if mark or line_end > 1 or name not in ("code points", "units of UTF-16"):
                    how = f"{name}, line ends as two" if line_end > 1 else name
                    yield PositionCount(body, how, length, line_end, width * mark)


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
