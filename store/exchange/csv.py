"""CSV of annotations (RFC 4180, UTF-8): a row a highlight, or with `long` a row for each highlight × tag.

A link is `kind > id` to the other highlight, `kind < id`
from it, `kind = id` where it is mutual.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from store.exchange import spreadsheets
from store.exchange.spreadsheets import COLUMNS
from store.records import Annotation, Link
from texts.joined_cells import joined_in_cell

if TYPE_CHECKING:
    from store.exchange.archive import Archive


def write(annotations: Iterable[Annotation], out: TextIO, *, long: bool = False, excel: bool = False) -> int:
    """Writes annotations as they come, below the names of the columns; gives how many rows they took.

    `long` gives a row for each tag of a highlight, and one for a highlight without. `excel` and `out` are as for
    `store.exchange.spreadsheets.write`.
    """
    return spreadsheets.write(out, COLUMNS, _rows(annotations, long=long), excel=excel)


def read(data: bytes, name: str) -> Archive:
    """The highlights in a table, as `store.exchange.csv_reader` has it."""
    from store.exchange.csv_reader import read

    return read(data, name)


def link_cell(link: Link, highlight: int) -> str:
    """A link as seen from one of its highlights."""
    outgoing = link.left == highlight
    direction = "=" if link.mutual else ">" if outgoing else "<"
    return f"{link.kind} {direction} {link.right if outgoing else link.left}"


def _rows(annotations: Iterable[Annotation], *, long: bool) -> Iterator[list[str]]:
    for annotation in annotations:
        tags = annotation.highlight.tags
        if long and tags:
            for tag, colour in zip(tags, annotation.colours, strict=True):
                yield _row(annotation, [tag], colour)
        else:
            yield _row(annotation, tags, annotation.colour)


def _row(annotation: Annotation, tags: Sequence[str], colour: str) -> list[str]:
    highlight, span = annotation.highlight, annotation.highlight.span
    return [
        str(highlight.id),
        highlight.text,
        annotation.title,
        "" if annotation.passage is None else str(annotation.passage),
        str(span.start),
        str(span.end),
        highlight.quote,
        highlight.before,
        highlight.after,
        joined_in_cell(tags),
        colour,
        highlight.note,
        "true" if highlight.star else "false",
        highlight.reader,
        highlight.created,
        highlight.updated,
        highlight.anchor,
        joined_in_cell(link_cell(link, highlight.id) for link in annotation.links),
    ]
