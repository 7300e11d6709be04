"""What became of the words of a quote, in pieces that can be shown one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from texts.diff import Kind, word_diff

_LONGEST = 20_000
"""Characters of a quote; longer ones are shown as replaced, because comparing costs the product of both lengths."""
_CONTEXT = 6
"""Words that stay next to a change when the rest of a stretch is left out."""
_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """Words that follow each other and of which the same became."""

    kind: Kind
    words: str


def reworded(old: str, new: str) -> list[Piece]:
    """How one quote became the other, word by word: what was replaced is first deleted, then inserted.

    Where only typography differs the words are the same, and stand as they now are.
    """
    if old != new and max(len(old), len(new)) > _LONGEST:
        return [piece for piece in (Piece(Kind.DELETED, old), Piece(Kind.INSERTED, new)) if piece.words]
    return [
        Piece(
            change.kind, old[slice(*change.old)] if change.kind is Kind.DELETED else new[slice(*change.new)]
        )
        for change in word_diff(old, new)
    ]


def shortened(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with long stretches of unchanged words cut down to those next to a change."""
    whole = list(pieces)
    last = len(whole) - 1
    return [
        Piece(piece.kind, _cut(piece.words, after=index > 0, before=index < last))
        if piece.kind is Kind.SAME and last > 0
        else piece
        for index, piece in enumerate(whole)
    ]


def _cut(words: str, *, after: bool, before: bool) -> str:
    """The words of a stretch that come after a change and before the next one, `…` for the others."""
    found = list(_WORD.finditer(words))
    if len(found) <= _CONTEXT * (after + before) + 1:
        return words
    first = words[: found[_CONTEXT - 1].end()] + " " if after else ""
    end = " " + words[found[-_CONTEXT].start() :] if before else ""
    return f"{first}…{end}"
