"""How alike some passages are to one: the formula of `scoring`, written out for a question at the desk.

`scoring` holds millions of pairs against each other as columns of numbers. A question looks at some dozens of passages:
loops are as quick for so few, and the desk need not load numpy for them (10 MB). A test holds the one against the
other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from texts.relate.words import PassageWords

PHRASES, OVERLAP, SEQUENCE, SENTENCE = 0.3, 0.4, 0.3, 0.1
"""What each piece of evidence is worth beside the weighted words, which count 1."""
WHOLE = 1 + PHRASES + OVERLAP + SEQUENCE + SENTENCE

Row = Mapping[int, float]
"""Weighted words by their number, as a vector of length 1."""
_Phrase = tuple[int, int]


class Likeness(NamedTuple):
    """How alike a passage is to what was asked."""

    score: float
    """About 0–1."""
    stretch: int
    """Which stretch of the passage is most like one of those asked about, from 0."""


@dataclass(frozen=True)
class Lore:
    """What is known of the words of both texts, by their numbers."""

    weights: Sequence[float]
    """How much each says."""
    stop_words: Collection[int]
    """Those that carry order but no subject."""
    links: Mapping[int, Mapping[int, float]]
    """For words that are asked about, the words that count as they do, and what each is worth, 0–1."""


def likeness_of(asked: PassageWords, passages: Sequence[PassageWords], lore: Lore) -> list[Likeness]:
    """How alike each of the passages is to what is asked."""
    question = _Compared.of(asked, lore, widen=True)
    held: Counter[_Phrase] = Counter()
    for numbers in (asked.numbers, *(passage.numbers for passage in passages)):
        held.update(set(_phrases(numbers, lore.stop_words)))

    def rarity(phrase: _Phrase) -> float:
        return math.log((len(passages) + 2) / (held[phrase] + 1)) + 1

    return [_compare(question, _Compared.of(passage, lore), rarity) for passage in passages]


@dataclass(frozen=True)
class _Compared:
    """One passage, in all the shapes in which it is compared."""

    words: Row
    stretches: Sequence[Row]
    phrases: Counter[_Phrase]
    content: Sequence[int]
    """Without stop words."""
    sequence: Sequence[int]
    """With them."""

    @classmethod
    def of(cls, passage: PassageWords, lore: Lore, *, widen: bool = False) -> _Compared:
        """A passage; `widen` adds to its words those that count as they do."""
        numbers = passage.numbers
        bounds = [*(stretch.first for stretch in passage.stretches), len(numbers)]
        rows = [_row(part, lore.weights) for part in (numbers, *(numbers[a:b] for a, b in pairwise(bounds)))]
        whole, *stretches = [_widened(row, lore.links) for row in rows] if widen else rows
        content = [number for number in numbers if number not in lore.stop_words]
        return cls(whole, stretches, Counter(_phrases(numbers, lore.stop_words)), content, numbers)


def _compare(question: _Compared, answer: _Compared, rarity: Callable[[_Phrase], float]) -> Likeness:
    sentences = [_product(one, other) for one, other in product(question.stretches, answer.stretches)]
    total = _product(question.words, answer.words) + SENTENCE * max(sentences)
    total += PHRASES * _shared_phrases(question.phrases, answer.phrases, rarity)
    total += OVERLAP * Indel.normalized_similarity(question.content, answer.content)
    total += SEQUENCE * LCSseq.normalized_similarity(question.sequence, answer.sequence)
    return Likeness(total / WHOLE, sentences.index(max(sentences)) % len(answer.stretches))


def _row(numbers: Sequence[int], weights: Sequence[float]) -> Row:
    """Words as a row of length 1: (1 + ln of how often) × weight."""
    row = {number: (1 + math.log(times)) * weights[number] for number, times in Counter(numbers).items()}
    length = math.hypot(*row.values()) or 1.0
    return {number: value / length for number, value in row.items()}


def _widened(row: Row, links: Mapping[int, Mapping[int, float]]) -> Row:
    wide = dict(row)
    for number, value in row.items():
        for other, worth in links.get(number, {}).items():
            wide[other] = wide.get(other, 0.0) + value * worth
    return wide


def _product(one: Row, other: Row) -> float:
    return sum(value * other[number] for number, value in one.items() if number in other)


def _phrases(numbers: Sequence[int], stop_words: Collection[int]) -> Iterator[_Phrase]:
    """Pairs of words that stand together or one apart, with at most one stop word."""
    pairs = chain(pairwise(numbers), zip(numbers, numbers[2:], strict=False))
    return (pair for pair in pairs if not (pair[0] in stop_words and pair[1] in stop_words))


def _shared_phrases(
    one: Counter[_Phrase], other: Counter[_Phrase], rarity: Callable[[_Phrase], float]
) -> float:
    """The cosine of two passages over phrases."""
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    rows = [
        {phrase: (1 + math.log(times)) * rarity(phrase) for phrase, times in phrases.items()}
        for phrases in (one, other)
    ]
    lengths = math.prod(math.hypot(*row.values()) for row in rows)
    return sum(rows[0][phrase] * rows[1][phrase] for phrase in shared) / lengths
