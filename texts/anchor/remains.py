"""What remains of a span, as one span of the new version."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from texts.anchor.alignment import Block, total
from texts.model import Span

_TEAR = 24
"""Letters of something else that tear a span apart, besides a third of its own length."""


def remains(old: str, span: Span, left: Sequence[Block], new: str) -> Span:
    """Where what is left of a span of the old version stands; most of it, when it was torn apart.

    Letters at its ends that were aligned with others of their kind are taken back: where `a letter` comes after `extra`
    in the new version, the cheapest alignment may take the last letter of the one for the first of the other.
    """
    part = _main_part(left)
    start, end = part[0].new, part[-1].new_end
    first, last = min(part).old, max(part).old_end
    while first > span.start and start > 0 and old[first - 1] == new[start - 1]:
        first, start = first - 1, start - 1
    while last < span.end and end < len(new) and old[last] == new[end]:
        last, end = last + 1, end + 1
    return trimmed(new, Span(start, end))


def trimmed(text: str, span: Span) -> Span:
    """A span without the blanks at its ends; the span itself when it is all blanks."""
    words = text[span.start : span.end]
    if not words.strip():
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, span.end - len(words) + len(words.rstrip()))


def _main_part(left: Sequence[Block]) -> list[Block]:
    """The blocks, in the new order, that stand together and hold the most."""
    ordered = sorted(left, key=lambda b: b.new)
    tear = _TEAR + total(left) // 3
    cuts = [k for k, (one, other) in enumerate(pairwise(ordered), 1) if other.new - one.new_end > tear]
    return max((ordered[start:end] for start, end in pairwise([0, *cuts, len(ordered)])), key=total)
