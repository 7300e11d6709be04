"""Agreement in numbers: highlights in common, and coefficients on characters and on passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple, TypeVar

from texts.agreement.stretches import Codes, MarkedSpan, meeting

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


CoincidenceTable = Mapping[tuple[Codes, Codes], int]
"""What the two readers said, and of how many units."""


class Tally(NamedTuple):
    """Units that each reader has marked or not: with some tag, or at all."""

    both: int
    """Marked by both."""
    one: int
    """Marked by the one reader alone."""
    other: int
    """Marked by the other alone."""
    neither: int

    @property
    def units(self) -> int:
        """How many there are."""
        return sum(self)

    @property
    def agreed(self) -> float:
        """The share of units of which both say the same, 0–1."""
        return agreed(self._table)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa of marked and not marked; None where chance alone explains everything."""
        return kappa(self._table)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha of the same, nominal; likewise."""
        return alpha(self._table)

    @property
    def _table(self) -> dict[tuple[bool, bool], int]:
        pairs = ((True, True), (True, False), (False, True), (False, False))
        return dict(zip(pairs, self, strict=True))


class Common(NamedTuple):
    """Highlights of two readers: with some tag, or all of them."""

    one: int
    """How many the one reader has."""
    other: int
    one_met: int
    """How many of the one reader's share at least one character with one of the other's, with the same tag if it is
    a tag's figures."""
    other_met: int
    """How many of the other reader's share at least one character with one of the one reader's, likewise."""
    same: int
    """Pairs that stand on exactly the same words; each highlight is in one pair at most."""


class Figures(NamedTuple):
    """How far two readers agree on one question: marked or not, or marked with some tag or not."""

    highlights: Common
    characters: Tally
    """A unit is a character of a numbered passage that is not white space."""
    passages: Tally
    """A unit is a numbered passage; it is marked where any of its characters is."""


def common(texts: Sequence[tuple[Sequence[MarkedSpan], Sequence[MarkedSpan]]]) -> Common:
    """The highlights that two readers have in common; those of the one and of the other, text by text."""
    counts = [
        (len(one), len(other), len(_met(one, other)), len(_met(other, one)), _same(one, other))
        for one, other in texts
    ]
    return Common(*map(sum, zip(*counts, strict=True))) if counts else Common(0, 0, 0, 0, 0)


def _met(marked: Sequence[MarkedSpan], others: Sequence[MarkedSpan]) -> list[MarkedSpan]:
    return meeting(marked, chain.from_iterable(each.parts for each in others))


def _same(one: Iterable[MarkedSpan], other: Iterable[MarkedSpan]) -> int:
    ones, others = (Counter(each.parts for each in marked) for marked in (one, other))
    return (ones & others).total()


def tally(table: CoincidenceTable, marks: Callable[[Codes], bool] = bool) -> Tally:
    """The units of a table, `marks` saying of what a reader says of a unit whether it counts as marked."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for (one, other), number in table.items():
        counts[marks(one), marks(other)] += number
    return Tally(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def tallies(table: CoincidenceTable, labels: Iterable[str]) -> dict[str, Tally]:
    """A tally for each of the labels, in one round over the table: most units have few labels of many."""
    units = sum(table.values())
    both, ones, others = Counter[str](), Counter[str](), Counter[str]()
    for (one, other), number in table.items():
        for counts, which in ((both, one & other), (ones, one - other), (others, other - one)):
            for label in which:
                counts[label] += number
    return {
        label: Tally(
            both[label],
            ones[label],
            others[label],
            units - both[label] - ones[label] - others[label],
        )
        for label in labels
    }
