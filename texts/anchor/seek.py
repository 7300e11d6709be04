"""Finding a quote in a body by its words and by what stood around it.

For what a comparison of two versions could not place, and for quotes whose old body is not at hand. Candidates are the
places where the quote stands as it is, and those where something like it stands, near by or around its rare words;
`judge` says which of them, if any, is the place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz

from texts.anchor.align import align_strings
from texts.anchor.folded import Folded, fold_typography
from texts.anchor.judge import Candidate, Needle, choose, weigh
from texts.anchor.likeness import WORD
from texts.anchor.records import ORPHANED, Placement, Quoted, State
from texts.anchor.remains import remains, trimmed
from texts.model import Span

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
_PLACES = 4
"""How many of the places that words point to are looked at."""


def find_quote(body: str, quoted: Quoted) -> Placement:
    """Where a quote is in a body, when the body it was taken from is not at hand.

    Its span is a hint; without one, or with one past the end, the words and the context decide. A quote that fits
    several places equally well is an orphan.
    """
    return Seeker(Folded(body)).place(quoted)


def find_quotes(body: str, quoted: Iterable[Quoted]) -> list[Placement]:
    """Where many quotes are in one body, each as `find_quote` would find it."""
    seeker = Seeker(Folded(body))
    return [seeker.place(q) for q in quoted]


class Seeker:
    """Looks for quotes in one body. What it needs to know about the body is worked out when first needed."""

    def __init__(self, body: Folded) -> None:
        self._body = body
        self._key = body.key

    def place(self, quoted: Quoted) -> Placement:
        """Where a quote is, by its words, its context and its span."""
        needle = Needle(
            Folded(quoted.quote.strip()).text, Folded(quoted.before).text, Folded(quoted.after).text
        )
        if not needle.quote:
            return ORPHANED
        span = quoted.span
        if span is None or not 0 <= span.start < span.end <= len(self._body.body):
            return self.placement(self.find(needle), quoted.quote)
        hint = self._body.into(span)
        there = weigh(self._body.text, trimmed(self._key, hint), needle, hint.start)
        if there.quote == 100 and there.letters >= 0.75 * len(needle.key):
            return self.placement(there, quoted.quote)
        return self.placement(self.find(needle, hint.start), quoted.quote)

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
        needle: Needle,
        expected: int | None = None,
        *,
        gone: bool = False,
        taken: Callable[[Span], bool] = lambda span: False,
    ) -> Candidate | None:
        """The place of a quote in the folded body, or None.

        Args:
            needle: the quote and its context, folded.
            expected: about where it should start.
            gone: it was cut where it stood, so that only what is beyond doubt counts.
            taken: whether a place is known to belong to something else.
        """
        candidates = self._weighed(self._verbatim(needle, expected), needle, expected, taken)
        if max((c.score for c in candidates), default=0.0) < _SURE:
            candidates += self._weighed(self._alike(needle, expected), needle, expected, taken)
        return choose(candidates, needle, gone=gone)

    def _weighed(
        self, spans: Iterator[Span], needle: Needle, expected: int | None, taken: Callable[[Span], bool]
    ) -> list[Candidate]:
        return [weigh(self._body.text, span, needle, expected) for span in set(spans) if not taken(span)]

    def _verbatim(self, needle: Needle, expected: int | None) -> Iterator[Span]:
        """Where the quote stands as it is; of very many places those with its context, and the nearest."""
        start, end = needle.span
        for head, tail in ((_TELLING, 0), (0, _TELLING), (0, 0)):
            first = max(0, start - head)
            for place in self._occurrences(needle.key[first : end + tail], expected or 0):
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

    def _alike(self, needle: Needle, expected: int | None) -> Iterator[Span]:
        """Where something like the quote in its context stands: near by, and around its rare words."""
        length = len(needle.key)
        if expected is not None:
            reach = _NEIGHBOURHOOD + length
            yield from self._within(needle, expected - reach, expected + reach)
        margin = 40 + length // 4
        for start in self._pointed_to(needle):
            yield from self._within(needle, start - margin, start + length + margin)

    def _within(self, needle: Needle, start: int, end: int) -> Iterator[Span]:
        """The part of a stretch that is most like the quote in its context."""
        start, end = max(0, start), min(len(self._key), end)
        if len(needle.key) <= min(_SHORT, end - start):
            best = fuzz.partial_ratio_alignment(needle.key, self._key[start:end], score_cutoff=50)
            if best is None:
                return
            margin = 8 + len(needle.key) // 8
            end = min(end, start + best.dest_end + margin)
            start = max(start, start + best.dest_start - margin)
        left = align_strings(needle.key, self._key[start:end]).left_of(needle.span)
        if left:
            found = remains(needle.key, needle.span, left, self._key[start:end])
            yield Span(start + found.start, start + found.end)

    def _pointed_to(self, needle: Needle) -> list[int]:
        """Where the quote in its context would start, by its rare words; the best attested places first."""
        pointers = []
        for word in WORD.finditer(needle.key):
            places = self._places.get(word.group(), ())
            if 0 < len(places) <= _OFTEN:
                pointers.append((len(places), word.start(), places))
        starts: defaultdict[int, list[int]] = defaultdict(list)
        width = 32 + len(needle.key) // 8
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
