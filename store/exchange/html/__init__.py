"""One page of HTML that stands by itself: the texts side by side, what a reader marked in them, and what connects it.

Nothing in it is fetched, and a policy in its head forbids that: the styles and the scripts are in the page, named by
their hashes. It can be read and printed without scripts; they place notes beside their words, draw the links, filter
by tag, and choose two of several texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from store.exchange.archive import Archive
from store.exchange.html.below import Section, Table
from store.exchange.html.page import page
from store.exchange.views import view_of

__all__ = ["Section", "Table", "write_archive", "write_in_turn"]


def write_archive(archive: Archive, out: BinaryIO, sections: Sequence[Section] = ()) -> int:
    """Writes the page; gives how many highlights are in it. `sections` come after the texts and their links."""
    out.write(page(view_of(archive), sections=sections).encode())
    return len(archive.highlights)


def write_in_turn(archive: Archive, out: BinaryIO) -> int:
    """Likewise, but each text below the one before, its notes beside it."""
    out.write(page(view_of(archive), paired=False).encode())
    return len(archive.highlights)
