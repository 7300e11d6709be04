"""Reads what a corpus is made of: files of any format, folders of them, JSON-lines, Parquet.

Everything goes through the readers of `texts.load`, with their limits. What cannot be read is told in one line, and the
rest goes on.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import json
import lzma
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from texts.corpus.corpus_texts import CorpusText, IncomingText
from texts.corpus.json_lines import LONGEST_LINE, LineError, decoded, words
from texts.load import LoadError, load, load_bytes, text_of
from texts.load.document import File
from texts.load.files import MOST_BYTES, read_bytes
from texts.visible import one_line

if TYPE_CHECKING:
    from typing import Unpack

    from texts.load import LoadHints

Warn = Callable[[str], None]
"""Called with what could not be read, and why, in one line."""

_LINES = frozenset((".jsonl", ".ndjson", ".json"))
_PACKED = frozenset((".gz", ".bz2", ".xz"))
_METADATA = ("metadata.csv", "metadata.tsv", "metadata.json", "metadata.jsonl")
_KEYS: Mapping[str, Sequence[str]] = {
    "id": ("id", "_id", "docid", "doc_id", "file", "filename"),
    "text": ("text", "body", "content", "contents"),
    "title": ("title", "head", "headline"),
    "author": ("author", "creator"),
    "date": ("date", "year", "create_date", "pub_date"),
    "source": ("source", "url", "publisher"),
    "series": ("series", "newspaper", "collection"),
}
"""The keys of a line of JSON, or the columns of a table, under which each thing is looked for, the first first."""
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError)
_LONGEST_NAME = 200
_SPOKEN = 200
"""Bytes that are counted for a text beside its own."""


class GivenText(NamedTuple):
    """A text that is still to be read: a file, or a line or row of one; or why there is none."""

    path: str
    name: str = ""
    """What it is called unless it says itself."""
    where: str = ""
    """`in.jsonl, line 3`; empty for a file."""
    known: Mapping[str, object] = {}
    """What a table beside the files says of it."""
    trouble: str = ""
    """What could not be read here, and why, in one line."""
    line: bytes = b""
    """The line; empty for a file."""

    def size(self) -> int:
        """Bytes, about: at least what it takes to speak of it."""
        try:
            return _SPOKEN + (len(self.line) or os.stat(self.path).st_size)
        except (OSError, ValueError):
            return _SPOKEN


def given_texts(paths: Sequence[str]) -> Iterator[GivenText]:
    """The texts in files and folders, in the order of the names, and what is wrong between them."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield from _in_file(path, _stem(path.name), {})


def read_given(given: GivenText, hints: LoadHints) -> IncomingText:
    """A text as it was given; `hints` are those of `texts.load`. Raises LoadError and LineError."""
    if given.line:
        return text_of_record(decoded(given.line), given.name, path_kept(Path(given.path)))
    return _of_file(Path(given.path), given.name, hints, given.known)


def incoming(paths: Sequence[str], warn: Warn, **hints: Unpack[LoadHints]) -> Iterator[IncomingText]:
    """The texts in files and folders, read."""
    for given in given_texts(paths):
        try:
            if given.trouble:
                warn(given.trouble)
            else:
                yield read_given(given, hints)
        except (LineError, LoadError) as error:
            warn(f"{given.where}: {error}" if given.where else str(error))


def _in_folder(folder: Path) -> Iterator[GivenText]:
    """The texts in a folder and those below it; a table beside them (`_METADATA`) says more of each file."""
    troubles: list[str] = []

    def told() -> Iterator[GivenText]:
        yield from (GivenText(str(folder), trouble=why) for why in troubles)
        troubles.clear()

    described = _descriptions(folder, troubles.append)
    for where, folders, files in os.walk(folder, onerror=lambda error: troubles.append(_reason(error))):
        yield from told()
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            if name.startswith((".", "_")) or name in _METADATA:
                continue
            path = Path(where, name)
            relative = path.relative_to(folder).as_posix()
            known = described.get(relative) or described.get(name) or {}
            yield from _in_file(path, _stem(relative), known)
    yield from told()


def _stem(name: str) -> str:
    """The name of a file without its ending, and without that of a packed file."""
    path = Path(name)
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    return path.with_suffix("").as_posix()


def _in_file(path: Path, name: str, known: Mapping[str, object]) -> Iterator[GivenText]:
    """A file, or its lines or rows."""
    if path.is_fifo():
        why = f"{one_line(str(path))} is a pipe: write what comes out of it to a file first"
        yield GivenText(str(path), trouble=why)
        return
    ending = _inner(path).suffix.lower()
    if ending in _LINES:
        yield from _in_lines(path, name)
    elif ending == ".parquet":
        yield from _in_parquet(path)
    else:
        yield GivenText(str(path), name, known=known)


def _inner(path: Path) -> Path:
    """What a file is called once it is unpacked."""
    return path.with_suffix("") if path.suffix.lower() in _PACKED else path


def _of_file(path: Path, name: str, hints: LoadHints, known: Mapping[str, object]) -> IncomingText:
    """The text in a file. Raises LoadError."""
    inner = _inner(path)
    text = (
        load(path, **_hints(hints, known))
        if inner is path
        else load_bytes(_unpacked(path), inner.name, **_hints(hints, known))
    )
    given = _taken(known, "id") if "id" in known else ""
    about = CorpusText(
        _name(given or name),
        text.title,
        text.author,
        _taken(known, "date"),
        text.source,
        _taken(known, "series"),
        path_kept(path),
    )
    return IncomingText(about, text)


