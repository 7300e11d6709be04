"""`tui open`: texts on the desk."""

from __future__ import annotations

import click

from tui.cli.invocation import Invocation
from tui.cli.opening import open_desk, refuse_without_terminal
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
    refuse_without_terminal()
    slugs = [invocation.shelve(name, furniture=furniture) for name in (left, right) if name is not None]
    return open_desk(invocation, slugs[0], slugs[1] if len(slugs) > 1 else None)
