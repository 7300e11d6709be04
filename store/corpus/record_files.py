"""Files with a record a line, a row or an element: JSON-lines, JSON arrays, CSV and Parquet, packed or not.

What a file is, is told by its first bytes, never by its name. It is read as it comes: a file of any size takes the
memory of its longest line. A folder, as Spark writes one, is read as the files in it.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple, cast

from store.errors import LibraryError, explain
from store.exchange.spreadsheets import BOM, delimiter_of, numbered_rows, told_delimiter, unguarded
from texts.corpus.json_lines import LONGEST_LINE, LineError, decoded, words
from texts.visible import one_line

GZIP, BZIP2, LZ4, ZSTD, PARQUET = b"\x1f\x8b", b"BZh", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd", b"PAR1"

_BATCH = 1000
"""Rows of Parquet that are held at once."""
_HEAD = 1 << 16
"""Bytes that are looked at to tell what a file is."""

ProblemCallback = Callable[[str], None]
"""Called with what is wrong with a line that is passed over: `line 12 is no JSON (…)`."""
ReadCallback = Callable[[int, int], None]
"""Called with how much has been read, and of how much, in bytes."""


class Record(NamedTuple):
    """What a line, a row or an element holds."""

    where: str
    """`line 12`, `row 12`; in a folder with the file's name before it."""
    fields: Mapping[str, object]
    line: bytes = b""
    """As it stands in the file, where it is a line of JSON."""


class RecordFile:
    """A file or folder of records."""

    def __init__(self, path: Path, files: list[Path] | None = None) -> None:
        """`files` are those to read of a folder; by default all that are no secret of the program that wrote it.

        Raises LibraryError where there is nothing to read.
        """
        self.path = path
        try:
            self.files = files or (sorted(_visible_files(path)) if path.is_dir() else [path])
            kinds = [each.stat() for each in self.files]
        except OSError as error:
            raise LibraryError(f"{path} cannot be read: {error.strerror or error}") from error
        if not self.files:
            raise LibraryError(f"there is nothing to read in {path}")
        if not all(S_ISREG(kind.st_mode) for kind in kinds):
            raise LibraryError(f"{path} is a pipe or a device: write what comes out of it to a file first")
        self.size = sum(kind.st_size for kind in kinds)

    @property
    def is_parquet(self) -> bool:
        """Whether it is Parquet, whose rows come in no order. Raises LibraryError."""
        try:
            with self.files[0].open("rb") as file:
                return file.read(len(PARQUET)) == PARQUET
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror or error}") from error

    def records(self, problem: ProblemCallback, progress: ReadCallback | None = None) -> Iterator[Record]:
        """The records in their order; lines that are none are told to `problem`. Raises LibraryError."""
        before = 0
        for file in self.files:
            name = f"{file.name} " if len(self.files) > 1 else ""
            try:
                with ExitStack() as stack:
                    raw = stack.enter_context(file.open("rb"))
                    told = _Told(name, problem)
                    for count, record in enumerate(_records_of(raw, stack, told)):
                        if progress is not None and count % 100 == 0:
                            progress(before + raw.tell(), self.size)
                        yield record
                before += file.stat().st_size
            except LibraryError as error:
                raise LibraryError(f"{file} {error}") from error
            except (zlib.error, RuntimeError) as error:  # of gzip, of lz4
                raise LibraryError(f"{file} is damaged: it cannot be unpacked") from error
            except EOFError as error:
                raise LibraryError(f"{file} breaks off: it was not packed to its end") from error
            except OSError as error:
                raise LibraryError(f"{file} cannot be read: {error.strerror or error}") from error
        if progress is not None:
            progress(self.size, self.size)


class _Told(NamedTuple):
    name: str
    problem: ProblemCallback

    def at(self, what: str, number: int) -> str:
        return f"{self.name}{what} {number}"


def _visible_files(folder: Path) -> Iterator[Path]:
    """The files below a folder but those of Spark's and Hadoop's own: `_SUCCESS`, `.part-0.crc`."""
    for each in sorted(folder.iterdir()):
        if each.name.startswith(("_", ".")):
            continue
        if each.is_dir():
            yield from _visible_files(each)
        elif each.stat().st_size:
            yield each


def _records_of(raw: BinaryIO, stack: ExitStack, told: _Told) -> Iterator[Record]:
    head = raw.read(4)
    raw.seek(0)
    if head == PARQUET:
        yield from _of_parquet(raw, told)
        return
    stream = stack.enter_context(closing(_unpacked(raw, head)))
    start = stream.peek(_HEAD)[:_HEAD].removeprefix(BOM.encode()).lstrip()
    if start.startswith(b"{"):
        yield from _of_lines(_lines(stream, told), told)
    elif start.startswith(b"["):
        yield from _of_array(stream, told)
    elif b"\0" in start or not start:
        raise LibraryError(
            "holds no records" if not start else "is binary, and none of the kinds that are read"
        )
    else:
        yield from _of_csv(stream, told)


