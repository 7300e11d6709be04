"""`tui undo`, `tui redo` and `tui history`: the journal. `tui backup` and `tui check`: the library's health."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.journal import told_of_kept
from store.records import Act
from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import command, json_option, option
from tui.cli.output import line, print_error, print_status, write_json
from tui.cli.terminal import paint

if TYPE_CHECKING:
    from store.repair import Health

_skip_option = option(
    "--skip", is_flag=True, help="Where something was changed since, leave it and go on to the next one."
)


@command("undo", writes=True, examples=("tui undo", "tui undo && tui undo"))
@_skip_option
@click.pass_obj
def undo_command(invocation: Invocation, *, skip: bool) -> ExitCode:
    """Undo the last act, whichever program did it; say what it was.

    Refuses an act that something done since depends on; only a tag that others use stays, with a word.
    """
    return _print_act("undone", invocation.library(writing=True).journal.undo(skip=skip), "nothing to undo")


@command("redo", writes=True, examples=("tui redo",))
@_skip_option
@click.pass_obj
def redo_command(invocation: Invocation, *, skip: bool) -> ExitCode:
    """Do again what was undone last; say what it was."""
    return _print_act(
        "done again", invocation.library(writing=True).journal.redo(skip=skip), "nothing to redo"
    )


@command("history", examples=("tui history --limit 10", "tui history --json"))
@option("--limit", type=click.IntRange(min=1), metavar="N", help="The last N acts.")
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


def _print_act(what: str, act: Act | None, nothing: str) -> ExitCode:
    if act is None:
        print_status(nothing)
        return ExitCode.NOTHING
    line(f"{what}: {one_line(act.label)}")
    if act.kept and act.undone:
        print_status(one_line(told_of_kept(act)))
    return ExitCode.FOUND


@command("backup", examples=("tui backup ~/library-2026-11-21.db",))
@click.argument("file", metavar="FILE")
@click.pass_obj
def backup_command(invocation: Invocation, *, file: str) -> ExitCode:
    """Write a consistent, checked copy of the library to FILE, also while a desk has it open.

    A file that is there is never overwritten. The copy is a library: `tui --library FILE` opens it.
    """
    from pathlib import Path

    from store.backups import back_up

    back_up(invocation.path, Path(file))
    print_status(f"copied {invocation.path} to {file}")
    return ExitCode.FOUND


@command(
    "check",
    examples=(
        "tui check",
        "tui check --dry-run",
        "tui check --library old.db && echo sound",
        "tui check --forget",
    ),
)
@option("--dry-run", is_flag=True, help="Say what is wrong, or would be forgotten, and change nothing.")
@option("--forget", is_flag=True, help="Take what was removed away for good, with the journal.")
@option("--yes", is_flag=True, help="Forget without asking.")
@option("--keep-copies", is_flag=True, help="Leave the backups that hold what is forgotten.")
@click.pass_obj
def check_command(
    invocation: Invocation, *, dry_run: bool, forget: bool, yes: bool, keep_copies: bool
) -> ExitCode:
    """Look at every page and row of the library, and repair what can be: indexes, caches, rows that belong to nothing.

    A line for each thing that was repaired, or is wrong; a copy is made before anything is changed. Where something
    stays wrong, the newest good backup is named and the exit code is 2.

    --forget takes removed texts out of the file and of the backups, so that they are in no copy that you send: their
    bodies, the whole journal (nothing can be undone any more), drafts, what desks remember, and room that was given up.
    It says what goes, and asks. Close every desk before: what it remembers is written again.
    """
    from store.health import Problem
    from store.repair import check, repair

    if (yes or keep_copies) and not forget:
        raise click.UsageError("--yes and --keep-copies go with --forget.")
    health = check(invocation.path)
    if health.problem in (Problem.OTHER, Problem.LINKS):
        print_error(one_line(health.findings[0]))
        return ExitCode.ERROR
    if not health.ok and not dry_run:
        repaired = repair(invocation.path)
        for done in repaired.done:
            line(f"repaired: {one_line(done)}")
        if repaired.copy is not None:
            print_status(f"the library as it was before is {repaired.copy}")
        health = repaired.health
    for finding in health.findings:
        line(one_line(finding))
    if health.ok and forget:
        from tui.cli.removal import forget_removed

        return forget_removed(invocation, dry_run=dry_run, yes=yes, keep_copies=keep_copies)
    if health.ok:
        print_status(f"{invocation.path} is sound")
        return ExitCode.FOUND
    print_error(f"{invocation.path} {health.problem}; {_remedy(health)}")
    return ExitCode.ERROR


def _remedy(health: Health) -> str:
    """What can be done about what `tui check` did not repair."""
    from store.health import Problem

    if health.problem is Problem.FOREIGN_LOG:
        return "`tui check` without --dry-run puts it aside"
    if health.backup is None:
        return "there is no good backup of it"
    return f"the newest good backup is {health.backup}: copy it to a new place and use it with --library"
