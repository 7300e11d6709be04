"""`tui link`: connections between highlights."""

from __future__ import annotations

import click

from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import command
from tui.cli.out import line


@command(
    "link",
    writes=True,
    examples=(
        "tui link 12 31 --kind contradicts",
        'tui link 12 31 --kind answers --note "a week later"',
        'tui link $(tui mark old "the mill burned") $(tui mark new "the mill was lit")',
    ),
)
@click.argument("a", type=click.IntRange(min=1), metavar="A")
@click.argument("b", type=click.IntRange(min=1), metavar="B")
@click.option(
    "--kind",
    metavar="KIND",
    default="same",
    show_default=True,
    help="same, supports, contradicts, quotes, paraphrases, answers, or a word of your own.",
)
@click.option("--note", metavar="WORDS", default="", help="A note on the link, in Markdown.")
@click.pass_obj
def link_command(invocation: Invocation, a: int, b: int, kind: str, note: str) -> ExitCode:
    """Link highlight A to highlight B and print the link's id.

    A and B are ids as `tui mark` and `tui annotations` print them.
    """
    link = invocation.library(writing=True).links.add(a, b, kind=kind, note=note)
    line(str(link.id))
    return ExitCode.FOUND
