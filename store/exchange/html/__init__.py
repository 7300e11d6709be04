"""One page of HTML that stands by itself: the texts side by side, what a reader marked in them, and what connects it.

Nothing in it is fetched, and a policy in its head forbids that: the styles and the scripts are in the page, named by
their hashes. It can be read and printed without scripts; they place notes beside their words, draw the links, filter
by tag, and choose two of several texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from store.exchange.archive import Archive
from store.exchange.html.page import PageSection, PageTable, page
from store.exchange.render_model import ArchiveView, view_of

__all__ = ["PageSection", "PageTable", "write_archive", "write_in_turn"]


def write_archive(
    archive: Archive, out: BinaryIO, sections: Sequence[PageSection] = (), order: Sequence[str] = ()
) -> int:
    """Writes the page; gives how many highlights are in it. `sections` come after the texts and their links.

    `order` are slugs of texts that stand first, in their order: the first two side by side.
    """
    view = _ordered(view_of(archive), order)
    pair = (0, 1) if len([slug for slug in order if view.has(slug)]) > 1 else None
    out.writelines(piece.encode() for piece in page(view, sections=sections, pair=pair))
    return len(archive.highlights)


def _ordered(view: ArchiveView, order: Sequence[str]) -> ArchiveView:
    """The texts in the order that was asked for, the others after them."""
    places = {slug: place for place, slug in enumerate(order)}
    last = len(places)
    return view._replace(
        sheets=tuple(sorted(view.sheets, key=lambda sheet: places.get(sheet.entry.slug, last)))
    )


def write_in_turn(archive: Archive, out: BinaryIO) -> int:
    """One HTML page with each text below the one before, its notes beside it."""
    out.writelines(piece.encode() for piece in page(view_of(archive), paired=False))
    return len(archive.highlights)
