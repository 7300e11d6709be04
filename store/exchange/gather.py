"""Takes an archive out of a library: all that it holds, or what a choice of highlights needs.

The same library gives the same archive: texts by slug, tags by path, all else in the order in which it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from store.codebook import ancestors
from store.exchange.archive import (
    Archive,
    DismissedEntry,
    HighlightEntry,
    LinkEntry,
    NameEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
    VersionEntry,
)
from texts.model import Span

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Highlight, Link

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many highlights are done."""

STEP = 500
"""Highlights between two words about progress."""


class Choice(NamedTuple):
    """Which highlights; what is empty or None chooses by nothing."""

    texts: tuple[str, ...] = ()
    """Slugs: highlights in any of them."""
    tag: str | None = None
    """With what lies below it."""
    reader: str | None = None
    star: bool | None = None


EVERYTHING = Choice()


def silent(done: int, of: int) -> None:
    """Progress that nobody follows."""


def chosen(library: Library, choice: Choice) -> list[Highlight]:
    """The highlights of a choice, by text and place; raises NotFound for a text that is not there."""
    slugs: Sequence[str | None] = sorted(set(choice.texts)) or [None]
    return [
        highlight
        for slug in slugs
        for highlight in library.highlights.find(
            text=slug, tag=choice.tag, reader=choice.reader, star=choice.star
        )
    ]


def gather(library: Library, choice: Choice = EVERYTHING, *, progress: Progress = silent) -> Archive:
    """The whole library, or the chosen highlights with what they need.

    A choice takes along the texts that it names, else those of its highlights, with their notes; the tags in use and
    those above them; links between chosen highlights; and, where it is one of texts or readers only, what was
    dismissed there. What is said of names goes with the whole library. Raises NotFound for a text that is not there.
    """
    with library.reading():
        highlights = sorted(chosen(library, choice), key=lambda highlight: highlight.id)
        return _Gathering(library, choice, highlights).archive(progress)


class _Version(NamedTuple):
    """Where a version stands."""

    slug: str
    number: int


class _Gathering:
    """One archive in the making."""

    def __init__(self, library: Library, choice: Choice, highlights: Collection[Highlight]) -> None:
        self._library = library
        self._connection = library.connection
        self._choice = choice
        self._highlights = highlights
        self._slugs = frozenset(self._chosen_slugs())
        self._versions = self._numbered_versions()

    def archive(self, progress: Progress) -> Archive:
        """All of it, in order."""
        return Archive(
            texts=tuple(self._text(slug) for slug in sorted(self._slugs)),
            tags=self._tags(),
            highlights=tuple(self._entries(progress)),
            links=self._links(),
            notes=self._notes(),
            dismissed=self._dismissed(),
            names=self._names(),
        )

    def _chosen_slugs(self) -> Iterable[str]:
        if self._choice.texts:
            return self._choice.texts
        if self._choice == EVERYTHING:
            return self._library.shelf.slugs()
        return (highlight.text for highlight in self._highlights)

    def _numbered_versions(self) -> dict[int, _Version]:
        """Each version by its id."""
        numbered: dict[int, _Version] = {}
        counts: dict[str, int] = defaultdict(int)
        for number, slug in self._connection.rows(
            "SELECT version.id, text.slug FROM version JOIN text ON text.id = text_id ORDER BY version.id"
        ):
            counts[slug] += 1
            numbered[number] = _Version(slug, counts[slug])
        return numbered

    def _text(self, slug: str) -> TextEntry:
        edition = self._library.shelf.edition(slug)
        rulings: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for version, start, value in self._connection.rows(
            """SELECT version_id, start, value FROM furniture JOIN version ON version.id = version_id
            WHERE text_id = ? ORDER BY start""",
            edition.text_id,
        ):
            rulings[version].append((start, bool(value)))
        rows = self._connection.rows(
            """SELECT version.id, content, sha256, furniture, source, reader, added
            FROM version JOIN body ON body.id = body_id WHERE text_id = ? ORDER BY version.id""",
            edition.text_id,
        )
        versions = tuple(
            VersionEntry(body, sha256, bool(furniture), tuple(rulings[number]), source, reader, added)
            for number, body, sha256, furniture, source, reader, added in rows
        )
        return TextEntry(slug, edition.title, edition.author, edition.source, edition.added, versions)

    def _tags(self) -> tuple[TagEntry, ...]:
        rows = self._connection.rows("SELECT path, colour, letter, description, quick FROM tag ORDER BY path")
        tags = (TagEntry(*row) for row in rows)
        if self._choice == EVERYTHING:
            return tuple(tags)
        used = {path for highlight in self._highlights for tag in highlight.tags for path in ancestors(tag)}
        return tuple(tag for tag in tags if tag.path in used)

    def _entries(self, progress: Progress) -> Iterable[HighlightEntry]:
        stands_in: dict[int, int] = dict(self._connection.rows("SELECT id, version_id FROM highlight"))
        for done, highlight in enumerate(self._highlights):
            if done % STEP == 0:
                progress(done, len(self._highlights))
            number = self._versions[stands_in[highlight.id]].number
            yield HighlightEntry(highlight.uid, highlight.text, number, *highlight[3:])
        progress(len(self._highlights), len(self._highlights))

    def _links(self) -> tuple[LinkEntry, ...]:
        uids = {highlight.id: highlight.uid for highlight in self._highlights}

        def entry(link: Link) -> LinkEntry:
            return LinkEntry(link.uid, uids[link.left], uids[link.right], *link[4:])

        links = self._library.links.list()
        return tuple(entry(link) for link in links if link.left in uids and link.right in uids)

    def _notes(self) -> tuple[NoteEntry, ...]:
        choice = self._choice
        notes = sorted(self._library.notes.list(), key=lambda note: note.id)
        return tuple(
            NoteEntry(*note[1:])
            for note in notes
            if (note.text in self._slugs or choice == EVERYTHING) and choice.reader in (None, note.reader)
        )

    def _names(self) -> tuple[NameEntry, ...]:
        rulings = self._library.naming.list() if self._choice == EVERYTHING else ()
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
                *self._versions[left], Span(left_start, left_end),
                *self._versions[right], Span(right_start, right_end), reader, created,
            )
            for left, left_start, left_end, right, right_start, right_end, reader, created in rows
            if {self._versions[left].slug, self._versions[right].slug} <= self._slugs
            and choice.reader in (None, reader)
        )  # fmt: skip