def _unpacked(raw: BinaryIO, head: bytes) -> io.BufferedReader:
    """The bytes of a file that may be packed."""
    if head.startswith(GZIP):
        import gzip

        return io.BufferedReader(cast(io.RawIOBase, gzip.open(raw)))
    if head.startswith(BZIP2):
        import bz2

        return io.BufferedReader(cast(io.RawIOBase, bz2.open(raw)))
    if head == LZ4:
        if find_spec("lz4") is None:
            raise LibraryError(
                "is packed by lz4: install close-reading-tui[corpus], or unpack it with lz4 -d"
            )
        import lz4.frame

        return io.BufferedReader(cast(io.RawIOBase, lz4.frame.open(raw)))
    if head == ZSTD:
        raise LibraryError("is packed by Zstandard: unpack it with zstd -d")
    return cast(io.BufferedReader, raw)


def _lines(stream: io.BufferedReader, told: _Told) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers; one that is too long is passed over."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            told.problem(f"{told.at('line', number)} is longer than {LONGEST_LINE // 1_000_000} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            continue
        if number == 1:
            line = line.removeprefix(BOM.encode())
        if not line.isspace():
            yield number, line


def _of_lines(lines: Iterator[tuple[int, bytes]], told: _Told) -> Iterator[Record]:
    for number, line in lines:
        where = told.at("line", number)
        try:
            yield Record(where, decoded(line), line)
        except LineError as error:
            told.problem(f"{where} {error}")


def _of_array(stream: io.BufferedReader, told: _Told) -> Iterator[Record]:
    """The elements of an array: those that have a line each, as we write them, one by one; else all at once."""
    lines = _lines(stream, told)
    number, first = next(lines)
    if first.strip() == b"[":
        second = next(lines, (number, b"]"))
        if second[1].strip() == b"]":
            return
        if _is_object(second[1].strip().removesuffix(b",")):
            yield from _of_lines(_elements(chain([second], lines)), told)
            return
        lines = chain([second], lines)
    whole = first + b"".join(line for _, line in _up_to(LONGEST_LINE, lines))
    try:
        elements = json.loads(whole)
    except (ValueError, RecursionError) as error:
        raise LibraryError("is no JSON that can be read: write it with a record a line") from error
    for place, element in enumerate(elements, 1):
        if isinstance(element, dict):
            yield Record(told.at("element", place), element)
        else:
            told.problem(f"{told.at('element', place)} is no JSON object")


def _is_object(line: bytes) -> bool:
    try:
        return bool(decoded(line))
    except LineError:
        return False


def _elements(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    for number, line in lines:
        element = line.strip().removesuffix(b",")
        if element != b"]":
            yield number, element


def _up_to(most: int, lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    size = 0
    for number, line in lines:
        size += len(line)
        if size > most:
            raise LibraryError(
                f"is one JSON array of more than {most // 1_000_000} MB: write it with a record a line"
            )
        yield number, line


def _of_csv(stream: io.BufferedReader, told: _Told) -> Iterator[Record]:
    guarded = stream.peek(3).startswith(BOM.encode())
    words = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        header = words.readline(_HEAD)
        delimiter, _ = told_delimiter(header)
        header = words.readline(_HEAD) if delimiter else header
        rows = numbered_rows(
            chain([header], words),
            delimiter or delimiter_of(header),
            lambda number, why: told.problem(f"{told.at('row', number)}: {why}"),
        )
        columns = [name.strip() for name in next(rows, (1, []))[1]]
        if len(columns) < 2:
            raise LibraryError("is none of the kinds that are read: JSON-lines, CSV, Parquet")
        for number, cells in rows:
            if len(cells) != len(columns):
                told.problem(
                    f"{told.at('row', number)} has {len(cells)} cells, and the header {len(columns)}"
                )
                continue
            bare = map(unguarded, cells) if guarded else cells
            yield Record(told.at("row", number), dict(zip(columns, bare, strict=True)))
    except UnicodeDecodeError as error:
        raise LibraryError("is not UTF-8") from error
    finally:
        words.detach()


def _of_parquet(raw: BinaryIO, told: _Told) -> Iterator[Record]:
    if find_spec("pyarrow") is None:
        raise LibraryError(
            "is Parquet: install close-reading-tui[corpus] to read it, or have it written as JSON"
        )
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        for batch in parquet.ParquetFile(raw).iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield Record(told.at("row", number), row)
    except pyarrow.ArrowException as error:
        raise LibraryError(f"is Parquet that cannot be read ({one_line(str(error)[:200])})") from error


def gathered(records: Iterable[Record], key: str) -> Iterator[Record]:
    """The records, those with the same under a key one after the other; put into a file for the time being."""
    import sqlite3
    from tempfile import TemporaryDirectory

    try:
        with (
            TemporaryDirectory(prefix="tui-pairs-") as folder,
            closing(sqlite3.connect(f"{folder}/r")) as kept,
        ):
            kept.execute("PRAGMA journal_mode = OFF")
            kept.execute("CREATE TABLE record (key TEXT, place TEXT, fields TEXT)")
            rows = ((words(each.fields, key), each.where, _kept(each.fields)) for each in records)
            kept.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
            for where, fields in kept.execute("SELECT place, fields FROM record ORDER BY key, rowid"):
                yield Record(where, json.loads(fields))
    except sqlite3.Error as error:
        raise explain(error, "the folder for temporary files") from error


def _kept(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, default=str)
