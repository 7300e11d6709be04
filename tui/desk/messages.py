"""Why something is not done where there is no text to act on, or none that can be changed, and which key helps."""

from __future__ import annotations

from tui.desk.context import DeskContext
from tui.desk.side import Side


def no_text(ctx: DeskContext) -> str:
    """For what acts on a text."""
    return f"no text is open: {ctx.key_of('open_text')} opens one"


def one_text(ctx: DeskContext) -> str:
    """For what acts on two texts."""
    return f"this wants two texts: {ctx.key_of('open_text')} opens another"


def why_locked(ctx: DeskContext, side: Side) -> str:
    """Why nothing can be marked in a side just now; empty where it can."""
    if side.is_earlier:
        return f"an earlier version is only read: {ctx.key_of('clear')} goes back to the present one"
    if ctx.state.updating and side.slug == ctx.state.updating:
        return f"{ctx.name(side.slug)} is being updated: again in a moment"
    return ""
