"""Related passages of two texts of a library, computed once and kept there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from store.services.meanings import (
    Work,
    keep_relations,
    kept_relations,
    related_by_meaning,
    relates_by_meaning,
)
from texts.digests import digest_of
from texts.relate.relate_records import DEFAULT_SCORE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.library import Library
    from texts.model import Span, Text
    from texts.naming import Overrides
    from texts.relate import Related, Relations, WhichText

    How = Callable[..., Relations]


def relations_in(
    library: Library,
    left: Text,
    right: Text,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    in_child: bool = False,
    meaning: bool | None = False,
    how: How | None = None,
) -> Relations:
    """What is related in two texts as they stand in the library: as it is kept there, or computed and then kept.

    With `meaning` they are related by meaning and words, with None where they are in two languages and the extra is
    there; MeaningError is raised where no model is, or its process dies.

    `progress` is called with the share that is done, 0–1; when `cancelled` says so, Cancelled is raised. With
    `in_child` they are related in a process of its own, and RelatingError is raised when that dies. What is related in
    an earlier version, which the library has no text for, is not kept. Names that the reader has joined count as one.
    `how` is `texts.relate.relate` by another way, to be taken where meaning is not.
    """
    from texts.relate import Relations, relate

    if meaning is not False and relates_by_meaning(left, right, meaning):
        return _by_meaning(library, left, right, Work(progress, cancelled, beside=in_child))
    how = how or (_in_child() if in_child else relate)
    aliases = library.name_rules.overrides().aliases()
    if not _are_current(library, left, right):
        return how(left, right, aliases=aliases, progress=progress, cancelled=cancelled)
    digest = _digest(aliases)
    kept = library.relations.get(left.slug, right.slug, format_number=Relations.FORMAT, aliases=digest)
    if kept is not None:
        with suppress(ValueError):  # of other passages: what counts as furniture has changed
            return Relations.from_bytes(kept, left, right)
    relations = how(left, right, aliases=aliases, progress=progress, cancelled=cancelled)
    if _are_current(library, left, right):  # else another program has updated one of them meanwhile
        library.relations.put(
            left.slug, right.slug, relations.to_bytes(), format_number=Relations.FORMAT, aliases=digest
        )
    return relations


def relations_of(
    left: Text,
    right: Text,
    overrides: Overrides,
    meaning: bool | None = False,
    *,
    library: Library | None = None,
    progress: Callable[[float], None] | None = None,
    how: How | None = None,
) -> Relations:
    """What is related in two texts of which one is a file: nothing is kept. `meaning` and `how` are of `relations_in`.

    Vectors of sentences that the library has already are taken from there.
    """
    from texts.relate import relate

    if meaning is not False and relates_by_meaning(left, right, meaning):
        return related_by_meaning(library, left, right, overrides, Work(progress), keep=False)
    return (how or relate)(left, right, aliases=overrides.aliases(), progress=progress)


def _by_meaning(library: Library, left: Text, right: Text, work: Work) -> Relations:
    """What is related by meaning and words, kept in the library as `relations_in` says."""
    overrides = library.name_rules.overrides()
    if not _are_current(library, left, right):
        return related_by_meaning(library, left, right, overrides, work)
    kept = kept_relations(library, left, right, overrides)
    if kept is not None:
        return kept
    relations = related_by_meaning(library, left, right, overrides, work)
    if _are_current(library, left, right):
        keep_relations(library, relations, overrides)
    return relations


def _in_child() -> Callable[..., Relations]:
    from texts.relate.relate_job import relate_in_child

    return relate_in_child


def _are_current(library: Library, *texts: Text) -> bool:
    """Whether the library has these texts, in these versions."""
    return all(library.texts.digest(text.slug) == text.sha256 for text in texts)


def _digest(aliases: Sequence[Sequence[str]]) -> str:
    """What tells one list of aliases from another; empty for none."""
    return digest_of(repr(aliases)) if aliases else ""


def dismissed_passages(library: Library, left: Text, right: Text) -> set[tuple[int, int]]:
    """Numbers of the passages of two texts that a reader does not want suggested together."""
    pairs = set()
    for each in library.links.dismissed(left.slug, right.slug):
        ends = left.passage_at(each.left_span.start), right.passage_at(each.right_span.start)
        if each.present and ends[0] and ends[1] and ends[0].number and ends[1].number:
            pairs.add((ends[0].number, ends[1].number))
    return pairs


def load_answering() -> None:
    """Loads what `answers`, and asking why, take: for whoever waits for the relations meanwhile."""
    import texts.relate.evidence
    import texts.relate.spans  # noqa: F401


def answers(relations: Relations, side: WhichText, span: Span, limit: int) -> list[Related]:
    """What the other text says about a sentence or selection: what is sure first, then what is less so.

    Of both, what answers the span best stands higher. The score is that of the two passages, as everywhere.
    """
    from texts.relate.spans import related_to_span

    passage = relations.text(side).passage_at(span.start)
    if passage is None or passage.number is None:
        return []
    around = relations.for_left if side == "left" else relations.for_right
    asked = relations.related_to_span(side, span)
    found = related_to_span(relations, side, span, limit=None) if asked is None else asked
    seen = {_far(side, each) for each in found}
    found += [each for each in around(passage.number, min_score=0) if _far(side, each) not in seen]
    return sorted(found, key=lambda each: each.score < DEFAULT_SCORE)[:limit]


def _far(side: WhichText, related: Related) -> int:
    """The passage of the other text."""
    return related.right if side == "left" else related.left
