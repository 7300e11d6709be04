"""Merging: what is in an archive goes into a library, in one act, and nothing is doubled.

merge(library, archive)     what a merge did; with `dry_run` what it would do
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from store.exchange.archive import Archive
from store.exchange.checking import check
from store.exchange.snapshot import CountCallback, no_progress
from store.merge.apply import apply, remember
from store.merge.duplicates import Resolve
from store.merge.plan import MergeReport, plan
from store.sanitize import pluralize, truncate

if TYPE_CHECKING:
    from store.library import Library

__all__ = ["MergeReport", "Resolve", "merge"]


Entry = TypeVar("Entry", bound="tuple[object, ...]")


def merge(
    library: Library,
    archive: Archive,
    *,
    dry_run: bool = False,
    source: str = "",
    resolve: Resolve = Resolve.TELL,
    progress: CountCallback = no_progress,
) -> MergeReport:
    """Puts an archive into a library: one act, in which nothing is doubled; says what that was, or would be.

    What only the archive has changed since it last came is taken over; where both have changed the same thing,
    `resolve` says what becomes of it. `source` is what the journal calls the archive; `progress` is called with how
    many of the highlights are written. Raises LibraryError for an archive that does not hold together, and for one that
    refers to what is neither in it nor in the library; nothing is written then.
    """
    check(archive)
    archive = _signed(archive, library.reader, library.journal.now())
    if dry_run:
        with library.reading():
            return plan(library, archive, resolve).report
    with library.transaction():
        made = plan(library, archive, resolve)
        if made.report.changes:
            what = pluralize(made.report.highlights, "highlight")
            if made.report.updated:
                what += f", {made.report.updated} updated"
            with library.act(f"imported {truncate(source) or 'an archive'}: {what}"):
                apply(library, made, progress)
        elif made.outcome.received or made.tags.received:
            remember(library, made)
            library.journal.enter_state()
    for match in made.matches:
        if match.added:
            library.search_indexes.of(match.slug)  # else the first search would have to wait for it
    return made.report


def _signed(archive: Archive, reader: str, at: str) -> Archive:
    """With this reader and the time of now where a format says nothing of them."""

    def signed(entries: Iterable[Entry]) -> tuple[Entry, ...]:
        return tuple(_completed(entry, reader, at) for entry in entries)

    texts = (text._replace(versions=signed(text.versions)) for text in archive.texts)
    return archive._replace(
        texts=signed(tuple(texts)),
        highlights=signed(archive.highlights),
        links=signed(archive.links),
        notes=signed(archive.notes),
        dismissed=signed(archive.dismissed),
        names=signed(archive.names),
    )


def _completed(entry: Entry, reader: str, at: str) -> Entry:
    created = getattr(entry, "created", "") or at
    given = {"reader": reader, "created": created, "updated": created, "added": at}
    lacking = {name: value for name, value in given.items() if getattr(entry, name, None) == ""}
    return entry._replace(**lacking) if lacking else entry  # type: ignore[attr-defined]  # a named tuple
