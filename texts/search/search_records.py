"""What a search runs over, what it finds, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from texts.model import Passage, Span

if TYPE_CHECKING:
    from texts.search.index import Index


class Mode(StrEnum):
    """How a query is read."""

    FUZZY = "fuzzy"
    """Words, tolerant of spelling and endings; what stands in quotation marks stands together."""
    EXACT = "exact"
    """The characters as typed, anywhere in a word."""
    WORD = "word"
    """The characters as typed, from the edge of a word to the edge of a word."""
    REGEX = "regex"
    """A regular expression of Python's `re`, matched inside passages."""


class Body(Protocol):
    """A string, or what stands for one that is read as it is needed."""

    def __len__(self) -> int:
        """How many code points there are."""

    def __getitem__(self, part: int | slice, /) -> str:
        """Some of them."""

    def __str__(self) -> str:
        """All of them."""


class Searchable:
    """A text as search sees it."""

    # A named tuple has an `index` of its own, and dataclasses would be the slowest import of a search.
    __slots__ = ("body", "index", "passages", "slug")

    def __init__(self, slug: str, body: Body, index: Index, passages: Sequence[Passage]) -> None:
        self.slug = slug
        self.body = body
        self.index = index
        """Made by `build_index` from this body and these passages."""
        self.passages = passages
        """All of them in the order of the body, furniture included."""


class Hit(NamedTuple):
    """A place in a text that answers a query."""

    text: str
    """The text's slug."""
    passage: int | None
    """The passage's number; None in furniture."""
    span: Span
    """From the first to the last word found, in the body."""
    score: float
    """0–100; 100 where every word stands there, spelt so and together."""
    words: tuple[Span, ...]
    """The words found inside the span, in the order of the body."""


class QueryError(Exception):
    """A query that cannot be searched for; the message is one line and says what to do."""
