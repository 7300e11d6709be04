"""Whether a place in a body is the place of a quote.

Each letter alike beyond what chance would give speaks for it, in the quote and in what stands before and after. So a
sentence speaks for itself, and `the government` only by its context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from texts.model import Span
from texts.reanchor.string_similarity import string_similarity
from texts.typography import without_case

_CHANCE = 50.0
"""How alike (0–100) unrelated English is."""
_RECOGNISABLE = 60.0
"""How alike a quote must at least be."""
_ENOUGH = 24.0
"""Letters that must speak for a place."""
_UNCHANGED = 85.0
"""How alike a quote must be that was cut where it stood, to be taken for the same elsewhere."""
_BEYOND_DOUBT = 56.0
"""Letters that must speak for that."""
_LEAD = 2.0
"""By how much a place must be better than any other."""
_WEIGHT_OF_QUOTE, _WEIGHT_OF_SIDE = 50.0, 22.0
"""What the quote, and what stands on one side of it, count in the score."""
_NEARNESS = 6.0
"""What being where it should counts against how alike it is."""
_FAR = 500
"""Letters away at which half of that is lost."""


@dataclass(frozen=True)
class QuoteQuery:
    """A quote that is looked for, folded but in its own case, with what stood around it."""

    quote: str
    before: str
    after: str

    @cached_property
    def key(self) -> str:
        """The quote in its context, without case."""
        return without_case(self.before + self.quote + self.after)

    @property
    def span(self) -> Span:
        """The quote within the key."""
        return Span(len(self.before), len(self.before) + len(self.quote))


@dataclass(frozen=True)
class Candidate:
    """A place that may be the quote's."""

    span: Span
    """Into the folded body."""
    quote: float
    """How alike (0–100) its words and the quote are."""
    letters: float
    """How many letters speak for it."""
    score: float
    """0–100: words, context and nearness, weighted."""


def score_candidate(text: str, span: Span, query: QuoteQuery, expected: int | None) -> Candidate:
    """What speaks for a place in a folded text."""
    quote = string_similarity(text[span.start : span.end], query.quote)
    # What is compared, how many letters it has, and what it counts.
    compared = [(quote, len(query.quote), _WEIGHT_OF_QUOTE)]
    for words, there in (
        (query.before, text[max(0, span.start - len(query.before)) : span.start]),
        (query.after, text[span.end : span.end + len(query.after)]),
    ):
        if words:
            compared.append((string_similarity(there, words), len(words), _WEIGHT_OF_SIDE))
    letters = sum(length * max(0.0, alike - _CHANCE) / (100 - _CHANCE) for alike, length, _ in compared)
    score = sum(alike * weight for alike, _, weight in compared) / sum(weight for *_, weight in compared)
    away = 0 if expected is None else abs(span.start - expected)
    nearness = 100 * _FAR / (_FAR + away)
    return Candidate(span, quote, letters, ((100 - _NEARNESS) * score + _NEARNESS * nearness) / 100)


def choose(candidates: Sequence[Candidate], query: QuoteQuery, *, gone: bool) -> Candidate | None:
    """The best candidate, if enough speaks for it and it is clearly the best."""
    if not candidates:
        return None
    best = max(candidates, key=lambda c: c.score)
    rivals = [c.score for c in candidates if not c.span.overlaps(best.span)]
    if rivals and best.score - max(rivals) < _LEAD:
        return None
    if gone:
        return best if best.quote >= _UNCHANGED and best.letters >= _BEYOND_DOUBT else None
    known = sum(map(len, (query.quote, query.before, query.after)))
    if best.quote == 100 and best.letters == known:
        return best  # words that stand there once, and all else that is known of them, be it nothing
    return best if best.quote >= _RECOGNISABLE and best.letters >= _ENOUGH else None
