"""One sentence rendered by two, two paragraphs made one: which neighbours of one side answer which of the other.

A dynamic programme over beads 1:1, 1:2, 2:1, 2:2 and those without counterpart (Gale and Church 1993), where what
stands together is the sum of its vectors (Thompson and Koehn 2019, vecalign, who encode it anew), each side centred
by its own mean. The cost is the length of the texts times the width of a band around the pairs that are sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from texts.meaning.vectors import unit
from texts.reanchor.patience import longest_rise
from texts.relate.sparse import Floats, Ints

_SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))
_MERGED = 0.15
"""By how much of the cosine that counterparts have a bead of more than one and one has to be better for each more."""
_BAND, _WIDEST = 8, 256
"""How many places beside the sure pairs are looked at, and between two of them at most."""


class Bead(NamedTuple):
    """Rows of the left side and rows of the right one that say the same; half-open ranges of indices."""

    left: tuple[int, int]
    right: tuple[int, int]
    similarity: float
    """The cosine of what stands together."""

    @property
    def is_merged(self) -> bool:
        """Whether it has more than one row of either side."""
        return self.left[1] - self.left[0] > 1 or self.right[1] - self.right[0] > 1


def beads(
    left: Floats, right: Floats, gap: float, typical: float, sure: Sequence[tuple[int, int]] | None = None
) -> list[Bead]:
    """The beads of two sequences of rows (centred, length 1), in order; what no other answers is left out.

    `gap` is the cosine from which on two are more likely to be counterparts than not, `typical` the one that
    counterparts have. `sure` are pairs of indices that the beads are looked for around; without them all pairs are.
    """
    if not len(left) or not len(right):
        return []
    bounds = _band(len(left), len(right), sure)
    sums = [(unit(rows), unit(rows + _next(rows))) for rows in (left, right)]
    width = len(right) + 1
    best = [dict[int, float]() for _ in range(len(left) + 1)]
    moves: list[dict[int, tuple[int, int, float]]] = [{} for _ in range(len(left) + 1)]
    gains = [_gains(sums, i, bounds[i], (gap, _MERGED * typical)) for i in range(len(left))]
    for i in range(len(left) + 1):
        low, high = bounds[min(i, len(left) - 1)]
        for j in range(low, min(high + 1, width)):
            value, move = best[i - 1].get(j, -1e9) if i else (0.0 if not j else -1e9), (1, 0, 0.0)
            if j and best[i].get(j - 1, -1e9) > value:
                value, move = best[i][j - 1], (0, 1, 0.0)
            for shape, (a, b) in enumerate(_SHAPES):
                if i < a or j < b:
                    continue
                before = best[i - a].get(j - b)
                gain = gains[i - a].get((shape, j - b)) if before is not None else None
                if before is not None and gain is not None and before + gain[0] > value:
                    value, move = before + gain[0], (a, b, gain[1])
            best[i][j], moves[i][j] = value, move
    return _walk_back(moves, len(left), max(best[-1], key=lambda j: (best[-1][j], j)))


def _next(rows: Floats) -> Floats:
    return np.vstack([rows[1:], np.zeros((1, rows.shape[1]), np.float32)])


def _gains(
    sums: Sequence[tuple[Floats, Floats]], i: int, within: tuple[int, int], costs: tuple[float, float]
) -> dict[tuple[int, int], tuple[float, float]]:
    """For each shape and place of the right side, what a bead that begins there is worth, and its cosine."""
    found = {}
    (left, right), (low, high), (gap, merged) = sums, within, costs
    count = len(right[0])
    for shape, (a, b) in enumerate(_SHAPES):
        if i + a > len(left[0]):
            continue
        first, last = max(0, low - 2), min(high + 1, count - b + 1)
        alike = right[b - 1][first:last] @ left[a - 1][i]
        for j, cosine in zip(range(first, last), alike.tolist(), strict=True):
            found[shape, j] = ((cosine - gap - merged * (a + b - 2)) * (a + b) / 2, cosine)
    return found


def _walk_back(moves: Sequence[dict[int, tuple[int, int, float]]], i: int, j: int) -> list[Bead]:
    found = []
    while i or j:
        a, b, cosine = moves[i].get(j, (1, 0, 0.0))
        if a and b:
            found.append(Bead((i - a, i), (j - b, j), cosine))
        i, j = max(0, i - a), max(0, j - b)
        if not i:
            break
    return found[::-1]


def _band(lefts: int, rights: int, sure: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """For each row of the left side, the first and the last place of the right one that is looked at."""
    if sure is None:
        return [(0, rights)] * lefts
    anchors = [(-1, -1), *rising(sure), (lefts, rights)]
    found = []
    at = 0
    for i in range(lefts):
        while anchors[at + 1][0] <= i:
            at += 1
        (above, before), (below, after) = anchors[at], anchors[at + 1]
        if after - before > _WIDEST:
            middle = before + (after - before) * (i - above) // (below - above)
            before, after = middle - _WIDEST // 2, middle + _WIDEST // 2
        found.append((max(0, before - _BAND), min(rights, after + _BAND)))
    return found


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both numbers rise, from pairs in any order."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    return [ordered[place] for place in longest_rise([right for _, right in ordered])]


def indices(beads_: Sequence[Bead]) -> tuple[Ints, Ints]:
    """Every pair of a left and a right row that stand in one bead."""
    pairs = [(i, j) for bead in beads_ for i in range(*bead.left) for j in range(*bead.right)]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
