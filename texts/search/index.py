"""The index of a text: which words it uses, and where.

It is made once, when a text is added, and read back with next to no work: a block of bytes that is looked at in
place. The command line searches 600,000 words with it while it would still be splitting them into words.

Word numbers run through the vocabulary, which is sorted by length and then by code point. Positions count the words
of the body from 0. A hyphenated compound is in the vocabulary joined as well: co-operation is found as cooperation.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol, overload
from zlib import crc32

_WIDTH = array("I").itemsize

_PIECE = 1 << 16
"""Bytes that are read or checked at once."""

MARK_EVERY = 1024
"""Code points from one mark to the next: a paragraph or two."""


class Slices(Protocol):
    """Bytes that can be had in slices: `bytes`, a `memoryview`, or a `sqlite3.Blob` open for reading."""

    def __len__(self) -> int:
        """How many bytes there are."""

    def __getitem__(self, part: slice, /) -> bytes | memoryview:
        """Some of them."""


class Column(Sequence[int]):
    """Numbers that are read a piece at a time, the last of which is kept: they are mostly asked for in order."""

    _AT_ONCE = _PIECE // _WIDTH

    def __init__(self, data: Slices, low: int, high: int) -> None:
        """The numbers in data[low:high]."""
        self._data = data
        self._low = low
        self._length = (high - low) // _WIDTH
        self._first, self._piece = 0, memoryview(b"").cast("I")

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int, /) -> int: ...
    @overload
    def __getitem__(self, place: slice, /) -> memoryview: ...
    def __getitem__(self, place: int | slice, /) -> int | memoryview:
        if isinstance(place, slice):
            return self._read(*place.indices(self._length)[:2])
        if not 0 <= place - self._first < len(self._piece):
            self._turn_to(place)
        return self._piece[place - self._first]

    def _turn_to(self, place: int) -> None:
        if not 0 <= place < self._length:
            raise IndexError(place)
        self._first = place - place % self._AT_ONCE
        self._piece = self._read(self._first, min(self._first + self._AT_ONCE, self._length))

    def _read(self, start: int, stop: int) -> memoryview:
        return memoryview(self._data[self._low + start * _WIDTH : self._low + stop * _WIDTH]).cast("I")


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

    def find(self, word: str) -> int | None:
        """The number of a word of this length."""
        length = self.length
        at = self.joined.find(word)
        while at > 0 and at % length:
            at = self.joined.find(word, at + 1)
        return None if at < 0 else self.first + at // length

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


class Index:
    """The words of one body and their places."""

    FORMAT = 4
    """Changes with the layout of the bytes; `from_bytes` refuses any other."""

    SECTIONS = 9
    """Buckets, vocabulary, pointers, passages, compounds, marks, postings, starts, tokens: small ones come first."""

    HEADER_SIZE = (3 + SECTIONS) * _WIDTH
    """Bytes before the first section: the format, a check sum of all that follows it, and the edges."""

    def __init__(self, data: Slices) -> None:
        """Use `texts.search.build.build_index` or `from_bytes`."""
        header = memoryview(data[: self.HEADER_SIZE])
        if len(header) < self.HEADER_SIZE or header.cast("I")[0] != self.FORMAT:
            raise ValueError("not a search index of this version of the program: build it again")
        self._data = data
        # The format is a number in the byte order of the machine, so that an index from another order is refused.
        check_sum, *edges = header.cast("I")[1:]
        self._edges = edges
        if edges != sorted(edges) or (edges[0], edges[-1]) != (self.HEADER_SIZE, len(data)):
            raise ValueError("the search index is cut short: build it again")
        self._check_sum = check_sum
        if isinstance(data, memoryview):
            self.verify()

    @classmethod
    def from_bytes(cls, data: Slices) -> Index:
        """What `to_bytes` gave. Raises ValueError for an index of another format, cut short, or damaged.

        A `sqlite3.Blob` is read piece by piece as it is needed, and so must stay open as long as the index is used;
        damage inside it is not looked for, because that would take reading all of it.
        """
        return cls(memoryview(data) if isinstance(data, bytes | bytearray) else data)

    def verify(self) -> None:
        """Raises ValueError for an index that is damaged; reads all of it, piece by piece."""
        check_sum = 0
        for start in range(2 * _WIDTH, len(self._data), _PIECE):
            check_sum = crc32(self._data[start : start + _PIECE], check_sum)
        if check_sum != self._check_sum:
            raise ValueError("the search index is damaged: build it again")

    def to_bytes(self) -> bytes:
        """The index as bytes, to keep beside the text."""
        return bytes(self._data[:])

    def _numbers(self, section: int, start: int = 0, stop: int | None = None) -> memoryview:
        low, high = self._edges[section], self._edges[section + 1]
        first = low + start * _WIDTH
        last = high if stop is None else low + stop * _WIDTH
        return memoryview(self._data[first:last]).cast("I")

    # The vocabulary.

    @cached_property
    def buckets(self) -> dict[int, Bucket]:
        """The vocabulary by length of word, short words first."""
        lengths = self._numbers(0)
        vocabulary = bytes(self._data[self._edges[1] : self._edges[2]]).decode("utf-8", "surrogatepass")
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
        return len(self._pointers) - 1

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

    # Where the words are.

    @cached_property
    def _pointers(self) -> memoryview:
        return self._numbers(2)

    def count(self, word: int) -> int:
        """How often the text uses a word, not counting compounds that make it up."""
        return self._pointers[word + 1] - self._pointers[word]

    def positions(self, word: int) -> memoryview:
        """Where a word stands by itself: positions, ascending."""
        return self._numbers(6, self._pointers[word], self._pointers[word + 1])

    @cached_property
    def _compounds(self) -> tuple[list[int], list[int]]:
        """Word numbers, ascending, and beside each the position at which the compound begins."""
        numbers = self._numbers(4).tolist()
        half = len(numbers) // 2
        return numbers[:half], numbers[half:]

    def compounds(self, word: int) -> list[int]:
        """Where a word stands written as a compound: the positions of the first part, ascending."""
        words, positions = self._compounds
        return positions[bisect_left(words, word) : bisect_right(words, word)]

    def compound_width(self, word: int, position: int) -> int:
        """How many words of the body make up the compound that begins there."""
        missing, width = len(self.word(word)), 0
        while missing > 0:
            missing -= len(self.word(self.tokens[position + width]))
            width += 1
        return width

    @cached_property
    def tokens(self) -> memoryview:
        """The number of the word at each position."""
        return self._numbers(8)

    @cached_property
    def starts(self) -> Sequence[int]:
        """The offset into the body at which the word at each position begins."""
        if isinstance(self._data, memoryview):
            return self._numbers(7)
        return Column(self._data, *self._edges[7:9])

    @cached_property
    def bounds(self) -> list[int]:
        """The position of the first word of each passage, and at last the number of words."""
        return self._numbers(3).tolist()

    @cached_property
    def marks(self) -> memoryview:
        """Where, in the body's UTF-8, every `MARK_EVERY`-th code point begins; at last the length in code points."""
        return self._numbers(5)

    def passage_of(self, position: int) -> int:
        """The place, in the tuple of all passages, of the one that a word stands in."""
        return bisect_right(self.bounds, position) - 1
