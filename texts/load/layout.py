"""Lines printed on pages: in which order they are read, and which of them run along on every page.

Columns are found by cutting a page at its white gutters (the recursive X-Y cut of Nagy and Seth, Hierarchical
representation of optically scanned documents, ICPR 1984). All lengths are in points, upwards and to the right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from texts.lazy_pattern import lazy_pattern
from texts.load.page_numbers import AFTER_PAGE, OF, PAGE, PAGE_ABBREVIATED

_VERSES = 5
"""Lines of the shortest poem that is recognized by its capitals: prose has no five such lines below each other."""
_OPENING = "“‘\"'([—– "
_EDGES_TRIED = 12
_EDGE_LINES = 2  # so many lines at the head and at the foot of a page may be running ones
_DEEPEST_CUT = 12
_COLUMN_LINES = 4
_COLUMN_LETTERS = 15
_PAGE_NUMBER = lazy_pattern(
    rf"[-–—\s\[(]*{PAGE_ABBREVIATED}?(?:#+|[ivxlc]{{1,7}}){AFTER_PAGE}?(?:\s*{OF}\s*#+{AFTER_PAGE}?)?[-–—\s\])]*"
)
"""What is a number of pages where two pages or more have it at an edge."""
_SAYS_PAGE = lazy_pattern(
    rf"(?:{PAGE}#{{1,4}}{AFTER_PAGE}?|(?:第\s*)?#{{1,4}}{AFTER_PAGE})(?:\s*{OF}\s*#{{1,4}}{AFTER_PAGE}?)?"
    r"|[-–—]\s*#{1,4}\s*[-–—]"
)
"""What says so of itself, on one page alone."""
_NUMBER = lazy_pattern("#{1,4}")


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """A run of words on one line of one column."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    """Height of its letters."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines below each other in one column, from top to bottom."""

    lines: Sequence[LayoutLine]
    left: float
    right: float
    """Of the column, which may be wider than these lines."""
    leading: float
    """The usual step from one line to the next."""
    is_verse: bool = False
    """Whether nearly every line begins as a verse does."""

    @classmethod
    def of(cls, lines: Sequence[LayoutLine], width: tuple[float, float]) -> Region:
        """The lines with what is usual among them; at least one."""
        steps = [before.top - after.top for before, after in pairwise(lines) if before.top > after.top]
        capitals = sum(line.words.lstrip(_OPENING)[:1].isupper() for line in lines)
        is_verse = len(lines) >= _VERSES and capitals >= 0.9 * len(lines)
        return cls(lines, *width, median(steps) if steps else lines[0].size * 1.2, is_verse)


def without_running(pages: Sequence[Sequence[LayoutLine]]) -> list[Sequence[LayoutLine]]:
    """The pages without running heads and page numbers: what stands at the edge of several, numbers aside.

    A line at the edge of one page alone is its number where white parts it from the rest, and it says nothing else.
    """
    edges = [_at_edge(page) for page in pages]
    running = running_keys([[line.words for line in lines] for lines in edges])
    gone = [{line for line in lines if running_key(line.words) in running} for lines in edges]
    return [
        [line for line in page if line not in out and not _is_own_number(line, page)]
        for page, out in zip(pages, gone, strict=True)
    ]


def _is_own_number(line: LayoutLine, page: Sequence[LayoutLine]) -> bool:
    """Whether a line is the number of its page, by what it says and where it stands.

    A number and no more counts at the foot only: at the head it may be that of a chapter.
    """
    key = running_key(line.words)
    says_page = _SAYS_PAGE.fullmatch(key) is not None
    if not says_page and not _NUMBER.fullmatch(key):
        return False
    others = [other for other in page if other is not line]
    is_below = all(other.bottom - line.top > line.size for other in others)
    is_above = all(line.bottom - other.top > line.size for other in others)
    return bool(others) and (is_below or (is_above and says_page))


def running_keys(edges: Sequence[Sequence[str]]) -> set[str]:
    """What runs along the pages of a document, by the lines at the edges of each."""
    seen = Counter(key for lines in edges for key in set(map(running_key, lines)))
    enough = 2 if len(edges) <= 3 else 3
    return {key for key, count in seen.items() if count >= (2 if _PAGE_NUMBER.fullmatch(key) else enough)}


def running_key(words: str) -> str:
    """What a line at the edge of a page is compared as: numbers of pages are alike."""
    return " ".join(re.sub(r"\d", "#", words).casefold().split())


