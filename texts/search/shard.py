"""Which texts use which words: what an index of many texts is made of.

A shard tells it of some texts, by numbers that are the caller's (the store takes ids of bodies). As search engines do
(O'Neil, Cheng, Gawlick and O'Neil 1996), new texts make a small shard of their own, and shards of a size are merged
into a larger one, so that each text is gone through a few times, and a few shards are looked at for a search.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from texts.search.old_texts import OLD_LANGUAGES
from texts.search.packed_vocabulary import WIDTH, Vocabulary, by_length, vocabulary_sections

if TYPE_CHECKING:
    from texts.search.index import Index

FANOUT = 4
"""So many shards of a size become one."""

SMALLEST = 32
"""Texts that a shard should have at least."""

LARGEST = 8 * 1024
"""Texts from which on a shard is left alone: merging holds all of it in memory."""

_OLD = ("", *OLD_LANGUAGES)


class TextWords(NamedTuple):
    """What a shard is told of one text."""

    number: int
    words: Iterable[str]
    """Folded, none twice: the vocabulary of its index."""
    passages: int
    """How many it has, furniture included."""
    old: str = ""
    """The language in whose old spelling it is; empty for none."""
    counts: Iterable[int] = repeat(0)
    """What `counts_of` its index gives; 0 for a word leaves it open how often the text has it."""


MOST_COUNTED = 255
"""Places of a word in a text that a byte can tell."""


def counts_of(index: Index) -> bytes:
    """How often each word of a text stands in it, by number: 0 where a byte does not tell.

    That is where it has more places than `MOST_COUNTED`, and where it is also written as a compound.
    """
    counts = bytearray(count if count <= MOST_COUNTED else 0 for count in index.counts())
    for word in index.compound_words:
        counts[word] = 0
    return bytes(counts)


class Shard(Vocabulary):
    """The words of some texts: for each word the numbers of the texts that use it, compounds joined included."""

    FORMAT = 1_002
    """Raise it too when `texts.languages.old_spelling.is_old` tells otherwise."""

    SECTIONS, SMALL = 8, 6
    """Buckets, vocabulary, pointers, texts, passages, old spelling, postings, counts."""

    @cached_property
    def texts(self) -> memoryview:
        """The numbers of the texts that it tells of."""
        return self._numbers(3)

    @property
    def passages(self) -> memoryview:
        """How many passages each of them has."""
        return self._numbers(4)

    @property
    def old(self) -> list[str]:
        """The language in whose old spelling each of them is; empty for none."""
        known = dict(enumerate(_OLD))
        return [known.get(number, "") for number in self._numbers(5)]

    @property
    def old_texts(self) -> dict[int, str]:
        """The language of those that are in old spelling."""
        if not any(self._numbers(5)):
            return {}
        return {text: old for text, old in zip(self.texts, self.old, strict=True) if old}

    def texts_with(self, word: int) -> memoryview:
        """The numbers of the texts that use a word, by its number."""
        return self._numbers(6, self.pointers[word], self.pointers[word + 1])

    def counts_with(self, word: int) -> memoryview:
        """How often each of the texts that use a word has it; 0 where that is not told."""
        start = self._edges[7]
        return self._bytes(7, start + self.pointers[word], start + self.pointers[word + 1])

    def postings(self) -> Iterable[tuple[bytes, bytes]]:
        """For each word, in order, the numbers of the texts and how often they have it, as bytes."""
        numbers, counts = (bytes(self._data[low:high]) for low, high in pairwise(self._edges[6:9]))
        return (
            (numbers[WIDTH * start : WIDTH * stop], counts[start:stop])
            for start, stop in pairwise(self.pointers)
        )


class FreshWords(Vocabulary):
    """Words of a shard: those of several shards are all words that these have, and none is in two of them."""

    FORMAT = 1_101
    SECTIONS, SMALL = 3, 3


def fresh_words(words: Iterable[str]) -> FreshWords:
    """These words, which are in the order of `by_length`."""
    return FreshWords.from_sections(vocabulary_sections(list(words), ()))


def shard_of(texts: Iterable[TextWords]) -> Shard:
    """The shard of these texts."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    counts: defaultdict[str, bytearray] = defaultdict(bytearray)
    numbers, passages, old = array("I"), array("I"), array("I")
    for text in texts:
        numbers.append(text.number)
        passages.append(text.passages)
        old.append(_OLD.index(text.old))
        words = list(text.words)
        deque(map(list.append, map(postings.__getitem__, words), repeat(text.number)), maxlen=0)
        deque(map(bytearray.append, map(counts.__getitem__, words), text.counts), maxlen=0)
    vocabulary = by_length(postings)
    lists = [postings[word] for word in vocabulary]
    return Shard.from_sections(
        (
            *vocabulary_sections(vocabulary, map(len, lists)),
            numbers.tobytes(),
            passages.tobytes(),
            old.tobytes(),
            array("I", chain.from_iterable(lists)).tobytes(),
            b"".join(map(counts.__getitem__, vocabulary)),
        )
    )


def merged(shards: Sequence[Shard]) -> Shard:
    """One shard of the texts of several, none of which is in two of them."""
    postings: dict[str, list[tuple[bytes, bytes]]] = {}
    for shard in shards:
        for word, found in zip(shard.words(), shard.postings(), strict=True):
            postings.setdefault(word, []).append(found)
    vocabulary = by_length(postings)
    joined = [tuple(map(b"".join, zip(*postings.pop(word), strict=True))) for word in vocabulary]
    lists = [numbers for numbers, _ in joined]
    return Shard.from_sections(
        (
            *vocabulary_sections(vocabulary, (len(each) // WIDTH for each in lists)),
            b"".join(bytes(shard.texts) for shard in shards),
            b"".join(bytes(shard.passages) for shard in shards),
            array("I", chain.from_iterable(map(_OLD.index, shard.old) for shard in shards)).tobytes(),
            b"".join(lists),
            b"".join(counts for _, counts in joined),
        )
    )


def to_merge(sizes: Sequence[int]) -> list[int]:
    """The places of the shards that should become one, by how many texts each has; none if all is well.

    A size is a power of `FANOUT` times `SMALLEST`; the smallest shards go first.
    """
    by_size: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        if size < LARGEST:
            by_size.setdefault(_level(size), []).append(place)
    return next((by_size[level] for level in sorted(by_size) if len(by_size[level]) >= FANOUT), [])


def _level(size: int) -> int:
    level = 0
    while size >= SMALLEST * FANOUT:
        size //= FANOUT
        level += 1
    return level
