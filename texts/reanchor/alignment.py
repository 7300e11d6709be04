"""Where the code points of an old version stand in a new one, and what is left of a span there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from texts.model import Span


class SharedBlock(NamedTuple):
    """A run of code points that stands in both versions."""

    old: int
    """Where it starts in the old version."""
    new: int
    """Where it starts in the new one."""
    length: int

    @property
    def old_end(self) -> int:
        """Where it ends in the old version."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """Where it ends in the new one."""
        return self.new + self.length

    def part(self, start: int, end: int) -> SharedBlock:
        """The part from one offset into it to another; what lies beyond its ends is cut off."""
        start = max(0, start)
        return SharedBlock(self.old + start, self.new + start, min(self.length, end) - start)

    def followed_by(self, other: SharedBlock) -> bool:
        """Whether nothing lies between the two in either version."""
        return self.old_end == other.old and self.new_end == other.new


class ComparedRegion(NamedTuple):
    """A stretch of the old version, and the stretch of the new one that it is compared with."""

    old: Span
    new: Span

    @property
    def size(self) -> int:
        """What it costs to compare it letter by letter; 0 when there is nothing to compare."""
        return (self.old.end - self.old.start) * (self.new.end - self.new.start)


class Alignment:
    """Two versions, compared."""

    def __init__(self, blocks: Iterable[SharedBlock]) -> None:
        """From blocks that overlap in neither version, in any order."""
        self.blocks = joined(sorted(blocks))
        """In the order of the old version."""
        self._old_starts = [b.old for b in self.blocks]
        self._by_new = sorted(self.blocks, key=lambda b: b.new)
        self._new_starts = [b.new for b in self._by_new]

    def left_of(self, span: Span) -> list[SharedBlock]:
        """What is left of a span of the old version, in the old order."""
        near = self.blocks[slice(*_touching(self._old_starts, span))]
        return list(_some(b.part(span.start - b.old, span.end - b.old) for b in near))

    def origin_of(self, span: Span) -> list[SharedBlock]:
        """What of a span of the new version comes from the old one, in the new order."""
        near = self._by_new[slice(*_touching(self._new_starts, span))]
        return list(_some(b.part(span.start - b.new, span.end - b.new) for b in near))

    def near(self, offset: int) -> int:
        """About where an offset of the old version would be in the new one."""
        k = bisect_right(self._old_starts, offset) - 1
        if k < 0:
            return self.blocks[0].new if self.blocks else offset
        block = self.blocks[k]
        return block.new + min(offset - block.old, block.length)


def joined(blocks: Iterable[SharedBlock]) -> list[SharedBlock]:
    """Blocks with those made one between which nothing lies."""
    whole: list[SharedBlock] = []
    for block in blocks:
        if whole and whole[-1].followed_by(block):
            before = whole.pop()
            whole.append(SharedBlock(before.old, before.new, before.length + block.length))
        else:
            whole.append(block)
    return whole


def total(blocks: Iterable[SharedBlock]) -> int:
    """How many code points blocks hold."""
    return sum(b.length for b in blocks)


def _touching(starts: list[int], span: Span) -> tuple[int, int]:
    """The range of sorted blocks that may touch a span."""
    return max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)


def _some(blocks: Iterable[SharedBlock]) -> Iterator[SharedBlock]:
    return (b for b in blocks if b.length > 0)


_TEAR = 24
"""Letters of something else that tear a span apart, besides a third of its own length."""


def project(old: str, span: Span, left: Sequence[SharedBlock], new: str) -> Span:
    """Where what is left of a span of the old version stands; most of it, when it was torn apart.

    Letters at its ends that were aligned with others of their kind are taken back: where `a letter` comes after `extra`
    in the new version, the cheapest alignment may take the last letter of the one for the first of the other.
    """
    part = _main_part(left)
    start, end = part[0].new, part[-1].new_end
    first, last = min(part).old, max(part).old_end
    while first > span.start and start > 0 and old[first - 1] == new[start - 1]:
        first, start = first - 1, start - 1
    while last < span.end and end < len(new) and old[last] == new[end]:
        last, end = last + 1, end + 1
    return trimmed(new, Span(start, end))


def trimmed(text: str, span: Span) -> Span:
    """A span without the blanks at its ends; the span itself when it is all blanks."""
    words = text[span.start : span.end]
    if not words.strip():
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.end - len(words) + len(words.rstrip()))


def _main_part(left: Sequence[SharedBlock]) -> list[SharedBlock]:
    """The blocks, in the new order, that stand together and hold the most."""
    ordered = sorted(left, key=lambda b: b.new)
    tear = _TEAR + total(left) // 3
    cuts = [k for k, (one, other) in enumerate(pairwise(ordered), 1) if other.new - one.new_end > tear]
    return max((ordered[start:end] for start, end in pairwise([0, *cuts, len(ordered)])), key=total)
