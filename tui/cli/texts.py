"""`tui add`, `tui texts`, `tui update`: texts into the library, and what is there."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

import click

from store.sanitize import pluralize
from store.text_names import aside
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.invocation import Invocation, read
from tui.cli.options import (
    SLUG,
    command,
    encoding_option,
    furniture_option,
    json_option,
    option,
    reading_option,
)
from tui.cli.output import line, print_error, print_status, write_json
from tui.cli.progress import progress
from tui.cli.terminal import pad, pad_left, paint

if TYPE_CHECKING:
    from store.records import Reanchored, TextSummary, Update


@command(
    "add",
    writes=True,
    examples=(
        "tui add old.txt new.txt",
        'tui add --title "A chance in Baghdad" --author "C. Zerafa" article.md',
        "tui add --reading original edition.xml    as the source spells it, not as it was regularised",
        "pandoc -t plain paper.docx | tui add --title Paper -",
        "tui add -- -a-name-that-begins-with-a-dash.txt",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@option("--title", metavar="WORDS", help="Its title, rather than the one it seems to have.")
@option("--author", metavar="WORDS", help="Its author, likewise.")
@option(
    "--source", metavar="WORDS", help="Where it comes from: an address, a citation; else the file's name."
)
@option("--slug", metavar="NAME", help="What to call it on the command line; else made of the title.")
@encoding_option
@reading_option
@furniture_option
@json_option
@click.pass_obj
def add_command(
    invocation: Invocation,
    *,
    files: Sequence[str],
    title: str | None,
    author: str | None,
    source: str | None,
    slug: str | None,
    encoding: str | None,
    reading: str,
    furniture: bool,
    as_json: bool,
) -> ExitCode:
    """Add files to the library and print a line for each; `-` reads standard input.

    A body that is there already is the text that it is: adding it again changes nothing.
    """
    from texts.load import LoadError

    if len(files) > 1 and any((title, author, source, slug)):
        raise click.UsageError(
            "--title, --author, --source and --slug name one text: add the files one by one."
        )
    slugs: list[str] = []
    code = ExitCode.FOUND
    begun = monotonic()
    for number, name in enumerate(files, 1):
        try:
            with progress("adding", since=begun) as told:
                told(number, len(files))
                text = read(
                    name,
                    encoding=encoding,
                    reading=reading,
                    furniture=furniture,
                    title=title,
                    author=author,
                    source=source,
                    slug=slug,
                )
                told(number, len(files))
                texts = invocation.library(writing=True).texts
                added, is_new = texts.add(text, more=number < len(files))
        except LoadError as error:
            print_error(str(error))
            code = ExitCode.ERROR
            continue
        if not is_new:
            print_status(f"{name}: already in the library as {added.slug}")
        slugs.append(added.slug)
    if slugs:
        summaries = {text.slug: text for text in invocation.library(writing=True).texts.list()}
        _list([summaries[slug] for slug in slugs], as_json)
    return code


@command("texts", examples=("tui texts", "tui texts --all", "tui texts --json"))
@option("--all", "with_all", is_flag=True, help="Also the sample texts that came with the program.")
@json_option
@click.pass_obj
def texts_command(invocation: Invocation, *, with_all: bool, as_json: bool) -> ExitCode:
    """List the library's texts: name, passages, words, language, title and author.

    The sample texts that came with the program step aside once you have added your own: they are not listed, searched
    or exported unless they are open, named, or marked.
    """
    library = invocation.library()
    summaries = library.texts.list()
    without = frozenset() if with_all else aside(library)
    shown = [text for text in summaries if text.slug not in without]
    _list(shown, as_json, languages=True)
    if without and not as_json:
        print_status(f"{pluralize(len(without), 'sample text')} left out: `tui texts --all` lists them")
    return ExitCode.FOUND if shown else ExitCode.NOTHING


@command(
    "rename",
    writes=True,
    examples=(
        "tui rename the-late-floods-in-northern-harrow floods",
        'tui rename floods --title "The late floods" --author "A. Writer"',
        "tui undo",
    ),
)
@click.argument("text", type=SLUG, metavar="TEXT")
@click.argument("new", required=False, metavar="NEW")
@option("--title", metavar="WORDS", help="Its title from now on.")
@option("--author", metavar="WORDS", help="Its author from now on; empty: none.")
@option("--source", metavar="WORDS", help="Where it comes from, from now on.")
@click.pass_obj
def rename_command(
    invocation: Invocation,
    *,
    text: str,
    new: str | None,
    title: str | None,
    author: str | None,
    source: str | None,
) -> ExitCode:
    """Call a text by the name NEW on the command line, or give it another title, author or source.

    What the desk remembers of it, and drafts of its note, go along. `tui undo` takes it back.
    """
    if new is None and title is None and author is None and source is None:
        raise CallError("Say what to change: a NEW name, --title, --author or --source.")
    library = invocation.library(writing=True)
    name = library.texts.current_version(text).name
    with library.act(f"renamed {name}{f' to {new}' if new else ''}"):
        library.texts.edit(text, title=title, author=author, source=source)
        if new is not None:
            library.texts.rename(text, new)
    slug = new or text
    _list([each for each in library.texts.list() if each.slug == slug], as_json=False)
    return ExitCode.FOUND


def _list(texts: Sequence[TextSummary], as_json: bool, *, languages: bool = False) -> None:
    if as_json:
        write_json(map(_record, texts))
        return
    slugs = max((len(text.slug) for text in texts), default=0)
    for text in texts:
        counts = pad_left(f"{text.passages} ¶", 7) + pad_left(pluralize(text.words, "word"), 14)
        by = f" — {one_line(text.author)}" if text.author else ""
        if languages:
            counts += f"  {pad(text.language or '?', 3)}"
        line(f"{paint(pad(text.slug, slugs), 'bold')}{paint(counts, 'dim')}  {one_line(text.title)}{by}")


def _record(text: TextSummary) -> dict[str, object]:
    return {
        "text": text.slug,
        "title": text.title,
        "author": text.author,
        "source": text.source,
        "passages": text.passages,
        "words": text.words,
        "sha256": text.sha256,
    }


@command(
    "update",
    writes=True,
    examples=(
        "tui update editorial corrected.txt --dry-run",
        "tui update editorial corrected.txt",
        "tui undo",
    ),
)
@click.argument("text", type=SLUG, metavar="TEXT")
@click.argument("file", metavar="FILE")
@option("--dry-run", is_flag=True, help="Say what would become of the highlights, and change nothing.")
@encoding_option
@reading_option
@furniture_option
@json_option
@click.pass_obj
def update_command(
    invocation: Invocation,
    *,
    text: str,
    file: str,
    dry_run: bool,
    encoding: str | None,
    reading: str,
    furniture: bool,
    as_json: bool,
) -> ExitCode:
    """Give a text of the library a new version; the old one is kept.

    Each highlight is found again: exact, changed with its words, or an orphan that keeps its quote, note and
    tags. None is dropped. What became of each is printed, a line a highlight. A FILE that has the same words as the
    text is no new version.
    """
    from store.errors import Unchanged

    library = invocation.library(writing=not dry_run)
    new = read(file, encoding=encoding, reading=reading, furniture=furniture)
    try:
        update = library.texts.update(text, new, dry_run=dry_run)
    except Unchanged as unchanged:
        if as_json:
            write_json([])
        print_status(str(unchanged))
        return ExitCode.FOUND
    if as_json:
        write_json(map(_moved, update.highlights))
    else:
        for moved in update.highlights:
            line(_format_moved(moved))
    print_status(_summary(update, dry_run))
    return ExitCode.FOUND


def _moved(moved: Reanchored) -> dict[str, object]:
    return {
        "id": moved.id,
        "anchor": str(moved.anchor),
        "confidence": round(moved.confidence, 1),
        "old": {"parts": [list(part) for part in moved.old_parts], "quote": moved.old_quote},
        "new": None
        if moved.parts is None
        else {"parts": [list(part) for part in moved.parts], "quote": moved.quote},
    }


def _format_moved(moved: Reanchored) -> str:
    """`changed  12  “old words” → “new words”  (93)`."""
    state = paint(pad(moved.anchor, 7), {"exact": "green", "changed": "yellow"}.get(moved.anchor, "red"))
    told = f"{state}  {moved.id}  “{one_line(moved.old_quote)}”"
    if moved.parts is not None and moved.quote != moved.old_quote:
        told += f" → “{one_line(moved.quote)}”"
    return f"{told}  ({moved.confidence:.0f})" if moved.anchor == "changed" else told


def _summary(update: Update, dry_run: bool) -> str:
    would = "would become" if dry_run else "is now"
    return f"{update.text} {would} version {update.version}: {update.summary}"
