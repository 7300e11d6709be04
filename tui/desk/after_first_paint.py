"""What the desk does once its first frame is seen, because none of it is needed to see the texts."""

from __future__ import annotations

from functools import partial

from tui.desk.context import DeskContext
from tui.desk.elsewhere import watch_library
from tui.desk.scrolling import draw_scroll
from tui.desk.status_notes import show_hints

SCROLL_MARKS_AFTER = 0.1
"""Seconds between looks whether scroll marks are to be drawn anew: no key waits for them."""
_INDEXED_AFTER = 0.5
"""Seconds until texts that `tui open` has just added are indexed: keys come first."""


def complete_desk(ctx: DeskContext) -> None:
    """Sets headings off, counts the sentence, shows the keys of the moment, begins to watch texts and library."""
    for side in ctx.sides:
        side.pane.set_off_headings()
    ctx.screen.set_interval(SCROLL_MARKS_AFTER, partial(draw_scroll, ctx))
    show_hints(ctx, ctx.session.ui_state.hints)
    ctx.show_status()  # with the number of the sentence
    ctx.session.recheck_next_undo(ctx.show_status)
    watch_library(ctx)
    _tell_of_drafts(ctx)
    ctx.screen.set_timer(_INDEXED_AFTER, ctx.session.make_indexes)
    if ctx.state.first_press is not None:
        ctx.do(ctx.state.first_press)


def _tell_of_drafts(ctx: DeskContext) -> None:
    """Says that there are drafts of notes that were never saved, and how they are found."""
    number = len(ctx.session.library.drafts.list())
    if number:
        drafts = "is an unsaved draft" if number == 1 else f"are {number} unsaved drafts"
        ctx.tell(f"there {drafts} of a note: {ctx.key_of('library_note')} d")