def _hints(given: LoadHints, known: Mapping[str, object]) -> LoadHints:
    """What is told to `texts.load`: what the caller says, and what the table beside the files does."""
    hints = given.copy()
    hints["title"] = _taken(known, "title") or None
    hints["author"] = _taken(known, "author") or None
    hints["source"] = _taken(known, "source") or None
    return hints


def _unpacked(path: Path) -> bytes:
    """What a packed file holds. Raises LoadError for more than `texts.load` takes, and for what is damaged."""
    name = one_line(path.name)
    try:
        with _opened(path) as source:
            data = source.read(MOST_BYTES + 1)
    except _DAMAGED as error:
        raise LoadError(f"cannot read {name}: {_damage(error)}") from error
    return data


def _opened(path: Path) -> IO[bytes]:
    """A file that may be packed, to be read; raises OSError, and LoadError for what is no regular file."""
    if not path.is_file():
        read_bytes(path, most=2**62)  # which says what it is
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    if suffix == ".bz2":
        return bz2.open(path)
    if suffix == ".xz":
        return lzma.open(path)
    return path.open("rb")


def _in_lines(path: Path, name: str) -> Iterator[GivenText]:
    """The texts in a file of JSON-lines, as passim takes them: `id`, `text`, and what else is known."""
    shown, number, file = one_line(path.name), 0, str(path)
    try:
        with _opened(path) as source:
            while line := source.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    while line and not line.endswith(b"\n"):
                        line = source.readline(LONGEST_LINE)
                    why = f"{shown}, line {number}: is longer than {LONGEST_LINE // 1_000_000} MB"
                    yield GivenText(file, trouble=why)
                elif line.strip():
                    yield GivenText(file, f"{name}-{number}", f"{shown}, line {number}", line=line)
    except LoadError as error:
        yield GivenText(file, trouble=str(error))
    except _DAMAGED as error:
        after = f" after line {number:,}" if number else ""
        yield GivenText(file, trouble=f"{shown} cannot be read{after}: {_damage(error)}")


def text_of_record(record: Mapping[str, object], name: str = "", path: str = "") -> IncomingText:
    """The text in a record, called `name` unless it says itself; `path` is that of the file it stands in.

    Raises LineError and LoadError.
    """
    from texts.load.plain import read

    body = _taken(record, "text")
    if not body.strip():
        raise LineError("has no text")
    given = _taken(record, "id") or name
    document = read(File(body.encode(), "its text", "utf-8"))
    text = text_of(
        document,
        f"{given}.txt",
        title=_taken(record, "title") or None,
        author=_taken(record, "author") or None,
        source=_taken(record, "source"),
    )
    known = CorpusText(
        _name(given),
        text.title,
        text.author,
        one_line(_taken(record, "date")),
        text.source,
        one_line(_taken(record, "series")),
        path,
    )
    return IncomingText(known, text)


def _in_parquet(path: Path) -> Iterator[GivenText]:
    """The texts in the rows of a Parquet file, whose columns are called like the keys of JSON-lines."""
    shown, file = one_line(path.name), str(path)
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        why = f"reading {shown} wants one more package, pyarrow: pip install 'close-reading-tui[corpus]'"
        yield GivenText(file, trouble=why)
        return
    number = 0
    try:
        with parquet.ParquetFile(path) as source:
            for batch in source.iter_batches(batch_size=64):
                for record in batch.to_pylist():
                    number += 1
                    line = json.dumps(record, default=str).encode()  # dates as words
                    where = f"{shown}, row {number}"
                    yield GivenText(file, f"{_stem(path.name)}-{number}", where, line=line)
    except (arrow.ArrowException, OSError, ValueError) as error:
        yield GivenText(file, trouble=f"{shown} cannot be read: {one_line(str(error).splitlines()[0])}")


def _descriptions(folder: Path, warn: Warn) -> dict[str, Mapping[str, object]]:
    """What a table in the folder says of the files, by their names; TextPAIR and others keep one there."""
    described: dict[str, Mapping[str, object]] = {}
    for name in _METADATA:
        path = folder / name
        if not path.is_file():
            continue
        try:
            for record in _rows(path):
                file = _taken(record, "file") or words(record, "filename") or words(record, "id")
                if file:
                    described[file] = {key: value for key, value in record.items() if key != "id"}
        except (LoadError, ValueError, csv.Error) as error:
            warn(f"{name} cannot be read: {one_line(str(error))}")
    return described


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    """The records of a table that describes files."""
    from texts.load.decode import body_of

    body, _ = body_of(read_bytes(path), path.name)
    if path.suffix == ".jsonl":
        yield from (decoded(line.encode()) for line in body.splitlines() if line.strip())
    elif path.suffix == ".json":
        found = json.loads(body)
        records = found.values() if isinstance(found, dict) else found
        yield from (record for record in records if isinstance(record, dict))
    else:
        yield from csv.DictReader(body.splitlines(), delimiter="\t" if path.suffix == ".tsv" else ",")


def _taken(record: Mapping[str, object], what: str) -> str:
    """What a record says of this, under whichever of its keys."""
    return next((found for key in _KEYS.get(what, (what,)) if (found := words(record, key))), "")


def _name(given: str) -> str:
    """A name as it is kept: on one line, harmless, not endless."""
    return one_line(" ".join(given.split())).strip()[:_LONGEST_NAME] or "text"


def path_kept(path: Path) -> str:
    """Where a file is, as it is kept: bytes of a name that are no UTF-8 are U+FFFD."""
    return str(path.resolve()).encode(errors="surrogateescape").decode(errors="replace")


def _reason(error: OSError) -> str:
    return one_line(f"cannot read {error.filename}: {error.strerror or error}")


def _damage(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno:
        return one_line(error.strerror or str(error))
    return "it is damaged, or cut short"
