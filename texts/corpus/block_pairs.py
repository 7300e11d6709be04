"""Candidates of a corpus block by block, by the kernel that finds them where all is in one memory.

A block is some thousand passages in a row. What is counted over the whole corpus, in how many passages a word or a
phrase is, is summed up from the blocks and given back to each; then any two blocks can be held against each other
alone: what a passage looks up, and what a word is worth, is as if all passages were there. Of what it finds in each
block, a passage keeps the best over all of them, and only those are compared word by word.

The candidates are those of `texts.corpus.shared_words` for the corpus in one piece, to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from texts.corpus.shared_words import (
    FEWEST_PHRASES,
    MOST_PHRASES,
    Bools,
    Candidates,
    Counts,
    Lookup,
    Occurrences,
    SharedWords,
    Small,
    Words,
    best_of,
    numbered,
    phrases_of,
    size_of,
)
from texts.relate.sparse import Floats, Ints

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number that spreads numbers over 64 bits (Knuth 1973, 6.4: the golden ratio)."""


class BlockWords(NamedTuple):
    """The words of the passages of a block."""

    words: Words
    place: int
    """That of its first passage in the corpus."""
    telling: Bools
    """Which passages are the first with their words; the others are as if they were not there."""
    answers: bool
    """Whether they can be found; not so in the first of two corpora."""

    @property
    def answering(self) -> Bools:
        """Which passages can be found."""
        return self.telling if self.answers else np.zeros(len(self.telling), bool)


class Whole(NamedTuple):
    """What is known of the whole corpus."""

    passages: int
    words_each: float
    """Different words of a passage, on average."""
    both: bool
    """Whether all passages ask and answer: one corpus with itself."""


class WordTally(NamedTuple):
    """Words or phrases with their counts, sorted by their numbers."""

    numbers: Ints
    held: Ints
    reach: Ints

    @classmethod
    def summed(cls, parts: Sequence[WordTally]) -> WordTally:
        """The counts of several blocks as one."""
        numbers, columns = np.unique(np.concatenate([part.numbers for part in parts]), return_inverse=True)
        sums = [
            np.bincount(columns, np.concatenate([part[k] for part in parts]), len(numbers)).astype(np.int64)
            for k in (1, 2)
        ]
        return cls(numbers, *sums)

    @classmethod
    def sorted(cls, shares: Sequence[WordTally]) -> WordTally:
        """Shares that have no number in common as one."""
        columns = [np.concatenate(column) for column in zip(*shares, strict=True)]
        order = np.argsort(columns[0])
        return cls(*(column[order] for column in columns))

    def only(self, kept: Bools) -> WordTally:
        """Some of them."""
        return WordTally(*(column[kept] for column in self))

    def parted(self, ranges_: int) -> list[WordTally]:
        """The same, parted by their numbers into so many shares of about the same size, for all blocks alike."""
        mixed = (self.numbers.astype(np.uint64) * _MIX) >> np.uint64(32)
        share = (mixed * np.uint64(ranges_)) >> np.uint64(32)
        return [self.only(share == k) for k in range(ranges_)]

    def counts(self, numbers: Ints, missing: tuple[int, int]) -> tuple[Ints, Counts]:
        """The places of numbers here, −1 where they are not, and their counts."""
        if not len(self.numbers):
            places = np.full(len(numbers), -1)
        else:
            near = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
            places = np.where(self.numbers[near] == numbers, near, -1)
        known = places >= 0
        held, reach = (np.full(len(numbers), each, np.int64) for each in missing)
        held[known], reach[known] = self.held[places[known]], self.reach[places[known]]
        return places, Counts(held, reach)


class WordBlock(NamedTuple):
    """A block ready to be held against others: arrays only, so that it can be sent."""

    place: Ints
    """That of its first passage: one number."""
    texts: Ints
    telling: Bools
    answering: Bools
    starts: Ints
    columns: Small
    """As in a `Lookup`: the different words of each passage, the rarest first."""
    numbers: Ints
    """What each column stands for in all blocks."""
    rarity: Floats
    reach: Ints
    phrase_starts: Ints
    phrase_columns: Small
    phrase_numbers: Ints
    phrase_rarity: Floats
    phrase_reach: Ints
    """The same of phrases."""
    sequence_starts: Ints
    sequence: Small
    norms: Floats
    chance: Floats
    lengths: Floats

    def to_find(self) -> WordBlock:
        """What is needed to find candidates."""
        return self._replace(
            sequence_starts=_NONE, sequence=_NONE, norms=_NO_WEIGHTS, chance=_NO_WEIGHTS, lengths=_NO_WEIGHTS
        )

    def to_compare(self) -> WordBlock:
        """What is needed to compare candidates."""
        return self._replace(
            reach=np.zeros(len(self.reach), np.int8),
            phrase_starts=np.zeros(len(self.texts) + 1, np.int8),
            phrase_columns=_NONE,
            phrase_numbers=_NONE,
            phrase_rarity=_NO_WEIGHTS,
            phrase_reach=_NONE,
        )


