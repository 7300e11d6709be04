"""Finding quotes again in a new version of the text they were taken from.

The two versions are compared, and a quote goes where its letters went. What was torn apart is looked for near where it
should be, and only in words that the comparison has not explained otherwise; what is gone becomes an orphan.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from itertools import pairwise

from texts.model import Span
from texts.reanchor.align import align
from texts.reanchor.alignment import SharedBlock, project, total, trimmed
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.locate import QuoteLocator
from texts.reanchor.placement import Placement, Quoted, State
from texts.reanchor.score import Candidate, QuoteQuery
from texts.reanchor.slide import is_sentence_edge
from texts.reanchor.string_similarity import Copy, copies_within, sentence_around, string_similarity

_CONTEXT = 32
"""Letters on either side by which a quote is known."""
_SURROUNDINGS = 150
"""Letters on either side that tell whether a quote is still among the words it was among."""
_FAMILIAR = 120
"""How many letters of quote and surroundings must be left, or …"""
_FAMILIAR_SHARE = 0.4
"""… in a short text, which share."""
_ALIVE = 0.5
"""Share of a quote that must be left for it to be where its letters are."""
_GONE = 0.25
"""Share below which it was cut."""
_RECOGNISABLE = 60.0
"""How alike (0–100) what stands there now must be."""
_GARBLED = 45.0
"""The same between neighbours that have not changed."""
_ROOM_FOR_TWO, _ROOM_FOR_MORE = 1.5, 5.0
"""How many times as long as a sentence the room must be for a copy of it to stand there too, and beyond which what
stands there is something else."""
_TELLING = 6
"""Letters of a neighbour that must stand together to say where it is."""
_LOOSE_END = 3
"""Letters beyond an end of a quote in which a word that has grown must end."""


def reanchor_quotes(old_body: str, new_body: str, quoted: Sequence[Quoted]) -> list[Placement]:
    """Where quotes from an old body are in a new one: a placement for each, in the given order.

    A quote whose span does not hold it, or anything like it, in the old body is looked for by its words alone.
    The comparison takes some seconds for a million words; each quote then little.
    """
    if old_body == new_body:
        locator = QuoteLocator(FoldedBody(new_body))
        return [_as_it_was(q, old_body) or locator.place(q) for q in quoted]
    versions = _Versions(FoldedBody(old_body), FoldedBody(new_body))
    return [versions.place(q) for q in quoted]


def _as_it_was(quoted: Quoted, body: str) -> Placement | None:
    """A quote's own span, if that is where it stands in its body."""
    span = quoted.span
    if span is not None and 0 <= span.start < span.end <= len(body) and quoted.quote == body[slice(*span)]:
        return Placement(span, State.EXACT, 100.0)
    return None


