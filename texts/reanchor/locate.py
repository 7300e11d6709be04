"""Finding a quote in a body by its words and by what stood around it.

For what a comparison of two versions could not place, and for quotes whose old body is not at hand. Candidates are the
places where the quote stands as it is, and those where something like it stands, near by or around its rare words;
`score` says which of them, if any, is the place.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz

from texts.model import Span
from texts.reanchor.align import align_strings
from texts.reanchor.alignment import project, trimmed
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.placement import ORPHANED, Placement, Quoted, State
from texts.reanchor.score import Candidate, QuoteQuery, choose, score_candidate
from texts.reanchor.string_similarity import WORD, copies_within
from texts.tokens import is_whole
from texts.typography import fold_body, fold_typography, without_case

_OCCURRENCES = 50
"""How many places on either side are looked at where a quote occurs very often."""
_TELLING = 10
"""Letters of context that single out the occurrences of a common quote that may be meant."""
_SURE = 85.0
"""Score of a place (0–100) above which nothing like the quote is looked for."""
_NEIGHBOURHOOD = 1500
"""Letters before and after the expected place that are searched for something like the quote."""
_SHORT = 256
"""Letters up to which a quote with its context is slid over a stretch; longer ones are aligned with it."""
_POINTERS = 8
"""How many of the rarest words of a quote point to where it may be."""
_OFTEN = 64
"""Occurrences above which a word points nowhere."""
_LOOSE = 16
"""Letters beyond the ends of a copy in which it may go on."""
_STOPS = ".!?\"'"
"""What sentences end with."""
_AROUND = 120
"""Letters beyond a quote in which a copy of it may stand."""
_LIKELY = 60.0
"""How alike (0–100) words must be to be offered as a quote's place."""
_OFFERED = 3
"""How many places are offered at most."""
_PLACES = 4
"""How many of the places that words point to are looked at."""


def _query(quoted: Quoted) -> QuoteQuery:
    """A quote as it is looked for, whatever its letters are composed of; blanks at the outer ends tell nothing."""
    quote, before, after = (
        fold_body(unicodedata.normalize("NFC", words)).text
        for words in (quoted.quote.strip(), quoted.before, quoted.after)
    )
    return QuoteQuery(quote, before.lstrip(), after.rstrip())


def likely_places(body: str, quoted: Sequence[Quoted]) -> list[list[Span]]:
    """For each quote that has no place where in a body it may be: code points, the most likely first, three at most."""
    locator = QuoteLocator(FoldedBody(body))
    return [locator.likely(each) for each in quoted]


def find_quote(body: str, quoted: Quoted) -> Placement:
    """Where a quote is in a body, when the body it was taken from is not at hand.

    Its span is a hint; without one, or with one past the end, the words and the context decide; without context, whole
    words go before parts of words. A quote that fits several places equally well is an orphan.
    """
    return QuoteLocator(FoldedBody(body)).place(quoted)


def find_quotes(body: str, quoted: Iterable[Quoted]) -> list[Placement]:
    """Where many quotes are in one body, each as `find_quote` would find it."""
    locator = QuoteLocator(FoldedBody(body))
    return [locator.place(q) for q in quoted]


