"""Which passages of thousands of texts may say the same: those that share words that so many have not.

Every passage looks its words up, and each two that follow each other, the rarest first, until it has read `POSTINGS`
entries, so that the cost follows the corpus and never its square. Words of more than one passage in fifty are not
looked up; they count once two passages are held against each other.

What is added up is how rare the shared words are: the logarithm of one in how many passages has each. How much two
passages share beyond chance is how rare a passage would be that shares so much with either, were its words drawn at
random, against the number of passages (Chernoff 1952: the bound on a sum of independent variables, at a few exponents).
Words that follow each other in both, or with one word between them, add to that: a line that is quoted inside a long
passage has few words of all that stand there, but has them in a row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from texts.relate.sparse import Floats, Ints, falling, ranges, stable_order
from texts.relate.sparse import numbered as places_among

if TYPE_CHECKING:
    import numpy.typing as npt

POSTINGS = 1_500
"""Entries that a passage reads at most, but for those of its rarest word."""
MOST_SHARE = 0.02
"""Words in a larger share of the passages are not looked up."""
BEST = 12
"""Candidates that a passage keeps."""
BEYOND_CHANCE = 6.0
"""What two passages have to share beyond chance: so much is once in four hundred times the corpus, or more seldom."""
FEWEST_WORDS = 4
"""Passages with fewer different words are not looked for: headings, names."""
_SMALL = 10_000
"""Passages that a corpus is taken to have at least: a word that two of forty have may be rare all the same."""
_FORMULA = 0.5
_TELLING = 100
"""Words in more than such a share of so many passages or more are a formula: to share them says nothing."""
_ENTRIES_AT_ONCE = 1 << 17
_PAIRS_AT_ONCE = 1 << 10
_PHRASE = 3.0
"""What two shared words add that stand together in both, but for the first two: the logarithm of half the words that
stand in a passage, where the one might as well have stood apart from the other."""
_LEAST_BEYOND = -12.0
"""What is less than this beyond chance by its words is not looked at for phrases."""
FEWEST_PHRASES, MOST_PHRASES = 2, 100
"""Passages that have a phrase which is looked up, at least and at most."""
_EXPONENTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_MOST_LIKELY = 0.5
"""How likely any word is taken to be in a passage at most."""
_LOOKED_UP = 2 / 3
"""The part of what has to be shared that the words have to show that are looked up."""
_LEVELS = 255
_WEIGHT_BITS = 8
_SIGN = np.uint64(1 << 63)
"""Turned about, signed numbers are sorted as those without a sign are."""

Small: TypeAlias = "npt.NDArray[Any]"
"""Numbers of 32 bits: half the memory."""
Bools: TypeAlias = "npt.NDArray[np.bool_]"
Doubles: TypeAlias = "npt.NDArray[np.float64]"


class Words(NamedTuple):
    """The words of the passages of some texts."""

    numbers: Ints
    """The number of each word (`texts.corpus.content_words`), passage after passage."""
    starts: Ints
    """Where each passage starts in them, and their number at the end."""
    texts: Ints
    """The text of each passage, or the series; those of one are no pair."""


class Candidates(NamedTuple):
    """Pairs of passages, by their places in the corpus."""

    lefts: Ints
    rights: Ints
    shared: Floats
    """How rare what they share is."""
    beyond: Floats
    """How far that is beyond chance: the logarithm of how many corpora would have it once."""
    cosine: Floats
    """How alike they are, 0–1, by the rarity of their words."""

    @classmethod
    def joined(cls, parts: Sequence[Candidates]) -> Candidates:
        """Those of several blocks, in order of their places, each pair once."""
        if not parts:
            none = np.zeros(0, np.int64)
            return cls(none, none, *np.zeros((3, 0), np.float32))
        columns: list[Small] = [np.concatenate(column) for column in zip(*parts, strict=True)]
        whole = cls(*columns)
        order = np.lexsort((whole.rights, whole.lefts))
        lefts, rights = whole.lefts[order], whole.rights[order]
        first = np.ones(len(order), bool)
        first[1:] = (lefts[1:] != lefts[:-1]) | (rights[1:] != rights[:-1])
        return whole.only(order[first])

    def in_order(self) -> Candidates:
        """The same, the left place never above the right one."""
        lefts, rights = np.minimum(self.lefts, self.rights), np.maximum(self.lefts, self.rights)
        return self._replace(lefts=lefts, rights=rights)

    def only(self, kept: Ints | Bools) -> Candidates:
        """Some of them."""
        columns: list[Small] = [column[kept] for column in self]
        return Candidates(*columns)


class Counts(NamedTuple):
    """In how many passages words are, each once, in their order."""

    held: Ints
    """Of all that tell."""
    reach: Ints
    """Of those that can be found."""


class Occurrences(NamedTuple):
    """Which passages have which words, or phrases."""

    numbers: Ints
    """The different ones, sorted; their columns are their places here."""
    owners: Ints
    """A passage for each word that it has, once; ascending."""
    columns: Ints
    """The word; ascending for each passage."""

    @classmethod
    def of(cls, numbers: Ints, owners: Ints, columns: Small) -> Occurrences:
        """What the owners have, each as often as it stands there."""
        width = max(1, len(numbers))
        return cls(numbers, *np.divmod(_distinct(owners * width + columns), width))

    def counts(self, telling: Bools, answering: Bools) -> Counts:
        """In how many passages each is that tell, and that can be found."""
        return Counts(*(self._held_by(those) for those in (telling, answering)))

    def _held_by(self, those: Bools) -> Ints:
        return np.bincount(self.columns[those[self.owners]], minlength=len(self.numbers))


class Counting(Protocol):
    """Says in how many passages of the whole corpus words and phrases are."""

    def words(self, found: Occurrences) -> Counts:
        """For each of these words."""

    def phrases(self, found: Occurrences, words: Ints) -> Counts:
        """For each phrase; its number is the column of its first of the `words` times how many there are, and the
        column of its second."""


class _AllAtHand(NamedTuple):
    """Counts where all passages are at hand."""

    telling: Bools
    answering: Bools

    def words(self, found: Occurrences) -> Counts:
        return found.counts(self.telling, self.answering)

    def phrases(self, found: Occurrences, words: Ints) -> Counts:
        return found.counts(self.telling, self.answering)


@dataclass(frozen=True)
class Lookup:
    """Words, or phrases, by the passages that have them, and the other way round."""

    starts: Ints
    """Where each passage starts in the columns."""
    columns: Small
    """The different words of each passage, the rarest first."""
    rarity: Floats
    """How rare each word is: the logarithm of one in how many passages has it."""
    posting_starts: Ints
    """Where each word starts in the postings."""
    postings: Small
    """The passages that have each word, of those that can be found."""
    reach: Ints
    """How many passages that can be found have each word: as many as postings, or more where not all are at hand."""

    @classmethod
    def of(cls, owners: Ints, columns: Ints, rarity: Floats, answering: Bools, reach: Ints) -> Lookup:
        """The words `columns` of the passages `owners`, each once for a passage; `answering` ones can be found."""
        rarest, ranks = falling(rarity), np.empty(len(rarity), np.int64)
        ranks[rarest] = np.arange(len(rarity))
        keys = owners * max(1, len(rarity)) + ranks[columns]
        keys.sort()
        columns = rarest[keys % max(1, len(rarity))]
        starts = _starts(owners, len(answering))
        kept = answering[owners]
        by_word = stable_order(columns[kept])
        posting_starts = _starts(columns[kept], len(rarity))
        return cls(
            starts,
            columns.astype(np.int32),
            rarity,
            posting_starts,
            owners[kept][by_word].astype(np.int32),
            reach,
        )

    def steps(self, first: int, last: int, asking: Bools) -> Iterator[tuple[Ints, Ints]]:
        """Who asks of the passages from first to last, and the places of what it looks up, in steps.

        A step has so many that it fits the memory, and all of a passage.
        """
        begin, end = int(self.starts[first]), int(self.starts[last])
        lengths = np.diff(self.starts[first : last + 1])
        owners = np.repeat(np.arange(first, last), lengths)
        reach = self.reach[self.columns[begin:end]]
        total, heads = np.cumsum(reach), self.starts[first:last][lengths > 0] - begin
        before = np.repeat(total[heads] - reach[heads], lengths[lengths > 0])
        kept = (reach > 0) & (self.rarity[self.columns[begin:end]] >= -math.log(MOST_SHARE))
        kept &= (total - before <= POSTINGS) | (total - before == reach)
        kept &= asking[owners]
        places, owners = np.flatnonzero(kept) + begin, owners[kept]
        ends = np.cumsum(np.diff(self.posting_starts)[self.columns[places]])
        start = 0
        while start < len(places):
            done = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + _ENTRIES_AT_ONCE, side="right")))
            if stop < len(places):  # a passage is not parted
                head = int(np.searchsorted(owners, owners[stop - 1]))
                stop = head if head > start else int(np.searchsorted(owners, owners[stop - 1], side="right"))
            yield owners[start:stop], places[start:stop]
            start = stop


@dataclass(frozen=True)
class SharedWords:
    """The words of a corpus, or of two, ready to be looked up."""

    words: Lookup
    phrases: Lookup
    """Words that follow each other, where a few passages have them."""
    sequence: Small
    """The words of each passage in their order."""
    sequence_starts: Ints
    """Where each passage starts in that."""
    texts: Ints
    """The text of each passage."""
    asks: int
    """How many passages ask, from the first on; the others only answer."""
    norms: Floats
    """The length of each passage as a vector of rarities."""
    chance: Floats
    """What is expected of each passage by chance: a row for each of `_EXPONENTS`."""
    lengths: Floats
    """How long each passage is, against all others on average; 1 for the shorter ones."""
    size: float
    """The logarithm of the number of passages."""

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def of(cls, words: Words, *, asks: int | None = None, answers: Bools | None = None) -> SharedWords:
        """The words of a corpus; with `asks` so many passages ask the others, without all ask all.

        `answers` says which passages may be found; the others are as if they were not there.
        """
        count = len(words.starts) - 1
        telling = np.ones(count, bool) if answers is None else answers
        answering = telling.copy()
        answering[: 0 if asks is None else asks] = False
        return cls.counted(words, _AllAtHand(telling, answering), answering, passages=count, asks=asks)

    @classmethod
    def counted(
        cls,
        words: Words,
        counting: Counting,
        answering: Bools,
        *,
        passages: int,
        words_each: float | None = None,
        asks: int | None = None,
    ) -> SharedWords:
        """The same of some passages of a corpus, by what is known of the whole one.

        That has so many `passages`, of so many different words each on average (None: as these here); `counting` says
        in how many of them a word is.
        """
        count = len(words.starts) - 1
        numbers, sequence, whose = numbered(words)
        found = Occurrences.of(numbers, whose, sequence)
        owners, columns = found.owners, found.columns
        counts = counting.words(found)
        size, at_large = max(passages, _SMALL), _at_large(np.maximum(counts.held, 1), passages)
        rarity = np.log((size + 1) / (at_large + 0.5)).astype(np.float32)
        values, lengths = rarity[columns].astype(np.float64), np.bincount(owners, minlength=count)
        chance = [np.bincount(owners, each[columns], count) for each in _expected(at_large, size)]
        usual = len(columns) / max(1, count) if words_each is None else words_each
        return cls(
            Lookup.of(owners, columns, rarity, answering, counts.reach),
            _phrases(phrases_of(len(numbers), whose, sequence), numbers, counting, answering, size),
            sequence,
            words.starts,
            words.texts,
            count if asks is None else asks,
            np.sqrt(np.bincount(owners, values**2, count)).astype(np.float32),
            np.stack(chance).astype(np.float32),
            np.maximum(1, lengths / max(1.0, usual)).astype(np.float32),
            size_of(passages),
        )

    def candidates(self, first: int, last: int, asking: Bools | None = None) -> Candidates:
        """What the passages from first to last may have in common with others; `asking` says which of them ask.

        The left place is never above the right one where all ask all.
        """
        asks = np.ones(len(self), bool) if asking is None else asking
        parts = [
            found
            for lookup in (self.words, self.phrases)
            for found in self.partners(lookup, first, last, asks)
        ]
        if self.asks == len(self):
            parts = [found.in_order() for found in parts]
        return self.checked(Candidates.joined(parts))

    def partners(self, lookup: Lookup, first: int, last: int, asking: Bools) -> Iterator[Candidates]:
        """The best partners, on the right, of the passages from first to last that ask, by what they look up."""
        asks = asking & (np.diff(self.words.starts) >= FEWEST_WORDS)
        for passages, places in lookup.steps(first, last, asks):
            yield self._found(lookup, passages, places)

    def _found(self, lookup: Lookup, owners: Ints, places: Ints) -> Candidates:
        """The best partners of some passages by what they look up."""
        columns = lookup.columns[places]
        entries, which = ranges(lookup.posting_starts[columns], lookup.posting_starts[columns + 1])
        partners = lookup.postings[entries].astype(np.int64)
        asking = owners[which]
        weights = np.minimum(lookup.rarity[columns] * 16, _LEVELS).astype(np.int64)[which]
        apart = self.texts[partners] != self.texts[asking]
        count = len(self)
        packed = ((asking * count + partners) << _WEIGHT_BITS | weights)[apart]
        packed.sort()
        keys = packed >> _WEIGHT_BITS
        heads = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(heads):
            return Candidates.joined([])
        sums = np.add.reduceat(packed & _LEVELS, heads) / 16
        likely = sums >= (self.size + BEYOND_CHANCE) * _LOOKED_UP
        keys, sums = keys[heads][likely], sums[likely]
        lefts, rights = np.divmod(keys, count)
        best = best_of(lefts, sums)
        lefts, rights, sums = lefts[best], rights[best], sums[best]
        none = np.zeros(len(lefts), np.float32)
        return Candidates(lefts, rights, sums.astype(np.float32), none, none)

    def checked(self, found: Candidates) -> Candidates:
        """The pairs that share enough by all of their words."""
        parts = [
            self._compared(found.lefts[k : k + _PAIRS_AT_ONCE], found.rights[k : k + _PAIRS_AT_ONCE])
            for k in range(0, len(found.lefts), _PAIRS_AT_ONCE)
        ]
        whole = Candidates.joined(parts)
        return whole.only(whole.beyond >= BEYOND_CHANCE)

    def _compared(self, lefts: Ints, rights: Ints) -> Candidates:
        """The pairs with what they share, and how alike they are."""
        sides = []
        for passages in (lefts, rights):
            entries, pair = ranges(self.words.starts[passages], self.words.starts[passages + 1])
            sides.append(pair * len(self.words.rarity) + self.words.columns[entries])
        keys = np.concatenate(sides)
        keys.sort()
        twice = keys[1:][keys[1:] == keys[:-1]]
        pairs, columns = np.divmod(twice, len(self.words.rarity))
        values = self.words.rarity[columns].astype(np.float64)
        shared = np.bincount(pairs, values, len(lefts))
        product = np.bincount(pairs, values**2, len(lefts))
        cosine = product / np.maximum(self.norms[lefts] * self.norms[rights], 1e-9)
        beyond = self._beyond(lefts, rights, np.asarray(shared))
        near = np.flatnonzero((beyond < BEYOND_CHANCE) & (beyond >= _LEAST_BEYOND))
        beyond[near] += _PHRASE * np.maximum(0, self._phrases(lefts[near], rights[near]) - 1)
        return Candidates(lefts, rights, *(each.astype(np.float32) for each in (shared, beyond, cosine)))

    def _phrases(self, lefts: Ints, rights: Ints) -> Ints:
        """How many pairs of words the two passages share that stand together in both, or with one between them.

        Those of a formula, which most passages have, do not count.
        """
        width, sides = len(self.words.rarity), []
        tells = self.words.rarity >= -math.log(_FORMULA)
        for passages in (lefts, rights):
            entries, pair = ranges(self.sequence_starts[passages], self.sequence_starts[passages + 1])
            words = self.sequence[entries].astype(np.int64)
            keys = [
                ((pair[:-step] * width + words[:-step]) * width + words[step:])[
                    (pair[:-step] == pair[step:]) & (tells[words[:-step]] | tells[words[step:]])
                ]
                for step in (1, 2)
            ]
            sides.append(_distinct(np.concatenate(keys)))
        both = np.concatenate(sides)
        both.sort()
        twice = both[1:][both[1:] == both[:-1]]
        return np.bincount(twice // (width * width), minlength=len(lefts))

    def _beyond(self, lefts: Ints, rights: Ints, shared: Small) -> Doubles:
        """How far beyond chance it is that two passages share so much: for whom it is less of a surprise."""
        least = np.full(len(lefts), np.inf)
        for asked, other in ((lefts, rights), (rights, lefts)):
            most = np.full(len(lefts), -np.inf)
            for exponent, expected in zip(_EXPONENTS, self.chance, strict=True):
                np.maximum(most, exponent * shared - self.lengths[other] * expected[asked], out=most)
            np.minimum(least, most, out=least)
        return least - self.size


def size_of(passages: int) -> float:
    """The logarithm of how many passages a corpus is taken to have."""
    return math.log(max(passages, _SMALL))


def _at_large(held: Ints, count: int) -> Doubles:
    """In how many passages each word would be, were there `_SMALL` at least.

    Of a word that two passages share, these two tell nothing of how common it is; the others are taken for half a
    sample (the square root) of what is not there. What most of many passages have is as common as it is in these.
    """
    more = math.sqrt(max(1.0, _SMALL / max(1, count)))
    likely = np.where(held > 2, 2 + (held - 2) * more, held).astype(np.float64)
    if count < _TELLING:
        return likely
    share = held / count
    return np.where(share > _FORMULA, share * max(count, _SMALL), likely)


def _expected(held: Doubles, count: int) -> Iterator[Doubles]:
    """For each of `_EXPONENTS` what each word adds to the logarithm of the moment of what is shared by chance."""
    likely = np.minimum((held + 0.5) / (count + 1), _MOST_LIKELY)
    for exponent in _EXPONENTS:
        yield np.log1p(likely ** (1 - exponent) - likely)


def numbered(words: Words) -> tuple[Ints, Small, Ints]:
    """The different words, sorted; for each word as it comes its place in these, and its passage."""
    keys, sequence = places_among(words.numbers.view(np.uint64) ^ _SIGN)
    numbers = (keys ^ _SIGN).view(np.int64)
    whose = np.repeat(np.arange(len(words.starts) - 1), np.diff(words.starts))
    return numbers, sequence.astype(np.int32), whose


def phrases_of(width: int, whose: Ints, sequence: Small) -> Occurrences:
    """Two words that follow each other, by the passages that have them; numbered as `Counting.phrases` says."""
    keys = sequence[:-1].astype(np.int64) * max(1, width) + sequence[1:]
    inside = whose[:-1] == whose[1:]
    phrases, columns = places_among(keys[inside])
    return Occurrences.of(phrases, whose[:-1][inside], columns)


def _phrases(found: Occurrences, numbers: Ints, counting: Counting, answering: Bools, size: int) -> Lookup:
    """The phrases that are in one passage and in some others; `numbers` are those of the words."""
    counts = counting.phrases(found, numbers)
    kept = (counts.held >= FEWEST_PHRASES) & (counts.held <= MOST_PHRASES)
    stays, places = kept[found.columns], np.cumsum(kept) - 1
    rarity = np.log((size + 1) / (counts.held[kept] + 0.5)).astype(np.float32)
    return Lookup.of(found.owners[stays], places[found.columns[stays]], rarity, answering, counts.reach[kept])


def _starts(numbers: Ints, count: int) -> Ints:
    """Where the entries of each number below `count` start once they are sorted, and their number at the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))])


def _distinct(keys: Ints) -> Ints:
    """The different ones of these, sorted; the array itself is sorted too. Three times as fast as `numpy.unique`."""
    keys.sort()
    kept: Ints = keys[np.diff(keys, prepend=-1) != 0]
    return kept


def best_of(owners: Ints, sums: Doubles) -> Ints:
    """Where the `BEST` highest sums of each owner stand, of equals the first; `owners` ascend."""
    order = np.lexsort((-sums, owners))
    heads = np.flatnonzero(np.diff(owners[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(heads, np.diff(np.append(heads, len(order))))
    kept: Ints = np.sort(order[place < BEST])
    return kept


def fingerprints(words: Words) -> list[bytes]:
    """What tells the words of each passage, in their order, from any others; empty for a passage with few words."""
    return [
        blake2b(words.numbers[start:end].tobytes(), digest_size=16).digest()
        if end - start >= FEWEST_WORDS
        else b""
        for start, end in pairwise(words.starts.tolist())
    ]
