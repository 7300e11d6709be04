"""Which keys can come next: what can follow an unfinished sequence, and the first keys of a first start."""

from __future__ import annotations

from functools import partial

from tui.desk.context import DeskContext
from tui.desk.jumps import letters_set

_FOLLOWS_AFTER = 0.45
"""Seconds after which an unfinished sequence shows what can follow."""


_FIRST_KEYS = (
    ("sentence_next", "the next sentence"),
    ("other_pane", "the other text"),
    ("highlight", "highlight the sentence"),
    ("related", "what does the other text say about it?"),
    ("help", "what can be done here; :tutorial teaches more"),
    ("quit", "leave: every act is written already"),
)
"""What a first start shows: commands, and a few words on each."""


def wait_to_show_next_keys(ctx: DeskContext) -> None:
    """Shows after a pause what can follow what was typed; hides what could follow what was typed before."""
    timer = ctx.state.next_keys_timer
    if timer is not None:
        timer.stop()
        ctx.state.next_keys_timer = None
        ctx.overlays.next_keys.hide()
    if ctx.keys.pending:
        ctx.state.next_keys_timer = ctx.screen.set_timer(_FOLLOWS_AFTER, partial(show_next_keys, ctx))


def show_next_keys(ctx: DeskContext) -> None:
    """Shows what can follow what was typed."""
    # Here, because it brings the picker, which the first paint can do without.
    from tui.desk.tag_picker import tag_signs

    arguments = {"highlight_with": tag_signs, "set_mark": letters_set, "go_mark": letters_set}
    awaited = ctx.keys.awaiting_argument
    offered = arguments[awaited](ctx) if awaited else []
    found = [*ctx.keys.follows(ctx.active.pane.mode != "read"), *offered]
    if found:
        ctx.overlays.next_keys.show(found)


def show_first_keys(ctx: DeskContext) -> None:
    """Shows the first keys, until the reader does something with the text; once in a library."""
    if ctx.session.ui_state.welcomed:
        return
    ctx.session.ui_state.welcomed = True
    rows = [(ctx.key_of(id), words) for id, words in _FIRST_KEYS]
    both = ctx.active.text is not None and ctx.other.text is not None
    ctx.overlays.first_keys.show(f"{'Two texts' if both else 'A text'}, and six keys to begin with:", rows)
