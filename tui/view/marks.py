"""The highlights of a text as a pane draws them, kept so that those on a row are found at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from texts.model import Span


class Mark(NamedTuple):
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

    @property
    def inwardness(self) -> tuple[int, int, int]:
        """Sorts the innermost mark, that is the shortest one, first."""
        return sum(end - start for start, end in self.parts), -self.parts[0].start, self.id


class MarkedStretch(NamedTuple):
    """A piece of the text with the same marks on all of it."""

    start: int
    end: int
    innermost: Mark
    overlap: bool
    """Whether other marks lie on it too."""


def stretches(marks: Sequence[Mark], start: int, end: int) -> list[MarkedStretch]:
    """The marked pieces of a range, in order. The marks must be sorted innermost first."""
    if start >= end:
        return []  # an empty row inside a mark: its edges would close before they open
    edges: list[tuple[int, int]] = []
    for rank, mark in enumerate(marks):
        for first, last in mark.parts:
            if first < end and last > start and first < last:
                # A rank below zero closes, so that at one place marks close before others open.
                edges += (max(first, start), rank), (min(last, end), ~rank)
    edges.sort()
    found: list[MarkedStretch] = []
    inside: list[int] = []
    before = start
    for offset, rank in edges:
        if inside and offset > before:
            found.append(MarkedStretch(before, offset, marks[inside[0]], len(inside) > 1))
        before = offset
        if rank >= 0:
            insort(inside, rank)
        else:
            inside.remove(~rank)
    return found


_Part = tuple[int, int, int]
"""Start and end of a part, and the id of its mark."""


class _Bucket:
    """Parts that follow one another, and how far they reach."""

    __slots__ = ("_reaches", "parts", "reach")

    def __init__(self, parts: list[_Part]) -> None:
        self.parts = parts
        self.reach = max([end for _, end, _ in parts])
        self._reaches: list[int] = []
        """How far the parts up to each reach: these never fall, so they can be bisected where single ends cannot."""

    def insert(self, part: _Part) -> None:
        """Puts a part in its place."""
        insort(self.parts, part)
        self.reach = max(self.reach, part[1])
        self._reaches.clear()

    def within(self, start: int, end: int) -> Iterator[int]:
        """The ids of the parts that lie on any of body[start:end], in order."""
        if not self._reaches:
            self._reaches = list(accumulate([end for _, end, _ in self.parts], max))
        for place in range(bisect_right(self._reaches, start), bisect_left(self.parts, (end,))):
            _, last, id = self.parts[place]
            if last > start:
                yield id

    def starting(self, start: int, end: int) -> list[_Part]:
        """The parts that begin in body[start:end], in order."""
        return self.parts[bisect_left(self.parts, (start,)) : bisect_left(self.parts, (end,))]


class Marks:
    """The marks of one text.

    Their parts are sorted by start, in buckets that know how far they reach: to find the marks of a row is to pass over
    the buckets that end before it. So a mark is put in and taken out without touching the others, and ten thousand of
    them cost no more before the first frame than to be sorted.
    """

    _FULL = 128

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._by_id: dict[int, Mark] = {mark.id: mark for mark in marks if mark.parts}
        self._inwardness: dict[int, tuple[int, int, int]] = {}
        parts = sorted((start, end, mark.id) for mark in self._by_id.values() for start, end in mark.parts)
        half = self._FULL // 2
        self._buckets = [_Bucket(parts[low : low + half]) for low in range(0, len(parts), half)]
        self._firsts = [bucket.parts[0] for bucket in self._buckets]

    def __len__(self) -> int:
        return len(self._by_id)

    def starts(self) -> list[int]:
        """Where marks begin, each of their parts."""
        return [start for bucket in self._buckets for start, _, _ in bucket.parts]

    def get(self, id: int) -> Mark | None:
        """The mark of that id."""
        return self._by_id.get(id)

    def put(self, mark: Mark) -> None:
        """Adds a mark, or replaces the one with its id."""
        self.drop(mark.id)
        if mark.parts:
            self._by_id[mark.id] = mark
        for start, end in mark.parts:
            self._insert((start, end, mark.id))

    def drop(self, id: int) -> Mark | None:
        """Takes a mark out; returns it, or None if there was none."""
        mark = self._by_id.pop(id, None)
        self._inwardness.pop(id, None)
        if mark is not None:
            for start, end in mark.parts:
                self._remove((start, end, id))
        return mark

    def _insert(self, part: _Part) -> None:
        if not self._buckets:
            self._buckets, self._firsts = [_Bucket([part])], [part]
            return
        place = max(0, bisect_right(self._firsts, part) - 1)
        bucket = self._buckets[place]
        bucket.insert(part)
        if len(bucket.parts) > self._FULL:
            half = self._FULL // 2
            self._buckets[place : place + 1] = [_Bucket(bucket.parts[:half]), _Bucket(bucket.parts[half:])]
            self._firsts[place : place + 1] = [bucket.parts[0], bucket.parts[half]]
        else:
            self._firsts[place] = bucket.parts[0]

    def _remove(self, part: _Part) -> None:
        place = bisect_right(self._firsts, part) - 1
        parts = self._buckets[place].parts
        del parts[bisect_left(parts, part)]
        if parts:
            self._buckets[place] = _Bucket(parts)
            self._firsts[place] = parts[0]
        else:
            del self._buckets[place], self._firsts[place]

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that lie on any of body[start:end], innermost first."""
        found: dict[int, tuple[int, int, int]] = {}
        for bucket in self._buckets[: bisect_left(self._firsts, (end,))]:
            if bucket.reach > start:
                for id in bucket.within(start, end):
                    found[id] = self._inwardness_of(id)
        return [self._by_id[id] for id in sorted(found, key=found.__getitem__)]

    def _inwardness_of(self, id: int) -> tuple[int, int, int]:
        known = self._inwardness.get(id)
        if known is None:
            known = self._inwardness[id] = self._by_id[id].inwardness
        return known

    def at(self, offset: int) -> list[Mark]:
        """The marks at an offset, innermost first."""
        return self.within(offset, offset + 1)

    def starting(self, start: int, end: int) -> list[Mark]:
        """The marks that begin in body[start:end], in order."""
        first = max(0, bisect_left(self._firsts, (start,)) - 1)
        buckets = self._buckets[first : bisect_left(self._firsts, (end,))]
        return list(self._beginning(part for bucket in buckets for part in bucket.starting(start, end)))

    def next(
        self, offset: int, direction: int, predicate: Callable[[Mark], bool] | None = None
    ) -> Mark | None:
        """The first mark that begins behind an offset, or, with a negative direction, the last before it."""
        marks = self._beginning(self._after(offset) if direction > 0 else self._before(offset))
        return next((mark for mark in marks if predicate is None or predicate(mark)), None)

    def _after(self, offset: int) -> Iterator[_Part]:
        """The parts that start behind an offset, in order."""
        for bucket in self._buckets[max(0, bisect_right(self._firsts, (offset,)) - 1) :]:
            yield from (part for part in bucket.parts if part[0] > offset)

    def _before(self, offset: int) -> Iterator[_Part]:
        """The parts that start before an offset, the nearest first."""
        for bucket in reversed(self._buckets[: bisect_left(self._firsts, (offset,))]):
            yield from (part for part in reversed(bucket.parts) if part[0] < offset)

    def _beginning(self, parts: Iterable[_Part]) -> Iterator[Mark]:
        """The marks of which these parts are the first."""
        for start, end, id in parts:
            mark = self._by_id[id]
            if mark.parts[0] == (start, end):
                yield mark
