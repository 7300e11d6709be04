"""Numbers that count every few lines of verse in the margin of a page: they are no words of it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from texts.lazy_pattern import lazy_pattern
from texts.load.layout import LayoutLine

_NUMBER = lazy_pattern(r"[\[(]?(\d{1,4})[\])]?")
_FEWEST_LINES = 3
"""From one number to the next."""
_MAY_BE_YEAR = 1000
_ALIGNED = 3.0
"""Points by which numbers below each other stand out of line at most."""


def without_line_numbers(page: Sequence[LayoutLine]) -> Sequence[LayoutLine]:
    """The page without numbers that stand below each other beside its lines, each as many lines on as it counts.

    They are multiples of their distance, three lines at least, and of five where they may be years; the first may be 1.
    A column of a table counts its own rows, or none: numbers of every line stay, and those of every other one.
    """
    numbers = {line for line in page if _NUMBER.fullmatch(line.words)}
    if len(numbers) < 2:
        return page
    rows = _rows(line for line in page if line not in numbers)
    heights = [-row.bottom for row in rows]
    beside = {number: at for number in numbers if (at := _row_of(number, rows, heights)) is not None}
    gone = {line for edges in ("left", "right") for line in _counting(beside, rows, edges)}
    return [line for line in page if line not in gone]


def _rows(lines: Iterable[LayoutLine]) -> list[LayoutLine]:
    """One line for each height, from top to bottom, as wide as all that stands there."""
    rows: list[LayoutLine] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        if rows and rows[-1].bottom - line.bottom < line.size / 2:
            row = rows[-1]
            left, right = min(row.left, line.left), max(row.right, line.right)
            rows[-1] = LayoutLine(row.words, left, right, row.bottom, row.top, row.size)
        else:
            rows.append(line)
    return rows


def _row_of(number: LayoutLine, rows: Sequence[LayoutLine], heights: Sequence[float]) -> int | None:
    """Which row a number stands beside, parted from it by white; None where it stands inside one or alone.

    `heights` are those of the rows, downwards.
    """
    below = bisect(heights, -number.bottom)
    for place, row in enumerate(rows[max(0, below - 1) : below + 1], max(0, below - 1)):
        if abs(row.bottom - number.bottom) < row.size / 2:
            white = max(row.left - number.right, number.left - row.right)
            return place if white > row.size / 2 else None
    return None


def _counting(beside: dict[LayoutLine, int], rows: Sequence[LayoutLine], edge: str) -> Iterator[LayoutLine]:
    """The numbers in line at an edge that count the rows between them."""
    columns: list[list[LayoutLine]] = []
    for number in sorted(beside, key=lambda number: (getattr(number, edge), -number.bottom)):
        if columns and getattr(number, edge) - getattr(columns[-1][0], edge) < _ALIGNED:
            columns[-1].append(number)
        else:
            columns.append([number])
    for column in columns:
        for number, after in pairwise(sorted(column, key=lambda number: -number.bottom)):
            step = _value(after) - _value(number)
            is_left = [number.right < rows[beside[number]].left, after.right < rows[beside[after]].left]
            if step == beside[after] - beside[number] and _counts(number, step) and len(set(is_left)) == 1:
                yield from (number, after)


def _counts(number: LayoutLine, step: int) -> bool:
    """Whether a number may be that of a line which the next one follows in so many."""
    value = _value(number)
    if value >= _MAY_BE_YEAR and step % 5:
        return False
    return step >= _FEWEST_LINES and (value == 1 or value % step == 0)


def _value(number: LayoutLine) -> int:
    found = _NUMBER.fullmatch(number.words)
    assert found
    return int(found[1])
