"""What kept its order between two versions of a text.

Patience diff (Bram Cohen), with runs of words for lines: what occurs once in each version pins the two together, and
what lies between two pins is compared again on finer terms, in the end letter by letter (Levenshtein). Letters are
only compared in short stretches, so that the cost grows with the length of the text and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from texts.model import Span
from texts.reanchor.alignment import ComparedRegion, SharedBlock, joined, total
from texts.reanchor.slide import gathered
from texts.reanchor.string_similarity import WORD

_LETTERWISE = 1 << 22
"""Letters of the old stretch times letters of the new one, up to which they are compared one by one: about 1 ms."""
_LETTERWISE_AT_LAST = 1 << 26
"""The same for stretches that nothing pins together."""
_RUNS = (6, 3, 1)
"""How many words make a run that may pin, from coarse to fine."""
FIRM = 0.01
"""Share of a stretch that pins must cover to be relied on while there are finer ones."""
_DEPTH = 12
"""How often stretches between pins may be pinned together again."""
_BREAK = 3
"""Letters between two matches, up to which they belong to one cluster."""
_DENSE = 0.6
"""Share of a cluster that must be the same; unrelated English reaches about a half by chance."""
_LUCK = 1.2
"""Letters of luck for each doubling of the stretches compared; English is luckier than random letters."""


def patience(old: str, new: str, region: ComparedRegion, depth: int = 0) -> Iterator[SharedBlock]:
    """The blocks that kept their order in a region."""
    head, region, tail = _trim(old, new, region)
    yield from (end for end in (head, tail) if end.length)
    if not region.size:
        return
    if region.size <= _LETTERWISE:
        yield from _letters(old, new, region)
        return
    pins = _pins_of_words(old, new, region)
    yield from pins
    if pins and depth < _DEPTH:
        # What occurs often in the whole may occur once between two pins.
        for gap in between(pins, region):
            yield from patience(old, new, gap, depth + 1)
    elif region.size <= _LETTERWISE_AT_LAST:
        yield from _letters(old, new, region)


def between(pins: Sequence[SharedBlock], region: ComparedRegion) -> Iterator[ComparedRegion]:
    """The regions before, between and after pins, where there is something in both versions."""
    first = SharedBlock(region.old.start, region.new.start, 0)
    last = SharedBlock(region.old.end, region.new.end, 0)
    for before, after in pairwise([first, *pins, last]):
        gap = ComparedRegion(Span(before.old_end, after.old), Span(before.new_end, after.new))
        if gap.size:
            yield gap


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest strictly rising subsequence (Fredman 1975)."""
    tops: list[int] = []  # the lowest number that ends a rise of each length
    at: list[int] = []
    back: list[int] = []
    for k, number in enumerate(numbers):
        length = bisect_left(tops, number)
        back.append(at[length - 1] if length else -1)
        tops[length : length + 1] = [number]
        at[length : length + 1] = [k]
    rise = []
    k = at[-1] if at else -1
    while k >= 0:
        rise.append(k)
        k = back[k]
    return rise[::-1]


def _trim(old: str, new: str, region: ComparedRegion) -> tuple[SharedBlock, ComparedRegion, SharedBlock]:
    """What a region has in common at its start and at its end, and the region between."""
    (old_start, old_end), (new_start, new_end) = region
    head = _common(old[old_start:old_end], new[new_start:new_end])
    tail = _common(old[old_start + head : old_end][::-1], new[new_start + head : new_end][::-1])
    return (
        SharedBlock(old_start, new_start, head),
        ComparedRegion(Span(old_start + head, old_end - tail), Span(new_start + head, new_end - tail)),
        SharedBlock(old_end - tail, new_end - tail, tail),
    )


def _common(one: str, other: str) -> int:
    """How many code points two strings share at their start."""
    shared, step = 0, min(len(one), len(other))
    while step:
        if one[shared : shared + step] == other[shared : shared + step]:
            shared += step
            step = min(step, len(one) - shared, len(other) - shared)
        else:
            step //= 2
    return shared


class _Runs(NamedTuple):
    """All runs of so many words in a stretch."""

    keys: Sequence[Hashable]
    starts: Sequence[int]
    ends: Sequence[int]


