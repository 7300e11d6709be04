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


def rows_of(mark: ScrollMark, offsets: Iterable[int], length: int, height: int) -> tuple[ScrollMark, ...]:
    """That mark on the rows of these offsets into a text of so many characters, nothing on the others."""
    rows = {row_at(offset, length, height) for offset in offsets}
    return tuple(mark if row in rows else ScrollMark.NOTHING for row in range(height))


def combined(columns: Iterable[tuple[ScrollMark, ...]]) -> tuple[ScrollMark, ...]:
    """One column of several of a height: on each row the mark that says most."""
    return tuple(map(max, zip(*columns, strict=True)))


def row_at(offset: int, length: int, height: int) -> int:
    """The row that stands for an offset into a text."""
    return min(max(0, offset) * height // max(1, length), height - 1)
