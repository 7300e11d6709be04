"""`tui export` and `tui import`: the record in forms that other programs open, and back in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

import click

from store.exchange import DEFAULT, FORMATS, format_of
from store.exchange.files import as_utf_8
from store.exchange.spreadsheets import BOM
from store.services.exports import each_written, export, export_each, export_to, same_names, written
from store.services.imports import LIBRARY, MOST_BYTES, READABLE, TAGUETTE, import_bytes, import_file, summary
from texts.visible import one_line, visible, visible_json
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation, read_stdin
from tui.cli.options import READER, SLUG, TAG, command, option, tell_idle
from tui.cli.output import HarmlessStdout, line, print_status, warn_unknown_tag, write
from tui.cli.pair import pair as last_open
from tui.cli.progress import progress
from tui.cli.terminal import is_terminal, paint

if TYPE_CHECKING:
    from store.exchange.snapshot import CountCallback, HighlightFilter
    from store.library import Library
    from store.merge import MergeReport, Resolve


def _listing(title: str, formats: Mapping[str, str]) -> Callable[[click.Command], click.Command]:
    """Puts a line for each format below the examples of a command."""
    listed = "\n".join((title, *(f"  {name:<19}{help}" for name, help in formats.items())))

    def decorate(command: click.Command) -> click.Command:
        command.epilog = f"{command.epilog}\n\n\b\n{listed}"
        return command

    return decorate


_FILES = {
    TAGUETTE: "a project of Taguette (project.sqlite3)",
    LIBRARY: "another library (.db)",
}
"""What is read from a file only."""

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
        "tui export --pair -o pair.docx          for Word: highlights and comments",
        "tui export --text editorial -o editorial.xml",
        "tui export --format html -o notes/      a file a text",
    ),
)
@option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE, whole or not at all, rather than to stdout; to FOLDER/ a file a text. It says so where it "
    "writes over one.",
)
@option(
    "--format",
    type=click.Choice(list(WRITABLE)),
    metavar="NAME",
    help="One of the formats below; else FILE's ending says it, or it is csv.",
)
@option(
    "--text",
    "--in",
    "texts",
    type=SLUG,
    multiple=True,
    metavar="TEXT",
    help="Only this text; again for more.",
)
@option("--pair", is_flag=True, help="Only the two texts that were last open side by side.")
@option("--tag", type=TAG, metavar="TAG", help="Only with this tag, or one below it.")
@option("--reader", type=READER, metavar="NAME", help="Only by this reader.")
@option("--starred", is_flag=True, help="Only with a star.")
@option("--long", is_flag=True, help="CSV: a row for each highlight and tag, rather than a row a highlight.")
@option(
    "--excel", is_flag=True, help="CSV for spreadsheets: a BOM, and cells guarded that would run as formulas."
)
@option("--schema", is_flag=True, help="Print the JSON Schema of the format json, and nothing else.")
@click.pass_obj
def export_command(
    invocation: Invocation,
    *,
    output: str | None,
    format: str | None,
    texts: Sequence[str],
    pair: bool,
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
        tell_idle(
            "--schema prints the schema and nothing else",
            *("output", "texts", "pair", "tag", "reader", "starred", "long", "excel"),
        )
        from store.exchange.json import schema as json_schema

        write(json_schema())
        return ExitCode.FOUND
    from store.exchange.snapshot import HighlightFilter

    library = invocation.library()
    if pair:
        if texts:
            raise click.UsageError("--pair names the texts: leave --text out.")
        texts = last_open(invocation, None, None)
    choice = HighlightFilter(tuple(dict.fromkeys(texts)), tag, reader, starred or None)
    if tag is not None:
        warn_unknown_tag(library, tag)
    if output in (None, "-"):
        _print(library, choice, format or DEFAULT, long=long, excel=excel)
        return ExitCode.FOUND
    path = Path(output)
    with progress("exporting") as told:
        if output.endswith(("/", os.sep)) or path.is_dir():
            if format is None or long or excel:
                raise click.UsageError(f"{path} is a folder: say --format, without --long or --excel.")
            files = export_each(library, path, choice, format=format, progress=told)
            said = each_written(files, path)
        else:
            over = path.exists()
            count = export_to(library, path, choice, format=format, long=long, excel=excel, progress=told)
            said = written(count, path, format, over=over)
    print_status(said)
    for warning in same_names(library, format or format_of(path)) if not path.is_dir() else ():
        print_status(one_line(warning))
    return ExitCode.FOUND


def _print(library: Library, choice: HighlightFilter, format: str, *, long: bool, excel: bool) -> None:
    """An export on stdout."""
    entry = FORMATS[format]
    if entry.binary and is_terminal():
        raise click.UsageError(f"{format} is binary; use -o FILE.")
    with progress("exporting") as told:
        if entry.rows:
            export(library, HarmlessStdout(), choice, format=format, long=long, excel=excel, progress=told)
            return
        # Whole or not at all, and not in memory: nothing is printed of what cannot be written to its end.
        with TemporaryFile() as whole:
            export(library, whole, choice, format=format, long=long, excel=excel, progress=told)
            whole.seek(0)
            if entry.binary:
                _pass_on(whole)
            else:
                _show(whole)


def _pass_on(file: BinaryIO) -> None:
    """A file on stdout as it is."""
    if sys.stdout is not None:
        sys.stdout.flush()
        copyfileobj(file, sys.stdout.buffer)


def _show(file: BinaryIO) -> None:
    """A file on stdout line by line, what a terminal would obey shown harmless; line ends stay as they are."""
    with as_utf_8(file) as lines:
        for number, words in enumerate(lines):
            if number == 0 and words.startswith(BOM):
                write(BOM)
                words = words.removeprefix(BOM)  # noqa: PLW2901  # the mark is no part of the line
            content = words.removesuffix("\r\n")
            write(visible(content) + words[len(content) :])


@_listing(
    "Formats:",
    {name: FORMATS[name].help if name in FORMATS else _FILES[name] for name in READABLE},
)
@command(
    "import",
    writes=True,
    examples=(
        "tui import everything.json --dry-run",
        "tui import colleague.db",
        "tui import colleague.db --theirs",
        "tui import annotations.csv",
        "tui import review.docx --text editorial  the comments of Word",
        "curl -s … | tui import --format hypothesis -",
        "tui undo",
    ),
)
@click.argument("file", metavar="FILE")
@option(
    "--format",
    type=click.Choice(READABLE),
    metavar="NAME",
    help="One of the formats below; else FILE's ending and its first bytes say it.",
)
@option(
    "--text", type=SLUG, metavar="TEXT", help="The text that FILE is about, where FILE does not carry it."
)
@option("--theirs", is_flag=True, help="Where both have changed the same thing, take what FILE says.")
@option("--ours", is_flag=True, help="There, keep what the library says and take it as settled.")
@option("--both", is_flag=True, help="There, keep both in one: tags of either, one note below the other.")
@option("--dry-run", is_flag=True, help="Say what would be added, and change nothing.")
@option("--json", "as_json", is_flag=True, help="Print what was added as one JSON object.")
@click.pass_obj
def import_command(
    invocation: Invocation,
    *,
    file: str,
    format: str | None,
    text: str | None,
    theirs: bool,
    ours: bool,
    both: bool,
    dry_run: bool,
    as_json: bool,
) -> ExitCode:
    """Merge what other programs or other readers have made into the library; `-` reads standard input.

    Nothing is doubled, and a second import changes nothing. What FILE says otherwise than when it last came is taken
    over where nobody here has touched it, and named; where both have changed, yours stays unless --theirs, --both or
    --ours settles it. It is one act: `tui undo` takes all of it back.
    """
    resolve = _resolve(theirs=theirs, ours=ours, both=both)
    library = invocation.library(writing=not dry_run)
    with progress("importing") as told:
        if file == "-":
            merged = _from_stdin(library, told, format=format, text=text, dry_run=dry_run, resolve=resolve)
        else:
            merged = import_file(
                library,
                Path(file),
                format=format,
                text=text,
                dry_run=dry_run,
                resolve=resolve,
                progress=told,
            )
    if as_json:
        _print_json(merged, dry_run)
        return ExitCode.FOUND
    labelled = (
        ("left out", merged.left_out),
        ("assumed", merged.assumed),
        ("updated", merged.updates),
        ("conflict", merged.conflicts),
    )
    for label, found in labelled:
        for what in found:
            line(f"{paint(label, 'yellow')}  {one_line(what)}")
    line(summary(merged, dry_run=dry_run))
    return ExitCode.FOUND


def _resolve(**asked: bool) -> Resolve | None:
    """What becomes of what both have changed; None where nothing was said."""
    from store.merge import Resolve

    chosen = [name for name, is_asked in asked.items() if is_asked]
    if len(chosen) > 1:
        raise click.UsageError(f"--{chosen[0]} and --{chosen[1]} exclude each other: choose one.")
    return Resolve(chosen[0]) if chosen else None


def _from_stdin(
    library: Library,
    told: CountCallback,
    *,
    format: str | None,
    text: str | None,
    dry_run: bool,
    resolve: Resolve | None,
) -> MergeReport:
    if format is None or format in _FILES:
        raise click.UsageError("Say with --format what standard input is; a database has to be a file.")
    return import_bytes(
        library,
        read_stdin(MOST_BYTES),
        "standard input",
        format=format,
        text=text,
        dry_run=dry_run,
        resolve=resolve,
        progress=told,
    )


def _print_json(merged: MergeReport, dry_run: bool) -> None:
    import json

    line(visible_json(json.dumps({"dry_run": dry_run, **merged._asdict()}, ensure_ascii=False)))
