"""CSV of the codebook: a row a tag."""

from __future__ import annotations

from collections.abc import Container
from typing import BinaryIO

from store.codebook import LETTERS, PALETTE, QUICK
from store.errors import LibraryError
from store.exchange.archive import Archive, TagEntry, highlights_of
from store.exchange.files import as_utf_8
from store.exchange.spreadsheets import SpreadsheetRow, known_table, write
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
    """The tags in a table; raises LibraryError where there is none.

    A row that says no tag is named and left out, a cell that cannot be read is named and left empty.
    """
    found = known_table(data, COLUMNS, ("tag",))
    tags: dict[str, TagEntry] = {}
    digits: set[int | None] = set()
    for row in found.rows:
        try:
            path = tag_path(row.cells["tag"])
        except LibraryError as error:
            row.leave_out(str(error))
            continue
        if path in tags:
            row.leave_out(f"the tag {path} is there already")
            continue
        tags[path] = TagEntry(
            path,
            _one_of(PALETTE, row, "colour", f"none of {', '.join(PALETTE)}"),
            _one_of(frozenset(LETTERS), row, "letter", "no letter A–Z, a–z or digit"),
            row.cells["description"],
            _digit(row, digits),
        )
    found.refuse_if_empty(tags)
    return Archive(tags=tuple(tags.values()), left_out=tuple(found.left_out))


def _one_of(values: Container[str], row: SpreadsheetRow, column: str, otherwise: str) -> str:
    said = row.cells[column].strip()
    if said in values or said.lower() in values:
        return said if said in values else said.lower()
    if said:
        row.leave_empty(column, otherwise)
    return ""


def _digit(row: SpreadsheetRow, taken: set[int | None]) -> int | None:
    """The digit that puts the tag on; no two tags have the same."""
    digit = row.whole_number("quick")
    if digit is None:
        return None
    if digit not in QUICK or digit in taken:
        row.leave_empty("quick", "that of another tag" if digit in taken else "no digit from 1 to 9")
        return None
    taken.add(digit)
    return digit
