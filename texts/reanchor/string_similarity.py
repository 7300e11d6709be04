"""How alike two strings are, at a cost that stays small however long they are, and near-copies.

A near-copy is a sentence that stands twice in one place, once with other words.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rapidfuzz import fuzz

from texts.lazy_pattern import lazy_pattern
from texts.model import Span

_LETTERWISE = 1 << 28
"""Letters of one string times letters of the other, up to which they are compared one by one: about 5 ms."""

WORD = lazy_pattern(r"\w+")
"""A word, as far as comparing goes: segment.WORD knows more of English."""


def string_similarity(one: str, other: str) -> float:
    """How alike two strings are (0–100): by their letters or, when they are very long, by the words they share."""
    if one == other:
        return 100.0
    if len(one) * len(other) <= _LETTERWISE:
        return fuzz.ratio(one, other)
    words, others = Counter(WORD.findall(one)), Counter(WORD.findall(other))
    return 200.0 * (words & others).total() / max(1, words.total() + others.total())


_REACH = 400
"""Letters before and after a span in which its sentence begins and ends."""
_END = lazy_pattern(r"[.!?…][\"')\]]* ")
_ALIKE = 60.0
"""How alike (0–100) a copy must be."""


class Copy(NamedTuple):
    """A stretch that is a sentence, or was made of it."""

    span: Span
    alike: float
    """0–100; 100 where not a letter differs."""


def sentence_around(text: str, span: Span) -> Span:
    """The sentences that a span reaches into, as far as they are not too long."""
    first = max(0, span.start - _REACH)
    start = max((end.end() for end in _END.finditer(text, first, span.start)), default=first)
    last = min(len(text), span.end + _REACH)
    end = _END.search(text, max(span.start, span.end - 2), last)
    return Span(start, max(span.end, end.end() - 1 if end else last))


def copies_within(sentence: str, text: str, room: Span) -> list[Copy]:
    """The stretches of a part of a text that are like a sentence, the most alike first; they do not overlap."""
    found: list[Copy] = []
    rooms = [room]
    while rooms and len(found) < 3:
        start, end = rooms.pop()
        if end - start < _ALIKE / 100 * len(sentence):
            continue
        exactly = text.find(sentence, start, end)
        if exactly >= 0:
            place = Span(exactly, exactly + len(sentence))
            found.append(Copy(place, 100.0))
        else:
            best = fuzz.partial_ratio_alignment(sentence, text[start:end], score_cutoff=_ALIKE)
            if best is None:
                continue
            place = Span(start + best.dest_start, start + best.dest_end)
            found.append(Copy(place, min(best.score, 99.0)))
        rooms += [Span(start, place.start), Span(place.end, end)]
    return sorted(found, key=lambda copy: -copy.alike)
