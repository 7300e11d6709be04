"""How alike two passages are: words, phrases, sequence, and the best sentence inside, for millions of pairs at once.

`formula` says the same for a few, in loops; `tests/unit/test_relate_formula.py` holds the one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq

from texts.relate.analysis import Analysis
from texts.relate.formula import OVERLAP, PHRASES, SENTENCE, SEQUENCE, WHOLE
from texts.relate.phrases import phrase_rows
from texts.relate.rarity import weighted_rows
from texts.relate.records import Watch
from texts.relate.sparse import Floats, Groups, Ints, Rows, inner_products, ranges
from texts.relate.spelling import SoftLinks

_PAIRS_AT_ONCE = 1 << 16
_STRETCH_PAIRS_AT_ONCE = 1 << 18
_FIRST_LETTER, _SURROGATES = 0x100, (0xD800, 0xE000)
_LETTERS = 0x10FFFF - _FIRST_LETTER - (_SURROGATES[1] - _SURROGATES[0])


@dataclass(frozen=True)
class Side:
    """One text, in all the shapes in which it is compared."""

    analysis: Analysis
    words: Rows
    """Passages over weighted words; of the left text widened by its soft links."""
    stretches: Rows
    """Stretches over weighted words, likewise."""
    content: list[str]
    """Each passage as a string, a letter for a word, without stop words."""
    sequence: list[str]
    """The same with stop words."""

    @classmethod
    def of(
        cls, analysis: Analysis, weights: Floats, stop_words: np.ndarray, links: SoftLinks | None = None
    ) -> Side:
        """A text whose words weigh so much; the left one takes the soft links."""
        words = weighted_rows(analysis.roots, analysis.owners(), len(analysis), weights)
        count = len(analysis.stretches) - 1
        stretches = weighted_rows(analysis.roots, analysis.stretch_owners(), count, weights)
        if links is not None:
            words, stretches = links.widen(words), links.widen(stretches)
        kept = ~stop_words[analysis.roots]
        content_starts = np.concatenate([[0], np.cumsum(kept)])[analysis.passages]
        return cls(
            analysis,
            words,
            stretches,
            _as_letters(analysis.roots[kept], content_starts),
            _as_letters(analysis.roots, analysis.passages),
        )


def _as_letters(words: Ints, starts: Ints) -> list[str]:
    """Runs of words as strings in which each word is one letter, so that rapidfuzz compares words, not letters."""
    letters = words % _LETTERS + _FIRST_LETTER
    letters[letters >= _SURROGATES[0]] += _SURROGATES[1] - _SURROGATES[0]
    string = letters.astype("<u4").tobytes().decode("utf-32-le")
    bounds = starts.tolist()
    return [string[start:end] for start, end in pairwise(bounds)]


@dataclass(frozen=True)
class Scored:
    """Candidate pairs and how alike they are."""

    lefts: Ints
    """Index of the left passage, ascending."""
    rights: Ints
    """Index of the right passage, ascending within the same left one."""
    scores: Floats
    """How alike the two are, about 0–1."""
    left_stretch: Ints
    """Which stretch of the left passage is most like one of the right, from 0."""
    right_stretch: Ints
    """Which stretch of the right passage that is, from 0."""

    def __len__(self) -> int:
        return len(self.lefts)

    @cached_property
    def by_left(self) -> Groups:
        """The pairs by their left passage."""
        return Groups.of(self.lefts)

    @cached_property
    def by_right(self) -> Groups:
        """The pairs by their right passage."""
        return Groups.of(self.rights)

    def rescored(self, scores: Floats) -> Scored:
        """The same pairs with other scores."""
        other = replace(self, scores=scores)
        other.__dict__.update(by_left=self.by_left, by_right=self.by_right)
        return other

    def joined(self, other: Scored) -> Scored:
        """These pairs and others, none of which is in both, in order."""
        order = np.lexsort(
            (np.concatenate([self.rights, other.rights]), np.concatenate([self.lefts, other.lefts]))
        )
        return Scored(
            *(
                np.concatenate([getattr(self, field.name), getattr(other, field.name)])[order]
                for field in fields(Scored)
            )
        )


class Scorer:
    """Says how alike passages of two texts are."""

    def __init__(self, left: Side, right: Side, stop_words: np.ndarray) -> None:
        self.left, self.right = left, right
        self._phrases = phrase_rows(left.analysis, right.analysis, stop_words)
        self.counts = len(left.analysis), len(right.analysis)
        """How many passages the left and the right text have."""

    def score(self, pairs: tuple[Ints, Ints], watch: Watch) -> Scored:
        """How alike the two passages of each pair are; the pairs are sorted by left, then right."""
        lefts, rights = pairs
        blocks = []
        for first in range(0, len(lefts), _PAIRS_AT_ONCE):
            watch.at(first / len(lefts))
            block = slice(first, first + _PAIRS_AT_ONCE)
            blocks.append(_score_block(self.left, self.right, self._phrases, lefts[block], rights[block]))
        if not blocks:
            none = np.zeros(0, np.int64)
            return Scored(lefts, rights, np.zeros(0, np.float32), none, none)
        return Scored(lefts, rights, *(np.concatenate(part) for part in zip(*blocks, strict=True)))


def _score_block(
    left: Side, right: Side, phrases: tuple[Rows, Rows], lefts: Ints, rights: Ints
) -> tuple[Floats, Ints, Ints]:
    words = inner_products(left.words, right.words, lefts, rights)
    sentence, left_stretch, right_stretch = _best_stretches(left, right, lefts, rights, words)
    compare = partial(process.cpdist, dtype=np.float32, workers=-1)
    overlap = compare(
        [left.content[i] for i in lefts.tolist()],
        [right.content[j] for j in rights.tolist()],
        scorer=Indel.normalized_similarity,
    )
    sequence = compare(
        [left.sequence[i] for i in lefts.tolist()],
        [right.sequence[j] for j in rights.tolist()],
        scorer=LCSseq.normalized_similarity,
    )
    total = words + PHRASES * inner_products(*phrases, lefts, rights)
    total += OVERLAP * overlap + SEQUENCE * sequence + SENTENCE * sentence
    total /= WHOLE
    return total.astype(np.float32), left_stretch, right_stretch


def _best_stretches(
    left: Side, right: Side, lefts: Ints, rights: Ints, words: Floats
) -> tuple[Floats, Ints, Ints]:
    """For each pair how alike the two stretches are that are most alike, and which they are."""
    best = words.copy()
    which = np.zeros((2, len(lefts)), np.int64)
    left_first, right_first = left.analysis.first_stretch, right.analysis.first_stretch
    left_count, right_count = np.diff(left_first)[lefts], np.diff(right_first)[rights]
    combinations = left_count * right_count
    several = np.flatnonzero(combinations > 1)
    total = np.cumsum(combinations[several])
    first = 0
    while first < len(several):
        before = total[first] - combinations[several[first]]
        last = max(first + 1, int(np.searchsorted(total, before + _STRETCH_PAIRS_AT_ONCE, side="right")))
        block = several[first:last]
        nth, owner = ranges(np.zeros_like(block), combinations[block])
        left_nth, right_nth = np.divmod(nth, right_count[block][owner])
        first = last
        one, other = left_first[lefts[block]][owner] + left_nth, right_first[rights[block]][owner] + right_nth
        order = np.argsort(one, kind="stable")
        products = np.empty(len(order), np.float32)
        products[order] = inner_products(left.stretches, right.stretches, one[order], other[order])
        heads = np.flatnonzero(nth == 0)
        best[block] = np.maximum.reduceat(products, heads)
        hits = np.flatnonzero(products == best[block][owner])
        hit = hits[np.unique(owner[hits], return_index=True)[1]]
        which[:, block] = left_nth[hit], right_nth[hit]
    return best, which[0], which[1]
