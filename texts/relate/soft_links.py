"""Which words of one text are other spellings of words of the other, and what that is worth.

All words of the one text are held against all of the other by their letters alone, as tables that BLAS multiplies in a
nanosecond a pair: one in a hundred have letters enough in common to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler

from texts.lexicon import FINDS_VARIANTS, LEAST_SIMILAR, Aliases, may_vary
from texts.relate.formula import FULL, worth_of_spellings
from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Ints, SparseRows, collect, ranges
from texts.relate.threads import in_threads

_CELLS_AT_ONCE = 1 << 19
_ALL_AGAINST_ALL = 20_000_000
"""With more pairs of words than this, words that both texts use are taken to have no variants among themselves."""
_LETTERS = 32
"""Columns for letters: those of Latin, Greek and Cyrillic words have one each, others share them."""
_FACING = [*range(2 * _LETTERS), 2 * _LETTERS + 1, 2 * _LETTERS]
"""The columns of a row in the order in which it is held against another."""
_SLACK = 1e-3
"""The part of what is asked for that is let go, as products are rounded."""


@dataclass(frozen=True)
class SoftLinks:
    """Pairs of different words that count as one, by as much as they are close (SoftTFIDF)."""

    left: Ints
    """Vocabulary number of the word in the left text, ascending."""
    right: Ints
    """Vocabulary number of the word in the right text."""
    worth: Floats
    """What the pair is worth, 0–1, against the same word in both."""

    def widen(self, rows: SparseRows) -> SparseRows:
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
    roots: Sequence[str], in_left: np.ndarray, in_right: np.ndarray, aliases: Aliases, progress: Progress
) -> SoftLinks:
    """The soft links between the words of two texts; `in_left` and `in_right` say which words each text uses."""
    found = {(a, b): worth for a, b, worth in _spellings(roots, in_left, in_right, progress)}
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
    roots: Sequence[str], in_left: np.ndarray, in_right: np.ndarray, progress: Progress
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
    in_both = (in_left & in_right).tolist()
    for share, (rows, columns) in enumerate(jobs):
        within = progress.subrange(share / len(jobs), (share + 1) / len(jobs))
        for one, other in _look_alike(roots, rows, columns, within):
            both = in_both[one] and in_both[other]
            if worth := worth_of_spellings(roots[one], roots[other], both_used_by_both=both):
                yield one, other, worth


def _look_alike(
    roots: Sequence[str], rows: Ints, columns: Ints, progress: Progress
) -> Iterator[tuple[int, int]]:
    """The pairs of different roots of these that are alike in spelling (`texts.lexicon.spelling_similarity`)."""
    if not len(rows) or not len(columns):
        return
    spelt = np.array(roots, np.object_)
    left = _letter_rows(spelt[rows].tolist())
    right = np.ascontiguousarray(_letter_rows(spelt[columns].tolist())[:, _FACING].T)
    at_once = max(1, _CELLS_AT_ONCE // len(columns))

    def find(first: int) -> tuple[Ints, Ints]:
        ones, others = np.divmod(np.flatnonzero(left[first : first + at_once] @ right > 0), len(columns))
        ones, others = rows[ones + first], columns[others]
        differ = ones != others
        ones, others = ones[differ], others[differ]
        for scorer, least in (JaroWinkler, FINDS_VARIANTS), (Indel, LEAST_SIMILAR):
            alike = process.cpdist(
                spelt[ones].tolist(),
                spelt[others].tolist(),
                scorer=scorer.normalized_similarity,
                score_cutoff=least,
            )
            found = np.flatnonzero(alike)
            ones, others = ones[found], others[found]
        return ones, others

    for nth, (ones, others) in enumerate(
        in_threads(find, range(0, len(rows), at_once), len(rows) * len(columns))
    ):
        progress.update(nth * at_once / len(rows))
        yield from zip(ones.tolist(), others.tolist(), strict=True)


def _letter_rows(words: Sequence[str]) -> Floats:
    """Each word as a row: its product with one of `_FACING` is over 0 where two words have letters enough in common.

    A row has a 1 for each letter that is there, then the square roots of how often each is there again: the product of
    two is never less than the lesser of both. After these stands what a word asks for by its length, below 0, and a 1
    for what the other asks for.
    """
    lengths = np.array([len(word) for word in words])
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4") % _LETTERS
    places = np.repeat(np.arange(len(words)), lengths) * _LETTERS + letters
    held = np.bincount(places, minlength=len(words) * _LETTERS).reshape(len(words), _LETTERS)
    asked = (_SLACK - 1) * LEAST_SIMILAR / 2 * lengths
    again = np.sqrt(np.maximum(held - 1, 0))
    return np.column_stack([held > 0, again, asked, np.ones(len(words))]).astype(np.float32)
