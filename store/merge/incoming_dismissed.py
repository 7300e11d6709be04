"""Which dismissed suggestions of an archive a library lacks.

Nothing is written here. Places are those that the present versions of the texts will have in the library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from store.exchange.archive import DismissedEntry
from store.merge.anchoring import anchor_spans
from store.merge.match_texts import TextMatches
from texts.model import Span

if TYPE_CHECKING:
    from store.library import Library

IncomingSide: TypeAlias = tuple[str, str, Span]
"""Slug in the library, digest of a version, and a place in it."""


class NewDismissed(NamedTuple):
    """A dismissal to be added."""

    left: IncomingSide
    right: IncomingSide
    reader: str
    created: str


def new_dismissed(
    library: Library, matches: TextMatches, entries: Sequence[DismissedEntry]
) -> list[NewDismissed]:
    """Those that the library lacks, each once. Raises LibraryError for one of a text that is nowhere."""
    if not entries:
        return []
    lefts = [_side(matches, one.left, one.left_version, one.left_span) for one in entries]
    rights = [_side(matches, one.right, one.right_version, one.right_span) for one in entries]
    sides = _at_present(matches, [*lefts, *rights])
    pairs = zip(sides, sides[len(entries) :], strict=False)
    known = _known(library, matches)
    new = []
    for entry, (left, right) in zip(entries, pairs, strict=False):
        if frozenset((left, right)) not in known:
            known.add(frozenset((left, right)))
            new.append(NewDismissed(left, right, entry.reader, entry.created))
    return new


def _known(library: Library, matches: TextMatches) -> set[frozenset[IncomingSide]]:
    """What the library has, as it will stand once the texts are in."""
    rows = library.connection.rows(_DISMISSED)
    lefts = [(slug, sha256, Span(start, end)) for slug, sha256, start, end, *_ in rows]
    rights = [(slug, sha256, Span(start, end)) for *_, slug, sha256, start, end in rows]
    sides = _at_present(matches, [*lefts, *rights])
    return {frozenset(pair) for pair in zip(sides, sides[len(rows) :], strict=False)}


def _side(matches: TextMatches, slug: str, version: int, span: Span) -> IncomingSide:
    match = matches.of(slug, "dismissed")
    return match.slug, match.digest_of(version) or match.present, span


def _at_present(matches: TextMatches, sides: Sequence[IncomingSide]) -> list[IncomingSide]:
    """Places in the present versions of the texts that the archive has, where they are found there."""
    by_slug = {match.slug: match for match in matches}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (slug, digest, _) in enumerate(sides):
        groups[slug, digest].append(number)
    moved = list(sides)
    for (slug, digest), numbers in groups.items():
        if slug in by_slug:
            found = anchor_spans(matches, by_slug[slug], digest, [sides[number][2] for number in numbers])
            for number, place_now in zip(numbers, found, strict=True):
                moved[number] = (slug, *place_now)
    return moved


_DISMISSED = """
    SELECT l.slug, lb.sha256, left_start, left_end, r.slug, rb.sha256, right_start, right_end FROM dismissed
    JOIN version AS lv ON lv.id = left_version_id JOIN text AS l ON l.id = lv.text_id
    JOIN version AS rv ON rv.id = right_version_id JOIN text AS r ON r.id = rv.text_id
    JOIN body AS lb ON lb.id = lv.body_id JOIN body AS rb ON rb.id = rv.body_id"""
