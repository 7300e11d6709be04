"""Words of two languages that stand in passages which are surely counterparts: a lexicon learned from the texts.

A model of meaning knows hardly anything of ancient Greek, but once it has paired some verses, their words tell the
rest: λεγει stands where dicit stands. Moore (2002) and Varga et al. (2005, hunalign) align sentences a second time by
such a lexicon. Here a pair of words is worth its Dice coefficient, with a correction for rare words, and no pair of
passages is judged by what was learned from itself: its own words are taken out of the counts first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from texts.relate.sparse import Floats, Ints, ranges
from texts.tokens import WORD, is_unspaced
from texts.typography import fold_word

_BEGINNING = 5
"""Letters by which words are one: endings tell languages apart, not words, and texts are short."""
_MOST_WORDS = 80
"""Of a passage, the rarest ones: so many by so many are looked at for each pair."""
_CHANCE = 0.7
"""What is taken off how often two words meet."""
_LEAST_TIMES = 2
_LEAST_RARITY = 0.3
_FEWEST_PAIRS = 8


@dataclass(frozen=True)
class WordsOfPassages:
    """The different words of each passage of a text, by number, and how much each says."""

    starts: Ints
    """Where the words of each passage start, and the end of the last."""
    numbers: Ints
    rarity: Floats
    """By number: logarithm of how few passages have the word."""

    @classmethod
    def of(cls, passages: Sequence[str]) -> WordsOfPassages:
        """The words of passages, as they stand."""
        vocabulary: dict[str, int] = {}
        rows = [
            sorted({vocabulary.setdefault(word, len(vocabulary)) for word in _words(passage)})
            for passage in passages
        ]
        held = np.bincount(
            np.array([number for row in rows for number in row], np.int64), minlength=len(vocabulary)
        )
        rarity = (np.log(max(1, len(rows)) / np.maximum(held, 1)) + _LEAST_RARITY).astype(np.float32)
        rows = [sorted(row, key=lambda number: -rarity[number])[:_MOST_WORDS] for row in rows]
        starts = np.cumsum([0, *map(len, rows)])
        return cls(starts, np.array([number for row in rows for number in row], np.int64), rarity)

    def of_passage(self, index: int) -> Ints:
        """The words of one passage."""
        return self.numbers[self.starts[index] : self.starts[index + 1]]


def _words(passage: str) -> list[str]:
    """Beginnings of words; of scripts without blanks, characters and pairs of them."""
    found: list[str] = []
    for match in WORD.finditer(passage):
        word = fold_word(match[0])
        if is_unspaced(word[:1]):
            found += [word, *(word[k : k + 2] for k in range(len(word) - 1))] if len(word) > 1 else [word]
        else:
            found.append(word[:_BEGINNING])
    found += [a + b for a, b in pairwise(passage) if is_unspaced(a) and is_unspaced(b)]
    return found


class Cooccurrence:
    """Which words of the left text stand for which of the right one, by the pairs of passages given."""

    def __init__(self, left: WordsOfPassages, right: WordsOfPassages, lefts: Ints, rights: Ints) -> None:
        self._left, self._right = left, right
        self._width = len(right.rarity)
        self.is_empty = len(lefts) < _FEWEST_PAIRS
        self._learned = set(zip(lefts.tolist(), rights.tolist(), strict=True))
        self._in_left = _counts(left, lefts)
        self._in_right = _counts(right, rights)
        keys = [self._keys(i, j).ravel() for i, j in zip(lefts.tolist(), rights.tolist(), strict=True)]
        joined = np.concatenate(keys) if keys else np.zeros(0, np.int64)
        found, times = np.unique(joined, return_counts=True)
        kept = times >= _LEAST_TIMES
        self._met, self._times = found[kept], times[kept].astype(np.float32)
        self._row_starts = np.searchsorted(self._met, np.arange(len(left.rarity) + 1) * self._width)

    def _keys(self, i: int, j: int) -> Ints:
        keys: Ints = self._left.of_passage(i)[:, None] * self._width + self._right.of_passage(j)[None]
        return keys

    def score(self, lefts: Ints, rights: Ints) -> Floats:
        """How much of what the passages of each pair say, 0–1, the words of the other stand for; sorted by left."""
        scores = np.zeros(len(lefts), np.float32)
        if self.is_empty or not len(lefts):
            return scores
        table = np.zeros((_MOST_WORDS, self._width), np.float32)
        heads = np.flatnonzero(np.diff(lefts, prepend=-1))
        for first, last in zip(heads.tolist(), [*heads[1:].tolist(), len(lefts)], strict=True):
            i = int(lefts[first])
            words = self._left.of_passage(i)
            if not len(words):
                continue
            entries, row = ranges(self._row_starts[words], self._row_starts[words + 1])
            columns = self._met[entries] - words[row] * self._width
            table[row, columns] = self._times[entries]
            for place in range(first, last):
                j = int(rights[place])
                theirs = self._right.of_passage(j)
                if len(theirs):
                    own = 1.0 if (i, j) in self._learned else 0.0
                    scores[place] = self._worth(words, theirs, table[: len(words)][:, theirs] - own, own)
            table[row, columns] = 0
        return scores

    def _worth(self, words: Ints, theirs: Ints, times: Floats, own: float) -> float:
        """What each word's best partner is worth, the rarer words counting more; both ways, the mean."""
        often = self._in_left[words][:, None] + self._in_right[theirs][None] - 2 * own
        dice = np.where(times >= _LEAST_TIMES, 2 * (times - _CHANCE) / np.maximum(often, 1), 0)
        one, other = self._left.rarity[words], self._right.rarity[theirs]
        forth = float((dice.max(1) * one).sum() / one.sum())
        back = float((dice.max(0) * other).sum() / other.sum())
        return (forth + back) / 2


def _counts(words: WordsOfPassages, passages: Ints) -> Floats:
    """In how many of the passages each word occurs."""
    entries, _ = ranges(words.starts[passages], words.starts[passages + 1])
    return np.bincount(words.numbers[entries], minlength=len(words.rarity)).astype(np.float32)
