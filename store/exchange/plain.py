"""The words of texts alone, without anything that was made of them; `tui add` takes a file back as the same body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from store.exchange.archive import Archive


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the present bodies, one after the other with a blank line between; gives how many texts."""
    out.writelines(_pieces(archive))
    return len(archive.texts)


def _pieces(archive: Archive) -> Iterator[bytes]:
    between = ""
    for text in archive.texts:
        body = text.versions[-1].body if text.versions else ""
        yield f"{between}{body}\n".encode()
        between = "\n"
