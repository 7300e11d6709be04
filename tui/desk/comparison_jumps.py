"""From a row of the comparison back into the texts: to two related passages, or to every place of what they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from texts.model import Span, Text
from texts.search import Hit
from tui.desk.context import DeskContext
from tui.desk.navigation import go
from tui.desk.ties import draw_bridge
from tui.ui_state import Place

if TYPE_CHECKING:
    from tui.comparison import JumpTarget

_SHOWN_WORDS = 40
"""Characters of a name or a quote in the status line."""


def evidence_in(ctx: DeskContext, left: int, right: int) -> tuple[list[Span], list[Span]]:
    """Spans that speak for the relation of two passages, in each text."""
    relations = ctx.state.relations.found
    found = relations.evidence(left, right) if relations is not None else []
    return [each.left for each in found], [each.right for each in found]


def go_to_passages(ctx: DeskContext, going: JumpTarget) -> None:
    """Goes to a passage in each pane."""
    spans = going.places.left[:1], going.places.right[:1]
    active = ctx.active if spans[ctx.active.number] else ctx.other
    ctx.clear_search()
    go(ctx, Place(active.slug, spans[active.number][0].start))
    for side, found in zip(ctx.sides, spans, strict=True):
        if found and side is not active:
            side.pane.move_to(found[0].start)
    # After the panes have told of their cursors, because a pane that follows the other would move again.
    ctx.screen.call_after_refresh(_emphasize_passages, ctx, spans)


def _emphasize_passages(ctx: DeskContext, spans: Sequence[Sequence[Span]]) -> None:
    """Puts the passages at the top of their panes, emphasized, with what speaks for their relation underlined."""
    numbers: list[int] = []
    for side, found in zip(ctx.sides, spans, strict=True):
        side.pane.set_evidence([])
        side.pane.emphasize(found[0] if found else None)
        number = side.passage_number() if found else None
        if found and number is not None:
            numbers.append(number)
            side.pane.reveal(found[0], "top")
    if len(numbers) == len(spans):
        for side, evidence in zip(ctx.sides, evidence_in(ctx, *numbers), strict=True):
            side.pane.set_evidence(sorted(evidence))
    draw_bridge(ctx)


def go_to_occurrences(ctx: DeskContext, going: JumpTarget) -> None:
    """Shows every occurrence as a hit in both panes and goes to the first one: n and N walk through them."""
    spans = going.places.left, going.places.right
    search = ctx.state.search
    ctx.clear_search()
    words = " ".join(going.words.split())[:_SHOWN_WORDS]
    search.query = words
    search.hits = tuple(
        hit for side, found in zip(ctx.sides, spans, strict=True) for hit in _hits(side.text, found)
    )
    active = ctx.active if spans[ctx.active.number] else ctx.other
    for side, found in zip(ctx.sides, spans, strict=True):
        side.hits = list(found)
        first = found[0] if found else None
        side.pane.set_hits(found, first if side is active else None)
        if first is not None:
            side.pane.reveal(first, "middle")
    go(ctx, Place(active.slug, spans[active.number][0].start))
    counts = ", ".join(f"{len(side.hits)} in {ctx.name(side.slug)}" for side in ctx.sides)
    onward, back = ctx.key_of("search_next"), ctx.key_of("comparison")
    ctx.tell(f"{words}: {counts} · {onward} next, {back} back to the comparison", good=True)


def _hits(text: Text | None, spans: Sequence[Span]) -> list[Hit]:
    """Places as a search would have found them, for the concordance and for tagging all of them."""
    if text is None:
        return []
    passages = [text.passage_at(span.start) for span in spans]
    return [
        Hit(text.slug, passage.number if passage else None, span, 100.0, (span,))
        for span, passage in zip(spans, passages, strict=True)
    ]
