"""Looks: all that lies on a stretch of text, and how a row is cut where its look changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter, or_
from typing import NamedTuple


class Look(NamedTuple):
    """All that lies on a stretch of text, and so decides how it is drawn."""

    marked: str | None = None
    """Colour of the innermost highlight on it."""
    overlap: bool = False
    """Whether more than one highlight lies on it."""
    dim: bool = False
    """Furniture, or out of focus."""
    lit: bool = False
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


PLAIN = Look()

Layer = tuple[int, int, Look]
"""Start and end of a stretch, and a look that lies on it."""


@lru_cache(256)
def marked(colour: str, overlap: bool) -> Look:
    """The look of a highlight."""
    return Look(marked=colour, overlap=overlap)


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


def added_up(layers: Sequence[Layer], start: int, end: int, plain: Look = PLAIN) -> Iterator[Layer]:
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


def _sum(plain: Look, layers: Iterable[Layer]) -> Look:
    """The look of what has all these looks."""
    look = plain
    for _, _, added in layers:
        if look == PLAIN:
            look = added
        else:
            colour = look.marked if added.marked is None else added.marked
            look = Look(colour, *map(or_, look[1:], added[1:]))
    return look
