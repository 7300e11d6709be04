"""`tui export`: the record in a form that other programs open."""

from __future__ import annotations

import click

from store.exchange import FORMATS
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import SLUG, TAG, command
from tui.cli.out import HarmlessStdout, narrate
from tui.exporting import Choice, export, export_to


@command(
    "export",
    examples=(
        "tui export > annotations.csv",
        "tui export -o annotations.csv --excel",
        "tui export --tag actor --long",
    ),
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all, rather than to stdout."
)
@click.option(
    "--format", type=click.Choice(FORMATS), help="The format; else FILE's ending says it, or it is csv."
)
@click.option("--text", type=SLUG, metavar="TEXT", help="Only highlights in this text.")
@click.option("--tag", type=TAG, metavar="TAG", help="Only with this tag, or one below it.")
@click.option("--reader", metavar="NAME", help="Only by this reader.")
@click.option("--starred", is_flag=True, help="Only with a star.")
@click.option("--long", is_flag=True, help="A row for each highlight and tag, rather than a row a highlight.")
@click.option(
    "--excel", is_flag=True, help="For spreadsheets: a BOM, and cells guarded that would run as formulas."
)
@click.pass_obj
def export_command(
    invocation: Invocation,
    *,
    output: str | None,
    format: str | None,
    text: str | None,
    tag: str | None,
    reader: str | None,
    starred: bool,
    long: bool,
    excel: bool,
) -> ExitCode:
    """Write the annotations out, a row a highlight; highlights without a tag too.

    On stdout what a terminal would obey is shown harmless; a FILE gets every character as it is.
    """
    library = invocation.library()
    choice = Choice(text, tag, reader, starred or None)
    if output is None:
        export(library, HarmlessStdout(), choice, format=format or FORMATS[0], long=long, excel=excel)
        return ExitCode.FOUND
    from pathlib import Path

    rows = export_to(library, Path(output), choice, format=format, long=long, excel=excel)
    narrate(f"{rows} rows written to {output}")
    return ExitCode.FOUND
