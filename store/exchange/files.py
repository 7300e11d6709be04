"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from store.errors import LibraryError


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file beside the one to be written, which takes its place once all is on the disk.

    Raises LibraryError where the folder cannot take it.
    """
    # A name that no program that was killed can have left behind: in a container each may have the same number.
    unfinished = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with unfinished.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


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