def _at_edge(page: Sequence[LayoutLine]) -> list[LayoutLine]:
    """The lines that at most one other line of the page stands above, or below."""
    if len(page) <= _EDGE_LINES:
        return list(page)
    low = sorted((line.bottom for line in page), reverse=True)[_EDGE_LINES - 1]
    high = sorted(line.top for line in page)[_EDGE_LINES - 1]
    return [line for line in page if line.top - line.size / 4 > low or line.bottom + line.size / 4 < high]


def regions(page: Sequence[LayoutLine]) -> list[Region]:
    """The columns and bands of a page in the order in which they are read."""
    return [Region.of(_rows(lines), width) for lines, width in _cut(page, _width(page), 0)] if page else []


_Width = tuple[float, float]
"""Left and right edge."""


def _width(lines: Sequence[LayoutLine]) -> _Width:
    return min(line.left for line in lines), max(line.right for line in lines)


def _cut(
    lines: Sequence[LayoutLine], width: _Width, depth: int
) -> Iterator[tuple[Sequence[LayoutLine], _Width]]:
    """The lines of each column or band; a band is as wide as the column that it is in."""
    parts: list[tuple[Sequence[LayoutLine], _Width]] = []
    if depth < _DEEPEST_CUT and len(lines) >= 2 * _COLUMN_LINES:
        if (edge := _gutter(lines)) is not None:
            sides = (
                [line for line in lines if line.right <= edge],
                [line for line in lines if line.right > edge],
            )
            parts = [(side, _width(side)) for side in sides]
        elif _side_by_side(lines) and (edge := _widest_gap(lines)) is not None:
            upper = [line for line in lines if line.bottom >= edge]
            parts = [(upper, width), ([line for line in lines if line.bottom < edge], width)]
    if not parts:
        yield lines, width
    for part, its_width in parts:
        yield from _cut(part, its_width, depth + 1)


def _side_by_side(lines: Sequence[LayoutLine]) -> bool:
    """Whether some lines stand beside others, as in columns."""
    downwards = sorted(lines, key=lambda line: -line.top)
    return any(after.top > before.bottom + before.size / 2 for before, after in pairwise(downwards))


def _gutter(lines: Sequence[LayoutLine]) -> float | None:
    """Where the widest white gutter from top to bottom lies that parts two columns of prose."""
    if len(lines) < 2 * _COLUMN_LINES:
        return None
    em = median(line.size for line in lines)
    best, width, reach = None, em * 0.8, float("-inf")
    for line in sorted(lines, key=lambda line: line.left):
        if reach > float("-inf") and line.left - reach > width:
            width, best = line.left - reach, reach
        reach = max(reach, line.right)
    if best is None:
        return None
    sides = [line for line in lines if line.right <= best], [line for line in lines if line.right > best]
    # Of three columns, two stand on one side of the widest gutter.
    return best if all(_is_column(side) or _gutter(side) is not None for side in sides) else None


def _is_column(lines: Sequence[LayoutLine]) -> bool:
    """Whether most lines are prose that fills the column, as the cells of a table do not."""
    if len(lines) < _COLUMN_LINES:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    fills = median(line.right - line.left for line in lines) > 0.6 * width
    return fills and median(len(line.words) for line in lines) >= _COLUMN_LETTERS


def _widest_gap(lines: Sequence[LayoutLine]) -> float | None:
    """The lower edge of the band above the white stripe from left to right at which a page is cut.

    That is the highest one below which columns stand, else the widest.
    """
    gaps: list[tuple[float, float]] = []
    reach = float("inf")
    for line in sorted(lines, key=lambda line: -line.top):
        if reach < float("inf") and reach > line.top:
            gaps.append((reach - line.top, reach))
        reach = min(reach, line.bottom)
    for _, edge in gaps[:_EDGES_TRIED]:
        if _gutter([line for line in lines if line.bottom < edge]) is not None:
            return edge
    return max(gaps, default=(0.0, None))[1]


def _rows(lines: Sequence[LayoutLine]) -> list[LayoutLine]:
    """Lines from top to bottom; what stands on one height, give or take, becomes one line from left to right."""
    heights: list[list[LayoutLine]] = []
    for line in sorted(lines, key=lambda line: (-(line.top + line.bottom), line.left)):
        if heights and abs(heights[-1][0].bottom - line.bottom) < line.size / 2:
            heights[-1].append(line)
        else:
            heights.append([line])
    rows: list[LayoutLine] = []
    for height in heights:
        before: LayoutLine | None = None
        for line in sorted(height, key=lambda line: line.left):
            if before and line.left >= before.right - line.size / 4:
                words = f"{before.words} {line.words}"
                top, bottom = max(before.top, line.top), min(before.bottom, line.bottom)
                rows[-1] = LayoutLine(
                    words, before.left, line.right, bottom, top, max(before.size, line.size)
                )
            else:
                rows.append(line)
            before = rows[-1]
    return rows
