"""Pairs out of files and into files: JSON-lines, CSV and Parquet of ours, and what passim and TextPAIR write.

Reading and writing go pair by pair: a million pairs take no more memory than some thousands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, NamedTuple, TextIO, TypeVar

from store.corpus.record_files import ProblemCallback, ReadCallback, Record, RecordFile, gathered
from store.errors import LibraryError
from store.exchange.files import as_utf_8, replacing_bytes
from texts.corpus.foreign_pairs import Shape, shape_of
from texts.corpus.group_members import (
    MEMBER_COLUMNS,
    MEMBER_NUMBERS,
    GroupMember,
    member_row,
    member_to_json,
)
from texts.corpus.json_lines import LineError
from texts.corpus.pair_rows import COLUMNS, NUMBERS, row_of
from texts.corpus.pairs import Pair, to_json

if TYPE_CHECKING:
    from pyarrow import Schema

FORMATS = {"jsonl": (".jsonl", ".json", ".ndjson"), "csv": (".csv",), "parquet": (".parquet",)}
"""Each with the endings of its files; the first is the usual one."""

_PAIRWISE, _CLUSTERS, _ALIGNMENTS = (
    ("align.json", "align.parquet"),
    ("out.json", "out.parquet"),
    "alignments.jsonl",
)
_ROWS = 10_000
"""Rows of Parquet that are held at once when it is written."""
Kept = TypeVar("Kept")


class PairFile:
    """A file of pairs, or the folder that passim, TextPAIR or Spark has written."""

    def __init__(self, path: Path) -> None:
        """Of what passim writes, its pairs go before its clusters. Raises LibraryError where there is nothing."""
        self._records = RecordFile(_meant(path))
        self.path = path
        self.by = ""
        """The program that found the pairs; known once the first is read, empty for ours."""

    def pairs(self, problem: ProblemCallback, progress: ReadCallback | None = None) -> Iterator[Pair]:
        """The pairs in the order of the file; records that are none are told to `problem`.

        Raises LibraryError where the file cannot be read, and where none of its records is a pair.
        """
        return (pair for pair, _ in self._found(problem, progress))

    def lines(
        self, problem: ProblemCallback, progress: ReadCallback | None = None
    ) -> Iterator[tuple[Pair, bytes]]:
        """The same, each with its line of JSON-lines: as it stands in the file where it is one of ours."""
        for pair, line in self._found(problem, progress):
            yield pair, line if line.endswith(b"\n") else _line(to_json(pair)).encode()

    def _found(self, problem: ProblemCallback, progress: ReadCallback | None) -> Iterator[tuple[Pair, bytes]]:
        """The pairs, each with its line where that is at hand."""
        shape: Shape | None = None
        found, first_problem = False, ""

        def told(words: str) -> None:
            nonlocal first_problem
            first_problem = first_problem or words
            problem(words)

        for record in self._together(self._records.records(told, progress)):
            try:
                if shape is None:
                    shape = shape_of(record.fields)
                    if shape is None:
                        raise LineError("is no pair of this program, of passim or of TextPAIR")
                    self.by = shape.by
                for pair in shape.pairs(record.fields):
                    found = True
                    yield pair, record.line if shape.keeps_lines else b""
            except LineError as error:
                told(f"{record.where} {error}")
        for pair in () if shape is None else shape.rest():
            found = True
            yield pair, b""
        if not found and first_problem:
            raise LibraryError(f"there are no pairs in {self.path}: {first_problem}")

    def _together(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records as they come; clusters in Parquet, which has no order, gathered."""
        first = next(records, None)
        if first is None:
            return iter(())
        shape, every = shape_of(first.fields), chain([first], records)
        if shape is None or not shape.gathers or not self._records.is_parquet:
            return every
        return gathered(every, shape.gathers)


