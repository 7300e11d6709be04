"""Hubs: a passage that is near to everything is near to nothing.

Cross-domain similarity local scaling (Conneau, Lample, Ranzato, Denoyer and Jégou 2018), as strong as the texts are
parallel: where every passage has one clear counterpart, a second one is most likely a hub.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from texts.relate.scoring import Scored
from texts.relate.sparse import Floats, Groups, Ints

_NEIGHBOURS = 10
_STRENGTH, _STRONGEST = 1.5, 0.7
_FLOOR = 0.1


@dataclass(frozen=True)
class Hubs:
    """What is to be taken off the scores of each passage."""

    left: Floats
    """By index of the left passage."""
    right: Floats
    """By index of the right passage."""

    @classmethod
    def of(cls, scored: Scored, counts: tuple[int, int]) -> Hubs:
        """The hubs among the passages of two texts; `counts` are how many those have."""
        return cls(
            _strength(scored.by_right, scored.scores) * _hubness(scored.lefts, scored.scores, *counts),
            _strength(scored.by_left, scored.scores) * _hubness(scored.rights, scored.scores, *counts[::-1]),
        )

    def off(self, scored: Scored) -> Floats:
        """The scores without hubs: they rank both the right passages of a left one and the other way round."""
        return scored.scores - self.left[scored.lefts] - self.right[scored.rights]


def _hubness(passages: Ints, scores: Floats, count: int, others: int) -> Floats:
    """For each of `count` passages the mean of its best scores: how near it is to everything.

    A pair that is no candidate counts as a low score: the lowest of the passage, or of nearly all if that is lower.
    """
    neighbours = min(_NEIGHBOURS, others - 1)
    if neighbours < 1 or not len(scores):
        return np.zeros(count, np.float32)
    order = np.lexsort((-scores, passages))
    passages, scores = passages[order], scores[order]
    low = np.quantile(scores, _FLOOR)
    among_best = np.arange(len(passages)) - np.searchsorted(passages, passages) < neighbours
    passages, scores = passages[among_best], scores[among_best]
    seen = np.bincount(passages, minlength=count)
    total = np.bincount(passages, weights=scores, minlength=count)
    last = np.maximum(np.searchsorted(passages, np.arange(count), side="right") - 1, 0)
    missing = (neighbours - seen) * np.minimum(scores[last], low)
    return np.where(seen > 0, (total + missing) / neighbours, 0).astype(np.float32)


def _strength(groups: Groups, scores: Floats) -> float:
    """How much of the hubs to take off, 0–0.7: more, the more clearly each group of pairs has one best."""
    best = groups.best(scores)
    others = scores.copy()
    others[best] = -np.inf
    second, first = others[groups.best(others)], scores[best]
    several = np.isfinite(second) & (first > 0)
    if not several.any():
        return 0.0
    clearness = float(np.mean(1 - np.maximum(second[several], 0) / first[several]))
    return min(_STRONGEST, _STRENGTH * clearness)