class QuoteLocator:
    """Looks for quotes in one body. What it needs to know about the body is worked out when first needed."""

    def __init__(self, body: FoldedBody) -> None:
        self._body = body
        self._key = body.key

    def place(self, quoted: Quoted) -> Placement:
        """Where a quote is, by its words, its context and its span."""
        query = _query(quoted)
        if not query.quote:
            return ORPHANED
        span = quoted.span
        if span is None or not 0 <= span.start < span.end <= len(self._body.body):
            return self.placement(self.find(query), quoted.quote)
        hint = self._body.into(span)
        there = score_candidate(self._body.text, trimmed(self._key, hint), query, hint.start)
        if there.quote == 100 and there.letters >= 0.75 * len(query.key):
            return self.placement(there, quoted.quote)
        return self.placement(self.find(query, hint.start), quoted.quote)

    def likely(self, quoted: Quoted) -> list[Span]:
        """Where in the body a quote may be that has no place: the most likely first, none overlapping another."""
        query = _query(quoted)
        if not query.quote:
            return []
        words = without_case(query.quote)
        margin = _AROUND + len(words)
        found = set(self._verbatim(query, None))
        for start in self._pointed_to(query):
            room = Span(max(0, start - margin), min(len(self._key), start + len(query.key) + margin))
            found |= {self._fitted(words, copy.span) for copy in copies_within(words, self._key, room)}
        scored = [score_candidate(self._body.text, trimmed(self._key, span), query, None) for span in found]
        chosen: list[Candidate] = []
        for one in sorted(scored, key=lambda one: (one.quote < 100, -one.score, one.span)):
            if one.quote >= _LIKELY and not any(one.span.overlaps(other.span) for other in chosen):
                chosen.append(one)
        return [self._body.back(one.span) for one in chosen[:_OFFERED]]

    def _fitted(self, words: str, place: Span) -> Span:
        """A place with its ends at the nearest ends of words, or of sentences where the words end with one."""
        near = Span(max(place.start, place.end - _LOOSE), min(len(self._key), place.end + _LOOSE))
        ends = [at for at in range(near.start + 1, near.end + 1) if self._ends_word(at)]
        if words[-1:] in _STOPS:
            ends = [at for at in ends if self._key[at - 1] in _STOPS] or ends
        end = min(ends, key=lambda at: abs(at - place.end), default=place.end)
        return Span(place.start, max(end, place.start + 1))

    def _ends_word(self, at: int) -> bool:
        return self._key[at - 1] != " " and self._key[at : at + 1] in ("", " ")

    def placement(self, found: Candidate | None, quote: str) -> Placement:
        """What was found, in terms of the body."""
        if found is None:
            return ORPHANED
        span = self._body.back(found.span)
        if fold_typography(self._body.body[span.start : span.end]) == fold_typography(quote):
            return Placement(span, State.EXACT, found.score)
        return Placement(span, State.CHANGED, min(found.score, 99.0))

    def find(
        self,
        query: QuoteQuery,
        expected: int | None = None,
        *,
        gone: bool = False,
        taken: Callable[[Span], bool] = lambda span: False,
    ) -> Candidate | None:
        """The place of a quote in the folded body, or None.

        Args:
            query: the quote and its context, folded.
            expected: about where it should start.
            gone: it was cut where it stood, so that only what is beyond doubt counts.
            taken: whether a place is known to belong to something else.
        """
        candidates = self._scored(self._verbatim(query, expected), query, expected, taken)
        if max((c.score for c in candidates), default=0.0) < _SURE:
            candidates += self._scored(self._alike(query, expected), query, expected, taken)
        if expected is None and not (query.before or query.after):
            candidates = self._whole_words(candidates) or candidates
        return choose(candidates, query, gone=gone)

    def _whole_words(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Those that have the quote word for word, and no more or less than whole words of the body."""
        return [one for one in candidates if one.quote == 100 and is_whole(self._body.text, *one.span)]

    def _scored(
        self, spans: Iterator[Span], query: QuoteQuery, expected: int | None, taken: Callable[[Span], bool]
    ) -> list[Candidate]:
        return [
            score_candidate(self._body.text, span, query, expected) for span in set(spans) if not taken(span)
        ]

    def _verbatim(self, query: QuoteQuery, expected: int | None) -> Iterator[Span]:
        """Where the quote stands as it is; of very many places those with its context, and the nearest."""
        start, end = query.span
        for head, tail in ((_TELLING, 0), (0, _TELLING), (0, 0)):
            first = max(0, start - head)
            for place in self._occurrences(query.key[first : end + tail], expected or 0):
                yield Span(place + start - first, place + end - first)

    def _occurrences(self, words: str, near: int) -> Iterator[int]:
        """Where words occur, the nearest ones on either side."""
        yield from islice(self._onwards(words, near), _OCCURRENCES)
        yield from islice(self._backwards(words, near), _OCCURRENCES)

    def _onwards(self, words: str, start: int) -> Iterator[int]:
        while (start := self._key.find(words, start)) >= 0:
            yield start
            start += 1

    def _backwards(self, words: str, start: int) -> Iterator[int]:
        while start > 0 and (start := self._key.rfind(words, 0, start + len(words) - 1)) >= 0:
            yield start

    def _alike(self, query: QuoteQuery, expected: int | None) -> Iterator[Span]:
        """Where something like the quote in its context stands: near by, and around its rare words."""
        length = len(query.key)
        if expected is not None:
            reach = _NEIGHBOURHOOD + length
            yield from self._within(query, expected - reach, expected + reach)
        margin = 40 + length // 4
        for start in self._pointed_to(query):
            yield from self._within(query, start - margin, start + length + margin)

    def _within(self, query: QuoteQuery, start: int, end: int) -> Iterator[Span]:
        """The part of a stretch that is most like the quote in its context."""
        start, end = max(0, start), min(len(self._key), end)
        if len(query.key) <= min(_SHORT, end - start):
            best = fuzz.partial_ratio_alignment(query.key, self._key[start:end], score_cutoff=50)
            if best is None:
                return
            margin = 8 + len(query.key) // 8
            end = min(end, start + best.dest_end + margin)
            start = max(start, start + best.dest_start - margin)
        left = align_strings(query.key, self._key[start:end]).left_of(query.span)
        if left:
            found = project(query.key, query.span, left, self._key[start:end])
            yield Span(start + found.start, start + found.end)

    def _pointed_to(self, query: QuoteQuery) -> list[int]:
        """Where the quote in its context would start, by its rare words; the best attested places first."""
        pointers = []
        for word in WORD.finditer(query.key):
            places = self._places.get(word.group(), ())
            if 0 < len(places) <= _OFTEN:
                pointers.append((len(places), word.start(), places))
        starts: defaultdict[int, list[int]] = defaultdict(list)
        width = 32 + len(query.key) // 8
        for _, offset, places in sorted(pointers)[:_POINTERS]:
            for place in places:
                starts[(place - offset) // width].append(place - offset)
        best = Counter({bucket: len(attested) for bucket, attested in starts.items()}).most_common(_PLACES)
        return [starts[bucket][0] for bucket, _ in best]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word of the body stands."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for word in WORD.finditer(self._key):
            places[word.group()].append(word.start())
        return dict(places)
