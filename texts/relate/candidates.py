"""Which pairs of passages are worth a closer look: those that share the rarer words.

The cost follows the text, never the product of the two: each passage looks its words up, the rarest first, until it has
read `_POSTINGS` entries.
"""

from __future__ import annotations

import numpy as np

from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Ints, SparseRows, distinct, ranges

BEST = 32
"""How many candidates each passage has, at least, of either text."""
_ALL_PAIRS = 4096
"""With no more pairs than this, all of them are candidates."""
_POSTINGS = 6_000
_CELLS_AT_ONCE = 1 << 20
_ROWS_AT_ONCE = 64


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
    postings = others.turned()
    reach = postings.lengths()
    at_once = max(1, min(_ROWS_AT_ONCE, _CELLS_AT_ONCE // max(1, len(others))))
    found: list[Ints] = []
    for first in range(0, len(rows), at_once):
        progress.update(first / len(rows))
        last = min(first + at_once, len(rows))
        products = _products(rows, first, last, postings, reach)
        found.extend(_best(row) + nth * len(others) for nth, row in enumerate(products, first))
    keys = np.concatenate(found)
    lefts, rights = np.divmod(keys, len(others))
    return lefts, rights


def _products(rows: SparseRows, first: int, last: int, postings: SparseRows, reach: Ints) -> Floats:
    """A table of the inner products of the rows from first to last with all others, over the rarer words alone."""
    count = last - first
    start, end = int(rows.starts[first]), int(rows.starts[last])
    columns, values = rows.columns[start:end], rows.values[start:end]
    owners = np.repeat(np.arange(count), np.diff(rows.starts[first : last + 1]))
    kept = _rarest(reach[columns], owners)
    columns, values, owners = columns[kept], values[kept], owners[kept]
    entries, which = ranges(postings.starts[columns], postings.starts[columns + 1])
    cells = owners[which] * postings.width + postings.columns[entries]
    shares = values[which] * postings.values[entries]
    table = np.bincount(cells, weights=shares, minlength=count * postings.width)
    return table.astype(np.float32).reshape(count, postings.width)


def _rarest(reach: Ints, owners: Ints) -> Ints:
    """The entries of each owner that reach fewest passages, as many as `_POSTINGS` allows, but one at least."""
    order = np.lexsort((reach, owners))
    reach, owners = reach[order], owners[order]
    total = np.cumsum(reach)
    is_head = np.diff(owners, prepend=-1) != 0
    before = (total - reach)[is_head][np.cumsum(is_head) - 1]
    rarest: Ints = order[is_head | (total - before <= _POSTINGS)]
    return rarest


def _best(products: Floats) -> Ints:
    """Where the `BEST` highest of these stand, and those that tie with the last of them; none of 0."""
    found: Ints = np.flatnonzero(products > 0)
    if len(found) <= BEST:
        return found
    values = products[found]
    least = np.partition(values, len(found) - BEST)[len(found) - BEST]
    best: Ints = found[values >= least]
    return best[: 2 * BEST]
