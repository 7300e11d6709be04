"""Walking the journal back and forth, with a question where that takes away what is being read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from store.sanitize import truncate
from store.services.undoing import UndoSteps, redo_steps, undo_steps
from tui.desk.context import DeskContext
from tui.dialogs.small_dialogs import Choose

_ACT = 50
"""Characters of an act in a question."""


def walk_journal(
    ctx: DeskContext,
    way: str,
    done: Callable[[UndoSteps], None],
    failed: Callable[[BaseException], None],
    *,
    times: int = 1,
    agreed: int | None = None,
) -> None:
    """Undoes acts (`undo`), or does them again (`redo`), and asks where that takes away what is being read."""

    def finished(steps: UndoSteps) -> None:
        if steps.question is None or steps.label:
            done(steps)
        if steps.question is not None:
            _ask_undo(ctx, steps, done, failed)

    shown = tuple(side.library_slug for side in ctx.sides if side.text is not None)
    job = (
        partial(undo_steps, times=times, shown=shown, agreed=agreed)
        if way == "undo"
        else partial(redo_steps, times=times)
    )
    ctx.session.write(job, finished, failed)


def _ask_undo(
    ctx: DeskContext,
    steps: UndoSteps,
    done: Callable[[UndoSteps], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Asks whether an act is to be undone, and goes on with it and those that are left."""
    assert steps.question is not None
    act, why = steps.question

    def answered(key: str | None) -> None:
        if key == "y":
            walk_journal(ctx, "undo", done, failed, times=steps.left, agreed=act.id)
        else:
            ctx.tell(f"not undone: {act.label}")

    redo = ctx.key_of("redo")
    ctx.push(
        Choose(
            f"Undo “{truncate(act.label, _ACT)}”?",
            {"y": f"yes, undo it: {redo} does it again"},
            hint=why,
        ),
        answered,
    )
