"""`tui note`, `tui notes` and `tui drafts`: notes on texts and on the library, and words that never became a note.

The notes of highlights and links are with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from texts.visible import one_line, visible
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation, read_stdin
from tui.cli.options import SLUG, command, json_option, option
from tui.cli.output import line, print_status, write_json
from tui.cli.terminal import paint

if TYPE_CHECKING:
    from store.records import Note

LONGEST = 1_000_000
"""Bytes of a note that is read from standard input."""


@command(
    "note",
    writes=True,
    examples=(
        'tui note "Both were written before the elections." --text editorial',
        "tui note --text editorial",
        "tui note - < thoughts.md",
        "tui note --delete --text editorial",
    ),
)
@click.argument("words", required=False)
@option("--text", type=SLUG, metavar="TEXT", help="On this text; else on the library.")
@option("--delete", is_flag=True, help="Take your note away.")
@click.pass_obj
def note_command(
    invocation: Invocation, *, words: str | None, text: str | None, delete: bool
) -> ExitCode | None:
    """Write your note on the library or on a text, in place of what was there; without WORDS print it.

    WORDS are Markdown; `-` reads standard input. Each reader has a note of their own: `tui notes` lists all.
    """
    if words is not None and delete:
        raise click.UsageError("Either WORDS are written, or --delete takes the note away.")
    if words is None and not delete:
        return _print_mine(invocation, text)
    written = "" if words is None else _read(words)
    if not delete and not written.strip():
        raise click.UsageError("There is nothing to write; --delete takes a note away.")
    notes = invocation.library(writing=True).notes
    if delete and notes.mine(text) is None:
        return ExitCode.NOTHING
    notes.write(written, text)
    print_status(f"your note on {text or 'the library'} is {'deleted' if delete else 'written'}")
    return None


def _read(words: str) -> str:
    """The words, or those on standard input for `-`; raises CallError."""
    if words != "-":
        return words
    data = read_stdin(LONGEST)
    if len(data) > LONGEST:
        raise CallError(f"Standard input is too long for a note: {LONGEST:,} bytes are the most.")
    try:
        return data.decode("utf-8-sig").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise CallError(f"Standard input is no UTF-8: byte {error.start} cannot be read.") from None


def _print_mine(invocation: Invocation, text: str | None) -> ExitCode:
    mine = invocation.library().notes.by(invocation.reader, text)
    if mine is None:
        return ExitCode.NOTHING
    line(visible(mine.words))
    return ExitCode.FOUND


@command("notes", examples=("tui notes", "tui notes --text editorial --json"))
@option("--text", "--in", type=SLUG, metavar="TEXT", help="Only those on this text.")
@json_option
@click.pass_obj
def notes_command(invocation: Invocation, text: str | None, as_json: bool) -> ExitCode:
    """List the notes of all readers on the library and on its texts.

    Those on highlights are listed by `tui annotations`, those on links by `tui links`.
    """
    notes = invocation.library().notes
    found = notes.list() if text is None else notes.of(text)
    if as_json:
        write_json(map(_record, found))
    else:
        for note in found:
            on = paint(one_line(note.text or "the library"), "bold")
            line(f"{on}  {paint(one_line(note.reader), 'cyan')}  ✎ {one_line(note.words)}")
    return ExitCode.FOUND if found else ExitCode.NOTHING


def _record(note: Note) -> dict[str, object]:
    return {
        "id": note.id,
        "text": note.text,
        "note": note.words,
        "reader": note.reader,
        "created": note.created,
        "updated": note.updated,
        "uid": note.uid,
    }


@command(
    "drafts", writes=True, examples=("tui drafts", "tui drafts --json", "tui drafts --delete highlight:12")
)
@option("--delete", metavar="DRAFT", help="Delete the draft of this name.")
@json_option
@click.pass_obj
def drafts_command(invocation: Invocation, delete: str | None, as_json: bool) -> ExitCode:
    """List what was typed into notes and never saved, such as when the terminal was closed.

    On the desk, opening the note takes its draft up again, and Space n d lists them all.
    """
    if delete is not None:
        invocation.library(writing=True).drafts.delete(delete)
        print_status(f"the draft {one_line(delete)} is deleted")
        return ExitCode.FOUND
    found = invocation.library().drafts.list()
    if as_json:
        write_json(
            {"draft": each.key, "words": each.words, "reader": each.reader, "updated": each.updated}
            for each in found
        )
    else:
        for each in found:
            line(
                f"{paint(one_line(each.key), 'bold')}  {paint(one_line(each.reader), 'cyan')}  {one_line(each.words)}"
            )
    return ExitCode.FOUND if found else ExitCode.NOTHING
