"""`tui link` and `tui links …`: connections between highlights, made, listed and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import click

from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.invocation import Invocation
from tui.cli.listing import Listing, between_option
from tui.cli.options import (
    command,
    group,
    json_option,
    option,
)
from tui.cli.output import line, print_status, write_json
from tui.cli.terminal import paint

if TYPE_CHECKING:
    from store.annotations import LinkedAnnotations
    from store.records import Annotation


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
@option(
    "--kind",
    metavar="KIND",
    default="same",
    show_default=True,
    help="same, supports, contradicts, quotes, paraphrases, answers, or a word of your own.",
)
@option("--note", metavar="WORDS", default="", help="A note on the link, in Markdown.")
@click.pass_obj
def link_command(invocation: Invocation, a: int, b: int, kind: str, note: str) -> ExitCode:
    """Link highlight A to highlight B and print the link's id.

    A and B are ids as `tui mark` and `tui annotations` print them.
    """
    link = invocation.library(writing=True).links.add(a, b, kind=kind, note=note)
    line(str(link.id))
    return ExitCode.FOUND


@group(
    "links",
    cls=Listing,
    examples=(
        "tui links",
        "tui links --text editorial --json",
        "tui links --text editorial --text analysis",
        "tui links delete 3",
    ),
)
def links_command() -> None:
    """List the links between highlights, or delete some; `tui link` makes one."""


@command("list", group=links_command, examples=("tui links list", "tui links --text editorial --json"))
@between_option
@json_option
@click.pass_obj
def list_command(invocation: Invocation, texts: Sequence[str], as_json: bool) -> ExitCode:
    """List links, the oldest first: id, kind, and the highlights at both ends with their ids."""
    from store.annotations import linked

    library = invocation.library()
    with library.reading():
        links = linked(library, library.links.each(*texts))
        first = next(links, None)
        found = () if first is None else chain([first], links)
        if as_json:
            write_json(map(_record, found))
        else:
            for each in found:
                line(_format_link(each))
    return ExitCode.NOTHING if first is None else ExitCode.FOUND


def _record(linked: LinkedAnnotations) -> dict[str, object]:
    link = linked.link
    return {
        "id": link.id,
        "kind": link.kind,
        "mutual": link.mutual,
        "left": _end(linked.left),
        "right": _end(linked.right),
        "note": link.note,
        "reader": link.reader,
        "created": link.created,
        "updated": link.updated,
        "uid": link.uid,
    }


def _end(annotation: Annotation) -> dict[str, object]:
    highlight = annotation.highlight
    return {
        "highlight": highlight.id,
        "text": highlight.text,
        "passage": annotation.passage,
        "start": highlight.span.start,
        "end": highlight.span.end,
        "quote": highlight.quote,
    }


def _format_link(linked: LinkedAnnotations) -> str:
    """`3  answers  12 editorial ¶9 “the worst case” → 31 analysis ¶6 “…”  ✎ a week later`."""
    link = linked.link
    arrow = "↔" if link.mutual else "→"
    parts = [
        paint(str(link.id), "bold"),
        paint(one_line(link.kind), "yellow"),
        f"{_told_end(linked.left)} {arrow} {_told_end(linked.right)}",
        f"✎ {one_line(link.note)}" if link.note else "",
    ]
    return "  ".join(filter(None, parts))


def _told_end(annotation: Annotation) -> str:
    highlight = annotation.highlight
    place = f"{highlight.text} ¶{annotation.passage}" if annotation.passage else highlight.text
    return f"{highlight.id} {paint(one_line(place), 'cyan')} “{one_line(highlight.quote)}”"


@command("delete", group=links_command, writes=True, examples=("tui links delete 3", "tui links delete 3 4"))
@click.argument("ids", nargs=-1, required=True, type=click.IntRange(min=1), metavar="ID…")
@click.pass_obj
def delete_command(invocation: Invocation, ids: Sequence[int]) -> None:
    """Delete the links of these IDs, as `tui links` lists them; the highlights stay."""
    numbers = list(dict.fromkeys(ids))
    invocation.library(writing=True).links.delete(numbers)
    what = f"link {numbers[0]} is" if len(numbers) == 1 else f"{len(numbers)} links are"
    print_status(f"{what} deleted; `tui undo` brings back what is gone")
