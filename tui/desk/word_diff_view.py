"""How a quote that was reworded is shown: what is gone struck through, what is new underlined, never by colour alone.

Apart from `reviewing`, because it brings the comparing of words along, which the first paint does without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from texts.diff import DiffKind, word_diff
from texts.lazy_pattern import lazy_pattern
from texts.visible import one_line, visible

_LONGEST = 20_000
"""Characters of a quote; longer ones are shown as replaced, because comparing costs the product of both lengths."""
_CONTEXT = 6
"""Words that stay next to a change when the rest of a stretch is left out."""
_WORD = lazy_pattern(r"\S+")


class WordPiece(NamedTuple):
    """Words that follow each other and of which the same became."""

    kind: DiffKind
    words: str


def reworded(old: str, new: str) -> list[WordPiece]:
    """How one quote became the other, word by word: what was replaced is first deleted, then inserted.

    Where only typography differs the words are the same, and stand as they now are.
    """
    if old != new and max(len(old), len(new)) > _LONGEST:
        return [
            piece
            for piece in (WordPiece(DiffKind.DELETED, old), WordPiece(DiffKind.INSERTED, new))
            if piece.words
        ]
    return [
        WordPiece(
            change.kind,
            old[slice(*change.old)] if change.kind is DiffKind.DELETED else new[slice(*change.new)],
        )
        for change in word_diff(old, new)
    ]


def shortened(pieces: Iterable[WordPiece]) -> list[WordPiece]:
    """The pieces with long stretches of unchanged words cut down to those next to a change."""
    whole = list(pieces)
    last = len(whole) - 1
    return [
        WordPiece(piece.kind, _cut(piece.words, after=index > 0, before=index < last))
        if piece.kind is DiffKind.SAME and last > 0
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


_STYLES = {DiffKind.SAME: "", DiffKind.DELETED: "strike $error", DiffKind.INSERTED: "bold underline $success"}


def in_one_line(old: str, new: str) -> Content:
    """What became of a quote, long unchanged stretches left out; an old quote that is empty is not known."""
    return _styled(shortened(reworded(old or new, new)), one_line)


def in_full(old: str, new: str) -> Content:
    """The same with all the words."""
    return _styled(reworded(old or new, new), visible)


def _styled(pieces: Sequence[WordPiece], harmless: Callable[[str], str]) -> Content:
    parts: list[tuple[str, str]] = []
    for piece in pieces:
        if piece.kind is DiffKind.INSERTED and parts and not parts[-1][0][-1:].isspace():
            parts.append((" ", ""))  # what is struck through must not run into what came in its place
        parts.append((harmless(piece.words), _STYLES[piece.kind]))
    return Content.assemble(*parts)
