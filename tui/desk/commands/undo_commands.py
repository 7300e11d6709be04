"""The journal at the desk: undo, redo, and what was done."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from store.services.undoing import UndoSteps, undo_message
from texts.visible import one_line
from tui.desk.acts import write_failed
from tui.desk.context import DeskContext, command
from tui.desk.open_texts import reload
from tui.desk.undoing import walk_journal
from tui.dialogs.small_dialogs import Page
from tui.keys.key_table import Press
from tui.view.times import local_time

_ACTS_SHOWN = 200


@command("undo")
def undo(ctx: DeskContext, press: Press) -> None:
    """Takes back the last act, or as many as the count says."""
    _walk(ctx, "undo", press.times)


@command("redo")
def redo(ctx: DeskContext, press: Press) -> None:
    """Does again what was undone."""
    _walk(ctx, "redo", press.times)


def _walk(ctx: DeskContext, way: str, times: int) -> None:
    def done(steps: UndoSteps) -> None:
        reload(ctx)
        ctx.tell(undo_message(way, steps), good=bool(steps.label))

    walk_journal(ctx, way, done, partial(write_failed, ctx), times=times)


@command("history")
def history(ctx: DeskContext, press: Press) -> None:
    """What was done, the last act first."""
    acts = ctx.session.library.journal.history(_ACTS_SHOWN)
    lines = [
        Content.assemble(
            (f"{one_line(local_time(act.at))}  ", "$foreground 65%"),
            (one_line(act.label), "strike" if act.undone else ""),
            (f"  {one_line(act.reader)}", "$foreground 65%"),
        )
        for act in acts
    ]
    words = Content("\n").join(lines) if lines else Content("Nothing has been done yet.")
    ctx.push(Page("What was done", words))
