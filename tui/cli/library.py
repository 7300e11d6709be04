"""`tui backup` and `tui check`: the library's health."""

from __future__ import annotations

import click

from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import command
from tui.cli.out import line, narrate
from tui.cli.run import complain


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
    narrate(f"copied {invocation.path} to {file}")
    return ExitCode.FOUND


@command("check", examples=("tui check", "tui check --dry-run", "tui check --library old.db && echo sound"))
@click.option("--dry-run", is_flag=True, help="Say what is wrong, and change nothing.")
@click.pass_obj
def check_command(invocation: Invocation, *, dry_run: bool) -> ExitCode:
    """Look at every page and row of the library, and mend what can be: indexes, caches, rows that belong to nothing.

    A line for each thing that was mended, or is wrong; a copy is made before anything is changed. Where something
    stays wrong, the newest good backup is named and the exit code is 2.
    """
    from store.backups import check

    health = check(invocation.path)
    if health.backup is None and health.is_other:
        complain(one_line(health.findings[0]))
        return ExitCode.ERROR
    if not health.ok and not dry_run:
        from store.mending import mend

        mended = mend(invocation.path)
        for done in mended.done:
            line(f"mended: {one_line(done)}")
        if mended.copy is not None:
            narrate(f"the library as it was before is {mended.copy}")
        health = mended.health
    for finding in health.findings:
        line(one_line(finding))
    if health.ok:
        narrate(f"{invocation.path} is sound")
        return ExitCode.FOUND
    remedy = (
        f"the newest good backup is {health.backup}: copy it to a new place and use it with --library"
        if health.backup
        else "there is no good backup of it"
    )
    complain(f"{invocation.path} is damaged; {remedy}")
    return ExitCode.ERROR
