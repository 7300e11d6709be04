"""The whole texts as one page of HTML, one below the other: highlights in place, their notes beside them."""

from __future__ import annotations

from typing import BinaryIO

from store.exchange.archive import Archive
from store.exchange.html.frame import page
from store.exchange.sheets import read


def write_archive(archive: Archive, out: BinaryIO) -> int:
    """Writes the page; gives how many highlights are in it."""
    out.write(page(read(archive), paired=False).encode())
    return len(archive.highlights)
