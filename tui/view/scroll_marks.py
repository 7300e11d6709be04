"""Where in a text the reader is, and where there is something: a column of cells, a row for so much of the text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ScrollMark(IntEnum):
    """What a cell says; what is higher hides what is lower."""

    NOTHING = 0
    RELATED = 1
    """A passage begins there of which the other text speaks."""
    HIGHLIGHT = 2
    HIT = 3


SIGNS = {
    ScrollMark.NOTHING: " ",
    ScrollMark.RELATED: "·",
    ScrollMark.HIGHLIGHT: "▪",
    ScrollMark.HIT: "◆",
}
"""What is drawn for each, so that colour need not say it."""


def scroll_marks(
    length: int, height: int, places: Iterable[tuple[ScrollMark, Iterable[int]]]
) -> tuple[ScrollMark, ...]:
    """The marks of a text of so many characters on so many rows; `places` are offsets by what stands there."""
    marks = [ScrollMark.NOTHING] * max(0, height)
    if height <= 0:
        return ()
    for mark, offsets in places:
        for offset in offsets:
            row = row_at(offset, length, height)
            marks[row] = max(marks[row], mark)
    return tuple(marks)


def row_at(offset: int, length: int, height: int) -> int:
    """The row that stands for an offset into a text."""
    return min(max(0, offset) * height // max(1, length), height - 1)
