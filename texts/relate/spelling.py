"""Soft links: which word of the left text is which of the right, though they are spelt differently.

As in SoftTFIDF (Cohen, Ravikumar and Fienberg 2003): words that are close count as shared, by as much as they are
close.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from texts.lexicon import FINDS_VARIANTS, Aliases, may_vary
from texts.relate.records import Watch
from texts.relate.sparse import Floats, Ints, Rows, collect, ranges
from texts.relate.variants import FULL, worth_of_spellings

_ROWS_AT_ONCE = 256
_ALL_AGAINST_ALL = 20_000_000
"""With more pairs of words than this, words that both texts use are taken to have no variants among themselves."""


@dataclass(frozen=True)
class SoftLinks:
    """Pairs of different words that count as one."""

    left: Ints
    """Vocabulary number of the word in the left text, ascending."""
    right: Ints
    """Vocabulary number of the word in the right text."""
    worth: Floats
    """What the pair is worth, 0–1, against the same word in both."""

    def widen(self, rows: Rows) -> Rows:
        """Rows of left words with what they are worth as right words added."""
        starts = np.searchsorted(self.left, rows.columns)
        ends = np.searchsorted(self.left, rows.columns, side="right")
        links, entry = ranges(starts, ends)
        owners = rows.owners()
        return collect(
            np.concatenate([owners, owners[entry]]),
            np.concatenate([rows.columns, self.right[links]]),
            np.concatenate([rows.values, rows.values[entry] * self.worth[links]]),
            len(rows),
            rows.width,
        )


def soft_links(
    roots: Sequence[str], in_left: np.ndarray, in_right: np.ndarray, aliases: Aliases, watch: Watch
) -> SoftLinks:
    """The soft links between the words of two texts; `in_left` and `in_right` say which words each text uses."""
    found = {(a, b): worth for a, b, worth in _spellings(roots, in_left, in_right, watch)}
    numbers = {root: number for number, root in enumerate(roots)}
    for number in np.flatnonzero(in_left).tolist():
        for alias in aliases.of(roots[number]):
            other = numbers.get(alias)
            if other is not None and in_right[other]:
                found[number, other] = FULL
    pairs = sorted(found)
    return SoftLinks(
        np.array([a for a, _ in pairs], np.int64),
        np.array([b for _, b in pairs], np.int64),
        np.array([found[pair] for pair in pairs], np.float32),
    )


def _spellings(
    roots: Sequence[str], in_left: np.ndarray, in_right: np.ndarray, watch: Watch
) -> Iterator[tuple[int, int, float]]:
    varies = np.array([may_vary(root) for root in roots], bool)
    left, right = np.flatnonzero(in_left & varies), np.flatnonzero(in_right & varies)
    if len(left) * len(right) <= _ALL_AGAINST_ALL:
        jobs = [(left, right)]
    else:
        jobs = [
            (np.flatnonzero(in_left & varies & ~in_right), right),
            (np.flatnonzero(in_left & varies & in_right), np.flatnonzero(in_right & varies & ~in_left)),
        ]
    in_both = in_left & in_right
    for share, (rows, columns) in enumerate(jobs):
        choices = [roots[number] for number in columns.tolist()]
        for first in range(0, len(rows) if len(columns) else 0, _ROWS_AT_ONCE):
            watch.at((share + first / len(rows)) / len(jobs))
            block = rows[first : first + _ROWS_AT_ONCE]
            alike = process.cdist(
                [roots[number] for number in block.tolist()],
                choices,
                scorer=JaroWinkler.normalized_similarity,
                score_cutoff=FINDS_VARIANTS,
                dtype=np.float32,
                workers=-1,
            )
            for a, b in zip(*np.nonzero(alike), strict=True):
                one, other = int(block[a]), int(columns[b])
                both = bool(in_both[one] and in_both[other])
                if one != other and (
                    worth := worth_of_spellings(roots[one], roots[other], both_used_by_both=both)
                ):
                    yield one, other, worth
