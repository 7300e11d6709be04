"""The formula by which two passages are alike: what each piece of evidence is worth, and their sum.

`scoring` holds millions of pairs against each other as columns of numbers, `spans` some dozens of passages against a
question, in loops that the desk can run without numpy (10 MB). Both say with this module what evidence is worth, and a
test holds the one against the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from texts.lexicon import are_two_words, letter_similarity
from texts.tokens import is_unspaced

if TYPE_CHECKING:
    import numpy.typing as npt

_Numbers = TypeVar("_Numbers", float, "npt.NDArray[Any]")

PHRASES, OVERLAP, SEQUENCE, SENTENCE = 0.3, 0.4, 0.3, 0.1
"""What each piece of evidence is worth beside the weighted words, which count 1."""
PHRASES_OF_CHARACTERS = 0.8
"""What phrases are worth where each word is one character: two together say what one word says elsewhere."""
NAME_OF_SEVERAL = -1 / 3
"""Power of the number of words of a name by which each of them weighs less: three words shared count as 1.4."""
SEED, GAP, MOST_PLACES = 3, 6, 64
"""How many words in a row have to be the same for a copied run to be looked for, how many may lie between two such
seeds, if they are as many in both texts, and at how many pairs of places a seed may stand: beyond, it is a turn of
phrase."""
CHANGED = 1.0
"""What a copied run loses by each word in it that differs."""
_COPY, _DOUBTFUL = 0.3, 10.0
"""How alike two passages are at least that share a run which is copied beyond doubt, and the surprise at which about
two in three are."""
_LIGHT = 0.8
"""What a word counts in a run that stands everywhere: here it stands in its place."""
FULL = 0.9
"""What two spellings of one word are worth at most, against the same word."""


def worth_of_phrases(roots: Sequence[str]) -> float:
    """What phrases are worth for texts with these words: more where most are characters of scripts without blanks."""
    characters = sum(len(root) == 1 and is_unspaced(root) for root in roots)
    return PHRASES_OF_CHARACTERS if 2 * characters > len(roots) else PHRASES


def combined(
    *,
    words: _Numbers,
    phrases: _Numbers,
    overlap: _Numbers,
    sequence: _Numbers,
    sentence: _Numbers,
    worth_of_phrases: float,
) -> _Numbers:
    """How alike two passages are, about 0–1, or many pairs of them: the weighted mean of the evidence, each 0–1.

    `words` and `phrases` are cosines of weighted words and phrases, `overlap` and `sequence` the shares of words in
    common, without stop words and with them in order, `sentence` the cosine of the two segments that are most alike.
    """
    total = words + worth_of_phrases * phrases
    total += OVERLAP * overlap + SEQUENCE * sequence + SENTENCE * sentence
    return total / (1 + worth_of_phrases + OVERLAP + SEQUENCE + SENTENCE)


def worth_in_run(rarity: _Numbers, is_stop_word: _Numbers, name: _Numbers) -> _Numbers:
    """What a word adds to the surprise of a copied run, or many of them.

    `rarity` is at least 1, `is_stop_word` 0 or 1, `name` the number of words of the name that it is part of, else 1.
    """
    over = (rarity - 1 - _LIGHT) * (rarity > 1 + _LIGHT) * (1 - is_stop_word)
    worth: _Numbers = (_LIGHT + over) / name
    return worth


def copied_surely(surprise: _Numbers) -> _Numbers:
    """How sure it is that a run of this surprise is copied, 0–1, or each of many."""
    sure: _Numbers = 1 - math.e ** (-surprise / _DOUBTFUL)
    return sure


def raised_by_copy(score: _Numbers, surprise: _Numbers) -> _Numbers:
    """How alike two passages are, or many pairs of them, that share a copied run of this surprise, at least 0."""
    return score + copied_surely(surprise) * (_COPY - score) * (score < _COPY)


@lru_cache(1 << 16)  # one text is related with many, and many share their words
def worth_of_spellings(left: str, right: str, *, both_used_by_both: bool) -> float:
    """What two different roots that look alike are worth against the same word, 0–1; 0 if they are two words."""
    similarity = letter_similarity(left, right)
    if not similarity or are_two_words(left, right, both_used_by_both=both_used_by_both):
        return 0.0
    return FULL * similarity**2
