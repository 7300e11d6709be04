"""Tags against texts: how often each tag marks each text, which occur together, which on one side only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from texts.model import Span


class Tagged(NamedTuple):
    """A tag on a highlight; a highlight with two tags makes two of these."""

    tag: str
    """Path in the codebook."""
    text: str
    """Slug."""
    passage: int | None
    """Number of the passage in which the highlight starts; None on furniture."""
    span: Span
    """Into the body."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two tags that occur together."""

    one: str
    """The tag that comes first in the alphabet."""
    other: str
    passages: int
    """How many passages have both, on whatever words."""
    overlapping: int
    """How many pairs of their highlights share at least one character."""


@dataclass(frozen=True, slots=True)
class TagTable:
    """Tags × texts. A count is a number of highlights."""

    texts: tuple[str, ...]
    """Slugs, in the order that was asked for: the columns."""
    counts: Mapping[str, tuple[int, ...]]
    """For each tag, in the order of the alphabet, the count in each text."""
    together: tuple[Together, ...]
    """Tags that meet, those first that meet in most passages."""

    def only(self, text: str) -> tuple[str, ...]:
        """The tags that mark this text and no other; raises ValueError when it is no column."""
        column = self.texts.index(text)
        return tuple(
            tag for tag, counts in self.counts.items() if counts[column] and counts[column] == sum(counts)
        )


def tag_table(tagged: Iterable[Tagged], texts: Iterable[str]) -> TagTable:
    """The table of these texts; what is tagged elsewhere is left out."""
    columns = tuple(dict.fromkeys(texts))
    mine = [mark for mark in tagged if mark.text in columns]
    counts = Counter((mark.tag, mark.text) for mark in mine)
    tags = sorted({mark.tag for mark in mine})
    return TagTable(
        columns,
        {tag: tuple(counts[tag, text] for text in columns) for tag in tags},
        _together(mine),
    )


def _together(tagged: Iterable[Tagged]) -> tuple[Together, ...]:
    places: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    by_text: defaultdict[str, list[Tagged]] = defaultdict(list)
    for mark in tagged:
        by_text[mark.text].append(mark)
        if mark.passage is not None:
            places[mark.text, mark.passage].add(mark.tag)
    in_passages = Counter(pair for tags in places.values() for pair in combinations(sorted(tags), 2))
    overlapping: Counter[tuple[str, str]] = Counter()
    for marks in by_text.values():
        overlapping.update(_overlaps(marks))
    found = [
        Together(*pair, in_passages[pair], overlapping[pair])
        for pair in in_passages.keys() | overlapping.keys()
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.passages, -pair.overlapping, pair.one, pair.other)))


def _overlaps(marks: Iterable[Tagged]) -> Counter[tuple[str, str]]:
    """Pairs of different tags on overlapping spans of one text, counted; found in one sweep over their starts."""
    overlaps: Counter[tuple[str, str]] = Counter()
    running: list[Tagged] = []
    for mark in sorted(marks, key=lambda mark: mark.span):
        running = [other for other in running if other.span.end > mark.span.start]
        for other in running:
            if other.tag != mark.tag:
                overlaps[min(mark.tag, other.tag), max(mark.tag, other.tag)] += 1
        running.append(mark)
    return overlaps
