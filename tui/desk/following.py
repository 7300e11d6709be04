"""How the panes move together: the other one follows what is related, or keeps the same part of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from texts.visible import one_line
from tui.desk.context import DeskContext
from tui.desk.desk_state import Sync
from tui.desk.pair_view import STRONG, PairView
from tui.desk.side import Side
from tui.desk.ties import draw_bridge
from tui.view.bridge_lines import sureness

if TYPE_CHECKING:
    from texts.relate import Related
    from tui.widgets.text_display import TextDisplay

_PAIRS_KEPT = 200
"""Pairs of texts of which it is kept how their panes move together."""


def _pair(ctx: DeskContext) -> str:
    """What the two texts are known by, whichever is left."""
    return " ".join(sorted(side.library_slug for side in ctx.sides))


def kept_sync(ctx: DeskContext) -> Sync:
    """How the panes of this pair moved together last."""
    kept = ctx.session.ui_state.sync_of_pairs.get(_pair(ctx))
    return Sync(kept) if kept in tuple(Sync) else Sync.OFF


def keep_sync(ctx: DeskContext) -> None:
    """Keeps how the panes of this pair move together."""
    state = ctx.session.ui_state
    others = {pair: way for pair, way in state.sync_of_pairs.items() if pair != _pair(ctx)}
    kept = {**others, _pair(ctx): str(ctx.state.sync.way)}
    state.sync_of_pairs = dict(list(kept.items())[-_PAIRS_KEPT:])


def move_together(ctx: DeskContext, way: Sync) -> None:
    """Has the panes move together in one of the ways, from now on."""
    if ctx.other.text is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    sync = ctx.state.sync
    sync.way, sync.follows, sync.passage = way, "", None
    keep_sync(ctx)
    follow_cursor(ctx)


def follow_view(ctx: DeskContext, display: TextDisplay) -> None:
    """Has the other pane go along where the two are aligned, and draws the ties of what is in view."""
    if ctx.state.aligned is not None:
        from tui.desk.aligning import keep_level  # which most never ask for

        keep_level(ctx, ctx.sides[0] if display is ctx.sides[0].pane else ctx.sides[1])
    draw_bridge(ctx)


def follow_cursor(ctx: DeskContext) -> None:
    """Moves the other pane where the panes move together, and lights the current tie."""
    side, sync = ctx.active, ctx.state.sync
    passage = side.text.passage_at(side.pane.cursor) if side.text else None
    if passage == sync.passage and sync.way is not Sync.PROPORTIONAL:
        return
    sync.passage = passage
    way = sync.way
    if ctx.state.aligned is not None:
        way = Sync.OFF
    if sync.inverted:
        way, sync.inverted = (Sync.FOLLOW if way is Sync.OFF else Sync.OFF), False
    if way is Sync.FOLLOW:
        follow_best(ctx, least=STRONG)
    elif way is Sync.PROPORTIONAL:
        move_proportionally(ctx)
    draw_bridge(ctx)


def follow_best(ctx: DeskContext, least: float) -> bool:
    """Brings the other pane level with its best related passage; returns whether one is sure enough."""
    side, other = ctx.active, ctx.other
    number = side.passage_number()
    view = ctx.view_from(side)
    best = view.best(number, least, 1) if view is not None and number is not None else []
    if view is None or not best or other.text is None:
        ctx.state.sync.follows = "(nothing sure here)" if view else ""
        return False
    far = other.text.passage(view.far_number(best[0]))
    ctx.state.sync.follows = (
        f"¶{number}→¶{far.number} {sureness(best[0].score)} {_because(side, view, best[0])}".strip()
    )
    other.pane.reveal(far.span.start, side.pane.screen_row_of(side.pane.cursor))
    other.pane.emphasize(far.span)
    return True


def _because(side: Side, view: PairView, related: Related) -> str:
    """The two words of a side that speak most for a relation, in brackets."""
    words = [side.text.quote(span) for span in view.most_telling(related, 2)] if side.text else []
    return f"({', '.join(one_line(word) for word in words)})" if words else ""


def move_proportionally(ctx: DeskContext) -> None:
    """Brings the other pane to the same part of its text."""
    side, other = ctx.active, ctx.other
    if side.text is None or other.text is None or not side.text.body:
        return
    share = side.pane.cursor / len(side.text.body)
    offset = int(share * len(other.text.body))
    other.pane.reveal(offset, side.pane.screen_row_of(side.pane.cursor))
