"""Relating the two texts: computed beside the desk, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from store.errors import LibraryError
from store.library import Library
from texts.model import Text
from tui.desk.context import DeskContext
from tui.desk.desk_state import Sync, Waiting
from tui.desk.following import follow_cursor, kept_sync
from tui.desk.ties import draw_bridge
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from texts.relate import Relations


def start_relating(ctx: DeskContext) -> None:
    """Takes the relations of the pair from the library, or has them computed beside the desk."""
    relations, sync = ctx.state.relations, ctx.state.sync
    relations.found = relations.waiting = None
    sync.way, sync.passage = kept_sync(ctx), None
    read_dismissed(ctx)
    draw_bridge(ctx)
    left, right = (side.text for side in ctx.sides)
    relations.progress, relations.is_by_meaning = "…" if left and right else "", False
    if left is not None and right is not None:
        work = partial(_relate, ctx, left, right, relations.meaning.get(frozenset((left.slug, right.slug))))
        ctx.screen.run_worker(work, thread=True, exclusive=True, group="relate", exit_on_error=False)


def _relate(ctx: DeskContext, left: Text, right: Text, meaning: bool | None) -> None:
    """Relates the pair in a thread, with a connection of its own to the library; `meaning` is the reader's word."""
    from store.services.meanings import relates_by_meaning
    from store.services.relations import relations_in
    from texts.meaning import MeaningError
    from texts.relate import Cancelled
    from texts.relate.relate_job import RelatingError, relate_in_child

    worker = get_current_worker()

    def progress(done: float) -> None:
        ctx.app.call_later(relating_progressed, ctx, done, by_meaning)

    by_meaning = False
    child, ctx.session.relating = ctx.session.relating, None
    try:
        by_meaning = relates_by_meaning(left, right, meaning)
        if by_meaning:
            progress(0.0)
        with Library.open(ctx.session.library.path, reader=ctx.session.reader) as library:
            relations = relations_in(
                library, left, right,
                progress=progress,
                cancelled=lambda: worker.is_cancelled, in_child=True, meaning=by_meaning,
                how=partial(relate_in_child, child=child) if child else None,
            )  # fmt: skip
    except Cancelled:
        return
    except (LibraryError, RelatingError, MeaningError) as problem:
        ctx.app.call_later(_failed, ctx, problem)
        return
    finally:
        if child is not None:  # it was not asked where the library had the answer
            child.close()
    if not worker.is_cancelled:
        ctx.app.call_later(relations_arrived, ctx, left, right, relations)


def relating_progressed(ctx: DeskContext, done: float, by_meaning: bool = False) -> None:
    """Says how far the computing is, 0–1, and whether it is by meaning too."""
    relations = ctx.state.relations
    if relations.progress and ctx.screen.is_attached:  # else a thread tells of texts that are no longer open
        relations.progress = f"by meaning {done:.0%}" if by_meaning else f"{done:.0%}"
        relations.is_by_meaning = by_meaning
        ctx.show_status()


def _failed(ctx: DeskContext, problem: BaseException) -> None:
    if ctx.screen.is_attached:
        ctx.state.relations.progress, ctx.state.relations.waiting = "", None
        ctx.refused(problem)


def relations_arrived(ctx: DeskContext, left: Text, right: Text, relations: Relations) -> None:
    """Takes the relations of the pair, if it still is the one on the desk."""
    if not ctx.screen.is_attached or (left, right) != tuple(side.text for side in ctx.sides):
        return
    state = ctx.state.relations
    waiting = state.waiting
    state.found, state.progress, state.waiting = relations, "", None
    state.is_by_meaning = relations.by_meaning
    if ctx.state.sync.way is Sync.FOLLOW:
        ctx.state.sync.passage = None
        follow_cursor(ctx)
    draw_bridge(ctx)
    ctx.show_status()
    if waiting is not None:
        _do_now(ctx, waiting)


def once_related(ctx: DeskContext, id: str, do: Callable[[], None]) -> None:
    """Does what a command asks for as soon as the pair is related: now, or when it is computed.

    Only the last such command waits; Esc, or another pair of texts, takes it back.
    """
    if ctx.state.relations.found is not None:
        do()
    elif any(side.text is None for side in ctx.sides):
        ctx.tell(ctx.one_text(), error=True)
    else:
        if not ctx.state.relations.progress:  # it was tried, and failed
            start_relating(ctx)
        ctx.state.relations.waiting = Waiting(id, do)


def stop_waiting(ctx: DeskContext) -> bool:
    """Takes back a command that waits; returns whether one did."""
    waited, ctx.state.relations.waiting = ctx.state.relations.waiting is not None, None
    return waited


def _do_now(ctx: DeskContext, waiting: Waiting) -> None:
    """Does what has waited, unless the reader is busy elsewhere by now."""
    if ctx.on_top and isinstance(ctx.screen.focused, TextPane):
        try:
            waiting.do()
        except LibraryError as problem:
            ctx.tell(str(problem), error=True)
    else:
        ctx.tell(f"the two texts are related now: {ctx.key_of(waiting.id)} asks again")


def read_dismissed(ctx: DeskContext) -> None:
    """Reads again which pairs of passages are not to be suggested."""
    from store.services.relations import dismissed_passages  # after the first paint

    left, right = (side.text for side in ctx.sides)
    ctx.state.relations.dismissed = frozenset(
        dismissed_passages(ctx.session.library, left, right) if left and right else ()
    )


def leave_related_list(ctx: DeskContext) -> None:
    """Closes the list of related passages; keys go to the text again."""
    ctx.overlays.related_list.close()
    ctx.screen.set_focus(ctx.active.pane, scroll_visible=False)


def close_related_list(ctx: DeskContext) -> bool:
    """Closes the list of related passages, which may be of texts that have changed; says whether it was open."""
    if not ctx.overlays.related_list.display:
        return False
    leave_related_list(ctx)
    ctx.clear_evidence()
    return True
