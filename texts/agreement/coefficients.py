"""How far two observers agree beyond chance, from a table of what they said of the same units.

A table maps a pair of values, what the one and what the other said of a unit, to the number of units of which they
said so. Values are of any kind that can be a key. No unit is missing: each was seen by both. Coefficients are 1 where
the two agree everywhere, 0 where they agree as often as chance would have it, negative where less; they are None where
chance alone would already agree on everything, because then there is nothing to measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TypeVar

V = TypeVar("V")

_SUBSET = 2 / 3
_CROSSING = 1 / 3


def kappa(table: Mapping[tuple[V, V], int]) -> float | None:
    """Cohen's kappa (Cohen 1960): nominal values, and chance as each observer's own shares would have it.

    (observed agreement − expected) / (1 − expected), where two values are expected to meet as often as the product of
    their shares with the one and the other observer says.
    """
    units = sum(table.values())
    ones, others = _margins(table)
    by_chance = sum(number * others[value] for value, number in ones.items())
    if by_chance == units**2:
        return None
    expected = by_chance / units**2
    return (agreed(table) - expected) / (1 - expected)


def alpha(table: Mapping[tuple[V, V], int], distance: Callable[[V, V], float] | None = None) -> float | None:
    """Krippendorff's alpha (Krippendorff 2011) for two observers: chance as the values of both together would have it.

    1 − observed disagreement / expected. The n values of all units, two for each, are taken as one heap; two of them,
    drawn without putting one back, are expected to be as far apart as `distance` (0 to 1, symmetric, 0 for equals)
    says on average. Without a distance the values are nominal: equal or not.
    """
    apart = distance or nominal
    observed = sum(number * apart(*pair) for pair, number in table.items() if pair[0] != pair[1])
    ones, others = _margins(table)
    heap = ones + others
    expected = _expected(heap, distance)
    if not expected:
        return None
    values = heap.total()
    return 1 - observed * 2 * (values - 1) / expected


def _expected(heap: Counter[V], distance: Callable[[V, V], float] | None) -> float:
    """The distances of all ordered pairs of the heap, added up."""
    if distance is None:
        return heap.total() ** 2 - sum(number**2 for number in heap.values())
    pairs = combinations(heap.items(), 2)
    return 2 * sum(one * other * distance(mine, its) for (mine, one), (its, other) in pairs)


def agreed(table: Mapping[tuple[V, V], int]) -> float:
    """The share of units of which both said the same, 0–1; 1 where there is no unit."""
    units = sum(table.values())
    same = sum(number for (one, other), number in table.items() if one == other)
    return same / units if units else 1.0


def nominal(one: V, other: V) -> float:
    """0 for equals, 1 for all else."""
    return float(one != other)


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets are apart, 0–1 (Passonneau 2006, measuring agreement on set-valued items).

    1 − J·M: J is what they share of all that is in either (Jaccard); M is 1 for equal sets, 2/3 where one holds the
    other, 1/3 where each has something of its own, 0 where they share nothing. Two empty sets are equal.
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    monotone = _SUBSET if one <= other or other <= one else _CROSSING
    return 1 - monotone * shared / len(one | other)


def _margins(table: Mapping[tuple[V, V], int]) -> tuple[Counter[V], Counter[V]]:
    """How often the one and how often the other observer gave each value."""
    ones: Counter[V] = Counter()
    others: Counter[V] = Counter()
    for (one, other), number in table.items():
        ones[one] += number
        others[other] += number
    return ones, others