_NONE = np.zeros(0, np.int64)
_NO_WEIGHTS = np.zeros(0, np.float32)


class _FromWhole:
    """Counts by those of the whole corpus."""

    def __init__(self, vocabulary: WordTally, phrases: WordTally, both: bool) -> None:
        self._vocabulary = vocabulary
        self._phrases = phrases
        self._alone = 1, int(both)
        self.word_numbers = self.phrase_numbers = np.zeros(0, np.int64)

    def words(self, found: Occurrences) -> Counts:
        self.word_numbers = found.numbers
        return self._vocabulary.counts(found.numbers, self._alone)[1]

    def phrases(self, found: Occurrences, words: Ints) -> Counts:
        self.phrase_numbers = _phrase_numbers(found.numbers, words, self._vocabulary)
        return self._phrases.counts(self.phrase_numbers, self._alone)[1]


def _phrase_numbers(phrases: Ints, words: Ints, vocabulary: WordTally) -> Ints:
    """What phrases of a block go by in all blocks; −1 where one of the words is in one passage only."""
    columns, _ = vocabulary.counts(words, (0, 0))
    first, second = (columns[each] for each in np.divmod(phrases, max(1, len(words))))
    return np.where((first >= 0) & (second >= 0), first * len(vocabulary.numbers) + second, -1)


def count_words(block: BlockWords) -> tuple[WordTally, int]:
    """In how many passages of a block each word is; and how many different words the passages have, all added up."""
    numbers, sequence, whose = numbered(block.words)
    found = Occurrences.of(numbers, whose, sequence)
    tally = WordTally(numbers, *found.counts(block.telling, block.answering))
    return tally.only(tally.held > 0), len(found.columns)


def count_phrases(block: BlockWords, vocabulary: WordTally) -> WordTally:
    """In how many passages of a block each phrase is, of words that more than one passage has."""
    numbers, sequence, whose = numbered(block.words)
    found = phrases_of(len(numbers), whose, sequence)
    keys = _phrase_numbers(found.numbers, numbers, vocabulary)
    tally = WordTally(keys, *found.counts(block.telling, block.answering))
    return tally.only((keys >= 0) & (tally.held > 0))


def prepared(block: BlockWords, vocabulary: WordTally, phrases: WordTally, whole: Whole) -> WordBlock:
    """A block with the weights of its words, by the counts of the whole corpus.

    `vocabulary` has all words that two passages tell or more, `phrases` those of this block that are looked up.
    """
    counting = _FromWhole(vocabulary, phrases, whole.both)
    shared = SharedWords.counted(
        block.words,
        counting,
        np.zeros(len(block.telling), bool),
        passages=whole.passages,
        words_each=whole.words_each,
    )
    held = phrases.counts(counting.phrase_numbers, (1, 0))[1].held
    kept = (held >= FEWEST_PHRASES) & (held <= MOST_PHRASES)
    words, found = shared.words, shared.phrases
    return WordBlock(
        np.array([block.place]),
        block.words.texts,
        block.telling,
        block.answering,
        *(words.starts, words.columns, counting.word_numbers, words.rarity, words.reach),
        *(found.starts, found.columns, counting.phrase_numbers[kept], found.rarity, found.reach),
        *(shared.sequence_starts, shared.sequence, shared.norms, shared.chance, shared.lengths),
    )


