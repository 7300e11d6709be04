"""Search in short strings (notes, names of tags) with the same queries as in texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from texts.model import Passage, Span
from texts.search.search_records import Hit, Searchable

Key = TypeVar("Key")


class StringHit(NamedTuple, Generic[Key]):
    """A place in a string that answers a query."""

    key: Key
    """What the caller knows the string by."""
    span: Span
    """From the first to the last word found, in the string."""
    score: float
    """0–100."""
    words: tuple[Span, ...]
    """The words found inside the span."""


def as_searchable(strings: Iterable[str]) -> Searchable:
    """A text whose passages are these strings, one after the other, with a blank line between two."""
    from texts.search.build import build_index

    passages: list[Passage] = []
    pieces: list[str] = []
    start = 0
    for number, string in enumerate(strings, 1):
        passages.append(Passage(Span(start, start + len(string)), number))
        pieces.append(string)
        start += len(string) + 2
    body = "\n\n".join(pieces)
    return Searchable("", body, build_index(body, passages), passages)


def found_in(hits: Iterable[Hit], keys: list[Key], searchable: Searchable) -> list[StringHit[Key]]:
    """Hits in the passages of `as_searchable` as hits in the strings."""
    found: list[StringHit[Key]] = []
    for hit in hits:
        assert hit.passage is not None
        start = searchable.passages[hit.passage - 1].span.start
        words = tuple(Span(word.start - start, word.end - start) for word in hit.words)
        span = Span(hit.span.start - start, hit.span.end - start)
        found.append(StringHit(keys[hit.passage - 1], span, hit.score, words))
    return found
