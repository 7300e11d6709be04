"""What two sequences have in the same order: as much as there can be, at a cost that stays with their length.

Within a stretch it is the longest common subsequence (by rapidfuzz); a longer one is first pinned together by what each
side has once (patience diff, Bram Cohen).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from texts.model import Span

_ALL_AT_ONCE = 1 << 22
"""Tokens of one side times tokens of the other, up to which they are compared without pins."""
_ALL_AT_ONCE_AT_LAST = 1 << 28
"""The same where nothing pins them together; what is larger still is held to be other words."""
_PINS = (6, 3, 1)
"""How many tokens make a pin, from coarse to fine."""


class MatchingBlock(NamedTuple):
    """Tokens that both sides have."""

    left: int
    """Index of the first on the left."""
    right: int
    """Index of the first on the right."""
    size: int

    @property
    def left_end(self) -> int:
        """Index after the last on the left."""
        return self.left + self.size

    @property
    def right_end(self) -> int:
        """Index after the last on the right."""
        return self.right + self.size


def matching_blocks(ours: Sequence[str], theirs: Sequence[str]) -> list[MatchingBlock]:
    """What both sides have in the same order, as blocks in that order; blocks that touch on both sides are one.

    Where each side has more than 16,000 tokens or so and none of them only once, they are held to have nothing in
    common but how they begin and end.
    """
    shorter = min(len(ours), len(theirs))
    head = next((step for step in range(shorter) if ours[step] != theirs[step]), shorter)
    tail = next(
        (step for step in range(shorter - head) if ours[-1 - step] != theirs[-1 - step]), shorter - head
    )
    mine, its = Span(head, len(ours) - tail), Span(head, len(theirs) - tail)
    between = _found(ours, theirs, mine, its, _PINS)
    return joined((MatchingBlock(0, 0, head), *between, MatchingBlock(mine.end, its.end, tail)))


def joined(blocks: Iterable[MatchingBlock]) -> list[MatchingBlock]:
    """The blocks that hold anything, those that touch on both sides made one."""
    whole: list[MatchingBlock] = []
    for block in blocks:
        if whole and whole[-1].left_end == block.left and whole[-1].right_end == block.right:
            whole[-1] = whole[-1]._replace(size=whole[-1].size + block.size)
        elif block.size:
            whole.append(block)
    return whole


def _found(
    ours: Sequence[str], theirs: Sequence[str], mine: Span, its: Span, pins: Sequence[int]
) -> Iterator[MatchingBlock]:
    """The blocks of two ranges of tokens, in order: at once, or piece by piece between pins."""
    size = (mine.end - mine.start) * (its.end - its.start)
    if not size:
        return
    if size <= _ALL_AT_ONCE or (not pins and size <= _ALL_AT_ONCE_AT_LAST):
        for code in Indel.opcodes(ours[mine.start : mine.end], theirs[its.start : its.end]):
            if code.tag == "equal":
                yield MatchingBlock(
                    mine.start + code.src_start, its.start + code.dest_start, code.src_end - code.src_start
                )
        return
    if not pins:
        return
    done = MatchingBlock(mine.start, its.start, 0)
    for pin in (*_pinned(ours, theirs, mine, its, pins[0]), MatchingBlock(mine.end, its.end, 0)):
        if pin.left >= done.left_end and pin.right >= done.right_end:
            between = Span(done.left_end, pin.left), Span(done.right_end, pin.right)
            yield from _found(ours, theirs, *between, pins[1:])
            yield pin
            done = pin


def _pinned(
    ours: Sequence[str], theirs: Sequence[str], mine: Span, its: Span, size: int
) -> list[MatchingBlock]:
    """Runs of `size` tokens that occur once on each side, the longest chain of them that is in order on both."""
    left, right = _once(ours, mine, size), _once(theirs, its, size)
    pins = [MatchingBlock(start, right[gram], size) for gram, start in left.items() if gram in right]
    return rising(pins)


def _once(tokens: Sequence[str], span: Span, size: int) -> dict[tuple[str, ...], int]:
    """Where each run of tokens stands that occurs once in a range."""
    grams = list(zip(*(tokens[span.start + shift : span.end] for shift in range(size)), strict=False))
    counts = Counter(grams)
    return {gram: start for start, gram in enumerate(grams, span.start) if counts[gram] == 1}


def rising(pins: Sequence[MatchingBlock]) -> list[MatchingBlock]:
    """Of pins that rise on the left, the longest chain that rises on the right too (patience sorting)."""
    piles: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, pin in enumerate(pins):
        pile = bisect_left(piles, pin.right)
        before.append(tops[pile - 1] if pile else -1)
        piles[pile : pile + 1] = [pin.right]
        tops[pile : pile + 1] = [number]
    chain: list[MatchingBlock] = []
    number = tops[-1] if tops else -1
    while number != -1:
        chain.append(pins[number])
        number = before[number]
    return chain[::-1]
