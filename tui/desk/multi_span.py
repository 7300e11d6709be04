"""Highlights with gaps (a … b): the parts that are kept until the next mark makes one highlight of them."""

from __future__ import annotations

from texts.model import Span
from tui.desk.context import DeskContext
from tui.desk.desk_state import KeptParts
from tui.desk.side import Side
from tui.view.paint import Mark

_MARK = -(1 << 40)
"""Id under which the parts are drawn: below all that marks not yet written count down to."""


def is_unwritten(mark: Mark) -> bool:
    """Whether a mark is of a highlight that is being made: seen already, and not in the library yet."""
    return _MARK < mark.id < 0


def hold_parts(ctx: DeskContext, side: Side, parts: tuple[Span, ...]) -> None:
    """Keeps parts of a highlight that is there, while another part of it is moved."""
    drop_parts(ctx)
    ctx.state.parts = KeptParts(parts, side.slug, held=True)
    draw_parts(ctx, side)


def parts_with(ctx: DeskContext, side: Side, selection: Span | None) -> tuple[Span, ...]:
    """What is kept in a side together with what is selected there; empty where nothing is kept."""
    if not ctx.state.parts.spans or side.slug != ctx.state.parts.slug:
        return ()
    return ctx.state.parts.spans if selection is None else with_part(ctx.state.parts.spans, selection)


def drop_parts(ctx: DeskContext) -> bool:
    """Keeps nothing any longer; says whether something was kept."""
    dropped = bool(ctx.state.parts.spans)
    ctx.state.parts = KeptParts()
    for side in ctx.sides if dropped else ():
        side.pane.drop_mark(_MARK)
    return dropped


def parts_in(ctx: DeskContext, side: Side) -> tuple[Span, ...]:
    """What is kept in a side."""
    return ctx.state.parts.spans if side.slug == ctx.state.parts.slug else ()


def carry_parts(ctx: DeskContext, side: Side, parts: tuple[Span, ...], *, held: bool) -> None:
    """Keeps the parts that are left of those that were kept before the text of a side changed."""
    ctx.state.parts = KeptParts(parts, side.slug, held) if parts else KeptParts()
    draw_parts(ctx, side)


def draw_parts(ctx: DeskContext, side: Side) -> None:
    """Shows what is kept as a mark that is not written yet."""
    if ctx.state.parts.spans and side.slug == ctx.state.parts.slug:
        side.pane.put_mark(Mark(_MARK, ctx.state.parts.spans, colour="", letter="&", pending=True))


def with_part(parts: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    """The parts with one more, in the order of the text; those that touch or overlap become one."""
    apart = []
    for part in parts:
        if part.end < new.start or new.end < part.start:
            apart.append(part)
        else:
            new = Span(min(part.start, new.start), max(part.end, new.end))
    return tuple(sorted([*apart, new]))
