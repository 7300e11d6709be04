"""The two panes: which one keys go to, how wide they are, which text is where, and how it is shown."""

from __future__ import annotations

from typing import Literal

from tui.desk.context import DeskContext, command
from tui.desk.open_texts import activate, set_zoom, share_out, swap_texts
from tui.desk.status_notes import show_hints
from tui.keys.key_table import Press
from tui.view.viewport import Where


@command("other_pane")
def other_pane(ctx: DeskContext, press: Press) -> None:
    """To the other pane."""
    activate(ctx, ctx.other)


@command("left_pane")
def left_pane(ctx: DeskContext, press: Press) -> None:
    """To the left pane."""
    activate(ctx, ctx.sides[0])


@command("right_pane")
def right_pane(ctx: DeskContext, press: Press) -> None:
    """To the right pane."""
    activate(ctx, ctx.sides[1])


@command("swap_panes")
def swap_panes(ctx: DeskContext, press: Press) -> None:
    """The two texts change places."""
    swap_texts(ctx)


@command("only_pane", "zoom")
def zoom(ctx: DeskContext, press: Press) -> None:
    """This pane alone, or both again."""
    set_zoom(ctx, not ctx.zoomed)


@command("equal_panes")
def equal_panes(ctx: DeskContext, press: Press) -> None:
    """Both panes, and equally wide."""
    set_zoom(ctx, False)
    share_out(ctx, 50)


@command("narrower")
def narrower(ctx: DeskContext, press: Press) -> None:
    """This pane narrower."""
    _resize(ctx, -5 * press.times)


@command("wider")
def wider(ctx: DeskContext, press: Press) -> None:
    """This pane wider."""
    _resize(ctx, 5 * press.times)


def _resize(ctx: DeskContext, percent: int) -> None:
    set_zoom(ctx, False)
    share_out(ctx, ctx.state.share + (percent if ctx.active.number == 0 else -percent))


@command("view_top", "view_middle", "view_bottom")
def view(ctx: DeskContext, press: Press) -> None:
    """Scrolls so that the cursor's line is at the top, in the middle, at the bottom."""
    pane = ctx.active.pane
    ways: dict[str, Where] = {"view_top": "top", "view_middle": "middle", "view_bottom": "bottom"}
    pane.reveal(pane.cursor, ways[press.id])


@command("toggle_marks")
def toggle_marks(ctx: DeskContext, press: Press) -> None:
    """Hides or shows highlights in both panes."""
    shown = _turn(ctx, "show_marks")
    ctx.tell("highlights shown" if shown else f"highlights hidden: {ctx.key_of(press.id)} shows them")


@command("toggle_furniture")
def toggle_furniture(ctx: DeskContext, press: Press) -> None:
    """Hides or shows furniture in both panes."""
    shown = _turn(ctx, "show_furniture")
    ctx.tell("furniture shown" if shown else f"furniture hidden: {ctx.key_of(press.id)} shows it")


@command("hints")
def toggle_hints(ctx: DeskContext, press: Press) -> None:
    """Shows or hides key hints, from now on."""
    shown = ctx.session.ui_state.hints = not ctx.overlays.hints.display
    show_hints(ctx, shown)
    ctx.tell("key hints shown" if shown else "key hints hidden")


@command("focus_passage")
def focus_passage(ctx: DeskContext, press: Press) -> None:
    """Dims all but the current passage, or shows all again."""
    dim = _turn(ctx, "focus_dim")
    ctx.tell(
        f"only this passage is bright: {ctx.key_of(press.id)} shows all" if dim else "all passages are bright"
    )


def _turn(ctx: DeskContext, attribute: Literal["show_marks", "show_furniture", "focus_dim"]) -> bool:
    """Turns what the panes show on or off in both, by the active one; returns whether it is on now."""
    on = not getattr(ctx.active.pane, attribute)
    for side in ctx.sides:
        setattr(side.pane, attribute, on)
    return on
