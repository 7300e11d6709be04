"""Words of scripts without blanks, as two texts themselves show them: characters that keep company.

Two neighbours are one word where they stand together far more often than their frequencies would have it (normalized
pointwise mutual information: Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction, 2009). No
dictionary is needed, and traditional and simplified texts are cut alike. Doing it again finds longer words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from texts.compare.tokenized import Pairs, TokenizedText, TokenizedWord, joined
from texts.tokens import is_unspaced

Units: TypeAlias = Sequence[TokenizedWord]

_ROUNDS = 3
_LEAST = 0.6
"""Of normalized mutual information, 1 being two that never stand apart. In John of the Chinese Union Version, whose
words are parted by blanks, 95 of 100 pairs that were found so were a word or within one."""
_OFTEN = 3


def collocations(texts: Iterable[TokenizedText], stop_words: Collection[str]) -> tuple[Pairs, ...]:
    """The pairs that are one word in some texts, round by round; none where their scripts set blanks between words."""
    units: list[Units] = [text.words for text in texts]
    if not any(is_unspaced(word.folded[0]) for words in units for word in words[:200]):
        return ()
    found: list[Pairs] = []
    for _ in range(_ROUNDS):
        pairs = _keeping_company(units, stop_words)
        found.append(pairs)
        units = [tuple(joined(words, pairs)) for words in units]
    return tuple(found)


def _keeping_company(texts: Sequence[Units], stop_words: Collection[str]) -> Pairs:
    single: Counter[str] = Counter(word.folded for words in texts for word in words)
    together = Counter(pair for words in texts for pair in _neighbours(words, stop_words))
    total = single.total()
    return frozenset(
        pair
        for pair, times in together.items()
        if times >= _OFTEN and _information(times, single[pair[0]], single[pair[1]], total) >= _LEAST
    )


def _information(together: int, one: int, other: int, total: int) -> float:
    """Normalized pointwise mutual information of two words that stand so often together, and each at all; −1 to 1."""
    return math.log(together * total / (one * other)) / -math.log(together / total)


def _neighbours(words: Units, stop_words: Collection[str]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(words):
        if (
            other.gap == ""
            and one.passage == other.passage
            and is_unspaced(one.folded[0])
            and is_unspaced(other.folded[0])
            and one.folded not in stop_words
            and other.folded not in stop_words
        ):
            yield one.folded, other.folded
