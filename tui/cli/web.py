"""`tui web`: the desk in a browser on this machine, through textual-serve (extra `[web]`)."""

from __future__ import annotations

import errno
import shlex
import sys
from importlib.util import find_spec

import click

from tui.cli.invocation import Invocation
from tui.cli.options import TEXT, command
from tui.cli.run import complain

PORT = 8765


@command("web", writes=True, examples=("tui web", "tui web editorial analysis", "tui web --port 9000"))
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@click.option(
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
            "the desk in a browser needs textual-serve: install close-reading-tui[web]."
        )
    slugs = [invocation.shelve(name) for name in (left, right) if name is not None]
    invocation.settle()
    from tui.serving import DeskServer

    try:
        DeskServer(_call(invocation, slugs), port).run(complain)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(f"port {port} is taken: name another one with --port.") from None
    return 0


def _call(invocation: Invocation, slugs: list[str]) -> str:
    """What the shell runs for each page: this program, and none that lies in the folder where it was called."""
    program = (sys.executable, "-P", "-m", "tui")
    settings = ("--library", str(invocation.path.absolute()), "--reader", invocation.reader)
    return shlex.join((*program, *settings, *(("open", *slugs) if slugs else ())))