def _runs(text: str, span: Span, count: int) -> _Runs:
    found = list(WORD.finditer(text, *span))
    words = [m.group() for m in found]
    keys: Sequence[Hashable] = words
    if count > 1:
        keys = list(zip(*(words[k:] for k in range(count)), strict=False))
    return _Runs(keys, [m.start() for m in found], [m.end() for m in found[count - 1 :]])


def _pins_of_words(old: str, new: str, region: ComparedRegion) -> list[SharedBlock]:
    """Pins of the longest runs that give enough of them."""
    pins: list[SharedBlock] = []
    letters = min(region.old.end - region.old.start, region.new.end - region.new.start)
    for count in _RUNS:
        pins = _pins(_runs(old, region.old, count), _runs(new, region.new, count))
        # A few may be chance, and one that is throws everything beside it out of order.
        if total(pins) >= FIRM * letters:
            break
    return pins


def _pins(old: _Runs, new: _Runs) -> list[SharedBlock]:
    """What occurs once on either side: as much of it as stands in the same order, without overlaps."""
    there = _once(new.keys)
    both = [(k, there[key]) for key, k in _once(old.keys).items() if key in there]
    pins: list[SharedBlock] = []
    for k in longest_rise([n for _, n in both]):
        m, n = both[k]
        pin = SharedBlock(old.starts[m], new.starts[n], old.ends[m] - old.starts[m])
        if pin.length != new.ends[n] - new.starts[n]:
            continue  # the same words with other things between them
        lap = max(0, pins[-1].old_end - pin.old, pins[-1].new_end - pin.new) if pins else 0
        if lap < pin.length:
            pins.append(pin.part(lap, pin.length))
    return joined(pins)


def _once(keys: Sequence[Hashable]) -> dict[Hashable, int]:
    """Where the keys stand that occur only once, in order."""
    counts = Counter(keys)
    return {key: k for k, key in enumerate(keys) if counts[key] == 1}


class _Cluster:
    """Matches close to each other in both versions, with the gaps before and after."""

    def __init__(self, gap: int) -> None:
        self.blocks: list[SharedBlock] = []
        self.same = 0
        self.gaps = gap

    def is_chance(self) -> bool:
        """Whether unrelated words would match as well.

        The longest match of two unrelated strings grows with the logarithm of their length (Arratia & Waterman
        1985): here that of the gaps, in which the match could have fallen anywhere.
        """
        if not self.blocks:
            return True
        first, last = self.blocks[0], self.blocks[-1]
        extent = max(last.old_end - first.old, last.new_end - first.new)
        return self.same < _DENSE * extent or self.same < _LUCK * log2(1 + self.gaps)


def _letters(old: str, new: str, region: ComparedRegion) -> Iterator[SharedBlock]:
    """What kept its order in a small region, letter by letter, without what only chance matched."""
    (old_start, old_end), (new_start, new_end) = region
    blocks: list[SharedBlock] = []
    for op in Levenshtein.opcodes(old[old_start:old_end], new[new_start:new_end]):
        block = SharedBlock(old_start + op.src_start, new_start + op.dest_start, op.src_end - op.src_start)
        if op.tag == "equal" or (op.tag == "replace" and _is_slip(old, new, block)):
            blocks.append(block)
    clusters = [_Cluster(0)]
    at = SharedBlock(old_start, new_start, 0)
    for block in gathered(old, new, blocks):
        gap = max(block.old - at.old_end, block.new - at.new_end)
        if gap > _BREAK:
            clusters[-1].gaps += gap
            clusters.append(_Cluster(gap))
        clusters[-1].blocks.append(block)
        clusters[-1].same += block.length if old[block.old] == new[block.new] else 0
        at = block
    clusters[-1].gaps += max(old_end - at.old_end, new_end - at.new_end)
    for cluster in clusters:
        if not cluster.is_chance():
            yield from cluster.blocks


def _is_slip(old: str, new: str, block: SharedBlock) -> bool:
    """Whether one letter stands for another: a slip of the pen, and the letter is still in its place."""
    return block.length == 1 and old[block.old].isprintable() and new[block.new].isprintable()
