"""Takes an archive out of a library: all that it holds, or what a choice of highlights needs.

The same library gives the same archive: texts by slug, tags by path, all else in the order in which it was made.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar, overload

from store.codebook import ancestors
from store.connection import Row, batches
from store.exchange.archive import (
    Archive,
    DismissedEntry,
    HighlightEntries,
    HighlightEntry,
    LinkEntries,
    LinkEntry,
    NameEntry,
    NoteEntry,
    Sorting,
    TagEntry,
    TextEntries,
    TextEntry,
    VersionEntry,
    reading_order,
)
from store.highlight_queries import AT_ONCE, Order
from store.highlight_rows import parts_of
from store.records import Anchor
from store.sanitize import one_line
from store.text_names import slugs_in_use
from texts.model import Span

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Link

CountCallback: TypeAlias = Callable[[int, int], None]
"""Called with how many of how many highlights are done."""

STEP = 500
"""Highlights between two words about progress."""


class HighlightFilter(NamedTuple):
    """Which highlights; what is empty or None chooses by nothing."""

    texts: tuple[str, ...] = ()
    """Slugs: highlights in any of them."""
    tag: str | None = None
    """With what lies below it."""
    reader: str | None = None
    star: bool | None = None


EVERYTHING = HighlightFilter()


def no_progress(done: int, of: int) -> None:
    """Progress that nobody follows."""


def select(
    library: Library, choice: HighlightFilter, order: Order = Order.TEXT, *, anchor: Anchor | None = None
) -> array[int]:
    """Ids of the highlights of a choice, by text and place; raises NotFound for a text that is not there."""
    slugs: Sequence[str | None] = sorted(set(choice.texts)) or [None]
    found = array("q")
    for slug in slugs:
        found += library.highlights.ids(
            text=slug, tag=choice.tag, reader=choice.reader, star=choice.star, anchor=anchor, order=order
        )
    return found


def select_links(library: Library, choice: HighlightFilter, highlights: Iterable[int]) -> Iterator[Link]:
    """The links between the highlights of a choice, by their ids, the oldest first."""
    links = library.links.each()
    if choice == EVERYTHING:
        return links
    among = frozenset(highlights)
    return (link for link in links if link.left in among and link.right in among)


def snapshot_in_memory(
    library: Library, choice: HighlightFilter = EVERYTHING, *, progress: CountCallback = no_progress
) -> Archive:
    """What `snapshot` has, all in memory."""
    with library.reading():
        whole = snapshot(library, choice, progress=progress)
        return whole._replace(
            texts=tuple(whole.texts), highlights=tuple(whole.highlights), links=tuple(whole.links)
        )


def snapshot(
    library: Library, choice: HighlightFilter = EVERYTHING, *, progress: CountCallback = no_progress
) -> Archive:
    """The whole library, or the chosen highlights with what they need: read from it each time that it is walked.

    It holds inside `library.reading()`. A choice takes along the texts that it names, else those of its highlights,
    with their notes; the tags in use and those above them; links between chosen highlights; and, where it is one of
    texts or readers only, what was dismissed there. Name rules go with the whole library. Raises NotFound
    for a text that is not there.
    """
    return _Gathering(library, choice, progress).archive()


T = TypeVar("T")


class _Kept(Sequence[T]):
    """What a library keeps, read anew each time it is walked."""

    def __init__(self, number: int, read: Callable[[], Iterator[T]]) -> None:
        self._number = number
        self._read = read

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[T]:
        return self._read()

    @overload
    def __getitem__(self, place: int, /) -> T: ...
    @overload
    def __getitem__(self, place: slice, /) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice, /) -> T | Sequence[T]:
        return tuple(self)[place]


class _Version(NamedTuple):
    """Where a version stands."""

    slug: str
    number: int


_ORDERS = {Sorting.MADE: Order.MADE, Sorting.TIME: Order.OLDEST, Sorting.PLACE: Order.TEXT}


_BARE = 'SELECT id, uid, "start", "end", parts, anchor, version_id FROM highlight WHERE id IN {these}'


class _Texts(_Kept[TextEntry], TextEntries):
    """The texts of a choice."""

    def __init__(self, slugs: Collection[str], read: Callable[[str], TextEntry]) -> None:
        super().__init__(len(slugs), lambda: map(read, self.slugs()))
        self._slugs = frozenset(slugs)
        self._read_one = read

    def slugs(self) -> Iterable[str]:
        return sorted(self._slugs)

    def named(self, slug: str) -> TextEntry | None:
        return self._read_one(slug) if slug in self._slugs else None


class _Highlights(_Kept[HighlightEntry], HighlightEntries):
    """The highlights of a choice."""

    def __init__(self, library: Library, choice: HighlightFilter, progress: CountCallback) -> None:
        self._library = library
        self._connection = library.connection
        self._choice = choice
        self._progress = progress
        self.ids = select(library, choice, Order.MADE)
        """In the order in which they were made."""
        if len(set(choice.texts)) > 1:
            self.ids = array("q", sorted(self.ids))
        self._versions = dict(self._numbered_versions())
        super().__init__(len(self.ids), self._followed)

    def _numbered_versions(self) -> Iterator[tuple[int, _Version]]:
        """Each version by its id."""
        counts: Counter[str] = Counter()
        for number, slug in self._connection.each(
            "SELECT version.id, text.slug FROM version JOIN text ON text.id = text_id ORDER BY version.id"
        ):
            counts[slug] += 1
            yield number, _Version(slug, counts[slug])

    def version(self, number: int) -> _Version:
        """Where the version with this id stands."""
        return self._versions[number]

    def _followed(self) -> Iterator[HighlightEntry]:
        for done, entry in enumerate(self._entries(self.ids)):
            if done % STEP == 0:
                self._progress(done, len(self))
            yield entry
        self._progress(len(self), len(self))

    def _entries(self, ids: Iterable[int]) -> Iterator[HighlightEntry]:
        for highlight, version in self._library.highlights.each_in_version(ids):
            number = self._versions[version].number
            yield HighlightEntry(highlight.uid, highlight.text, number, *highlight[3:])

    def _bare_entries(self, ids: Iterable[int], text: str) -> Iterator[HighlightEntry]:
        """The same of one text, without what `bare` leaves out."""
        for some in batches(ids, AT_ONCE):
            rows = {row[0]: row for row in self._about(some, _BARE)}
            for number in some:
                _, uid, start, end, gapped, anchor, version = rows[number]
                yield HighlightEntry(
                    uid, text, self._versions[version].number, parts_of(start, end, gapped), "", "", "", (), "",
                    False, "", "", "", Anchor(anchor), 0.0,
                )  # fmt: skip

    def _about(self, ids: Sequence[int], query: str) -> list[Row]:
        """What a query says of some highlights."""
        return self._connection.rows(query.format(these="(SELECT value FROM json_each(?))"), json.dumps(ids))

    def _about_all(self, query: str) -> Iterator[Row]:
        """What a query says of all highlights of the choice; of parts of them, where it is not the whole library."""
        if self._choice == EVERYTHING:
            yield from self._connection.each(query.format(these="(SELECT id FROM highlight)"))
            return
        for some in batches(self.ids, AT_ONCE):
            yield from self._about(some, query)

    def uids(self) -> Iterator[str]:
        if self._choice == EVERYTHING:
            return (uid for (uid,) in self._connection.each("SELECT uid FROM highlight ORDER BY id"))
        query = "SELECT uid FROM highlight WHERE id IN {these} ORDER BY id"
        return (uid for some in batches(self.ids, AT_ONCE) for (uid,) in self._about(some, query))

    def readers(self) -> set[str]:
        query = "SELECT DISTINCT reader FROM highlight WHERE id IN {these}"
        if self._choice == EVERYTHING:
            query = "SELECT DISTINCT reader FROM highlight"
        return {reader for (reader,) in self._about_all(query)}

    def uses(self) -> Mapping[str, int]:
        if self._choice == EVERYTHING:
            query = "SELECT tag_id, count(*) FROM highlight_tag GROUP BY tag_id"
        else:
            query = "SELECT tag_id, count(*) FROM highlight_tag WHERE highlight_id IN {these} GROUP BY tag_id"
        counts: Counter[int] = Counter()
        for tag, number in self._about_all(query):
            counts[tag] += number
        paths = self._connection.each("SELECT id, path FROM tag ORDER BY path")
        return {path: counts[tag] for tag, path in paths if tag in counts}

    def starred(self) -> bool:
        query = "SELECT 1 FROM highlight WHERE star = 1 AND id IN {these} LIMIT 1"
        if self._choice == EVERYTHING:
            query = "SELECT 1 FROM highlight WHERE star = 1 LIMIT 1"
        return any(self._about_all(query))

    def versions(self) -> set[tuple[str, int | None]]:
        query = "SELECT DISTINCT version_id FROM highlight WHERE id IN {these}"
        if self._choice == EVERYTHING:
            query = "SELECT DISTINCT version_id FROM highlight"
        return {self._versions[version] for (version,) in self._about_all(query)}

    def texts(self) -> set[str]:
        """The slugs of their texts."""
        query = """SELECT DISTINCT slug FROM highlight JOIN text ON text.id = text_id WHERE highlight.id IN {these}"""
        return {slug for (slug,) in self._about_all(query)}

    def of(
        self, text: str, sorting: Sorting, *, orphans: bool | None = None, bare: bool = False
    ) -> Iterator[HighlightEntry]:
        choice = self._choice
        if choice.texts and text not in choice.texts:
            return
        anchor = Anchor.ORPHAN if orphans else None
        ids = select(self._library, choice._replace(texts=(text,)), _ORDERS[sorting], anchor=anchor)
        found = self._bare_entries(ids, text) if bare else self._entries(ids)
        if orphans is False:
            found = (entry for entry in found if entry.anchor is not Anchor.ORPHAN)
        if sorting is not Sorting.PLACE:
            yield from found
            return
        yield from _in_reading_order(found)

    def named(self, uids: Collection[str]) -> Mapping[str, HighlightEntry]:
        rows = self._connection.rows(
            "SELECT id FROM highlight WHERE uid IN (SELECT value FROM json_each(?))", json.dumps(list(uids))
        )
        return {entry.uid: entry for entry in self._entries(number for (number,) in rows)}


def _in_reading_order(found: Iterable[HighlightEntry]) -> Iterator[HighlightEntry]:
    """Highlights that come by where they start and end, in `reading_order`: it puts only those with gaps elsewhere."""
    start, together, has_gaps = -1, list[HighlightEntry](), False
    for entry in found:
        parts = entry.parts
        if parts[0].start != start:
            yield from sorted(together, key=reading_order) if has_gaps else together
            start, together, has_gaps = parts[0].start, [], False
        together.append(entry)
        has_gaps |= len(parts) > 1
    yield from sorted(together, key=reading_order) if has_gaps else together


class _Links(_Kept[LinkEntry], LinkEntries):
    """The links between the highlights of a choice."""

    def __init__(self, library: Library, choice: HighlightFilter, highlights: Collection[int]) -> None:
        self._library = library
        self._connection = library.connection
        self._among = None if choice == EVERYTHING else frozenset(highlights)
        number = library.links.count() if self._among is None else sum(1 for _ in self._chosen())
        super().__init__(number, lambda: self._entries(self._chosen()))

    def _chosen(self) -> Iterator[Link]:
        return filter(self._is_chosen, self._library.links.each())

    def _is_chosen(self, link: Link) -> bool:
        return self._among is None or (link.left in self._among and link.right in self._among)

    def _entries(self, links: Iterable[Link]) -> Iterator[LinkEntry]:
        for some in batches(links, AT_ONCE):
            ends = json.dumps(list({end for link in some for end in (link.left, link.right)}))
            query = "SELECT id, uid FROM highlight WHERE id IN (SELECT value FROM json_each(?))"
            uids: dict[int, str] = dict(self._connection.rows(query, ends))
            for link in some:
                yield LinkEntry(link.uid, uids[link.left], uids[link.right], *link[4:])

    def at(self, uids: Collection[str]) -> Iterable[LinkEntry]:
        query = "SELECT id FROM highlight WHERE uid IN (SELECT value FROM json_each(?))"
        rows = self._connection.rows(query, json.dumps(list(uids)))
        found = self._library.links.at(number for (number,) in rows)
        links = {link.id: link for those in found.values() for link in those if self._is_chosen(link)}
        return self._entries(link for _, link in sorted(links.items()))


class _Gathering:
    """One archive in the making."""

    def __init__(self, library: Library, choice: HighlightFilter, progress: CountCallback) -> None:
        self._library = library
        self._connection = library.connection
        self._choice = choice
        self._highlights = _Highlights(library, choice, progress)
        self._slugs = frozenset(self._chosen_slugs())

    def archive(self) -> Archive:
        """All of it, in order."""
        return Archive(
            texts=_Texts(self._slugs, self._text),
            tags=self._tags(),
            highlights=self._highlights,
            links=_Links(self._library, self._choice, self._highlights.ids),
            notes=self._notes(),
            dismissed=self._dismissed(),
            names=self._names(),
        )

    def _chosen_slugs(self) -> Iterable[str]:
        if self._choice.texts:
            return self._choice.texts
        if self._choice == EVERYTHING:
            return slugs_in_use(self._library)
        return self._highlights.texts()

    def _text(self, slug: str) -> TextEntry:
        current = self._library.texts.current_version(slug)
        rulings: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for version, start, value in self._connection.rows(
            """SELECT version_id, start, value FROM furniture JOIN version ON version.id = version_id
            WHERE text_id = ? ORDER BY start""",
            current.text_id,
        ):
            rulings[version].append((start, bool(value)))
        rows = self._connection.rows(
            """SELECT version.id, content, sha256, furniture, source, reader, added
            FROM version JOIN body ON body.id = body_id WHERE text_id = ? ORDER BY version.id""",
            current.text_id,
        )
        versions = tuple(
            VersionEntry(body, sha256, bool(furniture), tuple(rulings[number]), source, reader, added)
            for number, body, sha256, furniture, source, reader, added in rows
        )
        return TextEntry(
            slug, current.title, current.author, current.source, current.added, versions, current.language
        )

    def _tags(self) -> tuple[TagEntry, ...]:
        rows = self._connection.rows("SELECT path, colour, letter, description, quick FROM tag ORDER BY path")
        tags = (TagEntry(*row) for row in rows)
        if self._choice == EVERYTHING:
            return tuple(tags)
        used = {path for tag in self._highlights.uses() for path in ancestors(tag)}
        return tuple(tag for tag in tags if tag.path in used)

    def _notes(self) -> tuple[NoteEntry, ...]:
        choice = self._choice
        notes = sorted(self._library.notes.list(), key=lambda note: note.id)
        return tuple(
            NoteEntry(*note[1:])
            for note in notes
            if (note.text in self._slugs or choice == EVERYTHING) and self._is_by(note.reader)
        )

    def _is_by(self, reader: str) -> bool:
        """Whether what that reader made is chosen."""
        return self._choice.reader is None or one_line(self._choice.reader) == one_line(reader)

    def _names(self) -> tuple[NameEntry, ...]:
        rulings = self._library.name_rules.list() if self._choice == EVERYTHING else ()
        return tuple(NameEntry(*ruling) for ruling in rulings)

    def _dismissed(self) -> tuple[DismissedEntry, ...]:
        choice = self._choice
        if choice.tag is not None or choice.star is not None:
            return ()
        rows = self._connection.rows(
            """SELECT left_version_id, left_start, left_end, right_version_id, right_start, right_end, reader, created
            FROM dismissed ORDER BY id"""
        )
        return tuple(
            DismissedEntry(
                *self._highlights.version(left), Span(left_start, left_end),
                *self._highlights.version(right), Span(right_start, right_end), reader, created,
            )
            for left, left_start, left_end, right, right_start, right_end, reader, created in rows
            if {self._highlights.version(left).slug, self._highlights.version(right).slug} <= self._slugs
            and self._is_by(reader)
        )  # fmt: skip
