"""CSV as Taguette exports it: highlights (id, document, tag, content) and codebooks (tag, description, number).

A highlight has a row for each of its tags, one without tags a row with an empty cell. The formats have no place for
offsets, notes, readers, times and links. A document is called by the text's slug.
"""

from __future__ import annotations

from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, TagEntry, highlights_of
from store.exchange.files import as_utf_8
from store.exchange.foreign import NamedTexts, derived, tag_of, uid_of
from store.exchange.spreadsheets import Spreadsheet, table, write
from store.records import Anchor
from store.sanitize import words

HIGHLIGHTS = ("id", "document", "tag", "content")
CODEBOOK = ("tag", "description", "number of highlights")

_UNSAID = frozenset({"uid", "note", "star", "reader", "created"})
"""What the table has no column for; ids are numbers of one library of Taguette's."""

_NAMES = ("tag", "name", "path")
"""What the column of tags may be called in a codebook that Taguette imports."""


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the highlights; gives how many."""
    rows = (
        (highlight.uid, highlight.text, tag, highlight.quote)
        for highlight in archive.highlights
        for tag in highlight.tags or ("",)
    )
    with as_utf_8(out) as lines:
        write(lines, HIGHLIGHTS, rows)
    return len(archive.highlights)


def write_codebook(archive: Archive, out: BinaryIO) -> int:
    """Writes the tags with how many highlights each has; gives how many tags."""
    counts = highlights_of(archive).uses()
    rows = ((tag.path, tag.description, str(counts.get(tag.path, 0))) for tag in archive.tags)
    with as_utf_8(out) as lines:
        return write(lines, CODEBOOK, rows)


def read(data: bytes, name: str) -> Archive:
    """The highlights, or the tags, in a file; raises LibraryError for a table that is neither.

    Quotes have no places: they are found again. A document becomes a text without a body.
    """
    found = table(data, lower=True)
    rows = (
        row._replace(cells={column: words(cell) for column, cell in row.cells.items()})
        for row in found.rows
        if any(row.cells.values())
    )
    found = found._replace(rows=rows)
    if {"document", "content"} <= set(found.columns):
        return _highlights(found)
    tag = next((column for column in _NAMES if column in found.columns), None)
    if tag is None:
        raise LibraryError(
            f"this is no table of Taguette: it has no columns {', '.join(HIGHLIGHTS)}, nor tag and description"
        )
    return _codebook(found, tag)


def _highlights(rows: Spreadsheet) -> Archive:
    texts = NamedTexts()
    found: dict[str, HighlightEntry] = {}
    is_ours = False
    for row in rows.rows:
        document, quote, said = row.cells["document"], row.cells["content"], row.cells.get("id", "")
        if not quote:
            row.leave_out("has no content")
            continue
        uid = _uid(said, document, quote)
        is_ours |= "-" in said
        tag = row.cells.get("tag", "").strip()
        tags = (tag_of(tag.split("/")),) if tag else ()
        if uid in found:
            tags = tuple(dict.fromkeys((*found[uid].tags, *tags)))
        slug = texts.slug(document, document)
        found[uid] = HighlightEntry(
            uid, slug, None, (), quote, "", "", tags, "", False, "", "", "", Anchor.EXACT, 100.0
        )
    rows.refuse_if_empty(found)
    return Archive(
        texts=tuple(texts.entries.values()),
        highlights=tuple(found.values()),
        left_out=tuple(rows.left_out),
        unsaid=_UNSAID,
        in_text_order=not is_ours,
    )


def _uid(said: str, document: str, quote: str) -> str:
    """Taguette numbers highlights in one library of its own: a number alone names none."""
    return uid_of(said) if "-" in said else derived("taguette", said, document, quote)


def _codebook(rows: Spreadsheet, column: str) -> Archive:
    tags: dict[str, TagEntry] = {}
    for row in rows.rows:
        if not row.cells[column].strip():
            row.leave_out("has no tag")
            continue
        path = tag_of(row.cells[column].split("/"))
        tags.setdefault(path, TagEntry(path, description=row.cells.get("description", "")))
    rows.refuse_if_empty(tags)
    return Archive(tags=tuple(tags.values()), left_out=tuple(rows.left_out))
