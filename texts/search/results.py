"""What rankings of hits have in common: what is asked of them, what is known of the query, and the hit itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Span
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


def hit_of(searchable: Searchable, number: int | None, words: Sequence[Span], score: float) -> Hit:
    """The hit of these words in the passage of that number; None for furniture."""
    span = words[0] if len(words) == 1 else Span(words[0].start, words[-1].end)
    return Hit(searchable.slug, number, span, round(score, 1), tuple(words))


def spans_of(searchable: Searchable, runs: Sequence[tuple[int, int]]) -> list[Span]:
    """Where each run of words stands in the body: from the start of its first to the end of its last."""
    body, ends = searchable.body, [end for first, last in runs for end in (first, last, last + 1)]
    starts = searchable.index.starts_at(ends, len(body))  # each look at the index takes a while
    spans = []
    for start, start_of_last, after in zip(starts[::3], starts[1::3], starts[2::3], strict=True):
        until_next = body[start_of_last:after]
        if until_next[:-1].isalnum() and until_next[-1].isascii() and not until_next[-1].isalnum():
            spans.append(Span(start, after - 1))  # nearly always: the word, and one blank or sign
        else:
            word = WORD.match(until_next)
            spans.append(Span(start, start_of_last + (word.end() if word else 0)))
    return spans
