"""The aligned view: related passages stand level, with blank rows where one text says more; both panes move as one."""

from __future__ import annotations

from store.sanitize import pluralize
from tui.desk.context import DeskContext
from tui.desk.side import Side
from tui.view.level_rows import best_chain, fillers_for

_MOST_CHARACTERS = 4_000_000
"""Of both texts: longer ones would take a second to be laid out as a whole."""


def align(ctx: DeskContext) -> None:
    """Brings related passages level, from now on."""
    left, right = ctx.sides
    if left.text is None or right.text is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    if len(left.text.body) + len(right.text.body) > _MOST_CHARACTERS:
        ctx.tell(f"these texts are too long to align: {ctx.key_of('sync')} moves them together", error=True)
        return
    number = _fill(ctx)
    if not number:
        ctx.tell("these two texts have no related passages to align")
        return
    ctx.tell(f"{pluralize(number, 'related passage')} aligned: {ctx.key_of('align')} ends it", good=True)
    draw_level(ctx, ctx.active)


def leave_alignment(ctx: DeskContext) -> None:
    """Takes the blank rows away."""
    ctx.state.aligned = None
    for side in ctx.sides:
        if side.pane.fillers:
            side.pane.fillers = {}


def keep_level(ctx: DeskContext, moved: Side) -> None:
    """Has the other pane go along with one that has moved, and lays both out anew where their size has changed."""
    if ctx.state.aligned is None:
        return
    is_stale = ctx.state.aligned != _geometry(ctx)
    if is_stale and not _fill(ctx):
        leave_alignment(ctx)
        return
    if is_stale:
        draw_level(ctx, ctx.active)
    elif ctx.own(_Led).rows[moved.number] != moved.pane.top_row:  # by a key, or by the wheel over either pane
        draw_level(ctx, moved)


class _Led:
    """The row to which each pane was brought by the other one: that is no move of its own, which would lead back."""

    def __init__(self, ctx: DeskContext) -> None:
        self.rows: list[int | None] = [None, None]


def draw_level(ctx: DeskContext, moved: Side) -> None:
    """Brings the row that is at the top of one pane to the top of the other, as far as that one goes."""
    other, led = ctx.sides[1 - moved.number], ctx.own(_Led)
    other.pane.scroll_to_row(moved.pane.top_row)
    led.rows[other.number], led.rows[moved.number] = other.pane.top_row, None


def _fill(ctx: DeskContext) -> int:
    """Lays both texts out with blank rows; gives how many passages stand level by that."""
    left, right = ctx.sides
    view = ctx.view_from(left)
    if view is None or left.text is None or right.text is None:
        return 0
    pairs = [(each.left, each.right, each.score) for each in view.pairs()]
    ends = [
        (left.pane.index_of(left.text.passage(one)), right.pane.index_of(right.text.passage(two)))
        for one, two in best_chain(pairs)
    ]
    if not ends:
        return 0
    fillers = fillers_for(left.pane.first_rows(), right.pane.first_rows(), ends)
    ctx.state.aligned = _geometry(ctx)
    for side, blank in zip(ctx.sides, fillers, strict=True):
        if side.pane.fillers != blank:
            side.pane.fillers = blank
    return len(ends)


def _geometry(ctx: DeskContext) -> object:
    """What the blank rows were reckoned for."""
    return *(side.pane.geometry for side in ctx.sides), ctx.state.relations.found