def _meant(path: Path) -> Path:
    """What to read of a folder that a program has written its results to."""
    if not path.is_dir():
        return path
    results = (path, path / "results", path / "output" / "results")
    names = (*_PAIRWISE, _ALIGNMENTS, f"{_ALIGNMENTS}.lz4", *_CLUSTERS)
    return next((folder / name for name in names for folder in results if (folder / name).exists()), path)


def format_of(path: Path) -> str:
    """The format that the ending of a file means; raises LibraryError for any other ending."""
    for name, endings in FORMATS.items():
        if path.suffix.lower() in endings:
            return name
    raise LibraryError(f"{path} has no ending that says what to write: .jsonl, .csv or .parquet")


class _Table(NamedTuple, Generic[Kept]):
    """How things are written, a line or a row each."""

    columns: Sequence[str]
    numbers: Collection[str]
    """Columns of whole numbers; `score` is a number too."""
    row_of: Callable[[Kept], Sequence[str | int | float | None]]
    to_json: Callable[[Kept], Mapping[str, object]]


_PAIRS = _Table(COLUMNS, NUMBERS, row_of, to_json)
_MEMBERS = _Table(MEMBER_COLUMNS, MEMBER_NUMBERS, member_row, member_to_json)
"""The passages of groups of near-duplicates."""


def write_to(path: Path, pairs: Iterable[Pair], *, excel: bool = False) -> int:
    """Writes pairs to a file in the format that its ending says, whole or not at all; gives how many.

    `excel` is as for `store.exchange.spreadsheets.write`. Raises LibraryError.
    """
    return _write_to(path, pairs, _PAIRS, excel=excel)


def write_members_to(path: Path, members: Iterable[GroupMember]) -> int:
    """Writes the passages of groups to a file likewise; gives how many."""
    return _write_to(path, members, _MEMBERS, excel=False)


def _write_to(path: Path, kept: Iterable[Kept], table: _Table[Kept], *, excel: bool) -> int:
    format = format_of(path)
    if format == "parquet":
        _need_pyarrow()
    with replacing_bytes(path) as out:
        if format == "parquet":
            return _write_parquet(kept, out, table)
        with as_utf_8(out) as words:
            return (
                _write_csv(kept, words, table, excel) if format == "csv" else _write_lines(kept, words, table)
            )


def _write_lines(kept: Iterable[Kept], out: TextIO, table: _Table[Kept]) -> int:
    count = 0
    for count, each in enumerate(kept, 1):  # noqa: B007  # the last one is the answer
        out.write(_line(table.to_json(each)))
    return count


def _line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _write_csv(kept: Iterable[Kept], out: TextIO, table: _Table[Kept], excel: bool) -> int:
    from store.exchange import spreadsheets

    rows = (["" if cell is None else str(cell) for cell in table.row_of(each)] for each in kept)
    return spreadsheets.write(out, table.columns, rows, excel=excel)


def _write_parquet(kept: Iterable[Kept], out: BinaryIO, table: _Table[Kept]) -> int:
    _need_pyarrow()
    import pyarrow
    from pyarrow import parquet

    kinds, count, rows = _schema(table), 0, iter(kept)
    with parquet.ParquetWriter(out, kinds, compression="zstd") as writer:
        while batch := list(islice(rows, _ROWS)):
            columns = zip(*map(table.row_of, batch), strict=True)
            arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, kinds.types, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=kinds))
            count += len(batch)
    return count


def _schema(table: _Table[Any]) -> Schema:
    """Its columns in Parquet: those of the CSV; offsets and counts are int64, the score is a double."""
    import pyarrow

    def kind(column: str) -> Any:
        if column in table.numbers:
            return pyarrow.int64()
        return pyarrow.float64() if column == "score" else pyarrow.string()

    return pyarrow.schema([(column, kind(column)) for column in table.columns])


def _need_pyarrow() -> None:
    if find_spec("pyarrow") is None:
        raise LibraryError(
            "Parquet needs pyarrow: install close-reading-tui[corpus], or name a .jsonl or .csv file"
        )
