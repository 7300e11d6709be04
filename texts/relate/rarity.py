"""How much each word says: weights by rarity, and passages as rows of weighted words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texts.lexicon import BACKGROUND_PASSAGES, STOP_WORDS, background, rarity
from texts.relate.analysis import Analysis
from texts.relate.sparse import Floats, Ints, Rows, collect
from texts.relate.words import Capital, Vocabulary

_NAME_BOOST = 1.15
_NAME_SHARE = 0.6


def weigh_words(vocabulary: Vocabulary, analyses: Sequence[Analysis]) -> Floats:
    """The weight of each word of the vocabulary: its rarity in the texts and at large, more for names.

    Two articles are too small to know what is rare: ordinary English is mixed in (`texts.lexicon.rarity`). But it does
    not know what they are about: their great names are rare in it, run through both of them, and tell no passage from
    another. So rarity among their own passages has a say, and the greater one the smaller they are.
    """
    size = len(vocabulary)
    passages = sum(len(analysis) for analysis in analyses)
    holding = sum((_passages_with(analysis, size) for analysis in analyses), np.zeros(size, np.int64))
    at_large = background()
    mixed = np.array(
        [
            rarity(passages, held, at_large.share(root))
            for root, held in zip(vocabulary.roots(), holding.tolist(), strict=True)
        ]
    )
    mixed[_are_names(size, analyses)] *= _NAME_BOOST
    own = np.log((passages + 1) / (holding + 0.5)) + 1
    say = BACKGROUND_PASSAGES / (BACKGROUND_PASSAGES + passages)
    return (mixed ** (1 - say) * own**say).astype(np.float32)


def _passages_with(analysis: Analysis, size: int) -> Ints:
    """In how many passages each word occurs."""
    return np.bincount(np.unique(analysis.owners() * size + analysis.roots) % max(1, size), minlength=size)


def _are_names(size: int, analyses: Sequence[Analysis]) -> np.ndarray:
    """Which words are mostly written with a capital where only names have one."""
    inside, capital = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for analysis in analyses:
        tells = analysis.capitals != Capital.FIRST
        inside += np.bincount(analysis.roots[tells], minlength=size)
        capital += np.bincount(analysis.roots[analysis.capitals == Capital.INSIDE], minlength=size)
    return np.asarray((capital > 0) & (capital >= _NAME_SHARE * inside))


def are_stop_words(vocabulary: Vocabulary) -> np.ndarray:
    """Which words of the vocabulary carry order but no subject."""
    return np.array([root in STOP_WORDS for root in vocabulary.roots()], bool)


def weighted_rows(words: Ints, owners: Ints, count: int, weights: Floats) -> Rows:
    """Each passage (or stretch) as a row of length 1 over its words: (1 + ln of how often) × weight."""
    counted = collect(owners, words, np.ones(len(words)), count, len(weights))
    values = (1 + np.log(counted.values)) * weights[counted.columns]
    return Rows(counted.starts, counted.columns, values.astype(np.float32), counted.width).unit()
