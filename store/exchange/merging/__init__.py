"""Puts an archive into a library: one act, undone in one step, in which nothing is doubled and nothing written over.

First all is planned, without writing: where texts go (`homes`), where highlights stand (`placing`), which records are
there already (`newcomers`, by `counterparts`); tags are the same by their path. Then the plan is written (`writing`).
Where the two say different things, the library's stays, the other one is kept beside it where there is room for it,
and the reader is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from store.exchange.archive import Archive, NameEntry, TagEntry
from store.exchange.checking import check
from store.exchange.gather import Progress, silent
from store.exchange.merging.homes import Homes
from store.exchange.merging.newcomers import Newcomers
from store.records import Anchor
from store.tidy import clipped, counted

if TYPE_CHECKING:
    from store.library import Library

Entry = TypeVar("Entry", bound="tuple[object, ...]")


class Merged(NamedTuple):
    """What a merge did, or would do."""

    texts: int
    """Added, as are those that follow."""
    versions: int
    """Of texts that the library had."""
    tags: int
    highlights: int
    links: int
    notes: int
    dismissed: int
    names: int
    furniture: int
    """Words on what is furniture, in versions that the library had."""
    filled: int
    """Descriptions of tags and notes on links that were empty."""
    orphans: int
    """Of the highlights added, those that found no place and had one before."""
    there: int
    """Highlights, links and notes that the library had already."""
    conflicts: tuple[str, ...]
    """What the two say differently, a line each."""
    left_out: tuple[str, ...]
    """As of the archive."""

    @property
    def changes(self) -> bool:
        """Whether the library is another one than before."""
        return any(self[: self._fields.index("orphans")])


class Plan(NamedTuple):
    """All that is to be written."""

    homes: Homes
    tags: tuple[TagEntry, ...]
    described: tuple[tuple[str, str], ...]
    """Tags of the library that had no description, by path, with the one they get."""
    newcomers: Newcomers
    names: tuple[NameEntry, ...]
    merged: Merged


def merge(
    library: Library,
    archive: Archive,
    *,
    dry_run: bool = False,
    source: str = "",
    progress: Progress = silent,
) -> Merged:
    """Adds to the library what it does not have; says what that was, or with `dry_run` what it would be.

    `source` is what the journal calls the archive; `progress` is told how many of the highlights are written. Raises
    LibraryError for an archive that does not hold together, and for one that refers to what is neither in it nor in
    the library; nothing is written then.
    """
    check(archive)
    archive = _signed(archive, library.reader, library.journal.now())
    if dry_run:
        with library.reading():
            return plan(library, archive).merged
    from store.exchange.merging.writing import write

    with library.transaction():
        made = plan(library, archive)
        if made.merged.changes:
            what = counted(made.merged.highlights, "highlight")
            with library.act(f"imported {clipped(source) or 'an archive'}: {what}"):
                write(library, made, progress)
    for home in made.homes:
        if home.added:
            library.shelf.index(home.slug)  # else the first search would have to wait for it
    return made.merged


def plan(library: Library, archive: Archive) -> Plan:
    """What putting in a checked archive takes; raises LibraryError for what refers to nothing."""
    homes = Homes(library, archive)
    tags = _Tags(library, archive)
    newcomers = Newcomers(library, archive, homes)
    names, disputed = _new_names(library, archive.names)
    placed = [highlight.placed for highlight in newcomers.highlights]
    merged = Merged(
        texts=sum(home.text_id is None for home in homes),
        versions=sum(len(home.added) for home in homes if home.text_id is not None),
        tags=len(tags.new),
        highlights=len(newcomers.highlights),
        links=len(newcomers.links),
        notes=len(newcomers.notes),
        dismissed=len(newcomers.dismissed),
        names=len(names),
        furniture=sum(len(home.rulings) for home in homes),
        filled=len(tags.described) + len(newcomers.filled),
        orphans=sum(one.anchor is Anchor.ORPHAN is not one.entry.anchor for one in placed),
        there=newcomers.there,
        conflicts=(*homes.conflicts, *tags.conflicts, *newcomers.conflicts, *disputed),
        left_out=archive.left_out,
    )
    return Plan(homes, tuple(tags.new), tuple(tags.described), newcomers, names, merged)


class _Tags:
    """The tags that an archive has or uses, as far as the library does not have them."""

    def __init__(self, library: Library, archive: Archive) -> None:
        self.new: list[TagEntry] = []
        self.described: list[tuple[str, str]] = []
        self.conflicts: list[str] = []
        self._known = {tag.path: tag for tag in library.codebook.list()}
        self._digits = library.codebook.quick()
        for tag in archive.tags:
            self._take(tag)
        listed = {tag.path for tag in archive.tags} | self._known.keys()
        used = dict.fromkeys(path for highlight in archive.highlights for path in highlight.tags)
        self.new += [TagEntry(path) for path in used if path not in listed]

    def _take(self, tag: TagEntry) -> None:
        known = self._known.get(tag.path)
        if known is None:
            self._add(tag)
            return
        if tag.colour not in ("", known.colour):
            self.conflicts.append(
                f"the tag {tag.path} is {known.colour} here and {tag.colour} there: yours stays"
            )
        if tag.description and not known.description:
            self.described.append((tag.path, tag.description))
        elif tag.description not in ("", known.description):
            self.conflicts.append(f"the tag {tag.path} is described otherwise there: yours stays")

    def _add(self, tag: TagEntry) -> None:
        if tag.quick is not None and tag.quick in self._digits:
            yours = self._digits[tag.quick].path
            self.conflicts.append(
                f"the digit {tag.quick} stands for {yours} here and {tag.path} there: yours stays"
            )
            tag = tag._replace(quick=None)
        self.new.append(tag)


def _new_names(library: Library, entries: Iterable[NameEntry]) -> tuple[tuple[NameEntry, ...], list[str]]:
    """What readers say of names that the library does not have, and where the two differ."""
    if not entries:
        return (), []
    from texts.naming import spelling_key

    known = {frozenset(map(spelling_key, each[:2])): each.same for each in library.naming.list()}
    new, conflicts = [], []
    for entry in entries:
        pair = frozenset(map(spelling_key, entry[:2]))
        if pair not in known:
            known[pair] = entry.same
            new.append(entry)
        elif known[pair] is not entry.same:
            here, there = ("one name", "two names") if known[pair] else ("two names", "one name")
            names = f"“{clipped(entry.one)}” and “{clipped(entry.other)}”"
            conflicts.append(f"{names} are {here} here and {there} there: yours stays")
    return tuple(new), conflicts


def _signed(archive: Archive, reader: str, at: str) -> Archive:
    """With this reader and the time of now where a format says nothing of them."""

    def signed(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
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
