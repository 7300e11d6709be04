"""How other pairs change the score of a pair: hubs are taken off, and neighbours support each other.

A passage that is near to everything is near to nothing: cross-domain similarity local scaling (Conneau, Lample,
Ranzato, Denoyer and Jégou 2018), as strong as the texts are parallel: where every passage has one clear counterpart, a
second one is most likely a hub.

Where two texts run in the same order, neighbours support each other.

Translations, editions and versions of a story tell the same things one after the other; two essays do not. How much
they do is measured first, and the support is that strong; where it could be chance there is none.

Support goes round a few times, as in relaxation labelling (Rosenfeld, Hummel and Zucker 1976): what is near to a sure
pair grows surer, and then supports its own neighbours. Passages that share no word at all are found in this way, if
those around them are sure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np

from texts.relate.relate_records import Progress
from texts.relate.scoring import Scored
from texts.relate.sparse import Floats, Groups, Ints, best_first, distinct, falling, quantile
from texts.relate.threads import Alongside, in_threads

_FEWEST_NEIGHBOURS, _NEIGHBOURS = 2, 10
"""Passages that are a crowd around another one, at least and at most."""
_STRANGERS = np.float32(0.1)
"""How alike passages are taken to be, at most, that are no candidates where there are few of these."""
_HUBS_STRENGTH, _HUBS_STRONGEST = 1.5, 0.7
_FLOOR = 0.1
_FEWEST_PASSAGES = 8
_LEAST_COHERENCE, _LEAST_DEVIATIONS = 0.03, 4.0
_ROUNDS = 3
_STRENGTH = 0.45
_REACH, _SLACK = 4, 2
"""How many passages away support comes from, and how many more or fewer it may be in the other text."""
_ASKEW = 0.6
"""What is left of the support for each passage more or fewer."""
_SPREAD = 0.02
"""How far apart two scores are when one of them is surer by a factor of e."""
_LEAST_SURE = 0.02


@dataclass(frozen=True)
class Hubs:
    """What is to be taken off the scores of each passage."""

    left: Floats
    """By index of the left passage."""
    right: Floats
    """By index of the right passage."""

    around_left: Floats
    """How near each left passage is to its nearest ten, on average."""
    around_right: Floats
    """The same for each right passage."""

    @classmethod
    def of(cls, scored: Scored, counts: tuple[int, int]) -> Hubs:
        """The hubs among the passages of two texts; `counts` are how many those have."""
        order = falling(scored.scores)

        def of_side(passages: Ints, count: int, others: int) -> Floats:
            return _hubness(passages, scored.scores, order, count, others)

        with Alongside(len(scored)) as alongside:
            of_right = alongside.start(of_side, scored.rights, *counts[::-1])
            strength_of_left = alongside.start(_strength, scored.by_right, scored.scores)
            left = of_side(scored.lefts, *counts)
            strength_of_right = _strength(scored.by_left, scored.scores)
            right = of_right()
            return cls(strength_of_left() * left, strength_of_right * right, left, right)

    def around(self, scored: Scored) -> Floats:
        """How near the passages of each pair are to their nearest ten, on average: the one that is nearer to them."""
        nearest: Floats = np.maximum(self.around_left[scored.lefts], self.around_right[scored.rights])
        return nearest

    def around_both(self, scored: Scored) -> Floats:
        """The same for the one that is farther from them."""
        nearest: Floats = np.minimum(self.around_left[scored.lefts], self.around_right[scored.rights])
        return nearest

    def off(self, scored: Scored) -> Floats:
        """The scores without hubs: they rank both the right passages of a left one and the other way round."""
        return scored.scores - self.left[scored.lefts] - self.right[scored.rights]

    def levelled(self, scored: Scored) -> Floats:
        """The same, with what all passages have of a hub given back: no reason to score one pair below another."""
        if not len(scored):
            return scored.scores
        return self.off(scored) + np.float32(self.left.mean() + self.right.mean())


def _hubness(passages: Ints, scores: Floats, order: Ints, count: int, others: int) -> Floats:
    """For each of `count` passages the mean of its best scores, whose `order` falls: how near it is to everything.

    A pair that is no candidate counts as a low score: the lowest of the passage, or of nearly all if that is lower.
    A counterpart is no crowd by itself: what is one of two is near to everything if it is near to both, and where there
    is nothing else, a stranger stands beside it.
    """
    neighbours = max(_FEWEST_NEIGHBOURS, min(_NEIGHBOURS, others - 1))
    if not len(scores):
        return np.zeros(count, np.float32)
    order, place = best_first(passages, order)
    passages, scores = passages[order], scores[order]
    low = np.float32(quantile(scores, _FLOOR))
    if len(scores) <= _NEIGHBOURS:  # so few pairs that the lowest may be that of the counterpart
        low = min(low, _STRANGERS)
    among_best = place < neighbours
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
    return min(_HUBS_STRONGEST, _HUBS_STRENGTH * clearness)


@dataclass(frozen=True)
class Ordered:
    """Pairs by their own words, and the same pairs with what their neighbours say of them."""

    alone: Scored
    """As their own words score them."""
    hubs: Hubs
    """What is to be taken off these scores."""
    supported: Scored
    """The same pairs in the same places, the support of their neighbours added to their scores."""
    has_order: bool
    """Whether the two texts run in the same order, so that neighbours have anything to say."""

    @classmethod
    def without_order(cls, scored: Scored, counts: tuple[int, int]) -> Ordered:
        """Pairs of which neighbours say nothing."""
        return cls(scored, Hubs.of(scored, counts), scored, has_order=False)


class PairScorer(Protocol):
    """Says how alike passages of two texts are, by whatever evidence."""

    counts: tuple[int, int]
    """How many passages the left and the right text have."""

    def score(self, pairs: tuple[Ints, Ints], progress: Progress) -> Scored:
        """How alike the two passages of each pair are, about 0–1; the pairs are sorted by left, then right."""


def in_order(scorer: PairScorer, scored: Scored, progress: Progress) -> Ordered:
    """The pairs with the support of their neighbours added to their scores, and with pairs that only order finds."""
    counts = scorer.counts
    if not coherence(scored, counts):
        return Ordered.without_order(scored, counts)
    scored = scored.joined(scorer.score(_around(scored, counts), progress.subrange(0.0, 0.6)))
    alone, hubs = scored, Hubs.of(scored, counts)
    for turn in range(_ROUNDS):
        progress.update(0.6 + 0.4 * turn / _ROUNDS)
        strength = _STRENGTH * math.sqrt(coherence(scored, counts))
        support = _support(scored, _sureness(scored, hubs.off(scored), counts), counts)
        scored = alone.rescored((alone.scores + strength * support).astype(np.float32))
    return Ordered(alone, hubs, scored, has_order=True)


def coherence(scored: Scored, counts: tuple[int, int]) -> float:
    """How often neighbours match neighbours, above chance: 0 for two essays, near 1 for two translations.

    0 also where it is so little that it may well be chance.
    """
    if min(counts) < _FEWEST_PASSAGES or not len(scored):
        return 0.0
    best_of_left, best_of_right = scored.by_left.best(scored.scores), scored.by_right.best(scored.scores)
    forth = _coherence(scored.lefts[best_of_left], scored.rights[best_of_left], scored.scores[best_of_left])
    back = _coherence(scored.rights[best_of_right], scored.lefts[best_of_right], scored.scores[best_of_right])
    return math.sqrt(forth * back)


def _coherence(passages: Ints, partners: Ints, scores: Floats) -> float:
    """The same for the passages of one text, in order, and their best partners in the other."""
    score = scores.astype(float)
    weight = score[1:] * score[:-1] * (np.diff(passages) == 1)
    if not weight.sum():
        return 0.0
    step = np.diff(partners)
    seen = weight[(step >= 0) & (step <= 2)].sum() / weight.sum()
    share = np.bincount(partners, weights=score) / score.sum()
    chance = min(1 - 1e-9, sum(float((share[: len(share) - k] * share[k:]).sum()) for k in (0, 1, 2)))
    deviation = math.sqrt(max(chance, 1 / len(score)) * (1 - chance) / len(score))
    if seen - chance < max(_LEAST_COHERENCE, _LEAST_DEVIATIONS * deviation):
        return 0.0
    return float((seen - chance) / (1 - chance))


def _around(scored: Scored, counts: tuple[int, int]) -> tuple[Ints, Ints]:
    """The pairs up to two passages away from pairs that are the best of both sides, and not scored yet."""
    scores = Hubs.of(scored, counts).off(scored)
    best_of_left = np.zeros(len(scored), bool)
    best_of_left[scored.by_left.best(scores)] = True
    best_of_right = scored.by_right.best(scores)
    sure = best_of_right[best_of_left[best_of_right]]
    found = [
        _keys(scored.lefts[sure] + sign * down, scored.rights[sure] + sign * across, counts)[1]
        for sign in (-1, 1)
        for down in range(3)
        for across in range(3)
    ]
    keys, known = distinct(np.concatenate(found)), scored.lefts * counts[1] + scored.rights
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    keys = keys[known[place] != keys]
    lefts, rights = np.divmod(keys, counts[1])
    return lefts, rights


def _keys(lefts: Ints, rights: Ints, counts: tuple[int, int]) -> tuple[np.ndarray, Ints]:
    """Which of the pairs lie inside both texts, and one number for each of those that do."""
    inside = (lefts >= 0) & (lefts < counts[0]) & (rights >= 0) & (rights < counts[1])
    return inside, lefts[inside] * counts[1] + rights[inside]


def _sureness(scored: Scored, scores: Floats, counts: tuple[int, int]) -> np.ndarray:
    """How much each pair stands out by these scores among those of its left and of its right passage, 0–1."""
    odds = np.exp((scores - scores.max()) / _SPREAD, dtype=np.float64)
    of_left = np.bincount(scored.lefts, weights=odds, minlength=counts[0])[scored.lefts]
    of_right = np.bincount(scored.rights, weights=odds, minlength=counts[1])[scored.rights]
    return np.asarray(odds / np.sqrt(np.maximum(of_left * of_right, 1e-300)))


def _support(scored: Scored, sureness: np.ndarray, counts: tuple[int, int]) -> np.ndarray:
    """What each pair gets from the sure pairs around it, 0–1: the best at each distance, less from farther away."""
    keys = scored.lefts * counts[1] + scored.rights
    sure = np.flatnonzero(sureness > _LEAST_SURE)
    lefts, rights, given = scored.lefts[sure], scored.rights[sure], sureness[sure]

    def from_afar(which: tuple[int, int]) -> np.ndarray:
        """What each pair gets from those so many passages away, before it or behind it."""
        distance, sign = which
        steps = {
            step
            for other in range(max(0, distance - _SLACK), distance + _SLACK + 1)
            for step in ((distance, other), (other, distance))
        }
        best = np.zeros(len(scored))
        for down, across in sorted(steps):
            inside, wanted = _keys(lefts + sign * down, rights + sign * across, counts)
            place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            there = keys[place] == wanted
            place, share = place[there], given[inside][there] * _ASKEW ** abs(down - across)
            best[place] = np.maximum(best[place], share)
        best /= distance
        return best

    total = np.zeros(len(scored))
    distances = range(1, _REACH + 1)
    for support in in_threads(from_afar, product(distances, (-1, 1)), len(scored)):
        total += support
    return total / (2 * sum(1 / distance for distance in distances))
