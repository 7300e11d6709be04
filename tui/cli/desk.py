"""`tui` and `tui open`: the desk, the only part of the program that loads Textual."""

from __future__ import annotations

import gc
import os
import sys

import click

from tui.cli.invocation import Invocation
from tui.cli.options import TEXT, command, furniture_option


@command(
    "open",
    writes=True,
    examples=(
        "tui open editorial analysis",
        "tui open old.txt new.txt",
        "tui open --no-furniture poem.txt",
    ),
)
@click.argument("left", type=TEXT)
@click.argument("right", type=TEXT, required=False)
@furniture_option
@click.pass_obj
def open_command(invocation: Invocation, left: str, right: str | None, furniture: bool) -> int:
    """Open one text or two on the desk; files are added to the library first."""
    _refuse_without_terminal()
    slugs = [invocation.shelve(name, furniture=furniture) for name in (left, right) if name is not None]
    return open_desk(invocation, slugs[0], slugs[1] if len(slugs) > 1 else None)


def open_desk(invocation: Invocation, left: str | None, right: str | None) -> int:
    """Opens the desk with texts of the library, or with those that were open last; returns its exit code."""
    _refuse_without_terminal()
    invocation.settle()
    from tui.app import run_desk
    from tui.cli import USUAL

    gc.set_threshold(*USUAL)
    return run_desk(invocation.path, left, right, invocation.reader)


def _refuse_without_terminal() -> None:
    reason = _why_no_desk()
    if reason:
        raise click.ClickException(
            f"the desk needs a terminal, but {reason}; the commands of `tui --help` work without one."
        )


def _why_no_desk() -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        return "stdin is not one"
    if sys.stdout is None or not sys.stdout.isatty():
        return "stdout is not one"
    return "TERM is dumb" if os.environ.get("TERM") == "dumb" else ""
