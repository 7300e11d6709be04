"""The words of a text that a word of a query may stand for.

Not the text is scanned but its vocabulary: 20,000 words where the text has a million. How many edits are
allowed goes by the length of the word (optimal string alignment: a letter left out, put in or put wrong, two
neighbours swapped).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from texts.lexicon import root, stem

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.index import Index

SAME_STEM = 0.95
SAME_NAME = 0.9
COMPLETED = 0.9
WRONG_LETTER = 0.95

_MOST_VARIANTS = 40
_MOST_COMPLETIONS = 200

Variants = dict[int, float]
"""Numbers of words of a vocabulary, and how alike each is to the word of the query: 1 is the same."""


class Wanted(NamedTuple):
    """A word to find variants of."""

    word: str
    """Folded."""
    letters: int
    """The length that decides how many edits are allowed: the word's, or that of a compound's longest part."""
    is_prefix: bool = False
    """Whether words that only begin so are meant too."""
    is_settled: bool = False
    """Whether it is taken for a slip only where it is nowhere: what is still being typed, the, and, of."""


def most_edits(length: int) -> int:
    """How many edits a word of this length may have: none up to 2 letters, 1 up to 4, 2 up to 11, 3 above."""
    return 0 if length <= 2 else 1 if length <= 4 else 2 if length <= 11 else 3


def _edits_beside(length: int, best: int) -> int:
    """How many edits still count where the best variant has `best`: what is much worse is another word."""
    beside_the_same = 0 if length <= 4 else 1 if length <= 6 else 2
    return min(most_edits(length), max(best + (length > 4), beside_the_same))


def expand(wanted: Wanted, indexes: Sequence[Index], aliases: Aliases) -> list[Variants]:
    """For each index the words that the wanted one may stand for, the most alike first."""
    found: list[Variants] = [dict(_same(wanted.word, index, aliases)) for index in indexes]
    if wanted.is_prefix and len(wanted.word) > 1:
        for index, variants in zip(indexes, found, strict=True):
            for number, likeness in _completions(wanted.word, index):
                variants[number] = max(likeness, variants.get(number, 0))
    if most_edits(wanted.letters) and not (wanted.is_settled and any(found)):
        _add_misspelt(wanted, indexes, found)
    most = _MOST_COMPLETIONS if wanted.is_prefix else _MOST_VARIANTS
    return [_best(variants, index, most) for index, variants in zip(indexes, found, strict=True)]


def _same(word: str, index: Index, aliases: Aliases) -> Iterator[tuple[int, float]]:
    """Other names for the word, then words with the same stem, and at last the word itself."""
    for alias in aliases.of(root(word)):
        for number in index.starting_with(alias[:-1]):
            if root(index.word(number)) == alias:
                yield number, SAME_NAME
    wanted = stem(word)
    if len(wanted) > 2:
        # The last letter of a stem may differ from the word's (happy, happi); nothing before it does.
        for number in index.starting_with(wanted[:-1]):
            if stem(index.word(number)) == wanted:
                yield number, SAME_STEM
    if (same := index.find(word)) is not None:
        yield same, 1.0


def _completions(word: str, index: Index) -> Iterator[tuple[int, float]]:
    for number in index.starting_with(word):
        yield number, COMPLETED * math.sqrt(math.sqrt(len(word) / len(index.word(number))))


def _add_misspelt(wanted: Wanted, indexes: Sequence[Index], found: Sequence[Variants]) -> None:
    """Add the words within the edits that are allowed beside the best variant of all texts."""
    near = [list(_near(wanted, index)) for index in indexes]
    best = min((edits for one in near for _, _, edits in one), default=0)
    allowed = _edits_beside(wanted.letters, best)
    for variants, one in zip(found, near, strict=True):
        for number, other, edits in one:
            if 0 < edits <= allowed:
                likeness = _likeness(wanted.word, other, edits)
                variants[number] = max(likeness, variants.get(number, 0))


def _near(wanted: Wanted, index: Index) -> Iterator[tuple[int, str, int]]:
    """Numbers of words of a vocabulary, the words, and how many edits away they are."""
    word, most = wanted.word, most_edits(wanted.letters)
    for length in range(max(1, len(word) - most), len(word) + most + 1):
        if bucket := index.buckets.get(length):
            for other, edits, place in process.extract(
                word, bucket.words, scorer=OSA.distance, score_cutoff=most, limit=None
            ):
                yield bucket.first + place, other, int(edits)


def _likeness(word: str, other: str, edits: int) -> float:
    """How likely a word of the text is what the reader meant, as a likeness under 1.

    The noisy channel (Kernighan, Church and Gale 1990) in small: who leaves out a letter or swaps two has few
    ways to do so, who puts in a wrong one has many, so that a given wrong one is less to be expected. Words as
    likely as each other are equal, however common: else the more common one would hide the other.
    """
    shared = 1 - edits / max(len(word), len(other))
    likeness = shared * math.sqrt(shared)
    lost_or_swapped = len(other) > len(word) or sorted(word) == sorted(other)
    return likeness if edits > 1 or lost_or_swapped else likeness * WRONG_LETTER


def _best(variants: Variants, index: Index, most: int) -> Variants:
    """The most alike, of those the most used."""
    ranked = sorted(variants.items(), key=lambda item: (-item[1], -index.count(item[0]), item[0]))
    return dict(ranked[:most])
