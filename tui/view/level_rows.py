"""Brings passages of two texts that belong together to the same row, by blank rows, as editors do with two versions."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Fillers = Mapping[int, int]
"""Blank rows behind passages, by their index; -1: before the first one."""


def best_chain(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs of (left, right, weight) that together weigh most and rise on both sides; by left.

    A heaviest increasing subsequence, in n log n: of all chains only those are kept that end further left on the right
    side, or weigh more, than every other one.
    """
    ends: list[int] = []
    best: list[tuple[float, int]] = []
    """For each of `ends`, which rise: the weight of the heaviest chain that ends there, and its last link."""
    links: list[tuple[int, int, int]] = []
    # Of pairs with one left end the further right first, so that none follows another one.
    for left, right, weight in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        at = bisect_left(ends, right)
        before, link = best[at - 1] if at else (0.0, -1)
        total = before + weight
        if at < len(ends) and ends[at] == right and best[at][0] >= total:
            continue
        links.append((left, right, link))
        if not (at < len(ends) and ends[at] == right):
            ends.insert(at, right)
            best.insert(at, (total, len(links) - 1))
        else:
            best[at] = (total, len(links) - 1)
        while at + 1 < len(ends) and best[at + 1][0] <= total:
            del ends[at + 1], best[at + 1]
    chain: list[tuple[int, int]] = []
    number = best[-1][1] if best else -1
    while number >= 0:
        left, right, number = links[number]
        chain.append((left, right))
    return chain[::-1]


def fillers_for(
    left: Sequence[int], right: Sequence[int], chain: Iterable[tuple[int, int]]
) -> tuple[Fillers, Fillers]:
    """The blank rows for each side that bring the passages of a chain level.

    `left` and `right` are the rows at which the passages begin, by index; the chain is of indices that rise.
    """
    added: tuple[defaultdict[int, int], defaultdict[int, int]] = defaultdict(int), defaultdict(int)
    moved = [0, 0]
    for ends in chain:
        rows = [starts[end] + shift for starts, end, shift in zip((left, right), ends, moved, strict=True)]
        side = 0 if rows[0] < rows[1] else 1
        missing = abs(rows[0] - rows[1])
        if missing:
            added[side][ends[side] - 1] += missing
            moved[side] += missing
    return dict(added[0]), dict(added[1])
