"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from store.errors import LibraryError


def written_to(what: str, path: Path, *, over: bool) -> str:
    """What was written, in one line: `3 rows written to notes.csv`, or `exported over` a file that was there."""
    return f"{what} {'exported over' if over else 'written to'} {path}"


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one to be written, which takes its place and its permissions once all is on the disk.

    A link stays one: what it leads to is replaced. Raises LibraryError for what is no ordinary file (a device, a pipe),
    and where the folder cannot take a file.
    """
    try:
        mode = _mode(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror or error}") from error
    path = Path(os.path.realpath(path))
    # A name that no program that was killed can have left behind: in a container each may have the same number.
    unfinished = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with unfinished.open("xb") as out:
            if mode is not None:
                unfinished.chmod(mode)
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """The permissions of an ordinary file; None where there is nothing yet."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise LibraryError(f"{path} cannot be written: it is no ordinary file; name another one")
    return stat.S_IMODE(status.st_mode)


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """The same for UTF-8; line ends are left as they are written."""
    with replacing_bytes(path) as out, as_utf_8(out) as words:
        yield words


@contextmanager
def as_utf_8(out: BinaryIO) -> Iterator[TextIO]:
    """Words for a stream of bytes, which stays open; line ends are left as they are written."""
    words = TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    try:
        yield words
        words.flush()
    finally:
        words.detach()
