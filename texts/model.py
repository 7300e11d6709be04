"""The words of this program as records: span, passage, text.

Every offset counts code points into the body; every span is half-open.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress, islice
from typing import NamedTuple, Self, overload

from texts.digests import digest_of
from texts.prose import wrapped_width

_BEGINNING = 300
"""As many passages show how the lines of a text were set."""


class Span(NamedTuple):
    """A half-open range of code points in a body."""

    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether the offset lies inside."""
        return self.start <= offset < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


EVERYWHERE = Span(0, 2**63 - 1)
"""A span that holds all of any body."""


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in the order of the body; those that touch or overlap become one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(Span(*span))
    return tuple(whole)


class Passage(NamedTuple):
    """A paragraph of a body: numbered from ¶1, or furniture, which has no number."""

    span: Span
    number: int | None

    @property
    def is_furniture(self) -> bool:
        """Page chrome: kept and shown dim, but neither searched nor related unless asked."""
        return self.number is None


class Passages(Sequence[Passage]):
    """Passages as a library keeps them, in three columns: one is made when it is asked for, and not kept.

    A search looks at ten of the ten thousand that a long text has, and as tuples those take 2 MB instead of 0.2.
    Equal to the tuple of the same passages.
    """

    def __init__(self, starts: Sequence[int], ends: Sequence[int], numbers: Sequence[int]) -> None:
        """Columns of one length, in the order of the body; a number is 0 on furniture."""
        self.starts = starts
        self._ends = ends
        self.numbers = numbers

    @cached_property
    def numbered(self) -> Passages:
        """Those of the article: all but furniture."""
        if all(self.numbers):
            return self
        columns = (
            array("I", compress(each, self.numbers)) for each in (self.starts, self._ends, self.numbers)
        )
        return Passages(*columns)

    @overload
    def __getitem__(self, place: int, /) -> Passage: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[Passage, ...]: ...
    def __getitem__(self, place: int | slice, /) -> Passage | tuple[Passage, ...]:
        if isinstance(place, slice):
            return tuple(Passages(self.starts[place], self._ends[place], self.numbers[place]))
        return Passage(Span(self.starts[place], self._ends[place]), self.numbers[place] or None)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Passage]:
        numbers = (number or None for number in self.numbers)
        return map(Passage, map(Span, self.starts, self._ends), numbers)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Passages | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Passages{tuple(self)}"


def starts_of(passages: Sequence[Passage]) -> Sequence[int]:
    """Where each of them starts."""
    return passages.starts if isinstance(passages, Passages) else [p.span.start for p in passages]


def numbers_of(passages: Sequence[Passage]) -> Sequence[int]:
    """The number of each of them; 0 on furniture."""
    return passages.numbers if isinstance(passages, Passages) else [p.number or 0 for p in passages]


class _Document(NamedTuple):
    slug: str
    """Short name, unique in a library: lower-case letters, digits and hyphens."""
    title: str
    author: str
    source: str
    """Where it comes from: a file name, an address, a citation."""
    body: str
    """Decoded, newlines as `\\n`, NFC, control characters made visible."""
    passages: Sequence[Passage]
    """All paragraphs in the order of the body, furniture included."""
    language: str = ""
    """The code of its language where a reader has set it; empty: detected."""


class Text(_Document):
    """A document: its names, its body, and the passages of the body in order."""

    def __repr__(self) -> str:
        """How it is called and how long it is: Textual and logs write that out, and a body has millions of letters."""
        return f"<Text {self.slug}: {len(self.body)} code points in {len(self.passages)} passages>"

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the body in UTF-8: the body's identity."""
        return digest_of(self.body)

    def known_by(self, sha256: str) -> Self:
        """The text itself, from now on with this digest: the one of its body, read and not reckoned anew."""
        vars(self)["sha256"] = sha256
        return self

    @cached_property
    def wrapped_at(self) -> int:
        """How many columns wide the lines of the body were wrapped by hand, by those at its beginning; 0 if they were
        not."""
        return wrapped_width(self.quote(passage.span) for passage in islice(self.passages, _BEGINNING))

    @cached_property
    def numbered(self) -> Sequence[Passage]:
        """The passages of the article: ¶1 is at index 0."""
        if isinstance(self.passages, Passages):
            return self.passages.numbered
        return tuple(p for p in self.passages if p.number is not None)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return starts_of(self.passages)

    def passage(self, number: int) -> Passage:
        """The passage ¶number; raises IndexError when there is none."""
        if not 1 <= number <= len(self.numbered):
            raise IndexError(f"{self.slug} has no passage {number}")
        return self.numbered[number - 1]

    def passage_at(self, offset: int) -> Passage | None:
        """The passage that holds the offset, or the nearest one before it; None before the first."""
        k = bisect_right(self._starts, offset) - 1
        return self.passages[k] if k >= 0 else None

    def touched(self, span: Span) -> Sequence[Passage]:
        """The passages that share at least one code point with the span."""
        if span.start == span.end:
            return []
        first = max(0, bisect_right(self._starts, span.start) - 1)
        after = bisect_left(self._starts, span.end, first)
        return [passage for passage in self.passages[first:after] if passage.span.overlaps(span)]

    def quote(self, span: Span) -> str:
        """The words of the span."""
        return self.body[span.start : span.end]
