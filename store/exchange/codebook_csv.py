"""CSV of the codebook: a row a tag."""

from __future__ import annotations

from typing import BinaryIO

from store.errors import LibraryError
from store.exchange.archive import Archive, TagEntry, highlights_of
from store.exchange.files import as_utf_8
from store.exchange.spreadsheets import known_rows, write
from store.sanitize import tag_path

COLUMNS = ("tag", "colour", "letter", "quick", "description", "highlights")
"""In this order. `quick` is the digit that puts the tag on; `highlights` counts those that carry the tag itself."""


def write_archive(archive: Archive, out: BinaryIO, *, excel: bool = False) -> int:
    """Writes the tags; gives how many. `excel` is as for `store.exchange.spreadsheets.write`."""
    counts = highlights_of(archive).uses()
    rows = (
        (
            tag.path,
            tag.colour,
            tag.letter,
            str(tag.quick or ""),
            tag.description,
            str(counts.get(tag.path, 0)),
        )
        for tag in archive.tags
    )
    with as_utf_8(out) as words:
        return write(words, COLUMNS, rows, excel=excel)


def read(data: bytes, name: str) -> Archive:
    """The tags in a table; raises LibraryError with the row for what is none."""
    tags: dict[str, TagEntry] = {}
    for row in known_rows(data, COLUMNS, ("tag",)):
        cells = row.cells
        try:
            path = tag_path(cells["tag"])
        except LibraryError as error:
            raise row.wrong(str(error)) from error
        if path in tags:
            raise row.wrong(f"the tag {path} is there already")
        tags[path] = TagEntry(
            path, cells["colour"], cells["letter"], cells["description"], row.whole_number("quick")
        )
    return Archive(tags=tuple(tags.values()))
