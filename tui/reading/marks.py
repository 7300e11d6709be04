"""The highlights of a text as a pane draws them, kept so that those on a row are found at once."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from texts.model import Span


@dataclass(frozen=True)
class Mark:
    """A highlight as it is drawn."""

    id: int
    parts: tuple[Span, ...]
    """In the order of the text."""
    colour: str
    """Name of its first tag's colour; empty without a tag."""
    letter: str
    """Letter of its first tag; empty without a tag."""
    star: bool = False
    note: bool = False
    link: bool = False
    pending: bool = False
    """Not written yet."""

    @property
    def span(self) -> Span:
        """From the start of the first part to the end of the last."""
        return Span(self.parts[0].start, self.parts[-1].end)

    @cached_property
    def inwardness(self) -> tuple[int, int, int]:
        """Sorts the innermost mark, that is the shortest one, first."""
        return sum(end - start for start, end in self.parts), -self.parts[0].start, self.id


class Stretch(NamedTuple):
    """A piece of the text with the same marks on all of it."""

    start: int
    end: int
    innermost: Mark
    overlap: bool
    """Whether other marks lie on it too."""


def stretches(marks: Sequence[Mark], start: int, end: int) -> list[Stretch]:
    """The marked pieces of a range, in order. The marks must be sorted innermost first."""
    edges: list[tuple[int, int]] = []
    for rank, mark in enumerate(marks):
        for first, last in mark.parts:
            if first < end and last > start and first < last:
                # A rank below zero closes, so that at one place marks close before others open.
                edges += (max(first, start), rank), (min(last, end), ~rank)
    edges.sort()
    found: list[Stretch] = []
    inside: list[int] = []
    before = start
    for offset, rank in edges:
        if inside and offset > before:
            found.append(Stretch(before, offset, marks[inside[0]], len(inside) > 1))
        before = offset
        if rank >= 0:
            insort(inside, rank)
        else:
            inside.remove(~rank)
    return found


_Part = tuple[int, int, int]
"""Start and end of a part, and the id of its mark."""


class Marks:
    """The marks of one text.

    Their parts are sorted by start, in blocks that know how far they reach: to find the marks of a row is to pass over
    the blocks that end before it. So a mark is put in and taken out without touching the others, and ten thousand of
    them cost no more before the first frame than to be sorted.
    """

    _BLOCK = 64

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_id: dict[int, Mark] = {mark.id: mark for mark in marks if mark.parts}
        self._parts: list[_Part] = sorted(
            (start, end, mark.id) for mark in self._by_id.values() for start, end in mark.parts
        )
        self._firsts = sorted((mark.parts[0].start, mark.id) for mark in self._by_id.values())
        self._reaches: list[int] = []
        """The furthest end in each block of parts."""
        self._measure_blocks(0)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: int) -> Mark | None:
        """The mark of that id."""
        return self._by_id.get(id)

    def put(self, mark: Mark) -> None:
        """Adds a mark, or replaces the one with its id."""
        self.drop(mark.id)
        if not mark.parts:
            return
        self._by_id[mark.id] = mark
        insort(self._firsts, (mark.parts[0].start, mark.id))
        for start, end in mark.parts:
            insort(self._parts, (start, end, mark.id))
        self._measure_blocks(mark.parts[0].start)

    def drop(self, id: int) -> Mark | None:
        """Takes a mark out; returns it, or None if there was none."""
        mark = self._by_id.pop(id, None)
        if mark is None:
            return None
        del self._firsts[bisect_left(self._firsts, (mark.parts[0].start, id))]
        for start, end in mark.parts:
            del self._parts[bisect_left(self._parts, (start, end, id))]
        self._measure_blocks(mark.parts[0].start)
        return mark

    def _measure_blocks(self, start: int) -> None:
        """Measures anew how far the blocks reach, from the one with that offset on."""
        first = bisect_left(self._parts, (start,)) // self._BLOCK
        self._reaches[first:] = [
            max(end for _, end, _ in self._parts[low : low + self._BLOCK])
            for low in range(first * self._BLOCK, len(self._parts), self._BLOCK)
        ]

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that lie on any of body[start:end], innermost first."""
        stop = bisect_left(self._parts, (end,))
        found: dict[int, Mark] = {}
        for block, reach in enumerate(self._reaches[: -(-stop // self._BLOCK)]):
            if reach > start:
                low = block * self._BLOCK
                for _, last, id in self._parts[low : min(low + self._BLOCK, stop)]:
                    if last > start:
                        found[id] = self._by_id[id]
        return sorted(found.values(), key=_by_inwardness) if len(found) > 1 else list(found.values())

    def at(self, offset: int) -> list[Mark]:
        """The marks at an offset, innermost first."""
        return self.within(offset, offset + 1)

    def starting(self, start: int, end: int) -> list[Mark]:
        """The marks that begin in body[start:end], in order."""
        low, high = bisect_left(self._firsts, (start,)), bisect_left(self._firsts, (end,))
        return [self._by_id[id] for _, id in self._firsts[low:high]]

    def next(
        self, offset: int, direction: int, predicate: Callable[[Mark], bool] | None = None
    ) -> Mark | None:
        """The first mark that begins behind an offset, or, with a negative direction, the last before it."""
        if direction > 0:
            places = range(bisect_left(self._firsts, (offset + 1,)), len(self._firsts))
        else:
            places = range(bisect_left(self._firsts, (offset,)) - 1, -1, -1)
        marks = (self._by_id[self._firsts[place][1]] for place in places)
        return next((mark for mark in marks if predicate is None or predicate(mark)), None)


def _by_inwardness(mark: Mark) -> tuple[int, int, int]:
    return mark.inwardness