class _Versions:
    """An old and a new version of a text, compared."""

    def __init__(self, old: FoldedBody, new: FoldedBody) -> None:
        self._old, self._new = old, new
        self._alignment = align(old, new)
        self._locator = QuoteLocator(new)

    def place(self, quoted: Quoted) -> Placement:
        """Where a quote of the old version is in the new one."""
        span = self._stood_at(quoted)
        if span is None:
            return self._locator.place(quoted)
        return self._locator.placement(self._found(span), quoted.quote)

    def _stood_at(self, quoted: Quoted) -> Span | None:
        """Where the quote stood in the old version, folded; None when what stands there is something else."""
        span = quoted.span
        if span is None or not 0 <= span.start < span.end <= len(self._old.body):
            return None
        words = self._old.body[span.start : span.end]
        if string_similarity(words, quoted.quote) < _RECOGNISABLE:
            return None
        stood = trimmed(self._old.key, self._old.into(span))
        return stood if stood.start < stood.end else None

    def _found(self, span: Span) -> Candidate | None:
        left = self._alignment.left_of(span)
        share = total(left) / (span.end - span.start)
        familiar = self._is_familiar(span)
        copies = self._copies(span) if familiar else []
        if len(copies) > 1:
            return self._among(copies, span)
        if left and familiar and share >= _ALIVE and (carried := self._carried(span, left)):
            return carried
        if familiar and share < _GONE and self._is_closed_over(span):
            return None
        expected = self._alignment.near(span.start) if familiar else None
        gone = share < _GONE or not familiar
        return self._locator.find(self._query(span), expected, gone=gone, taken=partial(self._is_taken, span))

    def _copies(self, span: Span) -> list[Copy]:
        """What is like the sentence of a span where it stood: two where a copy with other words was put beside it."""
        sentence = sentence_around(self._old.key, span)
        room = None if self._is_whole(sentence) else self._room_of(sentence)
        length = sentence.end - sentence.start
        if room is None or not _ROOM_FOR_TWO <= (room.end - room.start) / length <= _ROOM_FOR_MORE:
            return []
        return copies_within(self._old.key[slice(*sentence)], self._new.key, room)

    def _is_whole(self, span: Span) -> bool:
        """Whether all of a span stands in the new version, with nothing put in but between sentences."""
        left = self._alignment.left_of(span)
        if total(left) < span.end - span.start:
            return False
        ordered = all(one.new_end <= other.new for one, other in pairwise(left))
        return ordered and all(
            is_sentence_edge(self._old.key, block.old) or block.old in self._line_starts for block in left[1:]
        )

    @cached_property
    def _line_starts(self) -> frozenset[int]:
        return frozenset(line.start for line in self._old.lines)

    def _room_of(self, span: Span) -> Span | None:
        """Between where what stood before a span now ends and what stood after it begins; None where either is gone."""
        sides = self._before(span, _CONTEXT), self._after(span, _CONTEXT)
        before, after = (
            [block for block in self._alignment.left_of(side) if block.length >= _TELLING] for side in sides
        )
        if (not before and span.start > 0) or (not after and span.end < len(self._old.key)):
            return None
        start = before[-1].new_end if before else 0
        end = after[0].new if after else len(self._new.key)
        return Span(start, end) if start < end else None

    def _among(self, copies: Sequence[Copy], span: Span) -> Candidate | None:
        """The place in the one copy that has not changed; None where it might be in either."""
        whole = [copy for copy in copies if copy.alike == 100]
        if len(whole) != 1:
            return None
        start = whole[0].span.start + span.start - sentence_around(self._old.key, span).start
        length = span.end - span.start
        return Candidate(Span(start, start + length), 100.0, length, 100.0)

    def _query(self, span: Span) -> QuoteQuery:
        text = self._old.text
        before, after = self._before(span, _CONTEXT), self._after(span, _CONTEXT)
        return QuoteQuery(text[slice(*span)], text[slice(*before)], text[slice(*after)])

    def _before(self, span: Span, length: int) -> Span:
        return Span(max(0, span.start - length), span.start)

    def _after(self, span: Span, length: int) -> Span:
        return Span(span.end, min(len(self._old.key), span.end + length))

    def _is_familiar(self, span: Span) -> bool:
        """Whether enough of the surroundings is left to say that this is the same text here."""
        around = Span(self._before(span, _SURROUNDINGS).start, self._after(span, _SURROUNDINGS).end)
        left = total(self._alignment.left_of(around))
        return left >= min(_FAMILIAR, _FAMILIAR_SHARE * (around.end - around.start))

    def _carried(self, span: Span, left: list[SharedBlock]) -> Candidate | None:
        """Where the letters of a span went, if they are still together and still say about the same."""
        length = span.end - span.start
        part = self._to_words(span, project(self._old.key, span, left, self._new.key))
        if part.end - part.start > 1.6 * length + 8:
            return None
        alike = string_similarity(self._new.key[slice(*part)], self._old.key[slice(*span)])
        if alike >= (_GARBLED if self._is_closed_over(span) else _RECOGNISABLE):
            return Candidate(part, alike, length, alike)
        return None

    def _to_words(self, was: Span, span: Span) -> Span:
        """A span whose ends are ends of words where they were before: `ran` grows to `Iran`."""
        old, new = self._old.key, self._new.key
        start, end = span
        if was.start == 0 or not old[was.start - 1].isalnum():
            start -= _rest_of_word(new[start], new[max(0, start - _LOOSE_END) : start][::-1])
        if was.end == len(old) or not old[was.end].isalnum():
            end += _rest_of_word(new[end - 1], new[end : end + _LOOSE_END])
        return Span(start, end)

    def _is_closed_over(self, span: Span) -> bool:
        """Whether what stood on both sides of a span still stands together: then the span was cut, not moved."""
        sides = self._before(span, _CONTEXT), self._after(span, _CONTEXT)
        left, right = (self._alignment.left_of(side) for side in sides)
        if not left or not right:
            return False
        for blocks, side in zip((left, right), sides, strict=True):
            if total(blocks) < _ALIVE * (side.end - side.start):
                return False
        gap = right[0].new - left[-1].new_end
        return 0 <= gap <= 2 * (span.end - span.start) + 40

    def _is_taken(self, span: Span, place: Span) -> bool:
        """Whether most of a place in the new version comes from elsewhere than the span in the old one."""
        origin = self._alignment.origin_of(place)
        elsewhere = total(b for b in origin if b.old_end <= span.start or b.old >= span.end)
        return elsewhere > (place.end - place.start) / 2


def _rest_of_word(letter: str, beyond: str) -> int:
    """How many letters the word goes on, if a letter is in one and it soon ends."""
    if not letter.isalnum():
        return 0
    return next((k for k, c in enumerate(beyond) if not c.isalnum()), 0)
