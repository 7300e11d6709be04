"""Moves the edges of what was put in or cut out to where sentences and words begin.

Where a sentence comes after a copy of itself with another word, `A b c.` after `A x c.`, its letters fit in several
ways: the first `A` may be the old one, and `x c. A` be what is new. Of all ways that explain the two versions equally
well, the one is taken in which something whole is new, as git does with the edges of its hunks (its indent heuristic).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence

from texts.reanchor.alignment import SharedBlock, joined

_ENDS, _CLOSING = ".!?", "\"')]"
"""What ends a sentence, and what may stand between that and the blank."""
_LINE, _SENTENCE, _WORD = 3, 2, 1
"""How good an edge is."""


def slide(
    old: str, new: str, blocks: Iterable[SharedBlock], old_starts: Container[int], new_starts: Container[int]
) -> list[SharedBlock]:
    """The blocks in the order of the old version, with the edges between neighbours where most is left whole.

    Args:
        old: the old version, folded.
        new: the new one.
        blocks: what stands in both; they overlap in neither.
        old_starts: where lines start in the old version.
        new_starts: where they start in the new one.
    """
    whole: list[SharedBlock] = []
    ordered = joined(sorted(blocks))
    new_places = sorted(block.new for block in ordered)
    for block in ordered:
        if whole and _has_one_gap(whole[-1], block, new_places):
            before = whole.pop()
            put_in = before.old_end == block.old
            version = (old, before.old_end, old_starts) if put_in else (new, before.new_end, new_starts)
            shift = _best(_shifts(old, new, before, block), *version)
            if shift > -before.length:
                whole.append(SharedBlock(before.old, before.new, before.length + shift))
            moved = SharedBlock(block.old + shift, block.new + shift, block.length - shift)
            if moved.length:
                whole.append(moved)
        else:
            whole.append(block)
    return whole


def gathered(old: str, new: str, blocks: Sequence[SharedBlock]) -> list[SharedBlock]:
    """Blocks in order of which as few as possible stand apart: what fits as well right beside another one goes there.

    Of all shortest ways from one string to another Levenshtein's may scatter a word's letters over what was put in.
    """
    pulled: list[SharedBlock] = []
    for block in reversed(blocks):
        after = pulled[-1] if pulled else None
        if after and _is_pure(block, after) and _count(_back(old, new, block, after)) == block.length:
            pulled[-1] = SharedBlock(
                after.old - block.length, after.new - block.length, block.length + after.length
            )
        else:
            pulled.append(block)
    pushed: list[SharedBlock] = []
    for block in reversed(pulled):
        before = pushed[-1] if pushed else None
        if before and _is_pure(before, block) and _count(_on(old, new, before, block)) == block.length:
            pushed[-1] = SharedBlock(before.old, before.new, before.length + block.length)
        else:
            pushed.append(block)
    return pushed


def _count(steps: Iterable[int]) -> int:
    return sum(1 for _ in steps)


def _is_pure(before: SharedBlock, after: SharedBlock) -> bool:
    """Whether something was put in between two blocks, or cut out, and not both."""
    return (after.new == before.new_end) != (after.old == before.old_end)


def _best(shifts: Iterable[int], text: str, edge: int, starts: Container[int]) -> int:
    """The shift after which an edge is where most is left whole, the smallest of several."""
    return max(shifts, key=lambda shift: (_edge(text, edge + shift, starts), -abs(shift)))


def _has_one_gap(before: SharedBlock, after: SharedBlock, new_places: Sequence[int]) -> bool:
    """Whether something was put in between two blocks, or cut out, and not both; nor anything moved to there."""
    put_in, cut_out = after.new - before.new_end, after.old - before.old_end
    if put_in < 0 or (put_in == 0) == (cut_out == 0):
        return False
    return bisect_left(new_places, before.new_end) == bisect_left(new_places, after.new)


def _shifts(old: str, new: str, before: SharedBlock, after: SharedBlock) -> list[int]:
    """By how many letters the edge between two blocks can move, one of whose gaps is empty."""
    return [0, *_back(old, new, before, after), *_on(old, new, before, after)]


def _back(old: str, new: str, before: SharedBlock, after: SharedBlock) -> Iterable[int]:
    for k in range(1, before.length + 1):
        if not (
            old[before.old_end - k] == old[after.old - k] == new[after.new - k] == new[before.new_end - k]
        ):
            return
        yield -k


def _on(old: str, new: str, before: SharedBlock, after: SharedBlock) -> Iterable[int]:
    for k in range(after.length):
        if not (
            old[before.old_end + k] == old[after.old + k] == new[after.new + k] == new[before.new_end + k]
        ):
            return
        yield k + 1


def _edge(text: str, at: int, starts: Container[int]) -> int:
    """How much is left whole on both sides of an edge."""
    if at in (0, len(text)) or at in starts:
        return _LINE
    if is_sentence_edge(text, at):
        return _SENTENCE
    return _WORD if " " in text[at - 1 : at + 1] else 0


def is_sentence_edge(text: str, at: int) -> bool:
    """Whether a sentence may begin at an offset into a folded text."""
    before = text[max(0, at - 4) : at]
    return before.endswith(" ") and before[:-1].rstrip(_CLOSING)[-1:] in tuple(_ENDS)
