"""What differs between two wordings, word by word: to show a reader what has become of a quote."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.typography import fold_typography


class DiffKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


class Change(NamedTuple):
    """A run of words of one kind."""

    kind: DiffKind
    old: Span
    """Code points into the old wording; empty, at the place, for what was inserted."""
    new: Span
    """Code points into the new wording; empty, at the place, for what was deleted."""


_TOKEN = lazy_pattern(r"^\s+|(?:[^\W_]+(?:['’][^\W_]+)*|[\W_])\s*")
"""A word, or a character that is in none, with the white space after it."""


def word_diff(old: str, new: str) -> list[Change]:
    """The runs of words that two wordings share, and those that only one of them has, in reading order.

    The old spans together are all of the old wording, the new ones all of the new. What was replaced is deleted first,
    then inserted. Quotation marks, dashes and white space of another make are the same, as they are for
    `texts.reanchor.State.EXACT`. The cost grows with the product of the numbers of words.
    """
    return list(_changes(old, new))


def _changes(old: str, new: str) -> Iterator[Change]:
    old_keys, old_starts = _tokens(old)
    new_keys, new_starts = _tokens(new)
    edits = Levenshtein.opcodes(old_keys, new_keys)
    for is_same, group in groupby(edits, key=lambda edit: edit.tag == "equal"):
        run = list(group)
        before = Span(old_starts[run[0].src_start], old_starts[run[-1].src_end])
        after = Span(new_starts[run[0].dest_start], new_starts[run[-1].dest_end])
        if is_same:
            yield Change(DiffKind.SAME, before, after)
            continue
        if before.start < before.end:
            yield Change(DiffKind.DELETED, before, Span(after.start, after.start))
        if after.start < after.end:
            yield Change(DiffKind.INSERTED, Span(before.end, before.end), after)


def _tokens(words: str) -> tuple[list[str], list[int]]:
    """The tokens of a wording, folded, and where each starts; after the last, where the wording ends."""
    tokens = list(_TOKEN.finditer(words))
    return [fold_typography(token.group()) for token in tokens], [*(t.start() for t in tokens), len(words)]
