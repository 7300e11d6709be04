"""Agreement in numbers: highlights in common, and coefficients on characters and on passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from texts.agreement.coefficients import agreed, alpha, kappa
from texts.agreement.stretches import Codes, Marked, meeting

Table = Mapping[tuple[Codes, Codes], int]
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
    """The other way round."""
    same: int
    """Pairs that stand on exactly the same words; each highlight is in one pair at most."""


class Figures(NamedTuple):
    """How far two readers agree on one question: marked or not, or marked with some tag or not."""

    highlights: Common
    characters: Tally
    """A unit is a character of a numbered passage that is not white space."""
    passages: Tally
    """A unit is a numbered passage; it is marked where any of its characters is."""


def common(texts: Sequence[tuple[Sequence[Marked], Sequence[Marked]]]) -> Common:
    """The highlights that two readers have in common; those of the one and of the other, text by text."""
    counts = [
        (len(one), len(other), len(_met(one, other)), len(_met(other, one)), _same(one, other))
        for one, other in texts
    ]
    return Common(*map(sum, zip(*counts, strict=True))) if counts else Common(0, 0, 0, 0, 0)


def _met(marked: Sequence[Marked], others: Sequence[Marked]) -> list[Marked]:
    return meeting(marked, chain.from_iterable(each.parts for each in others))


def _same(one: Iterable[Marked], other: Iterable[Marked]) -> int:
    ones, others = (Counter(each.parts for each in marked) for marked in (one, other))
    return (ones & others).total()


def tally(table: Table, marks: Callable[[Codes], bool] = bool) -> Tally:
    """The units of a table, `marks` saying of what a reader says of a unit whether it counts as marked."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for (one, other), number in table.items():
        counts[marks(one), marks(other)] += number
    return Tally(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def tallies(table: Table, labels: Iterable[str]) -> dict[str, Tally]:
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
