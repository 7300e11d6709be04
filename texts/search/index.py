"""The index of a text: which words it uses, and where.

It is made once, when a text is added, and read back with next to no work: a block of bytes that is looked at in
place. The command line searches 600,000 words with it while it would still be splitting them into words.

Positions count the words of the body from 0. A hyphenated compound is in the vocabulary joined as well: co-operation is
found as cooperation; so is a number with its thousands set off: 3,000 as 3000.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat
from operator import sub
from typing import overload

from texts.search.packed_vocabulary import PIECE, WIDTH, Slices, Vocabulary

MARK_EVERY = 1024
"""Code points from one mark to the next: a paragraph or two."""
_BOUNDS_EACH = 20
"""To make so many bounds a list takes as long as it takes longer to look a position up in what is none."""


class Column(Sequence[int]):
    """Numbers that are read a piece at a time, the last of which is kept: they are mostly asked for in order.

    A piece is short at first, as few are asked for of most texts, and twice as long where the one after it is wanted.
    """

    _LEAST, _MOST = 1_024, PIECE // WIDTH

    def __init__(self, data: Slices, low: int, high: int) -> None:
        """The numbers in data[low:high]."""
        self._data = data
        self._low = low
        self._length = (high - low) // WIDTH
        self._first, self._piece = 0, memoryview(b"").cast("I")
        self._at_once = self._LEAST

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int, /) -> int: ...
    @overload
    def __getitem__(self, place: slice, /) -> memoryview: ...
    def __getitem__(self, place: int | slice, /) -> int | memoryview:
        if isinstance(place, slice):
            start, stop, _ = place.indices(self._length)
            if start >= stop or stop - start > self._LEAST:
                return self._read(start, max(start, stop))
            if not self._first <= start < self._first + len(self._piece):
                self._turn_to(start)
            if stop <= self._first + len(self._piece):
                return self._piece[start - self._first : stop - self._first]
            return self._read(start, stop)
        if not 0 <= place - self._first < len(self._piece):
            self._turn_to(place)
        return self._piece[place - self._first]

    def at(self, places: Iterable[int]) -> list[int]:
        """The numbers at these places, mostly in order: asked for together they take a third of the time."""
        found, first, piece = [], self._first, self._piece
        last = first + len(piece)
        for place in places:
            if not first <= place < last:
                self._turn_to(place)
                first, piece = self._first, self._piece
                last = first + len(piece)
            found.append(piece[place - first])
        return found

    def _turn_to(self, place: int) -> None:
        if not 0 <= place < self._length:
            raise IndexError(place)
        goes_on = 0 <= place - self._first - len(self._piece) < len(self._piece)
        self._at_once = min(2 * self._at_once, self._MOST) if goes_on else self._LEAST
        self._first = place - place % self._LEAST
        self._piece = self._read(self._first, min(self._first + self._at_once, self._length))

    def _read(self, start: int, stop: int) -> memoryview:
        return memoryview(self._data[self._low + start * WIDTH : self._low + stop * WIDTH]).cast("I")


class Index(Vocabulary):
    """The words of one body and their places: for each word its positions, not counting compounds that make it up."""

    FORMAT = 8
    READ_TOO = (4, 7)
    """In corpora, whose numbers with their thousands set off are only found as these are written; short words with a
    nasal that is written as a dot now, or with an Armenian mark, only where they are written without. No flipped bit
    makes one format the other."""

    SECTIONS, SMALL = 9, 6
    """Buckets, vocabulary, pointers, passages, compounds, marks, postings, starts, tokens."""

    @property
    def is_at_hand(self) -> bool:
        """Whether all of it is in memory; else each look at a word of the text is a reading."""
        return isinstance(self._data, memoryview)

    def positions(self, word: int) -> memoryview:
        """Where a word stands by itself: positions, ascending."""
        return self._numbers(6, self.pointers[word], self.pointers[word + 1])

    @cached_property
    def _compounds(self) -> tuple[list[int], list[int]]:
        """Word numbers, ascending, and beside each the position at which the compound begins."""
        numbers = self._numbers(4).tolist()
        half = len(numbers) // 2
        return numbers[:half], numbers[half:]

    @property
    def compound_words(self) -> Sequence[int]:
        """The numbers of the words that are written as compounds, ascending, as often as each is."""
        return self._compounds[0]

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
    def tokens(self) -> memoryview | Column:
        """The number of the word at each position."""
        if self.is_at_hand:
            return self._numbers(8)
        return Column(self._data, *self._edges[8:10])

    @cached_property
    def starts(self) -> Sequence[int]:
        """The offset into the body at which the word at each position begins."""
        if self.is_at_hand:
            return self._numbers(7)
        return Column(self._data, *self._edges[7:9])

    def starts_at(self, positions: Sequence[int], beyond: int) -> list[int]:
        """The same for each of these positions; `beyond` for the one behind the last word."""
        starts = self.starts
        if len(starts) in positions:
            return [beyond if position == len(starts) else starts[position] for position in positions]
        return starts.at(positions) if isinstance(starts, Column) else [starts[p] for p in positions]

    @cached_property
    def bounds(self) -> memoryview:
        """The position of the first word of each passage, and at last the number of words."""
        return self._numbers(3)

    @cached_property
    def _listed_bounds(self) -> list[int]:
        """The same, in which it takes a third of the time to look something up."""
        return self.bounds.tolist()

    @cached_property
    def marks(self) -> memoryview:
        """Where, in the body's UTF-8, every `MARK_EVERY`-th code point begins; at last the length in code points."""
        return self._numbers(5)

    def passage_of(self, position: int) -> int:
        """The place, in the tuple of all passages, of the one that a word stands in."""
        return bisect_right(self.bounds, position) - 1

    def passages_at(self, positions: Sequence[int]) -> Iterator[int]:
        """The same for each of these positions, one after the other."""
        return map(sub, self._behind(positions), repeat(1))

    def passages_of(self, positions: Collection[int]) -> set[int]:
        """The places, in the tuple of all passages, of those that any of these words stands in."""
        return {after - 1 for after in set(self._behind(positions))}

    def _behind(self, positions: Collection[int]) -> Iterator[int]:
        few = _BOUNDS_EACH * len(positions) < len(self.bounds)
        return map(bisect_right, repeat(self.bounds if few else self._listed_bounds), positions)
