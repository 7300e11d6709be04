"""`tui open`: texts on the desk. `tui web`: the desk in a browser, through textual-serve (extra `[web]`)."""

from __future__ import annotations

import errno
from importlib.util import find_spec
from pathlib import Path

import click

from tui.cli.codes import CallError
from tui.cli.invocation import Invocation
from tui.cli.opening import open_desk, refuse_without_terminal
from tui.cli.options import TEXT, command, furniture_option, option
from tui.cli.output import print_error


@command(
    "open",
    writes=True,
    examples=(
        "tui open editorial analysis",
        "tui open old.txt new.txt",
        "tui open --no-furniture poem.txt",
        "tui open --pairs align.json       pairs that tui corpus, passim or TextPAIR has found",
    ),
)
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@option(
    "--pairs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="List the pairs of FILE, to read and judge.",
)
@furniture_option
@click.pass_obj
def open_command(
    invocation: Invocation, left: str | None, right: str | None, pairs: Path | None, furniture: bool
) -> int:
    """Open one text or two on the desk, or the pairs of a file; files are added to the library first."""
    if left is None and pairs is None:
        raise CallError(
            "Name a text or two, or a file of pairs with --pairs; `tui` alone opens the last ones."
        )
    refuse_without_terminal()
    if pairs is not None and not pairs.exists():
        raise CallError(f"{pairs} cannot be read: there is no such file.")
    if right is not None:
        invocation.relate_ahead()
    slugs = [
        invocation.add_to_library(name, furniture=furniture) for name in (left, right) if name is not None
    ]
    return open_desk(invocation, *[*slugs, None, None][:2], pairs=pairs)


PORT = 8765


@command("web", writes=True, examples=("tui web", "tui web editorial analysis", "tui web --port 9000"))
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=PORT,
    show_default=True,
    help="Where to serve it, on 127.0.0.1 and nowhere else.",
)
@click.pass_obj
def web_command(invocation: Invocation, left: str | None, right: str | None, port: int) -> int:
    """Open the desk in a browser on this machine, until Ctrl-C.

    The address that is printed carries a key: without it nothing is served. Needs the extra [web].
    """
    if find_spec("textual_serve") is None:
        raise click.ClickException(
            "the desk in a browser needs textual-serve: install close-reading-tui[web]"
        )
    slugs = [invocation.add_to_library(name) for name in (left, right) if name is not None]
    invocation.ensure_library()
    from tui.serving import DeskServer

    try:
        DeskServer(_call(invocation, slugs), port).run(print_error)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(f"port {port} is taken: name another one with --port") from None
    return 0


def _call(invocation: Invocation, slugs: list[str]) -> list[str]:
    """The command line of the desk for each page: this program, and nothing of the folder where it was called."""
    from texts.child import isolation

    settings = ("--library", str(invocation.path.absolute()), "--reader", invocation.reader)
    return isolation.command("tui.cli:main", *settings, *(("open", *slugs) if slugs else ()))
