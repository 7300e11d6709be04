"""What of each text the other one speaks of too, and what it says alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from texts.model import Text
from texts.relate.records import DEFAULT_SCORE, Related


@dataclass(frozen=True, slots=True)
class Covered:
    """A passage, and what it has across from it."""

    passage: int
    """Its number, from 1."""
    score: float
    """The best score that it reaches with a passage of the other text, 0–100; 0 where there is none."""
    counterparts: tuple[int, ...]
    """Numbers of the passages of the other text that are related to it, best first."""

    @property
    def is_alone(self) -> bool:
        """Whether nothing in the other text is related to it."""
        return not self.counterparts


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbered passages of two texts and their counterparts.

    A counterpart is a passage of the other text with at least `min_score` in `texts.relate`.
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
    left: Text, right: Text, related: Iterable[Related], *, min_score: float = DEFAULT_SCORE
) -> Coverage:
    """Which passages of two texts have a counterpart; `related` may hold pairs under the threshold too."""
    ours: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    theirs: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair in related:
        ours[pair.left].append((pair.score, pair.right))
        theirs[pair.right].append((pair.score, pair.left))
    return Coverage(
        tuple(_covered(number, ours[number], min_score) for number in range(1, len(left.numbered) + 1)),
        tuple(_covered(number, theirs[number], min_score) for number in range(1, len(right.numbered) + 1)),
        min_score,
    )


def _covered(number: int, found: Collection[tuple[float, int]], min_score: float) -> Covered:
    best_first = sorted(found, key=lambda pair: (-pair[0], pair[1]))
    counterparts = tuple(other for score, other in best_first if score >= min_score)
    return Covered(number, best_first[0][0] if best_first else 0.0, counterparts)


def _share(passages: Sequence[Covered]) -> float:
    return sum(not passage.is_alone for passage in passages) / len(passages) if passages else 0.0
