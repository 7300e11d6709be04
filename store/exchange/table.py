"""Tables that come as CSV: read strictly, but from whatever a spreadsheet makes of ours.

A BOM says that cells may be guarded against formulas. Columns may come in any order, with semicolons or tabs between
them where a spreadsheet puts those.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from store.errors import LibraryError
from store.tidy import clipped

BOM = "\ufeff"
"""At the start of a file it tells a spreadsheet that this is UTF-8, and us that cells are guarded."""

LONGEST_CELL = 50_000_000
"""Characters."""

_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD = "'"
_DELIMITERS = ",;\t"


class Row(NamedTuple):
    """A row of a table."""

    number: int
    """As a spreadsheet counts: 1 is the header."""
    cells: Mapping[str, str]
    """By column; those of columns that are not there are empty."""

    def wrong(self, reason: str) -> LibraryError:
        """What is wrong with the row."""
        return LibraryError(f"row {self.number}: {reason}")

    def whole_number(self, column: str) -> int | None:
        """A cell that counts; None where it is empty. Raises LibraryError for anything else."""
        cell = self.cells[column].strip()
        if not cell:
            return None
        if not (cell.isascii() and cell.isdecimal() and len(cell) < 16):
            raise self.wrong(f"“{clipped(cell)}” in the column {column} is no whole number")
        return int(cell)

    def truth(self, column: str) -> bool:
        """A cell that says true or false, as spreadsheets write it; empty is false."""
        cell = self.cells[column].strip().lower()
        if cell not in ("true", "false", ""):
            raise self.wrong(f"“{clipped(cell)}” in the column {column} is neither true nor false")
        return cell == "true"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would start one."""
    return _GUARD + cell if _needs_guard(cell) else cell


def unguarded(cell: str) -> str:
    """The cell before `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and _needs_guard(cell[1:]) else cell


def rows(data: bytes, columns: Sequence[str], needed: Sequence[str]) -> Iterator[Row]:
    """The rows of a table with some or all of these columns, and all that are needed.

    Raises LibraryError for what is no such table, for a column that is none of them, and for a row of another length.
    """
    words = _decoded(data)
    table = csv.reader(
        io.StringIO(words.removeprefix(BOM), newline=""), delimiter=_delimiter(words), strict=True
    )
    limit = csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        header = next(table, [])
        number = 1
        _check_header(header, columns, needed)
        empty = dict.fromkeys(columns, "")
        for number, cells in enumerate(table, 2):
            if not cells:
                continue
            if len(cells) != len(header):
                raise LibraryError(f"row {number}: has {len(cells)} cells, and the header {len(header)}")
            bare = map(unguarded, cells) if words.startswith(BOM) else cells
            yield Row(number, empty | dict(zip(header, bare, strict=True)))
    except csv.Error as error:
        raise LibraryError(f"row {number + 1}: this is no CSV ({error})") from error
    finally:
        csv.field_size_limit(limit)


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LibraryError(f"line {line}: this is not UTF-8: save the table as UTF-8") from error


def _delimiter(words: str) -> str:
    """What stands most often in the first line."""
    first = words.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _check_header(header: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    missing = [column for column in needed if column not in header]
    if missing:
        raise LibraryError(
            f"row 1: there is no column {' or '.join(missing)}: this is not the table that is wanted"
        )
    for column in header:
        if column not in columns:
            raise LibraryError(f"row 1: “{clipped(column)}” is none of the columns {', '.join(columns)}")
        if header.count(column) > 1:
            raise LibraryError(f"row 1: the column {column} is there twice")


def _needs_guard(cell: str) -> bool:
    return cell != "" and (cell[0] == _GUARD or cell.lstrip(" ")[:1] in _RISKY)
