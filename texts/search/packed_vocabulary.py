"""Words and what is known of each, as one block of bytes that is looked at in place.

Word numbers run through the vocabulary, which is sorted by length and then by code point.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from operator import sub
from typing import ClassVar, Protocol, Self
from zlib import crc32

WIDTH = array("I").itemsize
"""Bytes of a number."""

PIECE = 1 << 16
"""Bytes that are read or checked at once."""


_AT_ONCE = 1 << 14
"""Bytes of small sections that are read in one, since each reading takes as long as thousands of bytes do."""
_ROW = 256
"""Words that are cut out of a string by one step of `struct`."""
_LONG = 8_192
"""Code points of the words of a length that are gone through for a word: in more of them it is looked for by halves."""


class Slices(Protocol):
    """Bytes that can be had in slices: `bytes`, a `memoryview`, or a `sqlite3.Blob` open for reading."""

    def __len__(self) -> int:
        """How many bytes there are."""

    def __getitem__(self, part: slice, /) -> bytes | memoryview:
        """Some of them."""


class Bucket:
    """All words of one length, kept as one string: few of the vocabularies of a library are ever taken apart."""

    def __init__(self, length: int, first: int, joined: str) -> None:
        """`first` is the number of the first word; `joined` holds the words in order, nothing between them."""
        self.length = length
        self.first = first
        self.joined = joined
        self._words: list[str] | None = None

    def words(self, *, keep: bool = True) -> list[str]:
        """The words, sorted; `keep=False` where so many vocabularies are looked at that their words fill the memory."""
        words = self._words
        if words is None:
            joined, length = self.joined, self.length
            words = [joined[k : k + length] for k in range(0, len(joined), length)]
            if keep:
                self._words = words
        return words

    def choices(self, *, keep: bool) -> Sequence[str | bytes]:
        """The words, sorted, for rapidfuzz, to which letters of Latin-1 are the same as bytes: cut out by C, a seventh
        of the time. `keep` as in `words`, where they are strings.
        """
        try:
            data, length = self.joined.encode("latin-1"), self.length
        except UnicodeEncodeError:
            return self.words(keep=keep)
        from struct import iter_unpack, unpack  # an exact search does without

        rows = len(data) // (_ROW * length) * _ROW * length
        rest = (len(data) - rows) // length
        return [
            *chain.from_iterable(iter_unpack(f"{length}s" * _ROW, data[:rows])),
            *unpack(f"{length}s" * rest, data[rows:]),
        ]

    def find(self, word: str) -> int | None:
        """The number of a word of this length."""
        length = self.length
        if len(self.joined) > _LONG:
            place = bisect_left(range(len(self.joined) // length), word, key=self.word)
            return self.first + place if self.word(place) == word else None
        at = self.joined.find(word)
        while at > 0 and at % length:
            at = self.joined.find(word, at + 1)
        return None if at < 0 else self.first + at // length

    def word(self, place: int) -> str:
        """The word at a place, from 0."""
        return self.joined[place * self.length : (place + 1) * self.length]

    def starting_with(self, prefix: str) -> range:
        """The numbers of the words that begin so."""
        joined, length, size = self.joined, self.length, len(prefix)
        places = range(len(joined) // length)

        def beginning(place: int) -> str:
            return joined[place * length : place * length + size]

        low = bisect_left(places, prefix, key=beginning)
        high = bisect_right(places, prefix, low, key=beginning)
        return range(self.first + low, self.first + high)

    def containing(self, part: str) -> Iterator[int]:
        """The numbers of the words that hold `part` somewhere."""
        length, fits = self.length, self.length - len(part)
        at = self.joined.find(part)
        while at >= 0:
            word, offset = divmod(at, length)
            if offset <= fits:
                yield self.first + word
                at = (word + 1) * length - 1
            at = self.joined.find(part, at + 1)


class Vocabulary:
    """Words by number, each with a list of numbers: a header, then the sections, of which the first three are these.

    Buckets (the length of a word and how many have it, again and again), the words, and where the list of each begins.
    """

    FORMAT: ClassVar[int]
    """Changes with the layout of the bytes; `from_bytes` refuses any other."""

    READ_TOO: ClassVar[tuple[int, ...]] = ()
    """Older formats with the same layout, which lack some of what is found now: read where they cannot be made anew."""

    SECTIONS: ClassVar[int]
    """How many there are: small ones come first."""

    SMALL: ClassVar[int]
    """How many of them are small beside the others, or are asked for by whoever asks for one."""

    def __init__(self, data: Slices) -> None:
        """Use `from_bytes`."""
        size = header_size(self.SECTIONS)
        header = memoryview(data[:size])
        if len(header) < size or header.cast("I")[0] not in (self.FORMAT, *self.READ_TOO):
            raise ValueError("not an index of this version of the program: build it again")
        self._data = data
        # The format is a number in the byte order of the machine, so that an index from another order is refused.
        check_sum, *edges = header.cast("I")[1:]
        self._edges = edges
        self._small = memoryview(b"")
        if edges != sorted(edges) or (edges[0], edges[-1]) != (size, len(data)):
            raise ValueError("the index is cut short: build it again")
        self._check_sum = check_sum
        if isinstance(data, memoryview):
            self.verify()

    @classmethod
    def from_bytes(cls, data: Slices) -> Self:
        """What `to_bytes` gave. Raises ValueError for an index of another format, cut short, or damaged.

        A `sqlite3.Blob` is read piece by piece as it is needed, and so must stay open as long as the index is used;
        damage inside it is not looked for, because that would take reading all of it.
        """
        return cls(memoryview(data) if isinstance(data, bytes | bytearray) else data)

    @classmethod
    def from_sections(cls, sections: Sequence[bytes]) -> Self:
        """An index that is made of these."""
        edges = list(accumulate(map(len, sections), initial=header_size(cls.SECTIONS)))
        checked = array("I", edges).tobytes() + b"".join(sections)
        # Not by `from_bytes`, which would look at once whether the sum is right.
        return cls(array("I", [cls.FORMAT, crc32(checked)]).tobytes() + checked)

    def verify(self) -> None:
        """Raises ValueError for an index that is damaged; reads all of it, piece by piece."""
        check_sum = 0
        for start in range(2 * WIDTH, len(self._data), PIECE):
            check_sum = crc32(self._data[start : start + PIECE], check_sum)
        if check_sum != self._check_sum:
            raise ValueError("the index is damaged: build it again")

    def to_bytes(self) -> bytes:
        """The index as bytes, to be kept."""
        return bytes(self._data[:])

    def _numbers(self, section: int, start: int = 0, stop: int | None = None) -> memoryview:
        low, high = self._edges[section], self._edges[section + 1]
        first = low + start * WIDTH
        last = high if stop is None else low + stop * WIDTH
        return self._bytes(section, first, last).cast("I")

    def _bytes(self, section: int, first: int, last: int) -> memoryview:
        """What stands there in a section: the small ones of a text that is not long are all read with the first."""
        if section < self.SMALL and self._edges[self.SMALL] <= _AT_ONCE:
            if not self._small:
                self._small = memoryview(self._data[: self._edges[self.SMALL]])
            return self._small[first:last]
        return memoryview(self._data[first:last])

    @cached_property
    def buckets(self) -> dict[int, Bucket]:
        """The vocabulary by length of word, short words first."""
        lengths = self._numbers(0)
        vocabulary = str(self._bytes(1, *self._edges[1:3]), "utf-8", "surrogatepass")
        buckets: dict[int, Bucket] = {}
        first = at = 0
        for length, count in zip(lengths[::2], lengths[1::2], strict=True):
            buckets[length] = Bucket(length, first, vocabulary[at : at + length * count])
            first += count
            at += length * count
        return buckets

    @cached_property
    def _firsts(self) -> list[int]:
        return [bucket.first for bucket in self.buckets.values()]

    @cached_property
    def _by_first(self) -> list[Bucket]:
        return list(self.buckets.values())

    @cached_property
    def size(self) -> int:
        """How many words the vocabulary has."""
        return len(self.pointers) - 1

    def word(self, number: int) -> str:
        """The folded word of this number."""
        bucket = self._by_first[bisect_right(self._firsts, number) - 1]
        at = (number - bucket.first) * bucket.length
        return bucket.joined[at : at + bucket.length]

    def find(self, word: str) -> int | None:
        """The number of a folded word."""
        bucket = self.buckets.get(len(word))
        return bucket.find(word) if bucket else None

    def starting_with(self, prefix: str) -> Iterator[int]:
        """The numbers of the words that begin so, short words first."""
        for bucket in self._by_first:
            if bucket.length >= len(prefix):
                yield from bucket.starting_with(prefix)

    def containing(self, part: str) -> Iterator[int]:
        """The numbers of the words that hold `part` somewhere."""
        for bucket in self._by_first:
            if bucket.length >= len(part):
                yield from bucket.containing(part)

    def words(self) -> Iterator[str]:
        """All words by number."""
        return chain.from_iterable(bucket.words(keep=False) for bucket in self._by_first)

    @cached_property
    def pointers(self) -> memoryview:
        """Where the list of each word begins, counted in numbers; at last where that of the last one ends."""
        return self._numbers(2)

    def count(self, word: int) -> int:
        """How many numbers the list of a word has."""
        return self.pointers[word + 1] - self.pointers[word]

    def counts(self) -> Iterator[int]:
        """How many numbers the list of each word has, by number."""
        pointers = self.pointers.tolist()
        return map(sub, pointers[1:], pointers)


def header_size(sections: int) -> int:
    """Bytes before the first section: the format, a check sum of all that follows it, and the edges."""
    return (3 + sections) * WIDTH


def by_length(words: Iterable[str]) -> list[str]:
    """Words as they are numbered."""
    return sorted(sorted(words), key=len)


def vocabulary_sections(words: Sequence[str], counts: Iterable[int]) -> tuple[bytes, bytes, bytes]:
    """The first three sections, for words in the order of `by_length` and how long the list of each is."""
    lengths = Counter(map(len, words))
    return (
        array("I", chain.from_iterable(sorted(lengths.items()))).tobytes(),
        "".join(words).encode("utf-8", "surrogatepass"),
        array("I", accumulate(counts, initial=0)).tobytes(),
    )
