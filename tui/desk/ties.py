"""The bridge between the panes: what ties the passages in view together."""

from __future__ import annotations

from store.records import Link
from tui.desk.context import DeskContext
from tui.desk.pair_view import STRONG
from tui.view.bridge_lines import Tie, Weight, sureness


def linked_passages(ctx: DeskContext) -> set[tuple[int, int]]:
    """Numbers of passages, left and right, that a link between highlights ties together."""
    return set(links_by_passages(ctx))


def links_by_passages(ctx: DeskContext) -> dict[tuple[int, int], Link]:
    """The newest link between each two passages, by their numbers, left and right."""
    left, right = ctx.sides
    tied: dict[tuple[int, int], Link] = {}
    if left.text is None or right.text is None or not ctx.session.linked(left.slug):
        return tied
    for link in ctx.session.library.links.each(left.slug, right.slug):
        for one, two in ((link.left, link.right), (link.right, link.left)):
            near, far = left.pane.mark(one), right.pane.mark(two)
            if near is not None and far is not None:
                ends = left.text.passage_at(near.span.start), right.text.passage_at(far.span.start)
                if ends[0] and ends[1] and ends[0].number and ends[1].number:
                    between = ends[0].number, ends[1].number
                    tied[between] = max(link, tied.get(between, link), key=lambda each: each.id)
    return tied


def draw_bridge(ctx: DeskContext) -> None:
    """Draws the ties of what is in view; does nothing where nothing that matters has changed."""
    left, right = ctx.sides
    if left.text is None or right.text is None:
        return
    shown = (tuple(left.pane.visible_passages()), tuple(right.pane.visible_passages()))
    highlighted = (ctx.active.number, ctx.active.passage_number())
    state = (
        shown,
        highlighted,
        id(ctx.state.relations.found),
        ctx.session.linked(left.slug),
        ctx.session.linked(right.slug),
        len(ctx.state.relations.dismissed),
    )
    if state == ctx.state.relations.drawn:
        return
    ctx.state.relations.drawn = state
    ctx.bridge.show(_ties(ctx, shown, highlighted))


def _ties(
    ctx: DeskContext, shown: tuple[tuple[tuple[int, int, int], ...], ...], highlighted: tuple[int, int | None]
) -> list[Tie]:
    rows = [{number: first for number, first, _ in side} for side in shown]
    ties: dict[tuple[int, int], Tie] = {}
    from_left, from_active = ctx.view_from(ctx.sides[0]), ctx.view_from(ctx.sides[highlighted[0]])
    if from_left is not None and from_active is not None:
        in_view = [related for number in rows[0] for related in from_left.counterparts(number)]
        here = from_active.counterparts(highlighted[1]) if highlighted[1] is not None else []
        for related in [*(each for each in in_view if each.right in rows[1]), *here]:
            pair = (related.left, related.right)
            ties[pair] = _tie(ctx, pair, rows, related.score, highlighted)
    for pair in linked_passages(ctx):
        if pair[highlighted[0]] == highlighted[1] or (pair[0] in rows[0] and pair[1] in rows[1]):
            ties[pair] = _tie(ctx, pair, rows, None, highlighted)
    return list(ties.values())


def _tie(
    ctx: DeskContext,
    pair: tuple[int, int],
    rows: list[dict[int, int]],
    score: float | None,
    highlighted: tuple[int, int | None],
) -> Tie:
    """A tie between two passages; an end out of sight goes over the edge it lies behind."""
    ends = [_row_of(ctx, side, number, rows[side]) for side, number in enumerate(pair)]
    weight = Weight.LINKED if score is None else Weight.STRONG if score >= STRONG else Weight.WEAK
    label = "" if score is None else sureness(score)
    for side, number in enumerate(pair):
        if number not in rows[side]:
            label = f"{'↑' if ends[side] < 0 else '↓'}¶{number}"
    return Tie(ends[0], ends[1], weight, pair[highlighted[0]] == highlighted[1], label)


def _row_of(ctx: DeskContext, side: int, number: int, rows: dict[int, int]) -> int:
    if number in rows:
        return max(0, rows[number])
    above = all(number < seen for seen in rows) if rows else True
    return -1 if above else ctx.bridge.size.height
