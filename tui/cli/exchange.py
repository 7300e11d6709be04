"""`tui export` and `tui import`: the record in forms that other programs open, and back in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from store.exchange import DEFAULT, FORMATS
from store.exchange.spreadsheets import BOM
from store.tidy import counted
from texts.visible import one_line, visible
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation, read_stdin
from tui.cli.lacking import tell_if_unknown
from tui.cli.options import SLUG, TAG, command
from tui.cli.out import HarmlessStdout, line, narrate, write
from tui.cli.progress import progress
from tui.cli.terminal import is_terminal, paint
from tui.exporting import export, export_each, export_to, written
from tui.importing import LIBRARY, MOST_BYTES, READABLE, import_bytes, import_file, summary

if TYPE_CHECKING:
    from store.exchange.gather import Choice, Progress
    from store.exchange.merging import Merged
    from store.library import Library


def _listing(title: str, formats: Mapping[str, str]) -> Callable[[click.Command], click.Command]:
    """Puts a line for each format below the examples of a command."""
    listed = "\n".join((title, *(f"  {name:<19}{help}" for name, help in formats.items())))

    def decorate(command: click.Command) -> click.Command:
        command.epilog = f"{command.epilog}\n\n\b\n{listed}"
        return command

    return decorate


WRITABLE = {
    name: entry.help if entry.reads else f"{entry.help} (out only)" for name, entry in FORMATS.items()
}


@_listing("Formats; `tui import` reads back all but those that are out only:", WRITABLE)
@command(
    "export",
    examples=(
        "tui export > annotations.csv",
        "tui export -o annotations.csv --excel",
        "tui export --tag actor --long",
        "tui export -o everything.json",
        "tui export --text editorial --format links-csv",
        "tui export --format html -o notes/      a file a text",
    ),
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE, whole or not at all, rather than to stdout; to FOLDER/ a file a text.",
)
@click.option(
    "--format",
    type=click.Choice(list(WRITABLE)),
    metavar="NAME",
    help="One of the formats below; else FILE's ending says it, or it is csv.",
)
@click.option(
    "--text", "texts", type=SLUG, multiple=True, metavar="TEXT", help="Only this text; again for more."
)
@click.option("--tag", type=TAG, metavar="TAG", help="Only with this tag, or one below it.")
@click.option("--reader", metavar="NAME", help="Only by this reader.")
@click.option("--starred", is_flag=True, help="Only with a star.")
@click.option(
    "--long", is_flag=True, help="CSV: a row for each highlight and tag, rather than a row a highlight."
)
@click.option(
    "--excel", is_flag=True, help="CSV for spreadsheets: a BOM, and cells guarded that would run as formulas."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the format json, and nothing else.")
@click.pass_obj
def export_command(
    invocation: Invocation,
    *,
    output: str | None,
    format: str | None,
    texts: Sequence[str],
    tag: str | None,
    reader: str | None,
    starred: bool,
    long: bool,
    excel: bool,
    schema: bool,
) -> ExitCode:
    """Write the annotations out: a row a highlight, those without a tag too, or all of the library.

    On stdout what a terminal would obey is shown harmless; a FILE gets every character as it is.
    """
    if schema:
        from store.exchange.json import schema as json_schema

        write(json_schema())
        return ExitCode.FOUND
    from store.exchange.gather import Choice

    library = invocation.library()
    choice = Choice(tuple(dict.fromkeys(texts)), tag, reader, starred or None)
    if tag is not None:
        tell_if_unknown(library, tag)
    if output in (None, "-"):
        _print(library, choice, format or DEFAULT, long=long, excel=excel)
        return ExitCode.FOUND
    path = Path(output)
    with progress("exporting") as told:
        if output.endswith(("/", os.sep)) or path.is_dir():
            if format is None or long or excel:
                raise click.UsageError(f"{path} is a folder: say --format, without --long or --excel.")
            files = export_each(library, path, choice, format=format, progress=told)
            said = f"{counted(len(files), 'file')} written to {path}"
        else:
            count = export_to(library, path, choice, format=format, long=long, excel=excel, progress=told)
            said = written(count, path, format)
    narrate(said)
    return ExitCode.FOUND


def _print(library: Library, choice: Choice, format: str, *, long: bool, excel: bool) -> None:
    """An export on stdout."""
    entry = FORMATS[format]
    if entry.binary and is_terminal():
        raise click.UsageError(f"{format} is nothing for a terminal: name a file with -o.")
    with progress("exporting") as told:
        if entry.rows:
            export(library, HarmlessStdout(), choice, format=format, long=long, excel=excel, progress=told)
            return
        out = BytesIO()
        export(library, out, choice, format=format, long=long, excel=excel, progress=told)
    if not entry.binary:
        words = out.getvalue().decode()
        write(BOM * words.startswith(BOM))
        write("\r\n".join(map(visible, words.removeprefix(BOM).split("\r\n"))))
    elif sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(out.getvalue())


@_listing(
    "Formats:",
    {name: FORMATS[name].help if name in FORMATS else "another library (.db)" for name in READABLE},
)
@command(
    "import",
    writes=True,
    examples=(
        "tui import everything.json --dry-run",
        "tui import colleague.db",
        "tui import annotations.csv",
        "curl -s … | tui import --format hypothesis -",
        "tui undo",
    ),
)
@click.argument("file", metavar="FILE")
@click.option(
    "--format",
    type=click.Choice(READABLE),
    metavar="NAME",
    help="One of the formats below; else FILE's ending and its first bytes say it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be added, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was added as one JSON object.")
@click.pass_obj
def import_command(
    invocation: Invocation, *, file: str, format: str | None, dry_run: bool, as_json: bool
) -> ExitCode:
    """Merge what other programs or other readers have made into the library; `-` reads standard input.

    Nothing is doubled: what is there already stays as it is, and a second import changes nothing. Where the two say
    different things both are kept, and named. It is one act: `tui undo` takes all of it back.
    """
    library = invocation.library(writing=not dry_run)
    with progress("importing") as told:
        if file == "-":
            merged = _from_stdin(library, format, dry_run, told)
        else:
            merged = import_file(library, Path(file), format=format, dry_run=dry_run, progress=told)
    if as_json:
        _print_json(merged, dry_run)
        return ExitCode.FOUND
    for label, found in (("left out", merged.left_out), ("conflict", merged.conflicts)):
        for what in found:
            line(f"{paint(label, 'yellow')}  {one_line(what)}")
    line(summary(merged, dry_run=dry_run))
    return ExitCode.FOUND


def _from_stdin(library: Library, format: str | None, dry_run: bool, told: Progress) -> Merged:
    if format is None or format == LIBRARY:
        raise click.UsageError("Say with --format what standard input is; a library has to be a file.")
    return import_bytes(
        library, read_stdin(MOST_BYTES), "standard input", format=format, dry_run=dry_run, progress=told
    )


def _print_json(merged: Merged, dry_run: bool) -> None:
    import json

    from texts.visible import visible_json

    line(visible_json(json.dumps({"dry_run": dry_run, **merged._asdict()}, ensure_ascii=False)))
