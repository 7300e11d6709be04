"""Hits in their context: the concordance (keyword in context), and the passages around."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern
from texts.model import Passage
from texts.search.search_records import Hit, Searchable

_BLANK = lazy_pattern(r"\s")


class ConcordanceLine(NamedTuple):
    """A line of a concordance: the keyword, and what stands left and right of it in its passage."""

    left: str
    """Ends where the keyword begins; line breaks and tabs are blanks."""
    keyword: str
    right: str
    """Begins where the keyword ends."""
    hit: Hit


def concordance(
    hits: Iterable[Hit], searchables: Iterable[Searchable], width: int = 40
) -> list[ConcordanceLine]:
    """The hits as lines, in their order, with at most `width` code points on either side.

    A word that would be cut through at an outer edge is left out. Raises KeyError for a hit in none of the texts.
    """
    by_slug = {searchable.slug: searchable for searchable in searchables}
    return [_line(hit, by_slug[hit.text], width) for hit in hits]


def _line(hit: Hit, searchable: Searchable, width: int) -> ConcordanceLine:
    body = searchable.body
    passage = passage_of(hit, searchable).span
    start, end = max(passage.start, hit.span.start - width), min(passage.end, hit.span.end + width)
    left, right = body[start : hit.span.start], body[hit.span.end : end]
    if start > passage.start and not body[start - 1].isspace():
        left = _from_blank(left)
    if end < passage.end and not body[end].isspace():
        right = _from_blank(right[::-1])[::-1]
    return ConcordanceLine(_flat(left), _flat(body[hit.span.start : hit.span.end]), _flat(right), hit)


def _from_blank(string: str) -> str:
    """The string from its first blank on; all of it where there is none, rather than nothing."""
    blank = _BLANK.search(string)
    return string[blank.start() :] if blank else string


def _flat(string: str) -> str:
    return _BLANK.sub(" ", string)


def passage_of(hit: Hit, searchable: Searchable) -> Passage:
    """The passage that a hit stands in."""
    return searchable.passages[_place(hit, searchable.passages)]


def around(hit: Hit, searchable: Searchable, count: int) -> tuple[list[Passage], Passage, list[Passage]]:
    """The `count` passages before a hit's, its own, and those after; furniture counts only around furniture."""
    passages = searchable.passages
    place = _place(hit, passages)
    own = passages[place]

    def near(places: range) -> list[Passage]:
        candidates = (passages[place] for place in places)
        return list(islice((p for p in candidates if own.is_furniture or not p.is_furniture), max(0, count)))

    return near(range(place - 1, -1, -1))[::-1], own, near(range(place + 1, len(passages)))


def _place(hit: Hit, passages: Sequence[Passage]) -> int:
    return bisect_right(passages, hit.span.start, key=lambda passage: passage.span.start) - 1
