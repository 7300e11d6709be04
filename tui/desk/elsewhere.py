"""What other programs do to the library while the desk is open."""

from __future__ import annotations

from functools import partial

from texts.visible import one_line
from tui.desk.context import DeskContext
from tui.desk.open_texts import reload
from tui.widgets.status import Tone

_LONG_ENOUGH = 30.0
"""Seconds in which a reader sees what is said beside the text."""


_LOOK_ELSEWHERE = 0.7
"""Seconds between looks at what another program has changed in the library."""


def watch_library(ctx: DeskContext) -> None:
    """Says what the library lacks, and looks from now on what other programs do to it."""
    ctx.screen.set_interval(_LOOK_ELSEWHERE, partial(look_elsewhere, ctx))
    if ctx.session.lacks:
        _notify_of_file(ctx, ctx.session.lacks)


def look_elsewhere(ctx: DeskContext) -> None:
    """Shows what another program has changed, and says so where it has changed the file itself."""
    _look_at_file(ctx)
    if ctx.session.changed_elsewhere():
        reload(ctx)
        if ctx.state.told.tone is not Tone.ERROR:  # a refusal stays until the next key
            told = ("the library was changed by another program", ctx.state.went_along)
            ctx.tell("; ".join(filter(None, told)))
        ctx.session.recheck_next_undo(ctx.show_status)


def _look_at_file(ctx: DeskContext) -> None:
    before = ctx.session.obstacle

    def told(problem: BaseException) -> None:
        if ctx.session.replaced is not None and ctx.session.replaced.rescued:
            reload(ctx)
        else:
            ctx.show_status()
        _notify_of_file(ctx, str(problem))

    ctx.session.look_at_file(told)
    if ctx.session.obstacle != before:
        ctx.show_status()


def _notify_of_file(ctx: DeskContext, problem: str) -> None:
    """Says of the library's file what no line holds, beside what goes on."""
    ctx.screen.notify(one_line(problem), severity="error", timeout=_LONG_ENOUGH, markup=False)
