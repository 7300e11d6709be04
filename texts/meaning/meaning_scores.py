"""How alike passages of two texts are by meaning, lengths and words, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from texts.meaning.cooccurrence import Cooccurrence, WordsOfPassages
from texts.meaning.vectors import Nearest, TextVectors, cosines
from texts.relate.relate_records import Progress
from texts.relate.scoring import Scored
from texts.relate.sparse import Floats, Groups, Ints, best_first, distinct, falling, ranges

_CANDIDATES = 24
"""Partners of each passage that are looked at, both ways."""
_SCALE = 0.5
"""Brings scores to the scale of those by words, which hubs and order are made for."""
_LENGTHS = 0.1
_DEVIATION = 6.8
"""Variance of the number of letters for each letter of the other language (Gale and Church 1993)."""
_MOST_ODD = 8.0
_ROUNDS = ((0.5, 1), (1.0, 2))
"""What the lexicon is worth, and how often it is learned with that."""
_NEIGHBOURS = 10
_PIECE_PAIRS_AT_ONCE = 1 << 17


@dataclass(frozen=True)
class _Hubs:
    """What is to be taken off for passages that are near to everything."""

    left: Floats
    right: Floats

    def off(self, values: Floats, lefts: Ints, rights: Ints) -> Floats:
        """The values of pairs without them: cross-domain similarity local scaling (Conneau et al. 2018)."""
        return np.asarray(values - (self.left[lefts] + self.right[rights]) / 2, np.float32)


class MeaningScorer:
    """Says how alike passages of two texts are by meaning; what it finds sure, it learns words from."""

    def __init__(
        self,
        vectors: tuple[TextVectors, TextVectors],
        words: tuple[WordsOfPassages, WordsOfPassages],
        by_words: Callable[[Ints, Ints], Floats],
        worth_of_words: float,
        progress: Progress,
    ) -> None:
        """`by_words` gives how alike pairs are by shared words, about 0–1, which counts `worth_of_words`."""
        self.left, self.right = vectors
        self._words = words
        self._by_words, self._worth_of_words = by_words, worth_of_words
        self.counts = len(self.left.passages), len(self.right.passages)
        """How many passages the left and the right text have."""
        forth = Nearest.of(self.left.passages, self.right.passages, _CANDIDATES, progress.subrange(0.0, 0.5))
        back = Nearest.of(self.right.passages, self.left.passages, _CANDIDATES, progress.subrange(0.5, 1.0))
        self._around = _Hubs(forth.around, back.around)
        self.around_all = float(forth.around.mean() + back.around.mean()) / 2 if all(self.counts) else 0.0
        """How near a passage is to its nearest ten, on average."""
        self._candidates = _pairs(forth.partners, back.partners, self.counts)
        self._ratio = float(self.right.lengths.sum()) / max(1.0, float(self.left.lengths.sum()))
        self._lexicon: Cooccurrence | None = None
        self._lexicon_worth = 0.0
        self._lexicon_hubs = _Hubs(np.zeros(self.counts[0], np.float32), np.zeros(self.counts[1], np.float32))

    def candidates(self, progress: Progress, more: tuple[Ints, Ints] | None = None) -> Scored:
        """The pairs worth a look and their scores; `more` are pairs that other evidence speaks for.

        Pairs that are each other's best teach which words stand for which, and all are scored again by these.
        """
        lefts, rights = self._candidates if more is None else _joined(self._candidates, more, self.counts)
        scored = self.score((lefts, rights), progress.subrange(0.0, 0.4))
        rounds = [worth for worth, times in _ROUNDS for _ in range(times)]
        without = scored.scores
        for turn, worth in enumerate(rounds):
            progress.update(0.4 + 0.6 * turn / len(rounds))
            sure = np.intersect1d(scored.by_left.best(scored.scores), scored.by_right.best(scored.scores))
            self._lexicon = Cooccurrence(*self._words, lefts[sure], rights[sure])
            values = self._lexicon.score(lefts, rights)
            self._lexicon_worth = worth
            self._lexicon_hubs = _Hubs(
                _around(lefts, values, self.counts[0]), _around(rights, values, self.counts[1])
            )
            learned = self._lexicon_hubs.off(values, lefts, rights) * np.float32(worth)
            scored = scored.rescored((without + _SCALE * learned).astype(np.float32))
        return scored

    def _learned(self, lefts: Ints, rights: Ints) -> Floats:
        """What the lexicon adds to the scores of pairs; nothing before one is learned."""
        if self._lexicon is None:
            return np.zeros(len(lefts), np.float32)
        values = self._lexicon.score(lefts, rights)
        return self._lexicon_hubs.off(values, lefts, rights) * np.float32(self._lexicon_worth)

    def score(self, pairs: tuple[Ints, Ints], progress: Progress) -> Scored:
        """How alike the two passages of each pair are; the pairs are sorted by left, then right."""
        lefts, rights = pairs
        own = self._around.off(self.cosine(lefts, rights), lefts, rights)
        total = own + _LENGTHS * self._lengths(lefts, rights)
        total += self._worth_of_words * self._by_words(lefts, rights)
        total += self._learned(lefts, rights)
        progress.update(0.5)
        _, left_piece, right_piece = self.best_pieces(lefts, rights)
        return Scored(lefts, rights, (_SCALE * total).astype(np.float32), left_piece, right_piece)

    def cosine(self, lefts: Ints, rights: Ints) -> Floats:
        """The cosine of the passages of each pair, each text centred by its own mean."""
        return cosines(self.left.passages, self.right.passages, lefts, rights)

    def _lengths(self, lefts: Ints, rights: Ints) -> Floats:
        """0 where the lengths of a pair agree, down to −1 where they are odd ones (Gale and Church 1993)."""
        one, other = self.left.lengths[lefts] * self._ratio, self.right.lengths[rights]
        deviation = (other - one) / np.sqrt(np.maximum(one + other, 1) / 2 * _DEVIATION)
        odd: Floats = -np.minimum(deviation * deviation / 2, _MOST_ODD) / _MOST_ODD
        return odd

    def best_pieces(self, lefts: Ints, rights: Ints) -> tuple[Floats, Ints, Ints]:
        """For each pair the cosine of the two sentences that are most alike, and which they are in their passages."""
        best = np.zeros(len(lefts), np.float32)
        which = np.zeros((2, len(lefts)), np.int64)
        starts = self.left.first_piece, self.right.first_piece
        counts = np.diff(starts[0])[lefts], np.diff(starts[1])[rights]
        combinations = counts[0] * counts[1]
        total = np.cumsum(combinations)
        first = 0
        while first < len(lefts):
            before = total[first] - combinations[first]
            last = max(first + 1, int(np.searchsorted(total, before + _PIECE_PAIRS_AT_ONCE, side="right")))
            block = np.arange(first, last)[combinations[first:last] > 0]
            first = last
            nth, owner = ranges(np.zeros_like(block), combinations[block])
            mine, its = np.divmod(nth, counts[1][block][owner])
            alike = cosines(
                self.left.pieces,
                self.right.pieces,
                starts[0][lefts[block]][owner] + mine,
                starts[1][rights[block]][owner] + its,
            )
            hits = Groups.of(owner).best(alike)
            best[block], which[0, block], which[1, block] = alike[hits], mine[hits], its[hits]
        return best, which[0], which[1]


def _pairs(forth: Ints, back: Ints, counts: tuple[int, int]) -> tuple[Ints, Ints]:
    """Pairs from the partners of each left and of each right passage, each once, in order."""
    keys = [
        np.repeat(np.arange(len(forth)), forth.shape[1]) * counts[1] + forth.ravel(),
        back.ravel() * counts[1] + np.repeat(np.arange(len(back)), back.shape[1]),
    ]
    lefts, rights = np.divmod(distinct(np.concatenate(keys)), max(1, counts[1]))
    return lefts, rights


def _joined(some: tuple[Ints, Ints], more: tuple[Ints, Ints], counts: tuple[int, int]) -> tuple[Ints, Ints]:
    keys = distinct(np.concatenate([lefts * counts[1] + rights for lefts, rights in (some, more)]))
    lefts, rights = np.divmod(keys, max(1, counts[1]))
    return lefts, rights


def _around(passages: Ints, values: Floats, count: int) -> Floats:
    """For each of `count` passages the mean of its ten highest values."""
    order, place = best_first(passages, falling(values))
    best = order[place < _NEIGHBOURS]
    found = np.bincount(passages[best], weights=values[best], minlength=count)
    number = np.bincount(passages[best], minlength=count)
    return (found / np.maximum(number, 1)).astype(np.float32)
