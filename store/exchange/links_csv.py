"""CSV of links: a row a link, with what stands at its two ends.

Reading finds the ends in the library by text, place and quote, and by reader and time where these are said: the
highlights have to be there. Where no place is said, the number of the passage helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from store.exchange import spreadsheets
from store.records import Anchor, Annotation, Link
from texts.model import Span

if TYPE_CHECKING:
    from store.annotations import LinkedAnnotations
    from store.exchange.archive import Archive, HighlightEntry, LinkEntry
    from store.exchange.foreign import NamedTexts
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
    """The links in a table; raises LibraryError where there is none.

    A row that says no link is named and left out, a cell that cannot be read is named and left empty.
    """
    from store.exchange.archive import Archive
    from store.exchange.foreign import NamedTexts

    found = spreadsheets.known_table(data, COLUMNS, NEEDED)
    texts = NamedTexts()
    links: dict[str, LinkEntry] = {}
    ends: dict[str, tuple[HighlightEntry, int]] = {}
    """With the ids, which tell those at one place apart."""
    passages: dict[str, int] = {}
    for row in found.rows:
        if reason := _no_link(row):
            row.leave_out(reason)
            continue
        left, right = _end(row, "left", texts), _end(row, "right", texts)
        link = _link(row, left, right)
        if left.uid == right.uid or link.uid in links:
            row.leave_out(
                "links a highlight to itself" if left.uid == right.uid else "is a link that is there already"
            )
            continue
        links[link.uid] = link
        for side, end in (("left", left), ("right", right)):
            ends[end.uid] = end, row.whole_number(side) or 0
            if not end.parts and (passage := row.whole_number(f"{side}_passage")):
                passages[end.uid] = passage
    found.refuse_if_empty(links)
    mentioned = (end for end, _ in sorted(ends.values(), key=lambda numbered: numbered[1]))
    return Archive(
        texts=tuple(texts.entries.values()),
        links=tuple(links.values()),
        mentioned=tuple(mentioned),
        passages=tuple(passages.items()),
        left_out=tuple(found.left_out),
    )


def _no_link(row: SpreadsheetRow) -> str:
    """Why a row says no link; empty where it does."""
    from store.exchange.checking import LONGEST_KIND

    if missing := [column for column in NEEDED if not row.cells[column].strip()]:
        return f"is no link: its cell {missing[0]} is empty"
    return "" if len(row.cells["kind"]) <= LONGEST_KIND else f"a kind has 1 to {LONGEST_KIND} characters"


def _link(row: SpreadsheetRow, left: HighlightEntry, right: HighlightEntry) -> LinkEntry:
    from store.exchange.archive import LinkEntry
    from store.exchange.foreign import derived, time_in

    cells, mutual = row.cells, row.truth("mutual")
    uid = derived(left.uid, right.uid, cells["kind"], str(mutual), cells["reader"], cells["created"])
    return LinkEntry(
        uid, left.uid, right.uid, cells["kind"], mutual, cells["note"], cells["reader"], time_in(row, "created"),
        time_in(row, "updated"),
    )  # fmt: skip


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


def _end(row: SpreadsheetRow, side: str, texts: NamedTexts) -> HighlightEntry:
    """A highlight that the library must have."""
    from store.exchange.archive import HighlightEntry
    from store.exchange.foreign import derived, moment

    cells = {what: row.cells[f"{side}{what}"] for what in _END}
    start, end = row.whole_number(f"{side}_start"), row.whole_number(f"{side}_end")
    parts = (Span(start, end),) if start is not None and end is not None and start < end else ()
    return HighlightEntry(
        uid=derived(*cells.values()),
        text=texts.slug(cells["_text"]),
        version=None,
        parts=parts,
        quote=cells["_quote"],
        before="",
        after="",
        tags=(),
        note="",
        star=False,
        reader=cells["_reader"],
        created=moment(cells["_created"]),
        updated="",
        anchor=Anchor.EXACT,
        confidence=100.0,
    )
