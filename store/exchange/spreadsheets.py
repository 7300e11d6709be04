"""Tables as CSV (RFC 4180, UTF-8): written for spreadsheets, and read from whatever those make of them.

A row, a cell or a column that cannot be read is named and left out, and never refuses the rest. A BOM says that cells
of ours may be guarded against formulas. Columns may come in any order, with semicolons or tabs between them where a
spreadsheet puts those.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, zip_longest
from typing import NamedTuple, TextIO

from store.errors import LibraryError
from store.exchange import UTF_16_MARKS
from store.sanitize import truncate

BOM = "\ufeff"
"""At the start of a file it tells a spreadsheet that this is UTF-8, and us that cells are guarded."""

LONGEST_CELL = 50_000_000
"""Characters."""

_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD = "'"
_DELIMITERS = ",;\t"
_TRUE = frozenset(("true", "yes", "1", "x"))
_FALSE = frozenset(("false", "no", "0", ""))


class SpreadsheetRow(NamedTuple):
    """A row of a table."""

    number: int
    """As a spreadsheet counts: 1 is the header."""
    cells: Mapping[str, str]
    """By column."""
    left_out: list[str]
    """What could not be read of the table so far, a line each; the same list for all its rows."""

    def wrong(self, reason: str) -> LibraryError:
        """What is wrong with the row."""
        return LibraryError(f"row {self.number}: {reason}")

    def leave_out(self, reason: str) -> None:
        """Names what of the row is not taken."""
        self.left_out.append(str(self.wrong(reason)))

    def leave_empty(self, column: str, why: str) -> None:
        """Names a cell that is taken as empty."""
        self.unread(column, why, "left empty")

    def unread(self, column: str, why: str, instead: str) -> None:
        """Names a cell that cannot be read, and what is done instead."""
        cell = self.cells[column].strip()
        self.leave_out(f"“{truncate(cell)}” in the column {column} is {why}: {instead}")

    def whole_number(self, column: str) -> int | None:
        """A cell that counts; None where it is empty or is left empty, being none."""
        cell = self.cells[column].strip().removesuffix(".0")
        # As data frames write whole numbers beside empty cells.
        if not cell:
            return None
        if not (cell.isascii() and cell.isdecimal() and len(cell) < 16):
            self.leave_empty(column, "no whole number")
            return None
        return int(cell)

    def truth(self, column: str) -> bool:
        """A cell that says true or false, as spreadsheets and readers write it; what says nothing is false."""
        cell = self.cells[column].strip().lower()
        if cell not in (*_TRUE, *_FALSE):
            self.leave_empty(column, "neither true nor false")
        return cell in _TRUE


class Spreadsheet(NamedTuple):
    """A table with a name for each of its columns."""

    columns: tuple[str, ...]
    rows: Iterator[SpreadsheetRow]
    """Raises LibraryError where a quotation mark that is never closed takes in the rest of the table."""
    left_out: list[str]
    """What could not be read of the rows so far, a line each."""

    def refuse_if_empty(self, found: object) -> None:
        """Raises LibraryError where nothing is found in the table and something in it could not be read."""
        if self.left_out and not found:
            raise LibraryError(self.left_out[0])


def write(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]], *, excel: bool = False) -> int:
    """Writes the rows as they come, below the names of the columns; gives how many.

    `excel` adds a BOM and guards cells that a spreadsheet would run as formulas. `out` leaves line ends as they are
    (`newline=""`).
    """
    if excel:
        out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    written = 0
    for written, row in enumerate(rows, 1):  # noqa: B007  # the last one is the answer
        writer.writerow([guarded(cell) for cell in row] if excel else row)
    return written


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would start one."""
    return _GUARD + cell if _needs_guard(cell) else cell


