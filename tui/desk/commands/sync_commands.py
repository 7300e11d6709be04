"""How the panes move together."""

from __future__ import annotations

from functools import partial

from tui.desk.aligning import align, leave_alignment
from tui.desk.context import DeskContext, command
from tui.desk.desk_state import Sync
from tui.desk.following import follow_best, move_proportionally, move_together
from tui.desk.pair_view import LEAST_LISTED
from tui.desk.relating import once_related
from tui.keys.key_table import Press


@command("sync")
def turn_sync(ctx: DeskContext, press: Press) -> None:
    """Off, proportional, follow, and round again; or the way that is named."""
    if press.argument:
        _move_as_named(ctx, press.argument)
        return
    ways = tuple(Sync)
    move_together(ctx, ways[(ways.index(ctx.state.sync.way) + press.times) % len(ways)])


@command("sync_invert")
def invert(ctx: DeskContext, press: Press) -> None:
    """The other way round for the next move: panes that move together do not, and the reverse."""
    if ctx.other.text is None:
        ctx.tell(ctx.one_text(), error=True)
        return
    ctx.state.sync.inverted = not ctx.state.sync.inverted


@command("align")
def turn_alignment(ctx: DeskContext, press: Press) -> None:
    """Brings related passages level, or takes that back."""
    if ctx.state.aligned is not None:
        leave_alignment(ctx)
        ctx.tell("the panes are no longer aligned")
    elif ctx.other.text is None:
        ctx.tell(ctx.one_text(), error=True)
    else:
        once_related(ctx, press.id, partial(align, ctx))


@command("level")
def level(ctx: DeskContext, press: Press) -> None:
    """Brings the other pane level with the cursor: its best related passage, else the same part of the text."""
    if ctx.other.text is None:
        ctx.tell(ctx.one_text(), error=True)
    else:
        once_related(ctx, press.id, partial(_level_now, ctx))


def _level_now(ctx: DeskContext) -> None:
    if not follow_best(ctx, least=LEAST_LISTED):
        move_proportionally(ctx)


def _move_as_named(ctx: DeskContext, words: str) -> None:
    ways = {str(way): way for way in Sync}
    if words in ways:
        move_together(ctx, ways[words])
    else:
        ctx.tell(f"sync is one of {', '.join(ways)}", error=True)
