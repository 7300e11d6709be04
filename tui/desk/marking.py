"""Marking: each act is shown at once, written by the writer, and taken back from the screen if that fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from store.records import Highlight
from tui.desk.acts import write_highlights
from tui.desk.context import DeskContext
from tui.desk.multi_span import drop_parts
from tui.desk.open_texts import put_highlights
from tui.desk.target import Target, highlights_here, with_target
from tui.view.paint import Mark

MOST_OBJECTS = 500
"""Objects that a count takes at most."""


def mark_target(ctx: DeskContext, target: Target, *, tag: str = "", star: bool = False) -> None:
    """Makes a highlight of the target, with the armed tag if no other: seen at once, written behind."""
    pane = target.side.pane
    tag = tag or ctx.state.marking.armed
    pending = show_pending(ctx, target, tag, star=star, noted=False)
    tags = (tag,) if tag else ()

    def done(highlight: Highlight) -> None:
        pane.drop_mark(pending.id)
        put_highlights(ctx, [highlight])

    def failed(problem: BaseException) -> None:
        pane.drop_mark(pending.id)
        ctx.tell(f"not saved: {problem}", error=True)

    ctx.session.write(partial(target.mark, tags=tags, star=star), done, failed)


def show_pending(ctx: DeskContext, target: Target, tag: str, *, star: bool, noted: bool) -> Mark:
    """Draws a mark that is being written; where its text has changed since it was chosen, only when it is there."""
    side, pane = target.side, target.side.pane
    colour, letter = ctx.session.tag_styles().get(tag, ("", ""))
    pending = Mark(next(ctx.state.marking.pending), target.parts, colour, letter, star, noted, False, True)
    if side.text is target.text:
        pane.put_mark(pending)
    pane.clear_selection()
    drop_parts(ctx)
    return pending


def put_tag(ctx: DeskContext, target: Target, tag: str) -> None:
    """Puts a tag on the target, which becomes a highlight if it is none."""
    if tag:
        ctx.state.marking.last_tag = tag
    highlight = target.highlight
    if highlight is None:
        mark_target(ctx, target, tag=tag)
    elif tag and tag not in highlight.tags:
        write_highlights(ctx, lambda library: library.highlights.tag(highlight.id, tag))
    else:
        ctx.tell(f"already highlighted{f' as {tag}' if tag else ''}")
    target.side.pane.clear_selection()


def tag_here(ctx: DeskContext, tag: str) -> None:
    """Puts a tag on what a marking key acts on now."""
    with_target(ctx, lambda target: put_tag(ctx, target, tag))


def selection_ended(ctx: DeskContext) -> None:
    """With a tag armed, a finished selection is highlighted with it."""
    if ctx.state.marking.armed:
        tag_here(ctx, ctx.state.marking.armed)


def take_sentences(ctx: DeskContext, count: int | None) -> None:
    """Gives so many sentences to what follows, where nothing is selected and no highlight is here."""
    side = ctx.active
    reading = side.text is not None and side.pane.mode == "read"
    ctx.state.marking.count = count if count and reading and not highlights_here(ctx) else None
    if ctx.state.marking.count is not None:
        select_sentences(ctx, ctx.state.marking.count)


def select_sentences(ctx: DeskContext, count: int) -> None:
    """Selects so many sentences of the passage, from the one at the cursor on."""
    ctx.active.pane.select("select")
    for _ in range(min(count, MOST_OBJECTS)):
        ctx.active.pane.select_object("is")


def will_repeat(ctx: DeskContext, act: Callable[[], None]) -> None:
    """Says what `.` does from now on, to as many sentences as now."""
    ctx.state.marking.repeat, ctx.state.marking.repeat_count = act, ctx.state.marking.count


def do_and_repeat(ctx: DeskContext, act: Callable[[], None]) -> None:
    """Does something that `.` then does again."""
    will_repeat(ctx, act)
    act()


_SHORT = 48
"""Characters of a quote in a title or a message."""


def short(words: str) -> str:
    """Words on one line, cut where they are many."""
    words = " ".join(words.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
