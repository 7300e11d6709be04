"""The program: help, themes, export, leaving, and going back out of what is going on."""

from __future__ import annotations

from functools import partial

from tui.desk.context import DeskContext, command
from tui.desk.context_help import help_here, show_keys
from tui.desk.multi_span import drop_parts
from tui.desk.open_texts import leave_earlier
from tui.desk.relating import stop_waiting
from tui.desk.target import stop_placing
from tui.dialogs.choices import Choice, Picked
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.themes import THEMES


@command("clear")
def clear(ctx: DeskContext, press: Press) -> None:
    """Clears the selection first; then hits, evidence and what is pending."""
    ctx.keys.clear()
    ctx.screen.workers.cancel_group(ctx.screen, "add")  # files that are being read
    if stop_waiting(ctx):
        return
    pane = ctx.active.pane
    selecting = pane.mode != "read" or pane.selection is not None
    if selecting:
        pane.clear_selection()
    if stop_placing(ctx) or selecting or drop_parts(ctx):
        return
    searching = bool(ctx.state.search.query)
    ctx.clear_search()
    ctx.state.link_start = None
    ctx.clear_evidence()
    if ctx.active.is_earlier and not searching:
        leave_earlier(ctx)


@command("last_list")
def last_list(ctx: DeskContext, press: Press) -> None:
    """Opens the last list again, with what was typed in it and what was highlighted."""
    last = ctx.state.last_list
    if last is None:
        lists = ", ".join(map(ctx.key_of, ("annotations", "codebook", "open_text")))
        ctx.tell(f"no list has been opened yet: {lists} open one")
        return
    typed, highlighted = last.picker.left_at
    ctx.do(last.press)
    if isinstance(ctx.app.screen, type(last.picker)):
        ctx.app.screen.restore(typed, highlighted)


@command("quit")
def quit(ctx: DeskContext, press: Press) -> None:
    """Leaves: every act is written already."""
    ctx.app.exit()


@command("suspend")
def suspend(ctx: DeskContext, press: Press) -> None:
    """Back to the shell; `fg` comes back."""
    ctx.app.action_suspend_process()


@command("theme")
def theme(ctx: DeskContext, press: Press) -> None:
    """Another theme: the named one, or the one that is picked."""
    if press.argument:
        _use_named_theme(ctx, press.argument)
        return
    choices = [Choice(theme.name, theme.name) for theme in THEMES]
    ctx.push(Picker("Theme", choices, highlighted=ctx.app.theme), partial(_theme_picked, ctx))


def _use_named_theme(ctx: DeskContext, name: str) -> None:
    names = [theme.name for theme in THEMES]
    if name in names:
        _use_theme(ctx, name)
    else:
        ctx.tell(f"no theme is called {name}; there are {', '.join(names)}", error=True)


def _theme_picked(ctx: DeskContext, picked: Picked | None) -> None:
    if picked is not None:
        _use_theme(ctx, picked.key)


def _use_theme(ctx: DeskContext, name: str) -> None:
    """Shows everything in another theme, also in the next run."""
    ctx.app.theme = name
    ctx.session.ui_state.theme = name


@command("export")
def export(ctx: DeskContext, press: Press) -> None:
    """Annotations to a file: what, as what and where is asked; the ending of a file that is named says the format."""
    from tui.desk.annotation_export import ask_export  # most runs end without one

    ask_export(ctx, press.argument)


@command("keys")
def keys(ctx: DeskContext, press: Press) -> None:
    """Every key."""
    show_keys(ctx, "All keys", None)


@command("help")
def help(ctx: DeskContext, press: Press) -> None:
    """What can be done where the reader is, and every key after it."""
    show_keys(ctx, "Help", help_here(ctx))
