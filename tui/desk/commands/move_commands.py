"""Moving about: motions, jumps, places under letters, and from mark to mark."""

from __future__ import annotations

from store.records import Anchor
from tui.desk.context import DeskContext, command
from tui.desk.jumps import bring_closed_along, leave_trace, place_here
from tui.desk.navigation import go
from tui.desk.side import Side
from tui.keys.key_table import MOTIONS, Press
from tui.ui_state import Place

_FAR = ("text_start", "text_end")


_JUMPS = ("text_end", "search_next", "next_highlight")
"""Commands that leave a place to go back to, for example."""


_MAKES = {
    "highlight": ("highlight", "makes one"),
    "note": ("note", "writes one"),
    "link": ("link", "starts a link"),
}
"""For each kind of mark the command that makes it, and what its key does."""


@command(*MOTIONS)
def move(ctx: DeskContext, press: Press) -> None:
    """Any motion; with a count, gg and G go to that passage."""
    pane = ctx.active.pane
    if press.id in _FAR:
        leave_trace(ctx)
        if press.count is not None:
            pane.move("go_to_passage", press.count)
            return
    pane.move(press.id, press.times)


@command("jump_back", "jump_back_too")
def jump_back(ctx: DeskContext, press: Press) -> None:
    """Back to where the reader was."""
    jumps = ", ".join(map(ctx.key_of, _JUMPS))
    _travel(
        ctx,
        ctx.state.jumps.back,
        ctx.state.jumps.forward,
        press.times,
        f"no earlier place: jumps leave one, such as {jumps}",
    )


@command("jump_forward")
def jump_forward(ctx: DeskContext, press: Press) -> None:
    """Forward again."""
    _travel(
        ctx,
        ctx.state.jumps.forward,
        ctx.state.jumps.back,
        press.times,
        f"no later place: {ctx.key_of('jump_back')} goes back first",
    )


def _travel(ctx: DeskContext, way: list[Place], other: list[Place], times: int, end: str) -> None:
    for _ in range(times):
        while way and way[-1] == place_here(ctx):
            way.pop()
        if not way:
            ctx.tell(end)
            return
        here = place_here(ctx)
        bring_closed_along(ctx, way[-1].text)
        place = way.pop()
        if go(ctx, place, trace=False):
            other.append(here)


@command("set_mark")
def set_mark(ctx: DeskContext, press: Press) -> None:
    """Remembers the place under a letter."""
    if ctx.active.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    if not press.argument.isalpha() or len(press.argument) != 1:
        ctx.tell(f"m wants a letter after it, and {press.argument} is none", error=True)
        return
    ctx.state.jumps.letters[press.argument] = place_here(ctx)
    ctx.tell(f"this place is '{press.argument}")


@command("go_mark")
def go_mark(ctx: DeskContext, press: Press) -> None:
    """Goes to the place under a letter; '' goes back."""
    if press.argument == "'":
        jump_back(ctx, press)
    elif press.argument in ctx.state.jumps.letters:
        bring_closed_along(ctx, ctx.state.jumps.letters[press.argument].text)
        go(ctx, ctx.state.jumps.letters[press.argument])
    else:
        ctx.tell(f"no place is remembered as {press.argument}: m{press.argument} remembers one", error=True)


@command("next_orphan", "previous_orphan")
def to_orphan(ctx: DeskContext, press: Press) -> None:
    """To where an orphan stood last."""
    side, step = ctx.active, 1 if press.id == "next_orphan" else -1
    found = ctx.session.library.highlights.find(text=side.slug, anchor=Anchor.ORPHAN)
    starts = sorted(
        (each.span.start for each in found if (each.span.start - side.pane.cursor) * step > 0),
        reverse=step < 0,
    )
    if len(starts) < press.times:
        ctx.tell(
            f"no {'later' if step > 0 else 'earlier'} orphan in {ctx.name(side.slug)}: "
            f"{ctx.key_of('orphans')} lists all there are"
        )
        return
    go(ctx, Place(side.slug, starts[press.times - 1]))
    ctx.tell(f"an orphan stood here last: {ctx.key_of('orphans')} shows it")


@command("next_highlight", "previous_highlight", "next_note", "previous_note", "next_link", "previous_link")
def to_mark(ctx: DeskContext, press: Press) -> None:
    """To the next or the last mark of a kind."""
    if ctx.active.text is None:
        ctx.tell(ctx.no_text(), error=True)
        return
    direction, kind = press.id.split("_")
    _to_mark(ctx, ctx.active, 1 if direction == "next" else -1, kind, press.times)


def _to_mark(ctx: DeskContext, side: Side, direction: int, kind: str, times: int) -> None:
    wanted = {
        "highlight": lambda mark: True,
        "note": lambda mark: mark.note,
        "link": lambda mark: mark.link,
    }
    offset = side.pane.cursor
    for _ in range(times):
        mark = side.pane.next_mark(offset, direction, wanted[kind])
        if mark is None:
            name = {
                "highlight": "highlight",
                "note": "highlight with a note",
                "link": "linked highlight",
            }[kind]
            command, makes = _MAKES[kind]
            ctx.tell(
                f"no {'later' if direction > 0 else 'earlier'} {name} in {ctx.name(side.slug)}: "
                f"{ctx.key_of(command)} {makes}"
            )
            return
        offset = mark.span.start
    go(ctx, Place(side.slug, offset))
