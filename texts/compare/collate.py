"""Two passages word against word: what is the same, changed, added, taken out, or moved.

Words that keep their order are found first (`matching_blocks`); what is left over on both sides and stands there word
for word has moved. The cost stays in proportion to the length.

For what has become of one quote, `texts.diff` is enough: it knows neither moves nor spellings, and its cost grows with
the square of the length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import count, groupby, pairwise, product
from typing import NamedTuple

from texts.compare.matching_blocks import MatchingBlock, joined, matching_blocks
from texts.lexicon import STOP_WORDS
from texts.model import Span
from texts.tokens import WordPattern
from texts.typography import fold_text, fold_word

_NUMBER = r"(?<![^\W_])\d+(?:[.,]\d+)+(?![^\W_])"
_TOKEN = WordPattern(before=rf"{_NUMBER}|", after=r"|\S")
SHORTEST_MOVE = 3
"""Fewer words and marks in common on both sides are no move, but chance,"""
_TELLING_MOVE = 2
"""and so many of them must carry a subject."""
_MOST_ALIKE = 64
"""In how many ways a run of words may be paired off for a move to be guessed from it."""


class ChangeKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    """Both have them, letter for letter."""
    RESPELLED = "spelt"
    """Both have them, but for case, accents, or the kind of quotes and dashes."""
    CHANGED = "changed"
    """Other words stand in their place."""
    REMOVED = "removed"
    """Only the left has them."""
    ADDED = "added"
    """Only the right has them."""
    MOVED = "moved"
    """Both have them, elsewhere."""


class CollatedPiece(NamedTuple):
    """Neighbouring words that share a fate."""

    fate: ChangeKind
    left: Span | None
    """Into the left body; None for what is added."""
    right: Span | None
    """Into the right body; None for what is removed."""


class _Token(NamedTuple):
    """A word, a number with its points and commas, or a mark of punctuation."""

    span: Span
    written: str
    key: str
    """What is compared: folded."""
    is_telling: bool
    """Whether it is a word that carries a subject."""


def collate_passages(
    left: str, right: str, left_span: Span | None = None, right_span: Span | None = None
) -> tuple[CollatedPiece, ...]:
    """Two passages, at these spans of their bodies, word against word; without a span, the whole of the body.

    Each word and mark of punctuation is in exactly one piece of its side; white space is in none unless inside one. In
    the order of the left, with what is added where it stands; what moved stands where the left has it, so the right
    side is read by sorting on `right`.
    """
    ours = _tokens(left, left_span or Span(0, len(left)))
    theirs = _tokens(right, right_span or Span(0, len(right)))
    return tuple(_pieces(ours, theirs))


def _tokens(body: str, span: Span) -> list[_Token]:
    return [
        _Token(Span(*match.span()), match[0], *_judged(match[0])) for match in _TOKEN.finditer(body, *span)
    ]


@lru_cache(1 << 16)
def _judged(written: str) -> tuple[str, bool]:
    """What is compared of a token, and whether it is a word that carries a subject."""
    is_telling = written[-1].isalnum() and fold_word(written) not in STOP_WORDS
    return fold_text(written).text or written, is_telling


def _without_chance(
    blocks: Sequence[MatchingBlock], ours: Sequence[_Token], theirs: Sequence[_Token]
) -> tuple[list[MatchingBlock], list[MatchingBlock]]:
    """The blocks that say something, and those of function words and marks.

    What chance has left of these amid longer changes is in neither.
    """
    firm: list[MatchingBlock] = []
    soft: list[MatchingBlock] = []
    last = MatchingBlock(0, 0, 0)
    for block, following in pairwise((*blocks, MatchingBlock(len(ours), len(theirs), 0))):
        ahead = max(block.left - last.left_end, block.right - last.right_end)
        behind = max(following.left - block.left_end, following.right - block.right_end)
        if any(token.is_telling for token in ours[block.left : block.left_end]):
            firm.append(block)
        elif block.size > min(ahead, behind):
            soft.append(block)
        else:
            continue
        last = block
    return firm, soft


class _Loose(NamedTuple):
    """One side, and which of its tokens have no counterpart yet."""

    tokens: Sequence[_Token]
    free: bytearray
    """For each token, 1 where it has none."""

    @classmethod
    def all(cls, tokens: Sequence[_Token]) -> _Loose:
        """A side none of whose tokens has one."""
        return cls(tokens, bytearray(b"\1") * len(tokens))

    def key(self, index: int) -> str | None:
        """What is compared of a free token; None for one that is taken, or not there."""
        return self.tokens[index].key if 0 <= index < len(self.tokens) and self.free[index] else None

    def grams(self) -> Mapping[tuple[str, ...], list[int]]:
        """Where each run of `SHORTEST_MOVE` free tokens begins."""
        grams: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for start in range(len(self.tokens) - SHORTEST_MOVE + 1):
            if all(self.free[start : start + SHORTEST_MOVE]):
                grams[tuple(token.key for token in self.tokens[start : start + SHORTEST_MOVE])].append(start)
        return grams


def _aligned(
    ours: Sequence[_Token], theirs: Sequence[_Token]
) -> tuple[list[MatchingBlock], list[MatchingBlock]]:
    """What keeps its order, in order, and what has moved."""
    mine, its = _Loose.all(ours), _Loose.all(theirs)
    found = matching_blocks([token.key for token in ours], [token.key for token in theirs])
    firm, soft = _without_chance(found, ours, theirs)
    for block in firm:
        _take(block, mine, its)
    moves = list(_moves(mine, its))
    left_alone = [block for block in soft if _take(block, mine, its)]
    return joined(_widened(block, mine, its) for block in sorted((*firm, *left_alone))), moves


def _take(block: MatchingBlock, mine: _Loose, its: _Loose) -> bool:
    """Give these tokens each other for counterpart, if all of them are free; says whether they were."""
    here, there = slice(block.left, block.left_end), slice(block.right, block.right_end)
    if not (all(mine.free[here]) and all(its.free[there])):
        return False
    mine.free[here] = its.free[there] = bytes(block.size)
    return True


def _moves(mine: _Loose, its: _Loose) -> Iterator[MatchingBlock]:
    """What stands on both sides and is free there, the longest first."""
    for move in sorted(_candidates(mine, its), key=lambda move: (-move.size, move)):
        if _take(move, mine, its):
            yield move


def _candidates(mine: _Loose, its: _Loose) -> Iterator[MatchingBlock]:
    """The longest runs of free tokens that both sides have, where they are rare enough to mean something."""
    left, right = mine.grams(), its.grams()
    rare = (gram for gram in left if gram in right and len(left[gram]) * len(right[gram]) <= _MOST_ALIKE)
    seen: dict[int, int] = {}
    for start, other in sorted(pair for gram in rare for pair in product(left[gram], right[gram])):
        if start < seen.get(start - other, 0):
            continue  # inside a longer one
        block = _grown(MatchingBlock(start, other, 0), mine, its)
        seen[start - other] = block.left_end
        if sum(token.is_telling for token in mine.tokens[block.left : block.left_end]) >= _TELLING_MOVE:
            yield block


def _grown(block: MatchingBlock, mine: _Loose, its: _Loose) -> MatchingBlock:
    """The block, with the free tokens before and after it that both sides have."""

    def parts(left: int, right: int) -> bool:
        key = mine.key(left)
        return key is None or key != its.key(right)

    back = next(step for step in count() if parts(block.left - step - 1, block.right - step - 1))
    on = next(step for step in count() if parts(block.left_end + step, block.right_end + step))
    return MatchingBlock(block.left - back, block.right - back, back + block.size + on)


def _widened(block: MatchingBlock, mine: _Loose, its: _Loose) -> MatchingBlock:
    """The block, with what moves have left beside it."""
    wide = _grown(block, mine, its)
    _take(MatchingBlock(wide.left, wide.right, block.left - wide.left), mine, its)
    _take(MatchingBlock(block.left_end, block.right_end, wide.left_end - block.left_end), mine, its)
    return wide


def _pieces(ours: Sequence[_Token], theirs: Sequence[_Token]) -> Iterator[CollatedPiece]:
    blocks, moves = _aligned(ours, theirs)
    by_left, by_right = ({move[side]: move for move in moves} for side in (0, 1))
    done = MatchingBlock(0, 0, 0)
    for block in (*blocks, MatchingBlock(len(ours), len(theirs), 0)):
        mine = _stretches(Span(done.left_end, block.left), by_left)
        its = _stretches(Span(done.right_end, block.right), by_right)
        left_over = [stretch for stretch in its if isinstance(stretch, Span)]
        yield from _changes(ours, theirs, mine, left_over)
        yield from _alike(ours, theirs, block)
        done = block


def _stretches(tokens: Span, moves: Mapping[int, MatchingBlock]) -> Iterator[Span | MatchingBlock]:
    """A range of tokens without counterpart in order, cut into what has moved and ranges of what has not."""
    start = index = tokens.start
    while index < tokens.end:
        if index in moves:
            if start < index:
                yield Span(start, index)
            yield moves[index]
            start = index = index + moves[index].size
        else:
            index += 1
    if start < index:
        yield Span(start, index)


def _changes(
    ours: Sequence[_Token],
    theirs: Sequence[_Token],
    mine: Iterable[Span | MatchingBlock],
    its: Sequence[Span],
) -> Iterator[CollatedPiece]:
    """The pieces between two blocks: what stands in whose place follows from the order."""
    waiting = iter(its)
    for stretch in mine:
        if isinstance(stretch, MatchingBlock):
            here = _covering(ours, Span(stretch.left, stretch.left_end))
            yield CollatedPiece(
                ChangeKind.MOVED, here, _covering(theirs, Span(stretch.right, stretch.right_end))
            )
            continue
        here, there = _covering(ours, stretch), next(waiting, None)
        if there is None:
            yield CollatedPiece(ChangeKind.REMOVED, here, None)
        else:
            yield CollatedPiece(ChangeKind.CHANGED, here, _covering(theirs, there))
    for there in waiting:
        yield CollatedPiece(ChangeKind.ADDED, None, _covering(theirs, there))


def _alike(ours: Sequence[_Token], theirs: Sequence[_Token], block: MatchingBlock) -> Iterator[CollatedPiece]:
    """The pieces of a block: what is the same letter for letter, and what is only spelt alike."""
    offsets = range(block.size)
    pairs = [(ours[block.left + offset], theirs[block.right + offset]) for offset in offsets]
    for same, run in groupby(pairs, key=lambda pair: pair[0].written == pair[1].written):
        stretch = list(run)
        yield CollatedPiece(
            ChangeKind.SAME if same else ChangeKind.RESPELLED,
            Span(stretch[0][0].span.start, stretch[-1][0].span.end),
            Span(stretch[0][1].span.start, stretch[-1][1].span.end),
        )


def _covering(tokens: Sequence[_Token], stretch: Span) -> Span:
    """The part of the body from the first token of a range to its last."""
    return Span(tokens[stretch.start].span.start, tokens[stretch.end - 1].span.end)
