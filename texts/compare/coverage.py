"""What of each text the other one speaks of too, and what it says alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from texts.compare.matching_blocks import MatchingBlock, rising
from texts.model import Text
from texts.relate.relate_records import DEFAULT_SCORE, Related

_FEWEST_IN_ORDER, _MOSTLY = 8, 0.8
"""How many pairs have to stand in order for two texts to run so, and which share of all."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A passage, and what it has across from it."""

    passage: int
    """Its number, from 1."""
    score: float
    """The best score that it reaches with a passage of the other text, 0–100; 0 where there is none."""
    counterparts: tuple[int, ...]
    """Numbers of the passages of the other text that are related to it, or linked by a reader, best first."""

    @property
    def is_alone(self) -> bool:
        """Whether nothing in the other text is related or linked to it."""
        return not self.counterparts


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbered passages of two texts and their counterparts.

    A counterpart is a passage of the other text with at least `min_score` in `texts.relate`, or a reader's link to it.
    """

    left: tuple[Covered, ...]
    """Every numbered passage of the left text, in order."""
    right: tuple[Covered, ...]
    """Every numbered passage of the right text, in order."""
    min_score: float
    """0–100."""
    unsure: int = 0
    """How many more passages of either text may have a counterpart: those that stand alone where as many do across from
    them, in two texts that run in the same order. What stands there may as well be something else."""

    @property
    def left_share(self) -> float:
        """The share of the left passages that have a counterpart, 0–1."""
        return _share(self.left)

    @property
    def right_share(self) -> float:
        """The share of the right passages that have a counterpart, 0–1."""
        return _share(self.right)

    @property
    def shares_at_most(self) -> tuple[float, float]:
        """The shares of the left and of the right passages that have one if all do that are unsure, 0–1."""
        left, right = (self.unsure / max(1, len(side)) for side in (self.left, self.right))
        return self.left_share + left, self.right_share + right


def coverage(
    left: Text,
    right: Text,
    related: Iterable[Related],
    *,
    linked: Iterable[tuple[int, int]] = (),
    min_score: float = DEFAULT_SCORE,
) -> Coverage:
    """Which passages of two texts have a counterpart.

    `related` may hold pairs under the threshold too; `linked` are the reader's links, which need no score.
    """
    scores = {(pair.left, pair.right): pair.score for pair in related}
    counting = {pair for pair, score in scores.items() if score >= min_score}.union(linked)
    sides: tuple[_Found, _Found] = defaultdict(list), defaultdict(list)
    for pair in counting.union(scores):
        for side, (number, other) in zip(sides, (pair, pair[::-1]), strict=True):
            side[number].append((-scores.get(pair, 0.0), other, pair in counting))
    ours, theirs = (
        tuple(_covered(number, sorted(found[number])) for number in range(1, len(text.numbered) + 1))
        for text, found in zip((left, right), sides, strict=True)
    )
    return Coverage(ours, theirs, min_score, _unsure(ours, theirs))


_Found = defaultdict[int, list[tuple[float, int, bool]]]
"""For each passage the negative score, the number and the right to count of each passage of the other text."""


def _covered(number: int, best_first: Sequence[tuple[float, int, bool]]) -> Covered:
    counterparts = tuple(other for _, other, counts in best_first if counts)
    return Covered(number, -best_first[0][0] if best_first else 0.0, counterparts)


def _unsure(left: Sequence[Covered], right: Sequence[Covered]) -> int:
    """How many passages stand alone across from others that do, between pairs that stand in order in both texts."""
    pairs = [MatchingBlock(each.passage, each.counterparts[0], 1) for each in left if not each.is_alone]
    chain = rising(pairs)
    if len(chain) < max(_FEWEST_IN_ORDER, _MOSTLY * len(pairs)):
        return 0
    edges = [MatchingBlock(0, 0, 1), *chain, MatchingBlock(len(left) + 1, len(right) + 1, 1)]
    return sum(
        min(_alone(left, one.left, two.left), _alone(right, one.right, two.right))
        for one, two in pairwise(edges)
    )


def _alone(passages: Sequence[Covered], after: int, before: int) -> int:
    """How many passages between these two numbers stand alone."""
    return sum(each.is_alone for each in passages[after : before - 1])


def _share(passages: Sequence[Covered]) -> float:
    return sum(not passage.is_alone for passage in passages) / len(passages) if passages else 0.0
