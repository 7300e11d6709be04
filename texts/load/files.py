"""Bytes from a path, from regular files only: what is endless, blocks or is no file is refused in one line."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from texts.load.document import LoadError
from texts.visible import one_line

MOST_BYTES = 50_000_000
"""No larger file is read: a hundred novels."""

_CHUNK = 1 << 20
_KINDS = (
    (stat.S_ISDIR, "a folder: name the files in it"),
    (stat.S_ISFIFO, "a pipe: use - to read standard input"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)
_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EACCES: "you may not read it: check its permissions",
    errno.EPERM: "you may not read it: check its permissions",
    errno.ELOOP: "its symbolic links lead in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: "it is a folder: name the files in it",
    errno.ENXIO: "it is a socket, not a file",
}


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """All of a regular file; raises LoadError for anything else, and for one that has more than `most` bytes.

    Nothing is read before the kind and the size are known, and opening never waits for a writer.
    """
    name = one_line(str(path))
    flags = os.O_RDONLY
    for flag in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):  # not every system knows them all
        flags |= getattr(os, flag, 0)
    try:
        _check_kind(os.stat(path), name, most)
        handle = os.open(path, flags)
        try:
            # Again, by the handle: another program may have put something else in its place.
            _check_kind(os.fstat(handle), name, most)
            return _read(handle, name, most)
        finally:
            os.close(handle)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or one_line(error.strerror or str(error))
        raise LoadError(f"cannot read {name}: {reason}") from error
    except ValueError as error:
        raise LoadError(f"cannot read {name}: a file name holds no NUL") from error


def _check_kind(status: os.stat_result, name: str, most: int) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            raise LoadError(f"cannot read {name}: it is {kind}")
    check_size(status.st_size, name, most)


def check_size(size: int, name: str, most: int = MOST_BYTES) -> None:
    """Raises LoadError for more bytes than `most`."""
    if size > most:
        raise LoadError(
            f"{name} is too large: {size / 1e6:,.0f} MB, and {most // 10**6} MB are the most; "
            "split it into smaller files"
        )


def _read(handle: int, name: str, most: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while chunk := os.read(handle, _CHUNK):
        size += len(chunk)
        check_size(size, name, most)  # files of /proc claim to be empty, and a log may grow
        chunks.append(chunk)
    return b"".join(chunks)
