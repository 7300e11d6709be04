"""How a stretch of text looks: all that lies on it, highlights, cursor, selection, hits, and where that changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter, or_
from typing import NamedTuple

from texts.model import Span


class StyleFlags(NamedTuple):
    """All that lies on a stretch of text, and so decides how it is drawn."""

    marked: str | None = None
    """Colour of the innermost highlight on it."""
    overlap: bool = False
    """Whether more than one highlight lies on it."""
    dim: bool = False
    """Furniture, or out of focus."""
    heading: bool = False
    """In a title or another heading."""
    emphasized: bool = False
    """In a passage that is shown as related."""
    evidence: bool = False
    """Speaks for a relation."""
    hit: bool = False
    """Found by a search."""
    current: bool = False
    """The hit that the reader is at."""
    selected: bool = False
    cursor: bool = False
    away: bool = False
    """The cursor of a pane that the reader is not in."""


PLAIN = StyleFlags()

Layer = tuple[int, int, StyleFlags]
"""Start and end of a stretch, and a look that lies on it."""


@lru_cache(256)
def marked(colour: str, overlap: bool) -> StyleFlags:
    """The look of a highlight."""
    return StyleFlags(marked=colour, overlap=overlap)


def in_a_row(layers: Iterable[Layer], start: int, end: int) -> Iterator[Layer]:
    """Layers that follow one another, with plain pieces between them: together they cover the range."""
    before = start
    for low, high, look in layers:
        if before < low:
            yield before, low, PLAIN
        if before < high:
            yield max(before, low), high, look
            before = high
    if before < end:
        yield before, end, PLAIN


def added_up(layers: Sequence[Layer], start: int, end: int, plain: StyleFlags = PLAIN) -> Iterator[Layer]:
    """The pieces of a range between the ends of layers, which may overlap, on a ground that is `plain`.

    The layers must lie in the range.
    """
    waiting = sorted(layers, key=itemgetter(0), reverse=True)
    cuts = sorted({start, end, *(edge for low, high, _ in layers for edge in (low, high))})
    inside: list[Layer] = []
    for low, high in pairwise(cuts):
        while waiting and waiting[-1][0] <= low:
            inside.append(waiting.pop())
        inside = [layer for layer in inside if layer[1] > low]
        yield low, high, _sum(plain, inside)


def joined(pieces: Iterable[Layer]) -> Iterator[Layer]:
    """Pieces that follow one another, neighbours of the same look made one."""
    start = end = -1
    look = PLAIN
    for low, high, following in pieces:
        if low == end and following == look:
            end = high
            continue
        if start < end:
            yield start, end, look
        start, end, look = low, high, following
    if start < end:
        yield start, end, look


def _sum(plain: StyleFlags, layers: Iterable[Layer]) -> StyleFlags:
    """The look of what has all these looks."""
    look = plain
    for _, _, added in layers:
        if look == PLAIN:
            look = added
        else:
            colour = look.marked if added.marked is None else added.marked
            look = StyleFlags(colour, *map(or_, look[1:], added[1:]))
    return look


class Spans:
    """Spans that may overlap, kept so that those on a row are found at once."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)
        # The furthest end so far never falls, so it can be bisected where single ends cannot.
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def within(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share a character with body[start:end], in order."""
        for place in range(bisect_right(self._reach, start), len(self._spans)):
            span = self._spans[place]
            if span.start >= end:
                break
            if span.end > start:
                yield span


@dataclass
class Overlay:
    """What lies on the text of a pane besides highlights."""

    cursor: Span = field(default=Span(0, 0))
    """The grapheme that the cursor is on."""
    focused: bool = False
    """Whether the reader is in this pane."""
    selection: Span | None = None
    hits: Spans = field(default_factory=Spans)
    current: Span | None = None
    """The hit that the reader is at."""
    evidence: Spans = field(default_factory=Spans)
    emphasized: Span | None = None
    """A passage that is shown as related."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Hint labels by the offset that they name."""
    show_marks: bool = True
    focus_dim: bool = False
    """Whether all but the current passage is dim."""

    @property
    def cursor_look(self) -> StyleFlags:
        """The look of the cursor: another one in the pane that the reader is in."""
        return _CURSOR if self.focused else _AWAY

    def layers(self, start: int, end: int) -> list[Layer]:
        """What lies on body[start:end], each with its own ends and the look that it adds."""
        layers: list[Layer] = []
        if self.hits:
            layers += ((*span, _HIT) for span in self.hits.within(start, end))
        if self.evidence:
            layers += ((*span, _EVIDENCE) for span in self.evidence.within(start, end))
        for single, look in (
            (self.emphasized, _EMPHASIZED),
            (self.current, _CURRENT),
            (self.selection, _SELECTED),
        ):
            if single is not None and single.start < end and start < single.end:
                layers.append((*single, look))
        if start <= self.cursor.start < end:
            layers.append((*self.cursor, self.cursor_look))
        return layers


_HIT = StyleFlags(hit=True)
_CURRENT = StyleFlags(current=True)
_EVIDENCE = StyleFlags(evidence=True)
_EMPHASIZED = StyleFlags(emphasized=True)
_SELECTED = StyleFlags(selected=True)
_CURSOR = StyleFlags(cursor=True)
_AWAY = StyleFlags(away=True)
