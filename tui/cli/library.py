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


@command("check", examples=("tui check", "tui check --library old.db && echo sound"))
@click.pass_obj
def check_command(invocation: Invocation) -> ExitCode:
    """Look at every page and row of the library; a line for each thing that is wrong.

    Where something is, the newest good backup is named and the exit code is 2.
    """
    from store.backups import check

    health = check(invocation.path)
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
