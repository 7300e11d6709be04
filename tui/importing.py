"""Putting a record into a library: from a file of any format that can be read, or from another library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.exchange import FORMATS, format_in
from store.tidy import counted
from texts.visible import one_line

if TYPE_CHECKING:
    from store.exchange.archive import Archive
    from store.exchange.gather import Progress
    from store.exchange.merging import Merged
    from store.library import Library

LIBRARY = "library"
"""The format of another library."""

MOST_BYTES = 500_000_000
"""Of a file that is no library."""

_SQLITE = b"SQLite format 3\0"

READABLE = (*(name for name, entry in FORMATS.items() if entry.reads), LIBRARY)
"""Names of the formats that can be read."""


def import_file(
    library: Library,
    path: Path,
    *,
    format: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """Merges a file into the library; its ending and its first bytes say the format if nothing else does.

    With `dry_run` it only says what would become of it. `progress` is told how many highlights have been read from
    another library, and then how many are written. Raises LibraryError, naming the file and what is wrong.
    """
    if format == LIBRARY or (format is None and _is_library(path)):
        archive = _gathered(path, progress)
        return _merged(library, archive, path.name, dry_run, progress)
    return import_bytes(library, _read(path), path.name, format=format, dry_run=dry_run, progress=progress)


def import_bytes(
    library: Library,
    data: bytes,
    name: str,
    *,
    format: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Merged:
    """Merges the bytes of a file of that name; otherwise as `import_file`."""
    if len(data) > MOST_BYTES:
        raise LibraryError(f"{one_line(name)} is too large: {MOST_BYTES // 10**6} MB are the most")
    entry = FORMATS[format or format_in(name, data)]
    if not entry.reads:
        raise LibraryError(f"{format} is only written: it cannot be read back")
    with _named(name):
        archive: Archive = import_module(f"store.exchange.{entry.module}").read(data, name)
    return _merged(library, archive, name, dry_run, progress)


def summary(merged: Merged, *, dry_run: bool = False) -> str:
    """What a merge did, or would do, in one line: `12 highlights and 3 links added; 4 were there already`."""
    counts = [
        counted(number, *nouns) for field, nouns in _NOUNS.items() if (number := getattr(merged, field))
    ]
    would = "would be " if dry_run else ""
    told = []
    if counts:
        lost = f", {merged.orphans} of the highlights without a place" if merged.orphans else ""
        told.append(f"{_listed(counts)} {would}added{lost}")
    if merged.filled:
        empty = counted(merged.filled, "empty description or note", "empty descriptions or notes")
        told.append(f"{empty} {would}filled in")
    if not told:
        told.append("nothing new")
    if merged.there:
        told.append(f"{merged.there} there already")
    return "; ".join(told)


_NOUNS = {
    "texts": ("text",),
    "versions": ("version",),
    "tags": ("tag",),
    "highlights": ("highlight",),
    "links": ("link",),
    "notes": ("note",),
    "dismissed": ("dismissed suggestion",),
    "names": ("word on names", "words on names"),
    "furniture": ("word on furniture", "words on furniture"),
}
"""Of what is added, by field: in singular, and in plural where that takes no -s."""


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _merged(
    library: Library, archive: Archive, name: str, dry_run: bool, progress: Progress | None
) -> Merged:
    from store.exchange.gather import silent
    from store.exchange.merging import merge

    with _named(name):
        return merge(library, archive, dry_run=dry_run, source=name, progress=progress or silent)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Says the file before what is wrong with it, in one line whatever words of the file that line quotes."""
    try:
        yield
    except LibraryError as error:
        wrong, shown = one_line(str(error)), one_line(name)
        raise type(error)(wrong if wrong.startswith(shown) else f"{shown}: {wrong}") from error


def _read(path: Path) -> bytes:
    """All of a regular file that is not too large."""
    from texts.load.document import LoadError
    from texts.load.files import read_bytes

    try:
        return read_bytes(path, MOST_BYTES)
    except LoadError as error:
        raise LibraryError(str(error)) from error


def _is_library(path: Path) -> bool:
    try:
        if not path.is_file():  # to open a pipe would wait for whoever writes to it
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def _gathered(path: Path, progress: Progress | None) -> Archive:
    """All of another library, which is only read: one of an older version is brought up to date as a copy."""
    from tempfile import TemporaryDirectory

    from store.backups import back_up
    from store.connection import connect
    from store.exchange.gather import gather, silent
    from store.library import Library
    from store.migrations import up_to_date

    connection = connect(path, create=False, read_only=True)
    try:
        as_it_is = up_to_date(connection)
    finally:
        connection.close()
    if as_it_is:
        with Library.open(path, create=False, read_only=True) as other:
            return gather(other, progress=progress or silent)
    with TemporaryDirectory(prefix="tui-import-") as folder:
        copy = Path(folder) / "library.db"
        back_up(path, copy)
        with Library.open(copy, create=False) as other:
            return gather(other, progress=progress or silent)