def found_between(one: WordBlock, other: WordBlock | None, whole: Whole) -> list[Candidates]:
    """What passages of two blocks, or of one among itself, find in each other, by words and by phrases.

    Places are those in the corpus, those who ask are left; `shared` is what partners are ranked by. Of each passage
    these are the best in these blocks; the best of all are told by `best_partners`.
    """
    blocks = [one] if other is None else [one, other]
    shared, answering = _joined(blocks, whole), [block.answering for block in blocks]
    asking, places = np.concatenate([block.telling for block in blocks]), _places(blocks)
    first, count = len(one.texts), len(asking)
    # Each asks the other block; what it finds in its own is found where that is held against itself.
    ways = [(0, count, np.concatenate(answering))]
    if other is not None:
        none = [np.zeros(len(block.texts), bool) for block in blocks]
        ways = [(0, first, np.concatenate([none[0], answering[1]]))]
        if whole.both:
            ways.append((first, count, np.concatenate([answering[0], none[1]])))
    found = []
    for lookup in (shared.words, shared.phrases):
        parts = [
            part
            for begin, end, those in ways
            for part in shared.partners(_answered(lookup, those), begin, end, asking)
        ]
        both = Candidates.joined(parts)
        found.append(both._replace(lefts=places[both.lefts], rights=places[both.rights]))
    return found


def best_partners(parts: Sequence[Candidates]) -> Candidates:
    """Of what passages find in several blocks, by words or by phrases, the best of each."""
    found = Candidates.joined(parts)  # sorted: of equals, the first are taken
    return found.only(best_of(found.lefts, found.shared.astype(np.float64)))


def compared(
    one: WordBlock, other: WordBlock | None, pairs: Sequence[Candidates], whole: Whole
) -> Candidates:
    """Which of these pairs of passages of two blocks, or of one, are candidates."""
    blocks = [one] if other is None else [one, other]
    places = _places(blocks)
    parts = [
        part._replace(lefts=np.searchsorted(places, part.lefts), rights=np.searchsorted(places, part.rights))
        for part in pairs
    ]
    found = _joined(blocks, whole).checked(Candidates.joined(parts))
    return found._replace(lefts=places[found.lefts], rights=places[found.rights])


def _places(blocks: Sequence[WordBlock]) -> Ints:
    return np.concatenate([block.place[0] + np.arange(len(block.texts)) for block in blocks])


def _joined(blocks: Sequence[WordBlock], whole: Whole) -> SharedWords:
    """The words of blocks as those of one corpus, in which nothing can be found yet."""
    words = _one_lookup([(b.starts, b.columns, b.numbers, b.rarity, b.reach) for b in blocks])
    phrases = _one_lookup(
        [
            (b.phrase_starts, b.phrase_columns, b.phrase_numbers, b.phrase_rarity, b.phrase_reach)
            for b in blocks
        ]
    )
    columns = np.unique(np.concatenate([block.numbers for block in blocks]))
    sequence = [np.searchsorted(columns, b.numbers)[b.sequence].astype(np.int32) for b in blocks]
    texts = np.concatenate([block.texts for block in blocks])
    return SharedWords(
        words,
        phrases,
        np.concatenate(sequence),
        _one_after_the_other([block.sequence_starts for block in blocks]),
        texts,
        len(texts),
        np.concatenate([block.norms for block in blocks]),
        np.concatenate([block.chance for block in blocks], axis=-1),
        np.concatenate([block.lengths for block in blocks]),
        size_of(whole.passages),
    )


def _one_lookup(parts: Sequence[tuple[Ints, Small, Ints, Floats, Ints]]) -> Lookup:
    """Words of several blocks, numbered anew, their order kept."""
    numbers = np.unique(np.concatenate([part[2] for part in parts]))
    rarity, reach = np.zeros(len(numbers), np.float32), np.zeros(len(numbers), np.int64)
    columns = []
    for _, each, its_numbers, its_rarity, its_reach in parts:
        place = np.searchsorted(numbers, its_numbers)
        rarity[place], reach[place] = its_rarity, its_reach
        columns.append(place[each].astype(np.int32))
    starts = _one_after_the_other([part[0] for part in parts])
    none = np.zeros(len(numbers) + 1, np.int64)
    return Lookup(starts, np.concatenate(columns), rarity, none, np.zeros(0, np.int32), reach)


def _answered(lookup: Lookup, answering: Bools) -> Lookup:
    """The same, with the passages that can be found."""
    owners = np.repeat(np.arange(len(answering)), np.diff(lookup.starts))
    kept = answering[owners]
    columns = lookup.columns[kept]
    by_word = np.argsort(columns, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(columns, minlength=len(lookup.rarity)))])
    return replace(lookup, posting_starts=starts, postings=owners[kept][by_word].astype(np.int32))


def _one_after_the_other(starts: Sequence[Ints]) -> Ints:
    """The starts of several columns as those of all, one after the other."""
    lengths = np.concatenate([np.diff(each.astype(np.int64)) for each in starts])
    return np.concatenate([[0], np.cumsum(lengths)])
