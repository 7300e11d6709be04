"""Libraries for the tests of exchange: made of archives, each a file of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from store.exchange import json
from store.exchange.archive import Archive
from store.exchange.snapshot import snapshot_in_memory
from store.library import Library
from store.merge import merge

CLOCK = "2026-02-02T00:00:00Z"


class Libraries:
    """Hands out new libraries; the schema is made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._empty = folder / "empty.db"
        self._count = 0
        Library.open(self._empty).close()

    def new(self, archive: Archive | None = None, *, reader: str = "ana") -> Library:
        """A library that has what is in an archive, or nothing."""
        self._count += 1
        path = self._folder / f"{self._count}.db"
        copyfile(self._empty, path)
        library = Library.open(path, reader=reader, clock=lambda: CLOCK)
        if archive is not None:
            merge(library, archive)
        return library


@contextmanager
def libraries() -> Iterator[Libraries]:
    """Libraries in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        yield Libraries(Path(folder))


def as_json(library: Library) -> bytes:
    """All of a library, as the lossless format has it."""
    out = io.BytesIO()
    json.write_archive(snapshot_in_memory(library), out)
    return out.getvalue()