def unguarded(cell: str) -> str:
    """The cell before `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and _needs_guard(cell[1:]) else cell


def table(data: bytes, *, lower: bool = False) -> Spreadsheet:
    """Any table; raises LibraryError for what is no CSV in UTF-8 or, marked, UTF-16. Empty rows are passed over.

    `lower` gives the names of columns in small letters.
    """
    words = _decoded(as_utf_8(data))
    stream = io.StringIO(words.removeprefix(BOM), newline="")
    left_out: list[str] = []
    lines = numbered_rows(
        stream,
        delimiter_of(words.partition("\n")[0]),
        lambda number, why: left_out.append(f"row {number}: {why}"),
    )
    _, header = next(lines, (1, []))
    columns = tuple(name.strip().lower() if lower else name.strip() for name in header)
    return Spreadsheet(columns, _rows(columns, lines, left_out), left_out)


def known_table(data: bytes, columns: Sequence[str], needed: Sequence[str]) -> Spreadsheet:
    """A table of ours, with some or all of these columns and all that are needed; guards are taken off.

    Columns may be written in large letters, cells of those that are not there are empty. A column without a name, as
    data frames put one before the rest for their index, is passed over. Raises LibraryError as `table` does, and where
    a column that is needed is not there, or one is there twice.
    """
    found = table(data, lower=True)
    known = _known_columns(found, columns, needed)
    bare = unguarded if data.startswith((codecs.BOM_UTF8, *UTF_16_MARKS)) else str
    empty = dict.fromkeys(columns, "")
    rows = (
        row._replace(cells=empty | {column: bare(row.cells[column]) for column in known})
        for row in found.rows
    )
    return found._replace(rows=rows)


def _rows(
    columns: Sequence[str], lines: Iterator[tuple[int, list[str]]], left_out: list[str]
) -> Iterator[SpreadsheetRow]:
    """The rows with a cell for each column: spreadsheets do not write the empty ones at the end."""
    for number, cells in lines:
        if any(cells[len(columns) :]):
            left_out.append(f"row {number}: has {len(cells)} cells, and the header {len(columns)}")
        else:
            yield SpreadsheetRow(
                number, dict(zip_longest(columns, cells[: len(columns)], fillvalue="")), left_out
            )


def numbered_rows(
    stream: Iterable[str], delimiter: str, leave_out: Callable[[int, str], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """What stands in each row that is not empty, with its number; the stream keeps its line ends.

    A row that is no CSV is given to `leave_out` with the reason, if others follow. Else raises LibraryError.
    """
    lines = csv.reader(stream, delimiter=delimiter, strict=True)
    for number in count(1):
        # The limit is one for the whole process: it is raised only while a row is read.
        usual = csv.field_size_limit(LONGEST_CELL)
        try:
            cells = next(lines, None)
        except csv.Error as error:
            why = f"this is no CSV ({error})"
            if leave_out is None or number == 1 or "end of data" in str(error):
                raise LibraryError(f"row {number}: {why}") from error
            leave_out(number, why)
            continue
        finally:
            csv.field_size_limit(usual)
        if cells is None:
            return
        if cells:
            yield number, cells


def as_utf_8(data: bytes) -> bytes:
    """A table that spreadsheets have saved as “Unicode text”, in UTF-8; any other is left as it is."""
    if not data.startswith(UTF_16_MARKS):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise LibraryError("this is marked as UTF-16, but is none: save the table as UTF-8") from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LibraryError(f"line {line}: this is not UTF-8: save the table as UTF-8") from error


def delimiter_of(header: str) -> str:
    """What stands between the columns: of what may, the one that stands most often in the first line."""
    return max(_DELIMITERS, key=header.count)


def _known_columns(found: Spreadsheet, columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Those of the table's columns that are known; others are named."""
    named = [column for column in found.columns if column]
    missing = [column for column in needed if column not in named]
    if missing:
        raise LibraryError(
            f"row 1: there is no column {' or '.join(missing)}: this is not the table that is wanted"
        )
    known = [column for column in named if column in columns]
    for column in dict.fromkeys(named):
        if column not in columns:
            found.left_out.append(f"row 1: “{truncate(column)}” is none of the columns {', '.join(columns)}")
        elif named.count(column) > 1:
            raise LibraryError(f"row 1: the column {column} is there twice")
    return known


def _needs_guard(cell: str) -> bool:
    return cell != "" and (cell[0] == _GUARD or cell.lstrip(" ")[:1] in _RISKY)


COLUMNS = (
    "id", "text", "title", "passage", "start", "end", "quote", "before", "after", "tags", "colour", "note",
    "star", "reader", "created", "updated", "anchor", "links",
)  # fmt: skip
"""In this order. `passage` is empty on furniture and for an orphan; `star` is `true` or `false`."""
