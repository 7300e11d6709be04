"""Sparse rows, and inner products of many pairs of them, in numpy alone.

A text becomes a matrix with a row for each passage and a column for each word (or phrase). Nearly all of it is empty,
so that only what is there is kept, in the layout known as compressed sparse rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"
Floats: TypeAlias = "npt.NDArray[np.float32]"
Strings: TypeAlias = "npt.NDArray[np.object_]"
"""Strings of Python: an array gives those at some thousand places in a fifth of the time that a list takes."""

_DENSE_CELLS = 1 << 18
"""Largest table of unpacked rows, in cells of four bytes: it should stay in or near the processor's cache."""
_TERMS_AT_ONCE = 1 << 16
"""Entries that are multiplied at one go: eight times as many took no less time, and 40 MB more on 1,000 passages."""


Number = TypeVar("Number", bound=np.integer[Any])


def distinct(numbers: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Each of some numbers once, ascending: what `np.unique` says, for which numpy imports its masked arrays first."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])] if len(numbers) else numbers


def stable_order(numbers: npt.NDArray[np.integer[Any]]) -> Ints:
    """Where some numbers stand once they are sorted, equals in their order; none of them is below 0.

    What `np.argsort` says, in a fifth of the time: each number is sorted together with its place as one number of 64
    bits, which numpy does by the vectors of the processor. Of numbers that leave no room for that the last bits are
    left out, and seldom needed.
    """
    bits = len(numbers).bit_length()
    left_out = max(0, int(numbers.max(initial=0)).bit_length() + bits - 64)
    keys = numbers.astype(np.uint64) >> np.uint64(left_out) << np.uint64(bits)
    keys |= np.arange(len(numbers), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64((1 << bits) - 1)).view(np.int64)
    if left_out:
        ascending = numbers[order]
        if (ascending[1:] < ascending[:-1]).any():
            return np.argsort(numbers, kind="stable")
    return order


def numbered(keys: npt.NDArray[Number]) -> tuple[npt.NDArray[Number], Ints]:
    """Each of some keys once, ascending, and for each key its place among these: `np.unique` with its inverse.

    No key is below 0.
    """
    order = stable_order(keys)
    ascending = keys[order]
    is_new = np.ones(len(keys), bool)
    is_new[1:] = ascending[1:] != ascending[:-1]
    places = np.empty(len(keys), np.int64)
    places[order] = np.cumsum(is_new) - 1
    return ascending[is_new], places


def quantile(numbers: Floats, share: float) -> float:
    """What a share, 0–1, of some numbers are not above: `np.quantile`, for which numpy imports masked arrays too."""
    rank = share * (len(numbers) - 1)
    below = int(rank)
    above = min(below + 1, len(numbers) - 1)
    low, high = np.partition(numbers, (below, above))[[below, above]].tolist()
    return float(low + (high - low) * (rank - below))


def median(numbers: Floats) -> float:
    """What half of some numbers are not above: `np.median`, likewise."""
    return float(np.float32(quantile(numbers, 0.5)))


@dataclass(frozen=True)
class SparseRows:
    """Rows of (column, value); row i is `columns[starts[i]:starts[i + 1]]` with its values."""

    starts: Ints
    """Where each row starts, and the end of the last: one longer than there are rows."""
    columns: Ints
    """Column of each entry; a row has each column at most once."""
    values: Floats
    """Value of each entry."""
    width: int
    """How many columns there are."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> Ints:
        """How many entries each row has."""
        return np.diff(self.starts)

    def owners(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), self.lengths())

    def turned(self) -> SparseRows:
        """The same with rows and columns changed about: for each column, who has it (postings)."""
        order = stable_order(self.columns)
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.columns, minlength=self.width))])
        return SparseRows(starts, self.owners()[order], self.values[order], len(self))

    def only(self, entries: Ints) -> SparseRows:
        """The same with no entries but these, which ascend."""
        starts = np.searchsorted(entries, self.starts)
        return SparseRows(starts, self.columns[entries], self.values[entries], self.width)

    def dense(self, columns: npt.NDArray[np.bool_]) -> Floats:
        """A table of some columns: a row for each row."""
        entries = np.flatnonzero(columns[self.columns])
        table = np.zeros((len(self), np.count_nonzero(columns)), np.float32)
        table[self.owners()[entries], (np.cumsum(columns) - 1)[self.columns[entries]]] = self.values[entries]
        return table

    def unit(self) -> SparseRows:
        """The same with every row scaled to length 1; empty rows stay as they are."""
        squares = np.bincount(self.owners(), weights=self.values.astype(np.float64) ** 2, minlength=len(self))
        norms = np.sqrt(np.where(squares > 0, squares, 1))
        return SparseRows(
            self.starts, self.columns, (self.values / norms[self.owners()]).astype(np.float32), self.width
        )


def collect(
    owners: Ints, columns: Ints, values: npt.NDArray[np.floating], count: int, width: int
) -> SparseRows:
    """Rows from single entries in any order; entries of the same row and column are added up."""
    keys = owners * width + columns
    order = stable_order(keys)
    keys, summed = keys[order], values[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    if len(first) < len(keys):
        summed, keys = np.add.reduceat(summed, first), keys[first]
    found, columns = np.divmod(keys, width)
    starts = np.searchsorted(found, np.arange(count + 1))
    return SparseRows(starts, columns, summed.astype(np.float32), width)


@dataclass(frozen=True)
class Groups:
    """Entries by a number that they have in common: pairs by their left passage, say."""

    order: Ints
    """All entries, group after group."""
    starts: Ints
    """Where in the order each group starts that has entries."""

    @classmethod
    def of(cls, numbers: Ints) -> Groups:
        """The groups of entries with the same number, in the order of these."""
        order = stable_order(numbers)
        return cls(order, np.flatnonzero(np.diff(numbers[order], prepend=-1)))

    def best(self, values: Floats) -> Ints:
        """The entry with the highest value of each group; of equals the first."""
        if not len(self.order):
            return self.order
        values = values[self.order]
        lengths = np.diff(self.starts, append=len(values))
        hits = np.flatnonzero(values == np.repeat(np.maximum.reduceat(values, self.starts), lengths))
        # The first hit at or after the start of each group is a hit of that group: every group has one.
        return self.order[hits[np.searchsorted(hits, self.starts)]]

    def rivals(self, values: Floats) -> Floats:
        """For each entry the highest value of any other entry of its group; 0 where it is the only one."""
        if not len(self.order):
            return values
        best = self.best(values)
        others = values.copy()
        others[best] = -np.inf
        second = others[self.best(others)]
        group = np.empty(len(values), np.int64)
        group[self.order] = np.repeat(
            np.arange(len(self.starts)), np.diff(self.starts, append=len(self.order))
        )
        rivals: Floats = values[best][group]
        rivals[best] = np.where(np.isfinite(second), second, 0)
        return rivals


def falling(values: Floats) -> Ints:
    """Where some values stand once they are sorted, the highest first, equals in their order."""
    bits = (values.astype(np.float32) + 0).view(np.uint32)  # as whole numbers they ascend from 0 on; −0 is 0
    return stable_order(np.where(bits >> 31, bits, ~bits & 0x7FFFFFFF))


def best_first(numbers: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Entries by number, those of one number in this order; and the place of each among its own."""
    order = order[stable_order(numbers[order])]
    first = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    return order, np.arange(len(order)) - np.repeat(first, np.diff(first, append=len(order)))


def ranges(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """All of `range(start, end)` one after the other, and for each number which range it comes from."""
    lengths = ends - starts
    owner = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.arange(len(owner)) + np.repeat(starts - before, lengths), owner


def inner_products(left: SparseRows, right: SparseRows, lefts: Ints, rights: Ints) -> Floats:
    """For each k the inner product of `left` row lefts[k] and `right` row rights[k]; `lefts` must be sorted.

    Some left rows at a time are unpacked into a table of the columns that they have, small enough for the processor's
    cache however many columns there are.
    """
    products = np.zeros(len(lefts), np.float32)
    lengths = right.lengths()[rights]
    column_of = np.zeros(left.width, np.int32)
    for first, last in _chunks(lefts, lengths, left.lengths()):
        is_head = np.diff(lefts[first:last], prepend=-1) != 0
        rows = lefts[first:last][is_head]
        entries, owner = ranges(left.starts[rows], left.starts[rows + 1])
        columns = left.columns[entries]
        width = len(columns) + 1  # the first is that of all other columns
        column_of[columns] = np.arange(1, width)
        table = np.zeros(len(rows) * width, np.float32)
        table[owner * width + column_of[columns]] = left.values[entries]
        entries, pair = ranges(right.starts[rights[first:last]], right.starts[rights[first:last] + 1])
        place = column_of[right.columns[entries]]
        shared = np.flatnonzero(place)
        entries, pair, place = entries[shared], pair[shared], place[shared]
        at = ((np.cumsum(is_head) - 1) * width)[pair] + place
        products[first:last] = np.bincount(pair, table[at] * right.values[entries], last - first)
        column_of[columns] = 0
    return products


def _chunks(lefts: Ints, lengths: Ints, left_lengths: Ints) -> Iterator[tuple[int, int]]:
    """Slices of the pairs that each hold few enough different left rows and few enough entries on the right.

    `lengths` are those of the right row of each pair, `left_lengths` those of all left rows.
    """
    if not len(lefts):
        return
    most_rows = max(1, int((_DENSE_CELLS / max(1.0, left_lengths.mean())) ** 0.5))
    row = np.cumsum(np.diff(lefts, prepend=lefts[0]) != 0)
    total = np.cumsum(lengths)
    first = 0
    while first < len(lefts):
        before = total[first] - lengths[first]
        last = min(
            int(np.searchsorted(row, row[first] + most_rows)),
            int(np.searchsorted(total, before + _TERMS_AT_ONCE, side="right")),
        )
        last = max(last, first + 1)
        yield first, last
        first = last
