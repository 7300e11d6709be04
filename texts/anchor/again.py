"""Finding quotes again in a new version of the text they were taken from.

The two versions are compared, and a quote goes where its letters went. What was torn apart is looked for near where it
should be, and only in words that the comparison has not explained otherwise; what is gone becomes an orphan.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from texts.anchor.align import align
from texts.anchor.alignment import Block, total
from texts.anchor.folded import Folded
from texts.anchor.judge import Candidate, Needle
from texts.anchor.likeness import likeness
from texts.anchor.records import Placement, Quoted, State
from texts.anchor.remains import remains, trimmed
from texts.anchor.seek import Seeker
from texts.model import Span

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
_LOOSE_END = 3
"""Letters beyond an end of a quote in which a word that has grown must end."""


def find_again(old_body: str, new_body: str, quoted: Sequence[Quoted]) -> list[Placement]:
    """Where quotes from an old body are in a new one: a placement for each, in the given order.

    A quote whose span does not hold it, or anything like it, in the old body is looked for by its words alone.
    The comparison takes some seconds for a million words; each quote then little.
    """
    if old_body == new_body:
        seeker = Seeker(Folded(new_body))
        return [_as_it_was(q, old_body) or seeker.place(q) for q in quoted]
    versions = _Versions(Folded(old_body), Folded(new_body))
    return [versions.place(q) for q in quoted]


def _as_it_was(quoted: Quoted, body: str) -> Placement | None:
    """A quote's own span, if that is where it stands in its body."""
    span = quoted.span
    if span is not None and 0 <= span.start < span.end <= len(body) and quoted.quote == body[slice(*span)]:
        return Placement(span, State.EXACT, 100.0)
    return None


class _Versions:
    """An old and a new version of a text, compared."""

    def __init__(self, old: Folded, new: Folded) -> None:
        self._old, self._new = old, new
        self._alignment = align(old, new)
        self._seeker = Seeker(new)

    def place(self, quoted: Quoted) -> Placement:
        """Where a quote of the old version is in the new one."""
        span = self._stood_at(quoted)
        if span is None:
            return self._seeker.place(quoted)
        return self._seeker.placement(self._found(span), quoted.quote)

    def _stood_at(self, quoted: Quoted) -> Span | None:
        """Where the quote stood in the old version, folded; None when what stands there is something else."""
        span = quoted.span
        if span is None or not 0 <= span.start < span.end <= len(self._old.body):
            return None
        words = self._old.body[span.start : span.end]
        if likeness(words, quoted.quote) < _RECOGNISABLE:
            return None
        stood = trimmed(self._old.key, self._old.into(span))
        return stood if stood.start < stood.end else None

    def _found(self, span: Span) -> Candidate | None:
        left = self._alignment.left_of(span)
        share = total(left) / (span.end - span.start)
        familiar = self._is_familiar(span)
        if left and familiar and share >= _ALIVE and (carried := self._carried(span, left)):
            return carried
        if familiar and share < _GONE and self._is_closed_over(span):
            return None
        expected = self._alignment.near(span.start) if familiar else None
        gone = share < _GONE or not familiar
        return self._seeker.find(self._needle(span), expected, gone=gone, taken=partial(self._is_taken, span))

    def _needle(self, span: Span) -> Needle:
        text = self._old.text
        before, after = self._before(span, _CONTEXT), self._after(span, _CONTEXT)
        return Needle(text[slice(*span)], text[slice(*before)], text[slice(*after)])

    def _before(self, span: Span, length: int) -> Span:
        return Span(max(0, span.start - length), span.start)

    def _after(self, span: Span, length: int) -> Span:
        return Span(span.end, min(len(self._old.key), span.end + length))

    def _is_familiar(self, span: Span) -> bool:
        """Whether enough of the surroundings is left to say that this is the same text here."""
        around = Span(self._before(span, _SURROUNDINGS).start, self._after(span, _SURROUNDINGS).end)
        left = total(self._alignment.left_of(around))
        return left >= min(_FAMILIAR, _FAMILIAR_SHARE * (around.end - around.start))

    def _carried(self, span: Span, left: list[Block]) -> Candidate | None:
        """Where the letters of a span went, if they are still together and still say about the same."""
        length = span.end - span.start
        part = self._to_words(span, remains(self._old.key, span, left, self._new.key))
        if part.end - part.start > 1.6 * length + 8:
            return None
        alike = likeness(self._new.key[slice(*part)], self._old.key[slice(*span)])
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
