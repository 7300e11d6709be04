"""CSV as Taguette exports it: highlights (id, document, tag, content) and codebooks (tag, description, number).

A highlight has a row for each of its tags, one without tags a row with an empty cell. The formats have no place for
offsets, notes, readers, times and links. A document is called by the text's slug.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, TagEntry, TextEntry
from store.exchange.foreign import derived, is_slug, slug_for, tag_of, uid_of
from store.records import Anchor
from store.tidy import one_line, words
from texts.visible import one_line as shown

HIGHLIGHTS = ("id", "document", "tag", "content")
CODEBOOK = ("tag", "description", "number of highlights")

_NAMES = ("tag", "name", "path")
"""What the column of tags may be called in a codebook that Taguette imports."""
_LONGEST_CELL = 50_000_000


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the highlights; gives how many."""
    rows = [
        (highlight.uid, highlight.text, tag, highlight.quote)
        for highlight in archive.highlights
        for tag in highlight.tags or ("",)
    ]
    _write(out, HIGHLIGHTS, rows)
    return len(archive.highlights)


def write_codebook(archive: Archive, out: BinaryIO) -> int:
    """Writes the tags with how many highlights each has; gives how many tags."""
    counts = Counter(tag for highlight in archive.highlights for tag in highlight.tags)
    rows = [(tag.path, tag.description, str(counts[tag.path])) for tag in archive.tags]
    _write(out, CODEBOOK, rows)
    return len(rows)


def _write(out: BinaryIO, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    out.write(table.getvalue().encode())


def read(data: bytes, name: str) -> Archive:
    """The highlights, or the tags, in a file; raises LibraryError for a table that is neither, or is ragged.

    Quotes have no places: they are found again. A document becomes a text without a body.
    """
    rows = _rows(data, shown(name))
    header = [cell.strip().lower() for cell in next(rows, (0, []))[1]]
    if {"document", "content"} <= set(header):
        return _highlights(header, rows)
    if any(column in header for column in _NAMES):
        return _codebook(header, rows)
    raise LibraryError(
        f"{shown(name)} is no table of Taguette: it has no columns {', '.join(HIGHLIGHTS)}, nor tag and description"
    )


def _rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line that it ends in."""
    try:
        table = io.StringIO(data.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        raise LibraryError(f"{name} is no table: it is not UTF-8") from error
    longest = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(table, strict=True)
        return iter([(reader.line_num, [words(cell) for cell in row]) for row in reader if any(row)])
    except csv.Error as error:
        raise LibraryError(f"{name} is no table that can be read: {error}") from error
    finally:
        csv.field_size_limit(longest)


def _cells(
    header: Sequence[str], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in rows:
        if len(row) != len(header):
            raise LibraryError(f"line {line} has {len(row)} cells, but there are {len(header)} columns")
        yield line, dict(zip(header, row, strict=True))


def _highlights(header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Archive:
    texts: dict[str, TextEntry] = {}
    slugs: dict[str, str] = {}
    found: dict[str, HighlightEntry] = {}
    for line, row in _cells(header, rows):
        document, quote, said = row["document"], row["content"], row.get("id", "")
        if not quote:
            raise LibraryError(f"line {line} has no content")
        if document not in slugs:
            slug = document if is_slug(document) and document not in texts else slug_for(document, texts)
            slugs[document] = slug
            texts[slug] = TextEntry(slug, one_line(document) or slug, "", "", "", ())
        uid = _uid(said, document, quote)
        tag = row.get("tag", "").strip()
        tags = (tag_of(tag.split("/")),) if tag else ()
        if uid in found:
            tags = tuple(dict.fromkeys((*found[uid].tags, *tags)))
        found[uid] = HighlightEntry(
            uid, slugs[document], None, (), quote, "", "", tags, "", False, "", "", "", Anchor.EXACT, 100.0
        )
    return Archive(texts=tuple(texts.values()), highlights=tuple(found.values()))


def _uid(said: str, document: str, quote: str) -> str:
    """Taguette numbers highlights in one library of its own: a number alone names none."""
    return uid_of(said) if "-" in said else derived("taguette", said, document, quote)


def _codebook(header: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Archive:
    column = next(name for name in _NAMES if name in header)
    tags: dict[str, TagEntry] = {}
    for line, row in _cells(header, rows):
        if not row[column].strip():
            raise LibraryError(f"line {line} has no tag")
        path = tag_of(row[column].split("/"))
        tags.setdefault(path, TagEntry(path, description=row.get("description", "")))
    return Archive(tags=tuple(tags.values()))
