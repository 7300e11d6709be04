"""Going to a place, a highlight or a hit, in whichever pane its text is."""

from __future__ import annotations

from store.records import Highlight
from texts.model import Span
from tui.desk.context import DeskContext
from tui.desk.jumps import leave_trace
from tui.desk.open_texts import activate, open_in
from tui.desk.side import Side
from tui.ui_state import Place

TUTORIAL = "tutorial"
"""Slug of the text that teaches the first keys."""


def go(ctx: DeskContext, place: Place, *, trace: bool = True) -> bool:
    """Goes to a place in either pane, its text opened in this one where it is not on the desk.

    Says so where the library has it no longer.
    """
    side = ctx.side_of(place.text)
    if side is None and not ctx.session.library.texts.has(place.text):
        ctx.tell(
            f"{place.text} is no longer in the library: {ctx.key_of('open_text')} shows what is",
            error=True,
        )
        return False
    if trace:
        leave_trace(ctx)
    if side is None:
        side = ctx.active
        open_in(ctx, side, place.text)
    activate(ctx, side)
    side.pane.reveal(place.offset, where="middle")
    side.pane.move_to(place.offset)
    return True


def go_to_highlight(ctx: DeskContext, highlight: Highlight) -> None:
    """Goes to a highlight; opens its text in this pane where it is not on the desk."""
    if ctx.side_of(highlight.text) is None:
        open_in(ctx, ctx.active, highlight.text)
    go(ctx, Place(highlight.text, highlight.span.start))


def light_hit(ctx: DeskContext, hit: tuple[Side, Span] | None) -> None:
    """Lights one of the hits as the one that the reader is at, and brings it into view."""
    for side in ctx.sides:
        side.pane.set_current_hit(hit[1] if hit and hit[0] is side else None)
    if hit is not None:
        hit[0].pane.reveal(hit[1], where="near")


def go_to_hit(ctx: DeskContext, hit: tuple[Side, Span]) -> None:
    """Goes to a hit and says which one it is."""
    side, span = hit
    go(ctx, Place(side.slug, span.start))
    light_hit(ctx, hit)
    at = side.hits.index(span) + 1
    ctx.tell(f"/{ctx.state.search.query}  hit {at} of {len(side.hits)} in {ctx.name(side.slug)}", good=True)


def open_text_in(ctx: DeskContext, slug: str, side: Side) -> None:
    """Opens a text of the library in a side, with the way back to where the reader was."""
    if slug == TUTORIAL and not ctx.session.library.texts.has(TUTORIAL):
        open_tutorial(ctx, side)
        return
    if ctx.active.text is not None:
        leave_trace(ctx)
    open_in(ctx, side, slug)


def open_tutorial(ctx: DeskContext, side: Side) -> None:
    """Opens the tutorial in a side; it comes into the library when it is first asked for."""
    from texts.articles import tutorial  # which loads what reads files

    ctx.session.write(
        lambda library: library.texts.add(tutorial())[0],
        lambda added: open_text_in(ctx, added.slug, side),
        ctx.refused,
    )
