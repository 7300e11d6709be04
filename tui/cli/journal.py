"""`tui undo`, `tui redo`, `tui history`: what was done, and back again."""

from __future__ import annotations

import click

from store.journal import told_of_kept
from store.records import Act
from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import command, json_option
from tui.cli.out import line, narrate, write_json
from tui.cli.terminal import paint

_skip_option = click.option(
    "--skip", is_flag=True, help="Where something was changed since, leave it and go on to the next one."
)


@command("undo", writes=True, examples=("tui undo", "tui undo && tui undo"))
@_skip_option
@click.pass_obj
def undo_command(invocation: Invocation, *, skip: bool) -> ExitCode:
    """Undo the last act, whichever program did it; say what it was.

    Refuses an act that something done since depends on; only a tag that others use stays, with a word.
    """
    return _told("undone", invocation.library(writing=True).journal.undo(skip=skip), "nothing to undo")


@command("redo", writes=True, examples=("tui redo",))
@_skip_option
@click.pass_obj
def redo_command(invocation: Invocation, *, skip: bool) -> ExitCode:
    """Do again what was undone last; say what it was."""
    return _told("done again", invocation.library(writing=True).journal.redo(skip=skip), "nothing to redo")


@command("history", examples=("tui history --limit 10", "tui history --json"))
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The last N acts.")
@json_option
@click.pass_obj
def history_command(invocation: Invocation, limit: int | None, as_json: bool) -> ExitCode:
    """List what was done, the last act first: when, by whom, what, and whether it was undone."""
    acts = invocation.library().journal.history(limit)
    if as_json:
        write_json(
            {"id": act.id, "at": act.at, "reader": act.reader, "label": act.label, "undone": act.undone}
            for act in acts
        )
    else:
        for act in acts:
            words = f"{act.at}  {one_line(act.reader)}  {one_line(act.label)}"
            line(paint(f"{words}  (undone)", "dim") if act.undone else words)
    return ExitCode.FOUND if acts else ExitCode.NOTHING


def _told(what: str, act: Act | None, nothing: str) -> ExitCode:
    if act is None:
        narrate(nothing)
        return ExitCode.NOTHING
    line(f"{what}: {one_line(act.label)}")
    if act.kept and act.undone:
        narrate(one_line(told_of_kept(act)))
    return ExitCode.FOUND
