"""Names that two passages share in two scripts or languages, by how they sound."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from texts.languages.transliteration import foreign_names, one_name, scripts_of
from texts.model import Span, Text
from texts.naming import spelling_key
from texts.tokens import WORD, is_unspaced

_FEWEST_LETTERS = 3
_LONGEST_RUN = 7
"""Characters of a foreign name in Chinese."""
_LOOKED_AT = 4096
"""Code points of a body that tell whether it is written with capitals at all: old editions of Greek are not."""

Named = tuple[Span, str]
"""A word that may be a name, and where it stands."""


def names_across(
    left: Text,
    right: Text,
    here: Span,
    there: Span,
    *,
    parted: Collection[tuple[str, str]] = (),
    one_script: bool = False,
) -> list[tuple[Span, Span, float]]:
    """Words of two spans that are one name, and how alike they sound, 0–1; each word at most once.

    Of two scripts, and with `one_script` also of two languages in one: Moses, Moïse. `parted` are spellings that are
    two names by the reader's word.
    """
    ours, theirs = list(may_be_names(left.body, here)), list(may_be_names(right.body, there))
    if not ours or not theirs:
        return []
    if not one_script and scripts_of(word for _, word in ours) == scripts_of(word for _, word in theirs):
        return []
    kept = {frozenset(map(spelling_key, pair)) for pair in parted}
    found = sorted(
        (
            (alike, one, other)
            for one, mine in ours
            for other, its in theirs
            if (alike := one_name(mine, its))
            and frozenset((spelling_key(mine), spelling_key(its))) not in kept
        ),
        key=lambda each: (-each[0], each[1].start - each[1].end, each[2].start - each[2].end),
    )
    taken: list[tuple[Span, Span, float]] = []
    for alike, one, other in found:
        if not any(one.overlaps(a) or other.overlaps(b) for a, b, _ in taken):
            taken.append((one, other, alike))
    return taken


def may_be_names(body: str, span: Span) -> Iterator[Named]:
    """The words of a span that may be names: with a capital, or of a script that has none."""
    for start, end in foreign_names(body, *span):
        for first in range(start, end - 1):
            for last in range(first + 2, min(end, first + _LONGEST_RUN) + 1):
                yield Span(first, last), body[first:last]
    capitals = _has_capitals(body[:_LOOKED_AT])
    for match in WORD.finditer(body, *span):
        word = match[0]
        if len(word) < _FEWEST_LETTERS or is_unspaced(word[0]) or not word[0].isalpha():
            continue
        if not word[0].islower() or not capitals:
            yield Span(*match.span()), word


@lru_cache(8)
def _has_capitals(beginning: str) -> bool:
    return any(map(str.isupper, beginning))
