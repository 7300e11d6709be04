"""The words of a text that a word of a query may stand for.

Not the text is scanned but its vocabulary: 20,000 words where the text has a million. How many edits are
allowed goes by the length of the word: an edit is a letter left out, put in or put wrong, or two neighbours swapped
(Damerau 1964).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein

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
    in_phrase: bool = False
    """Whether its neighbours help to tell it: a short one may then be a slip of another, even where it is a word."""


def most_edits(length: int) -> int:
    """How many edits a word of this length may have: none up to 2 letters, 1 up to 4, 2 up to 11, 3 above."""
    return 0 if length <= 2 else 1 if length <= 4 else 2 if length <= 11 else 3


def _most_lost(length: int) -> int:
    """How many edits it may have where no letter typed is wrong, but some are lost or swapped: 2 from 4 letters on."""
    return max(most_edits(length), 2 * (length >= 4))


def _edits_beside(length: int, best: int) -> int:
    """How many edits still count where the best variant has `best`: what is much worse is another word."""
    beside_the_same = 0 if length <= 4 else 1 if length <= 6 else 2
    beside_another = best + 1 if length > 4 or (length == 4 and best) else best
    return min(_most_lost(length), max(beside_another, beside_the_same))


def expand(wanted: Wanted, indexes: Sequence[Index], aliases: Aliases) -> list[Variants]:
    """For each index the words that the wanted one may stand for, the most alike first."""
    found: list[Variants] = [dict(_same(wanted.word, index, aliases)) for index in indexes]
    if wanted.is_prefix and len(wanted.word) > 1:
        for index, variants in zip(indexes, found, strict=True):
            for number, likeness in _completions(wanted.word, index):
                variants[number] = max(likeness, variants.get(number, 0))
    is_open = wanted.in_phrase or not (wanted.is_settled and any(found))
    if is_open and most_edits(wanted.letters):
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
    allowed = max(_edits_beside(wanted.letters, best), wanted.in_phrase)
    for variants, one in zip(found, near, strict=True):
        for number, other, edits in one:
            if 0 < edits <= allowed:
                likeness = _likeness(wanted.word, other, edits)
                variants[number] = max(likeness, variants.get(number, 0))


def _near(wanted: Wanted, index: Index) -> Iterator[tuple[int, str, int]]:
    """Numbers of words of a vocabulary, the words, and how many edits away they are."""
    word, most, most_lost = wanted.word, most_edits(wanted.letters), _most_lost(wanted.letters)
    for length in range(max(1, len(word) - most), len(word) + most_lost + 1):
        if bucket := index.buckets.get(length):
            # Optimal string alignment is quick, but counts an edit more where a swap and a slip touch.
            for other, aligned, place in process.extract(
                word, bucket.words, scorer=OSA.distance, score_cutoff=most + 1, limit=None
            ):
                edits = int(aligned)
                if edits > most:
                    edits = DamerauLevenshtein.distance(word, other, score_cutoff=most_lost)
                if edits <= most or (edits <= most_lost and not _wrong_letters(word, other)):
                    yield bucket.first + place, other, edits


def _likeness(word: str, other: str, edits: int) -> float:
    """How likely a word of the text is what the reader meant, as a likeness under 1.

    The noisy channel (Kernighan, Church and Gale 1990) in small: who leaves out a letter or swaps two has few
    ways to do so, who puts in a wrong one has many, so that a given wrong one is less to be expected. Words as
    likely as each other are equal, however common: else the more common one would hide the other.
    """
    shared = 1 - edits / max(len(word), len(other))
    return shared * math.sqrt(shared) * WRONG_LETTER ** _wrong_letters(word, other)


def _wrong_letters(word: str, other: str) -> int:
    """How many letters of a word the other one does not have, wherever they stand."""
    for letter in other:
        word = word.replace(letter, "", 1)
    return len(word)


def _best(variants: Variants, index: Index, most: int) -> Variants:
    """The most alike, of those the most used."""
    ranked = sorted(variants.items(), key=lambda item: (-item[1], -index.count(item[0]), item[0]))
    return dict(ranked[:most])
