"""Which pairs of passages are worth a closer look: those that share the rarer words.

The cost follows the text, never the product of the two: each passage looks its words up, the rarest first, until it has
read `_POSTINGS` entries.

Words of many passages are multiplied as two dense tables, which a processor does thirty times as fast as it adds up
entries one by one; a few dozen words have most of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Ints, SparseRows, best_first, distinct, falling, ranges, stable_order
from texts.relate.threads import in_threads

BEST = 32
"""How many candidates each passage has, at least, of either text."""
_ALL_PAIRS = 4096
"""With no more pairs than this, all of them are candidates."""
_POSTINGS = 6_000
_CELLS_AT_ONCE = 1 << 20
_ROWS_AT_ONCE = 256
_DENSE = 0.002
"""Of all pairs of passages, the share that has a word which is multiplied densely."""
_STRIPES = 256
"""Sets of passages of which only the best is looked at, to know what the best `BEST` of all have at least."""
_TIE = 1 - 1e-6
"""Products this near to each other are the same, added up in another order."""


def candidates(left: SparseRows, right: SparseRows, progress: Progress) -> tuple[Ints, Ints]:
    """The left and right indices of all candidate pairs, sorted by left, then right.

    A pair is one if the right passage is among the best `BEST` for the left or the other way round, by the inner
    product of their rows.
    """
    count = len(right)
    if len(left) * count <= _ALL_PAIRS:
        lefts, rights = np.divmod(np.arange(len(left) * count), max(1, count))
        return lefts, rights
    forth = _best_partners(left, right, progress.subrange(0.0, 0.5))
    back = _best_partners(right, left, progress.subrange(0.5, 1.0))
    keys = distinct(np.concatenate([forth[0] * count + forth[1], back[1] * count + back[0]]))
    lefts, rights = np.divmod(keys, count)
    return lefts, rights


def _best_partners(rows: SparseRows, others: SparseRows, progress: Progress) -> tuple[Ints, Ints]:
    """For each row the other rows with the highest inner products above 0, as pairs."""
    lookup = _Lookup.of(rows, others)
    count = len(others)
    at_once = max(1, min(_ROWS_AT_ONCE, _CELLS_AT_ONCE // max(1, count)))

    def find(first: int) -> Ints:
        return _best(lookup.products(first, min(first + at_once, len(rows)))) + first * count

    found: list[Ints] = []
    for keys in in_threads(find, range(0, len(rows), at_once), len(rows) * count):
        progress.update(len(found) * at_once / len(rows))
        found.append(keys)
    lefts, rights = np.divmod(np.concatenate(found), count)
    return lefts, rights


class _Lookup(NamedTuple):
    """What the rows of one text look up in those of the other."""

    dense: Floats
    """A table of what the rows have of the words of many passages."""
    dense_others: Floats
    """For each of these words what the others have of it."""
    rows: SparseRows
    """What they have of all other words."""
    postings: SparseRows
    """For each word who of the others has it."""

    @classmethod
    def of(cls, rows: SparseRows, others: SparseRows) -> _Lookup:
        """Each row looks up its rarest words."""
        postings = others.turned()
        reach = postings.lengths()
        kept = np.sort(_rarest(reach[rows.columns], rows.owners()))
        asked = rows.only(kept)
        often = np.bincount(asked.columns, minlength=rows.width) * reach > _DENSE * len(rows) * len(others)
        dense, dense_others = asked.dense(often), others.dense(often)
        return cls(
            dense,
            np.ascontiguousarray(dense_others.T),
            asked.only(np.flatnonzero(~often[asked.columns])),
            postings,
        )

    def products(self, first: int, last: int) -> Floats:
        """A table of the inner products of the rows from first to last with all others."""
        rows, postings = self.rows, self.postings
        table = self.dense[first:last] @ self.dense_others
        start, end = int(rows.starts[first]), int(rows.starts[last])
        columns, values = rows.columns[start:end], rows.values[start:end]
        cells = np.repeat(np.arange(last - first) * postings.width, np.diff(rows.starts[first : last + 1]))
        entries, which = ranges(postings.starts[columns], postings.starts[columns + 1])
        cells, shares = cells[which] + postings.columns[entries], values[which] * postings.values[entries]
        np.add.at(table.reshape(-1), cells, shares)
        return table


def _rarest(reach: Ints, owners: Ints) -> Ints:
    """The entries of each owner that reach fewest passages, as many as `_POSTINGS` allows, but one at least."""
    order = stable_order(owners << 32 | reach)
    reach, owners = reach[order], owners[order]
    total = np.cumsum(reach)
    is_head = np.diff(owners, prepend=-1) != 0
    before = (total - reach)[is_head][np.cumsum(is_head) - 1]
    rarest: Ints = order[is_head | (total - before <= _POSTINGS)]
    return rarest


def _best(products: Floats) -> Ints:
    """The cells of the `BEST` highest of each row, and of those that tie with the last of them; none of 0."""
    cells = np.flatnonzero(products >= _least(products)[:, None])
    rows, values = cells // products.shape[1], products.ravel()[cells]
    order, place = best_first(rows, falling(values))
    cells, rows, values = cells[order], rows[order], values[order]
    last = np.zeros(len(products), np.float32)
    last[rows[place < BEST]] = values[place < BEST]  # of each row the last one stays
    best: Ints = cells[(place < 2 * BEST) & (values >= last[rows] * _TIE)]
    return best


def _least(products: Floats) -> Floats:
    """For each row a number above 0 that its `BEST` highest reach, if so many are above 0."""
    rows, count = products.shape
    striped = count // _STRIPES
    least = np.zeros(rows, np.float32)
    if striped > 1:
        highest = products[:, : striped * _STRIPES].reshape(rows, striped, _STRIPES).max(1)
        least = np.partition(highest, _STRIPES - BEST, axis=1)[:, _STRIPES - BEST]
    return np.maximum(least, np.finfo(np.float32).tiny)
