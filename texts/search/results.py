"""What rankings of hits have in common: what is asked of them, what is known of the query, and the hit itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Passage, Span
from texts.search.search_records import Hit, Searchable
from texts.tokens import WORD

if TYPE_CHECKING:
    from texts.search.unit_places import UnitPlaces, UnitTally

LIGHT_WORDS = 0.04
"""What the words of a query that carry no subject are worth where they stand as typed: of 1 in all."""

AS_TYPED = 0.01
"""What standing there just as typed, word by word, is worth beyond that."""


class HitFilter(NamedTuple):
    """What is asked of hits beyond the query."""

    min_score: float
    limit: int | None
    furniture: bool


class Found(NamedTuple):
    """One unit of a query in all texts."""

    places: UnitPlaces
    tallies: Sequence[UnitTally]
    """One for each text."""
    weight: float
    """How rare the unit is: the greater the more it says."""
    required: bool
    """Whether nothing is a hit without it."""


def weight_of(tallies: Sequence[UnitTally], passages: int) -> float:
    """The rarity of a unit: ln(1 + passages / occurrences), counting what is nearly as good as its best match."""
    least = 0.8 * max((tally.best for tally in tallies), default=0.0)
    count = sum(times * tally.count(least) for tally, times in Counter(tallies).items())
    return math.log(1 + passages / max(1, min(count, passages)))


def hit_of(searchable: Searchable, passage: Passage, runs: Sequence[tuple[int, int]], score: float) -> Hit:
    """The hit of these words."""
    words = tuple([span_of(searchable, first, last) for first, last in runs])
    span = words[0] if len(words) == 1 else Span(words[0].start, words[-1].end)
    return Hit(searchable.slug, passage.number, span, round(score, 1), words)


def span_of(searchable: Searchable, first: int, last: int) -> Span:
    body, starts = searchable.body, searchable.index.starts
    start = starts[first]
    start_of_last = start if first == last else starts[last]  # each look at the index takes a while
    after = starts[last + 1] if last + 1 < len(starts) else len(body)
    until_next = body[start_of_last:after]
    if until_next[:-1].isalnum() and until_next[-1].isascii() and not until_next[-1].isalnum():
        return Span(start, after - 1)  # nearly always: the word, and one blank or sign
    word = WORD.match(until_next)
    return Span(start, start_of_last + (word.end() if word else 0))
