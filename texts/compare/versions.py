"""Two versions of one text: paragraphs are paired first, and only paired ones are read word against word.

A word of one paragraph is thus never held against one of another. `texts.reanchor` tells which has become which; a
paragraph that was split, or joined with its neighbour, is paired with all that it became.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from texts.compare.collate import ChangeKind, CollatedPiece, collate_passages
from texts.model import Span, Text
from texts.reanchor.align import align
from texts.reanchor.folded_body import FoldedBody
from texts.reanchor.patience import longest_rise
from texts.segment import paragraphs

_KIN = 0.4
"""Share of the shorter of two paragraphs that the other must have kept for one to have become the other."""


class VersionUnit(NamedTuple):
    """A paragraph, or several that were made of one or became one, and what happened to it."""

    left: Span | None
    """Into the left body; None for what is added."""
    right: Span | None
    """Into the right body; None for what is removed."""
    moved: bool
    """Whether it stands elsewhere among the others than it did."""
    pieces: tuple[CollatedPiece, ...]
    """Word against word; a single piece for what is removed or added."""


class _Pair(NamedTuple):
    left: Span
    """A range of paragraphs by their numbers, half-open."""
    right: Span


def collate(left: Text, right: Text) -> tuple[CollatedPiece, ...]:
    """Two versions of one text, furniture included, without what is the same: what a reader has to look at."""
    pieces = (piece for unit in collate_versions(left.body, right.body) for piece in unit.pieces)
    return tuple(
        _joined((piece for piece in pieces if piece.fate is not ChangeKind.SAME), left.body, right.body)
    )


def collate_versions(left: str, right: str) -> tuple[VersionUnit, ...]:
    """All paragraphs of two bodies, paired, in the order of the left; what is added stands where the right has it.

    Each word and mark of punctuation is in exactly one piece of its side.
    """
    ours, theirs = paragraphs(left), paragraphs(right)
    pairs = _pairs(left, right)
    in_place = set(longest_rise([pair.right.start for pair in pairs]))
    at = {pair.left.start: number for number, pair in enumerate(pairs)}
    met = {k for pair in pairs for k in range(*pair.left)}
    new = sorted(set(range(len(theirs))) - {n for pair in pairs for n in range(*pair.right)}, reverse=True)
    units: list[VersionUnit] = []

    def add_before(end: int) -> None:
        while new and new[-1] < end:
            span = theirs[new.pop()]
            units.append(VersionUnit(None, span, False, (CollatedPiece(ChangeKind.ADDED, None, span),)))

    for k, span in enumerate(ours):
        if k in at:
            pair, moved = pairs[at[k]], at[k] not in in_place
            if not moved:
                add_before(pair.right.start)
            here, there = _covering(ours, pair.left), _covering(theirs, pair.right)
            pieces: Iterable[CollatedPiece] = collate_passages(left, right, here, there)
            if moved:
                pieces = _joined(map(_as_moved, pieces), left, right)
            units.append(VersionUnit(here, there, moved, tuple(pieces)))
        elif k not in met:
            units.append(VersionUnit(span, None, False, (CollatedPiece(ChangeKind.REMOVED, span, None),)))
    add_before(len(theirs))
    return tuple(units)


def _as_moved(piece: CollatedPiece) -> CollatedPiece:
    return (
        piece._replace(fate=ChangeKind.MOVED)
        if piece.fate in (ChangeKind.SAME, ChangeKind.RESPELLED)
        else piece
    )


def _joined(pieces: Iterable[CollatedPiece], left: str, right: str) -> Iterator[CollatedPiece]:
    """The pieces, with those made one that moved together."""
    last: CollatedPiece | None = None
    for piece in pieces:
        if (
            last is not None
            and last.fate is piece.fate is ChangeKind.MOVED
            and _touch(last, piece, left, right)
        ):
            last = CollatedPiece(
                ChangeKind.MOVED, _from_to(last.left, piece.left), _from_to(last.right, piece.right)
            )
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _touch(one: CollatedPiece, other: CollatedPiece, left: str, right: str) -> bool:
    """Whether nothing but white space lies between two pieces on either side, where both have them."""
    return all(
        first is not None
        and second is not None
        and first.end <= second.start
        and not body[first.end : second.start].strip()
        for first, second, body in ((one.left, other.left, left), (one.right, other.right, right))
    )


def _from_to(first: Span | None, last: Span | None) -> Span | None:
    return Span(first.start, last.end) if first and last else None


def _covering(spans: Sequence[Span], numbers: Span) -> Span:
    """From the first paragraph of a range to its last."""
    return Span(spans[numbers.start].start, spans[numbers.end - 1].end)


def _pairs(left: str, right: str) -> list[_Pair]:
    """Which paragraphs have become which, in the order of the left; each is in one pair at most."""
    shared = _shared(FoldedBody(left), FoldedBody(right))
    pairs = []
    for group in _connected(shared):
        pair = _Pair(_range(k for k, _ in group), _range(n for _, n in group))
        numbers = len({k for k, _ in group}) + len({n for _, n in group})
        if numbers < sum(span.end - span.start for span in pair):
            # They are not neighbours: what others lie between is no single paragraph any more.
            k, n = max(group, key=lambda edge: (shared[edge], edge))
            pair = _Pair(Span(k, k + 1), Span(n, n + 1))
        pairs.append(pair)
    return sorted(pairs)


def _shared(old: FoldedBody, new: FoldedBody) -> dict[tuple[int, int], int]:
    """How many letters a paragraph on the right has of one on the left, where that makes them kin."""
    alignment = align(old, new)
    ours, theirs = old.paragraphs, new.paragraphs
    starts = [span.start for span in theirs]
    shared: Counter[tuple[int, int]] = Counter()
    for k, span in enumerate(ours):
        for block in alignment.left_of(span):
            n = max(0, bisect_right(starts, block.new) - 1)
            while n < len(theirs) and theirs[n].start < block.new_end:
                shared[k, n] += max(0, min(theirs[n].end, block.new_end) - max(theirs[n].start, block.new))
                n += 1

    def least(k: int, n: int) -> float:
        return _KIN * min(ours[k].end - ours[k].start, theirs[n].end - theirs[n].start)

    return {edge: letters for edge, letters in shared.items() if letters and letters >= least(*edge)}


def _connected(edges: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The edges of a graph of left and right numbers, by connected parts."""
    of_left: dict[int, list[tuple[int, int]]] = {}
    of_right: dict[int, list[tuple[int, int]]] = {}
    for edge in sorted(edges):
        parts = [part for part in (of_left.get(edge[0]), of_right.get(edge[1])) if part is not None]
        whole = parts[0] if parts else []
        if len(parts) == 2 and parts[0] is not parts[1]:
            whole += parts[1]
        whole.append(edge)
        for k, n in whole:
            of_left[k] = of_right[n] = whole
    return list({id(part): part for part in of_left.values()}.values())


def _range(numbers: Iterable[int]) -> Span:
    found = list(numbers)
    return Span(min(found), max(found) + 1)
