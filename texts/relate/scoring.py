"""How alike two passages are: words, phrases, sequence, the best sentence, copied runs; for millions of pairs at once.

`spans` says the same for a few, in loops, by the same `formula`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property, partial

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq

from texts.relate.candidates import candidates
from texts.relate.copied import CopiedRuns
from texts.relate.features import Features
from texts.relate.formula import PHRASES, combined
from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Groups, Ints, SparseRows, inner_products, ranges
from texts.relate.threads import in_threads

_PAIRS_AT_ONCE = 1 << 15
_SEGMENT_PAIRS_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class Scored:
    """Candidate pairs and how alike they are."""

    lefts: Ints
    """Index of the left passage, ascending."""
    rights: Ints
    """Index of the right passage, ascending within the same left one."""
    scores: Floats
    """How alike the two are, about 0–1."""
    left_segment: Ints
    """Which segment of the left passage is most like one of the right, from 0."""
    right_segment: Ints
    """Which segment of the right passage that is, from 0."""

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
        width = 1 + max(int(each.rights.max(initial=0)) for each in (self, other))
        place = np.searchsorted(self.lefts * width + self.rights, other.lefts * width + other.rights)
        return Scored(
            *(
                np.insert(getattr(self, field.name), place, getattr(other, field.name))
                for field in fields(Scored)
            )
        )


class Scorer:
    """Says how alike passages of two texts are."""

    def __init__(
        self,
        left: Features,
        right: Features,
        phrases: tuple[SparseRows, SparseRows],
        *,
        worth_of_phrases: float = PHRASES,
        copied: CopiedRuns | None = None,
    ) -> None:
        """`phrases` are the `phrase_rows` of both, `copied` the runs of words that they share."""
        self.left, self.right = left, right
        self._phrases = phrases
        self._worth_of_phrases = worth_of_phrases
        self.copied = copied or CopiedRuns.none()
        """The runs of words that the two texts share."""
        self.counts = len(left.analysis), len(right.analysis)
        """How many passages the left and the right text have."""

    def candidates(self, progress: Progress) -> tuple[Ints, Ints]:
        """The pairs worth a look, sorted by left, then right: those with rare words in common, or with a copied run."""
        return self.copied.joined_to(*candidates(self.left.words, self.right.words, progress))

    def score(self, pairs: tuple[Ints, Ints], progress: Progress) -> Scored:
        """How alike the two passages of each pair are; the pairs are sorted by left, then right."""
        lefts, rights = pairs

        def score(first: int) -> tuple[Floats, Ints, Ints]:
            block = slice(first, first + _PAIRS_AT_ONCE)
            return self._score_block(lefts[block], rights[block])

        blocks: list[tuple[Floats, Ints, Ints]] = []
        for block in in_threads(score, range(0, len(lefts), _PAIRS_AT_ONCE), len(lefts)):
            progress.update(len(blocks) * _PAIRS_AT_ONCE / len(lefts))
            blocks.append(block)
        if not blocks:
            none = np.zeros(0, np.int64)
            return Scored(lefts, rights, np.zeros(0, np.float32), none, none)
        return Scored(lefts, rights, *(np.concatenate(part) for part in zip(*blocks, strict=True)))

    def _score_block(self, lefts: Ints, rights: Ints) -> tuple[Floats, Ints, Ints]:
        left, right = self.left, self.right
        words = inner_products(left.words, right.words, lefts, rights)
        sentence, left_segment, right_segment = _best_segments(left, right, lefts, rights, words)
        compare = partial(process.cpdist, dtype=np.float32)
        overlap = compare(
            left.content[lefts].tolist(),
            right.content[rights].tolist(),
            scorer=Indel.normalized_similarity,
        )
        sequence = compare(
            left.sequence[lefts].tolist(),
            right.sequence[rights].tolist(),
            scorer=LCSseq.normalized_similarity,
        )
        total = combined(
            words=words,
            phrases=inner_products(*self._phrases, lefts, rights),
            overlap=overlap,
            sequence=sequence,
            sentence=sentence,
            worth_of_phrases=self._worth_of_phrases,
        )
        raised = self.copied.raise_scores(lefts, rights, total.astype(np.float32))
        return raised, left_segment, right_segment


def _best_segments(
    left: Features, right: Features, lefts: Ints, rights: Ints, words: Floats
) -> tuple[Floats, Ints, Ints]:
    """For each pair how alike the two segments are that are most alike, and which they are."""
    best = words.copy()
    which = np.zeros((2, len(lefts)), np.int64)
    left_first, right_first = left.analysis.first_segment, right.analysis.first_segment
    left_count, right_count = np.diff(left_first)[lefts], np.diff(right_first)[rights]
    combinations = left_count * right_count
    several = np.flatnonzero(combinations > 1)
    total = np.cumsum(combinations[several])
    first = 0
    while first < len(several):
        before = total[first] - combinations[several[first]]
        last = max(first + 1, int(np.searchsorted(total, before + _SEGMENT_PAIRS_AT_ONCE, side="right")))
        block = several[first:last]
        nth, owner = ranges(np.zeros_like(block), combinations[block])
        left_nth, right_nth = np.divmod(nth, right_count[block][owner])
        first = last
        one, other = left_first[lefts[block]][owner] + left_nth, right_first[rights[block]][owner] + right_nth
        order = np.argsort(one, kind="stable")
        products = np.empty(len(order), np.float32)
        products[order] = inner_products(left.segments, right.segments, one[order], other[order])
        heads = np.flatnonzero(nth == 0)
        best[block] = np.maximum.reduceat(products, heads)
        hits = np.flatnonzero(products == best[block][owner])
        hit = hits[np.flatnonzero(np.diff(owner[hits], prepend=-1))]
        which[:, block] = left_nth[hit], right_nth[hit]
    return best, which[0], which[1]
