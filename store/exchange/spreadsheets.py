"""Tables as CSV (RFC 4180, UTF-8): written for spreadsheets, and read from whatever those make of them.

A row, a cell or a column that cannot be read is named and left out, and never refuses the rest; so is a row with a
quotation mark that is never closed, and what comes behind it is read. A BOM says that cells of ours may be guarded
against formulas. Columns may come in any order, with semicolons or tabs between them where a spreadsheet puts those,
also behind a line that says so (`sep=;`), and in the encoding that it has for its own.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, zip_longest
from operator import ne
from typing import NamedTuple, TextIO

from store.errors import LibraryError
from store.exchange import SEPARATOR_LINE, UTF_16_MARKS
from store.sanitize import truncate
from texts.lazy_pattern import lazy_pattern

BOM = "\ufeff"
"""At the start of a file it tells a spreadsheet that this is UTF-8, and us that cells are guarded."""

LONGEST_CELL = 50_000_000
"""Characters."""
MOST_AGAIN = 100_000_000
"""Characters that are read again behind rows that are no CSV, in a table: seconds."""

_RISKY = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD = "'"
_DELIMITERS = ",;\t"
_SEPARATOR = lazy_pattern(rf'"?{SEPARATOR_LINE.decode()}(.)"?[,;\t ]*', re.IGNORECASE)
_FIRST_LINE = lazy_pattern(r"[^\r\n]*(?:\r\n?|\n)?")
_AS_FORMULA = lazy_pattern(r'="((?:[^"]|"")*)"')
"""A cell that a program writes as the formula of its words, so that Excel makes no number or date of them."""
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
        cell = _unformulated(self.cells[column].strip()).removesuffix(".0")
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
    """Any table; raises LibraryError for what is no CSV. Empty rows are passed over.

    `lower` gives the names of columns in small letters. One that is neither in UTF-8 nor, marked, in UTF-16 is read
    in what its letters tell, which is named.
    """
    left_out: list[str] = []
    words = _decoded(data, left_out).removeprefix(BOM)
    delimiter, words = told_delimiter(words)
    lines = numbered_rows(
        io.StringIO(words, newline=""),
        delimiter or delimiter_of(first_line(words)),
        lambda number, why: left_out.append(f"row {number}: {why}"),
    )
    _, header = next(lines, (1, []))
    names = (_unformulated(name.strip()) for name in header)
    columns = tuple(name.strip().lower() if lower else name.strip() for name in names)
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
            said = cells[: len(columns)]
            shown = list(map(_unformulated, said))
            # One alone may be a quotation: words that somebody has written so.
            if sum(map(ne, said, shown)) > 1:
                said = shown
            yield SpreadsheetRow(number, dict(zip_longest(columns, said, fillvalue="")), left_out)


def _unformulated(cell: str) -> str:
    """What a spreadsheet shows of a cell whose formula is no more than its words."""
    found = _AS_FORMULA.fullmatch(cell)
    return found[1].replace('""', '"') if found else cell


class _Lines:
    """The lines of a table, with those of the present row, which can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._given_again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row.append(line)
        return line

    def begin_row(self) -> None:
        """Has the next line begin a row."""
        self._row.clear()

    def put_back(self) -> bool:
        """Gives the lines behind the first of the present row once more; False where it has given too many so."""
        self._again.extendleft(reversed(self._row[1:]))
        self._given_again += sum(map(len, self._row[1:]))
        return self._given_again <= MOST_AGAIN


def numbered_rows(
    stream: Iterable[str], delimiter: str, leave_out: Callable[[int, str], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """What stands in each row that is not empty, with its number; the stream keeps its line ends.

    A row that is no CSV is given to `leave_out` with the reason, and what stands behind its first line is read again,
    as it may be rows that a stray quotation mark has taken in. Without `leave_out`, for the header, and where row after
    row takes in what follows, raises LibraryError.
    """
    source = _Lines(stream)
    lines = csv.reader(source, delimiter=delimiter, strict=True)
    for number in count(1):
        source.begin_row()
        # The limit is one for the whole process: it is raised only while a row is read.
        usual = csv.field_size_limit(LONGEST_CELL)
        try:
            cells = next(lines, None)
        except csv.Error as error:
            why = f"this is no CSV ({error})"
            if "end of data" in str(error):
                why = "its quotation mark is never closed"
            if leave_out is None or number == 1 or not source.put_back():
                raise LibraryError(f"row {number}: {why}") from error
            leave_out(number, why)
            lines = csv.reader(source, delimiter=delimiter, strict=True)
            continue
        finally:
            csv.field_size_limit(usual)
        if cells is None:
            return
        if cells:
            yield number, cells


def _decoded(data: bytes, told: list[str]) -> str:
    """The characters of a table; where the encoding is not plain, what it was read as is put on the list."""
    try:
        if data.startswith(UTF_16_MARKS):
            return data.decode("utf-16")
        return data.decode()
    except UnicodeDecodeError as error:
        if data.startswith(UTF_16_MARKS):
            raise LibraryError("this is marked as UTF-16, but is none: save the table as UTF-8") from error
    from texts.load import LoadError
    from texts.load.decode import decoded

    try:
        words, remarks = decoded(data, "this")
    except LoadError as error:
        raise LibraryError(str(error)) from error
    told.extend(f"row 1: this is not UTF-8: {remark.partition(' (')[0]}" for remark in remarks)
    return words


def told_delimiter(words: str) -> tuple[str, str]:
    """What the first line says stands between the columns, and the lines behind it; else nothing, and all lines."""
    line = first_line(words)
    found = _SEPARATOR.fullmatch(line.rstrip("\r\n"))
    return (found[1], words[len(line) :]) if found else ("", words)


def first_line(words: str) -> str:
    """The first line with its end, whichever a spreadsheet writes."""
    found = _FIRST_LINE.match(words)
    return found[0] if found else ""


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
