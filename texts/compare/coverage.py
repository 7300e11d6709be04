"""What of each text the other one speaks of too, and what it says alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from texts.model import Text
from texts.relate.relate_records import DEFAULT_SCORE, Related


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

    @property
    def left_share(self) -> float:
        """The share of the left passages that have a counterpart, 0–1."""
        return _share(self.left)

    @property
    def right_share(self) -> float:
        """The share of the right passages that have a counterpart, 0–1."""
        return _share(self.right)


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
    return Coverage(ours, theirs, min_score)


_Found = defaultdict[int, list[tuple[float, int, bool]]]
"""For each passage the negative score, the number and the right to count of each passage of the other text."""


def _covered(number: int, best_first: Sequence[tuple[float, int, bool]]) -> Covered:
    counterparts = tuple(other for _, other, counts in best_first if counts)
    return Covered(number, -best_first[0][0] if best_first else 0.0, counterparts)


def _share(passages: Sequence[Covered]) -> float:
    return sum(not passage.is_alone for passage in passages) / len(passages) if passages else 0.0
