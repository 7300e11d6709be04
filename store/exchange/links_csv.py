"""CSV of links: a row a link, with what stands at its two ends.

Reading finds the ends in the library by text, place and quote, and by reader and time where these are said: the
highlights have to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from store.exchange import spreadsheets
from store.records import Anchor, Annotation, Link
from texts.model import Span

if TYPE_CHECKING:
    from store.annotations import LinkedAnnotations
    from store.exchange.archive import Archive, HighlightEntry
    from store.exchange.spreadsheets import SpreadsheetRow

_END = ("", "_text", "_passage", "_start", "_end", "_quote", "_reader", "_created")
COLUMNS = (
    "id", "kind", "mutual", *(f"left{what}" for what in _END), *(f"right{what}" for what in _END), "note", "reader",
    "created", "updated",
)  # fmt: skip
"""In this order. `left` and `right` are ids of highlights; `mutual` is `true` or `false`."""

NEEDED = ("kind", "left_text", "left_quote", "right_text", "right_quote")
"""Columns without which a row says no link."""


def write(links: Iterable[LinkedAnnotations], out: TextIO, *, excel: bool = False) -> int:
    """Writes links as they come, below the names of the columns; gives how many.

    `excel` and `out` are as for `store.exchange.spreadsheets.write`.
    """
    return spreadsheets.write(out, COLUMNS, (_row(*each) for each in links), excel=excel)


def read(data: bytes, name: str) -> Archive:
    """The links in a table; raises LibraryError with the row for what is none."""
    from store.exchange.archive import Archive, LinkEntry, TextEntry
    from store.exchange.foreign import derived

    links: list[LinkEntry] = []
    ends: dict[str, tuple[HighlightEntry, int]] = {}
    """With the ids, which tell those at one place apart."""
    for row in spreadsheets.known_rows(data, COLUMNS, NEEDED):
        cells = row.cells
        left, right = _end(row, "left"), _end(row, "right")
        ends[left.uid] = left, row.whole_number("left") or 0
        ends[right.uid] = right, row.whole_number("right") or 0
        mutual = row.truth("mutual")
        uid = derived(left.uid, right.uid, cells["kind"], str(mutual), cells["reader"], cells["created"])
        links.append(
            LinkEntry(
                uid, left.uid, right.uid, cells["kind"], mutual, cells["note"], cells["reader"], cells["created"],
                cells["updated"],
            )
        )  # fmt: skip
    texts = {end.text: TextEntry(end.text, "", "", "", "", ()) for end, _ in ends.values()}
    mentioned = (end for end, _ in sorted(ends.values(), key=lambda numbered: numbered[1]))
    return Archive(texts=tuple(texts.values()), links=tuple(links), mentioned=tuple(mentioned))


def _row(link: Link, left: Annotation, right: Annotation) -> list[str]:
    return [
        str(link.id),
        link.kind,
        "true" if link.mutual else "false",
        *_cells(left),
        *_cells(right),
        link.note,
        link.reader,
        link.created,
        link.updated,
    ]


def _cells(annotation: Annotation) -> Iterator[str]:
    highlight = annotation.highlight
    yield str(highlight.id)
    yield highlight.text
    yield "" if annotation.passage is None else str(annotation.passage)
    yield str(highlight.span.start)
    yield str(highlight.span.end)
    yield highlight.quote
    yield highlight.reader
    yield highlight.created


def _end(row: SpreadsheetRow, side: str) -> HighlightEntry:
    """A highlight that the library must have."""
    from store.exchange.archive import HighlightEntry
    from store.exchange.foreign import derived

    cells = {what: row.cells[f"{side}{what}"] for what in _END}
    start, end = row.whole_number(f"{side}_start"), row.whole_number(f"{side}_end")
    parts = () if start is None or end is None else (Span(start, end),)
    return HighlightEntry(
        uid=derived(*cells.values()),
        text=cells["_text"],
        version=None,
        parts=parts,
        quote=cells["_quote"],
        before="",
        after="",
        tags=(),
        note="",
        star=False,
        reader=cells["_reader"],
        created=cells["_created"],
        updated="",
        anchor=Anchor.EXACT,
        confidence=100.0,
    )
