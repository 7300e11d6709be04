"""Two readers' highlights over one text, cut into stretches on which neither changes what they say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from texts.model import Span, Text, united

Codes = frozenset[str]
"""What a reader says of a stretch: the paths of the tags that lie on it; `UNTAGGED` alone where it is marked without
any; nothing where it is not marked. Overlapping highlights add up, and one without a tag adds nothing to a tag."""

UNTAGGED = ""
"""Stands for the tag that a highlight without tags does not have."""

_NOTHING: Codes = frozenset()


class MarkedSpan(NamedTuple):
    """A highlight, as far as agreement goes."""

    parts: tuple[Span, ...]
    """Into the body; more than one for a highlight with gaps, which are not marked."""
    tags: tuple[str, ...] = ()
    """Paths in the codebook."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Its tags, or `UNTAGGED` for want of any."""
        return self.tags or (UNTAGGED,)


class Stretch(NamedTuple):
    """Characters of one passage of which each reader says the same from the first to the last."""

    span: Span
    passage: int
    """Number of the passage that holds it."""
    one: Codes
    other: Codes


def stretches(text: Text, one: Iterable[MarkedSpan], other: Iterable[MarkedSpan]) -> list[Stretch]:
    """The numbered passages of a text, in order, cut where either reader says something else.

    No stretch has white space at its edges, or is nothing else. What is marked on furniture takes no part.
    """
    changes = _changes(one, other)
    edges = {edge for passage in text.numbered for edge in passage.span}
    laid: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    found: list[Stretch] = []
    for start, end in pairwise(sorted(changes.keys() | edges)):
        for reader, labels, step in changes.get(start, ()):
            for label in labels:
                laid[reader][label] += step
        passage = text.passage_at(start)
        if passage is None or passage.number is None or start >= passage.span.end:
            continue
        here = Stretch(Span(start, end), passage.number, *map(_codes, laid))
        if found and found[-1][1:] == here[1:]:
            here = here._replace(span=Span(found.pop().span.start, end))
        found.append(here)
    whole = (stretch._replace(span=_trimmed(text.body, stretch.span)) for stretch in found)
    return [stretch for stretch in whole if stretch.span.start < stretch.span.end]


def _changes(
    one: Iterable[MarkedSpan], other: Iterable[MarkedSpan]
) -> dict[int, list[tuple[int, tuple[str, ...], int]]]:
    """At each offset what begins there (1) or ends (−1): which reader's, and with which labels."""
    changes: defaultdict[int, list[tuple[int, tuple[str, ...], int]]] = defaultdict(list)
    for reader, marked in enumerate((one, other)):
        for each in marked:
            for part in each.parts:
                changes[part.start].append((reader, each.labels, 1))
                changes[part.end].append((reader, each.labels, -1))
    return changes


def _codes(laid: Counter[str]) -> Codes:
    return joined(frozenset(label for label, times in laid.items() if times > 0))


def joined(*codes: Codes) -> Codes:
    """What a reader says of several stretches together: all the tags on any of them."""
    together = _NOTHING.union(*codes)
    return together - {UNTAGGED} if len(together) > 1 else together


def written(body: str, span: Span) -> int:
    """How many characters of a span are not white space."""
    return sum(map(len, body[span.start : span.end].split()))


def _trimmed(body: str, span: Span) -> Span:
    """The span without white space at its edges; empty where there is nothing else."""
    words = body[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def inside(text: Text, marked: Iterable[MarkedSpan]) -> list[MarkedSpan]:
    """Those that reach into a numbered passage."""
    return meeting(marked, [passage.span for passage in text.numbered])


def meeting(marked: Iterable[MarkedSpan], spans: Iterable[Span]) -> list[MarkedSpan]:
    """Those that share at least one character with any of the spans."""
    covered = united(spans)
    starts = [span.start for span in covered]

    def meets(part: Span) -> bool:
        before = bisect_left(starts, part.end) - 1
        return before >= 0 and covered[before].overlaps(part)

    return [each for each in marked if any(map(meets, each.parts))]
