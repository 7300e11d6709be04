"""Related passages of two texts of a library, computed once and kept there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.library import Library
    from texts.model import Span, Text
    from texts.relate import Related, Relations, Side


def relations_in(
    library: Library,
    left: Text,
    right: Text,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    beside: bool = False,
) -> Relations:
    """What is related in two texts as they stand in the library: as it is kept there, or computed and then kept.

    `progress` is told the share that is done, 0–1; when `cancelled` says so, Cancelled is raised. With `beside` they
    are related in a process of its own, and RelatingError is raised when that dies. What is related in an
    earlier version, which the library has no text for, is not kept. Names that the reader has joined count as one.
    """
    from texts.relate import Relations, relate
    from texts.relate.beside import relate_beside

    how = relate_beside if beside else relate
    aliases = library.naming.overrides().aliases()
    if not (library.shelf.has(left.slug) and library.shelf.has(right.slug)):
        return how(left, right, aliases=aliases, progress=progress, cancelled=cancelled)
    digest = _digest(aliases)
    kept = library.relations.get(left.slug, right.slug, format_number=Relations.FORMAT, aliases=digest)
    if kept is not None:
        with suppress(ValueError):  # of other passages: what counts as furniture has changed
            return Relations.from_bytes(kept, left, right)
    relations = how(left, right, aliases=aliases, progress=progress, cancelled=cancelled)
    library.relations.put(
        left.slug, right.slug, relations.to_bytes(), format_number=Relations.FORMAT, aliases=digest
    )
    return relations


def _digest(aliases: Sequence[Sequence[str]]) -> str:
    """What tells one list of aliases from another; empty for none."""
    if not aliases:
        return ""
    from hashlib import sha256

    return sha256(repr(aliases).encode()).hexdigest()


def dismissed_passages(library: Library, left: Text, right: Text) -> set[tuple[int, int]]:
    """Numbers of the passages of two texts that a reader does not want suggested together."""
    pairs = set()
    for each in library.links.dismissed(left.slug, right.slug):
        ends = left.passage_at(each.left_span.start), right.passage_at(each.right_span.start)
        if each.present and ends[0] and ends[1] and ends[0].number and ends[1].number:
            pairs.add((ends[0].number, ends[1].number))
    return pairs


def answers(relations: Relations, side: Side, span: Span, limit: int) -> list[Related]:
    """What the other text says about a sentence or selection, best first.

    A sentence is short, so the passage that it stands in speaks for it too: the score is that of the span, and of what
    is missing to 100 half the passage's score. Where the span itself says nothing, the passage answers alone.
    """
    passage = relations.text(side).passage_at(span.start)
    if passage is None or passage.number is None:
        return []
    around = relations.for_left if side == "left" else relations.for_right
    passages = {_far(side, each): each for each in around(passage.number, min_score=0)}
    spans = {_far(side, each): each for each in relations.related_to_span(side, span, limit=None)}
    together = []
    for number, each in (passages | spans).items():
        own = spans[number].score if number in spans else 0.0
        around_it = passages[number].score if number in passages else 0.0
        together.append(replace(each, score=own + (100 - own) * around_it / 200))
    return sorted(together, key=lambda each: (-each.score, each.left, each.right))[:limit]


def _far(side: Side, related: Related) -> int:
    """The passage of the other text."""
    return related.right if side == "left" else related.left
