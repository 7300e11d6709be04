"""`tui mark` and `tui annotations`: highlights made from quotes, and all of them listed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.options import (
    READER,
    SLUG,
    TAG,
    TEXT,
    command,
    csv_option,
    json_option,
    option,
    refuse_two_formats,
)
from tui.cli.output import HarmlessStdout, line, print_status, warn_unknown_tag, write_json
from tui.cli.quotes import places, too_many
from tui.cli.terminal import paint

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Annotation, Link


@command(
    "mark",
    writes=True,
    examples=(
        'tui mark editorial "The real danger" --tag scenario --note "which others are there?"',
        "tui mark editorial Isis --passage 9",
        'tui mark analysis "Sistani" --all --tag actor/sistani',
    ),
)
@click.argument("text", type=TEXT)
@click.argument("quote")
@option("--tag", "tags", type=TAG, multiple=True, metavar="TAG", help="A tag to put on, again and again.")
@option("--note", default="", metavar="WORDS", help="A note, in Markdown.")
@option("--star", is_flag=True, help="Put a star on.")
@option("--all", "every", is_flag=True, help="Highlight every place of the quote.")
@option("--passage", type=click.IntRange(min=1), metavar="N", help="The place in passage N.")
@click.pass_obj
def mark_command(
    invocation: Invocation,
    *,
    text: str,
    quote: str,
    tags: Sequence[str],
    note: str,
    star: bool,
    every: bool,
    passage: int | None,
) -> ExitCode:
    """Highlight QUOTE in TEXT and print the highlight's id.

    A quote that the text does not have is refused, and so is one that it has more than once, unless --all or
    --passage says which. Straight and curly quotation marks, dashes and line breaks are alike. What is marked so
    already is not marked twice: a note and a star are added to it.
    """
    library = invocation.library(writing=True)
    if not invocation.is_slug(text):
        raise click.ClickException(f"{text} is a file: add it to the library first, with `tui add`")
    present = library.texts.get(text)
    found = places(present, quote, passage=passage)
    if len(found) > 1 and not every:
        raise too_many(present, quote, found, passage=passage, otherwise="say --all")
    before = library.highlights.count()
    name = library.texts.current_version(text).name
    with (
        library.act(f"highlighted “{quote}” {len(found)} times in {name}")
        if len(found) > 1
        else nullcontext()
    ):
        marked = [
            library.highlights.mark(text, span, tags=tags, note=note, star=star, version=present.sha256)
            for span in found
        ]
    for highlight in marked:
        line(str(highlight.id))
    if there := before + len(marked) - library.highlights.count():
        print_status(f"{there} {'was' if there == 1 else 'were'} marked so already")
    return ExitCode.FOUND


@command(
    "annotations",
    examples=(
        "tui annotations --tag actor",
        "tui annotations --text editorial --json",
        "tui annotations --orphans",
    ),
)
@option("--text", "--in", type=SLUG, metavar="TEXT", help="Only in this text.")
@option("--tag", type=TAG, metavar="TAG", help="Only with this tag, or one below it.")
@option("--reader", type=READER, metavar="NAME", help="Only by this reader.")
@option("--orphans", is_flag=True, help="Only those that lost their place when their text changed.")
@json_option
@csv_option
@click.pass_obj
def annotations_command(
    invocation: Invocation,
    *,
    text: str | None,
    tag: str | None,
    reader: str | None,
    orphans: bool,
    as_json: bool,
    as_csv: bool,
) -> ExitCode:
    """List highlights by text and place, with their tags, notes and links.

    With --orphans each has the places below it where it may be now: `tui change ID --quote … --passage N` puts it
    there.
    """
    refuse_two_formats(as_json, as_csv)
    from store.annotations import annotated
    from store.records import Anchor

    library = invocation.library()
    anchor = Anchor.ORPHAN if orphans else None
    with library.reading():
        ids = library.highlights.ids(text=text, tag=tag, reader=reader, anchor=anchor)
        if tag is not None and not ids:
            warn_unknown_tag(library, tag)
        annotations = annotated(library, library.highlights.each(ids))
        if orphans and not as_csv:
            _print_orphans(library, list(annotations), as_json=as_json)
        elif as_json:
            write_json(map(_record, annotations))
        elif as_csv:
            from store.exchange import csv

            csv.write(annotations, HarmlessStdout())
        else:
            for annotation in annotations:
                _print(annotation)
    return ExitCode.FOUND if ids else ExitCode.NOTHING


def _print_orphans(library: Library, annotations: Sequence[Annotation], *, as_json: bool) -> None:
    """Orphans, each with the places where it may be now."""
    from store.services.orphans import likely_places

    likely = likely_places(library, [annotation.highlight for annotation in annotations])
    if as_json:
        write_json(
            {
                **_record(annotation),
                "likely": [
                    {"passage": passage, "start": span.start, "end": span.end, "quote": quote}
                    for passage, span, quote in likely[annotation.highlight.id]
                ],
            }
            for annotation in annotations
        )
        return
    for annotation in annotations:
        _print(annotation)
        for place in likely[annotation.highlight.id]:
            where = f"¶{place.passage}" if place.passage else "page chrome"
            line(f"    may be at {paint(where, 'cyan')}  “{one_line(place.quote)}”")


def _record(annotation: Annotation) -> dict[str, object]:
    """The columns of the CSV, lists as lists, and what CSV has no place for at the end."""
    highlight = annotation.highlight
    return {
        "id": highlight.id,
        "text": highlight.text,
        "title": annotation.title,
        "passage": annotation.passage,
        "start": highlight.span.start,
        "end": highlight.span.end,
        "quote": highlight.quote,
        "before": highlight.before,
        "after": highlight.after,
        "tags": list(highlight.tags),
        "colour": annotation.colour,
        "note": highlight.note,
        "star": highlight.star,
        "reader": highlight.reader,
        "created": highlight.created,
        "updated": highlight.updated,
        "anchor": str(highlight.anchor),
        "links": [_link(link, highlight.id) for link in annotation.links],
        "parts": [list(part) for part in highlight.parts],
        "confidence": round(highlight.confidence, 1),
        "uid": highlight.uid,
    }


def _link(link: Link, highlight: int) -> dict[str, object]:
    """A link as seen from one of its highlights."""
    is_from = link.left == highlight
    return {
        "id": link.id,
        "kind": link.kind,
        "direction": "mutual" if link.mutual else "to" if is_from else "from",
        "highlight": link.right if is_from else link.left,
        "note": link.note,
        "reader": link.reader,
    }


def _print(annotation: Annotation) -> None:
    """`12  editorial ¶9  “the worst case”  scenario; risk  ★  ✎ which others are there?  → 31 (answers)`."""
    highlight = annotation.highlight
    place = f"{highlight.text} ¶{annotation.passage}" if annotation.passage else highlight.text
    parts = [
        paint(str(highlight.id), "bold"),
        paint(one_line(place), "cyan"),
        f"“{one_line(highlight.quote)}”",
        paint("; ".join(map(one_line, highlight.tags)), "yellow"),
        "★" if highlight.star else "",
        f"✎ {one_line(highlight.note)}" if highlight.note else "",
        *(_told_link(link, highlight.id) for link in annotation.links),
        "" if highlight.anchor == "exact" else paint(f"({highlight.anchor})", "red"),
    ]
    line("  ".join(filter(None, parts)))


def _told_link(link: Link, highlight: int) -> str:
    is_from = link.left == highlight
    arrow = "↔" if link.mutual else "→" if is_from else "←"
    return f"{arrow} {link.right if is_from else link.left} ({one_line(link.kind)})"
