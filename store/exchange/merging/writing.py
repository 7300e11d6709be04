"""Writes what a merge has planned, inside its act: rows with the uids, readers and times that they came with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from store.exchange.archive import LinkEntry, NameEntry, NoteEntry, TagEntry, VersionEntry
from store.exchange.gather import STEP, Progress
from store.exchange.merging.homes import Home, Homes
from store.exchange.merging.newcomers import NewDismissed, NewHighlight
from store.highlights import places
from store.reanchor import Reanchoring
from store.tidy import one_line

if TYPE_CHECKING:
    from store.exchange.merging import Plan
    from store.library import Library

Versions: TypeAlias = Mapping[tuple[str, str], int]
"""Id of a version by the slug of its text and its digest."""


def write(library: Library, plan: Plan, progress: Progress) -> None:
    """Writes all of a plan; `progress` is told of the highlights, which take the longest."""
    writer = _Writer(library)
    writer.add_texts(plan.homes)
    writer.add_tags(plan.tags, plan.described)
    writer.add_highlights(plan.newcomers.highlights, progress)
    writer.add_links(plan.newcomers.links, plan.newcomers.filled)
    writer.add_notes(plan.newcomers.notes)
    writer.add_dismissed(plan.newcomers.dismissed)
    writer.add_names(plan.names)


class _Writer:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._connection = library.connection

    def add_texts(self, homes: Homes) -> None:
        """New texts, new versions of those that are there, and what readers said of furniture."""
        for home in homes:
            if home.text_id is None:
                self._add_text(home)
            elif home.added:
                self._add_versions(home, home.text_id, homes.present_body(home))
        versions = self._versions()
        self._connection.execute_many(
            "INSERT OR IGNORE INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
            [
                (versions[home.slug, digest], start, value)
                for home in homes
                for digest, start, value in home.rulings
            ],
        )

    def add_tags(self, tags: Iterable[TagEntry], described: Iterable[tuple[str, str]]) -> None:
        """New tags; what a format does not say of one, the codebook chooses."""
        for tag in tags:
            known = self._library.codebook.ensure(tag.path)
            self._connection.execute(
                "UPDATE tag SET colour = ?, letter = ?, description = ?, quick = ? WHERE id = ?",
                tag.colour or known.colour,
                tag.letter or known.letter,
                tag.description,
                tag.quick,
                known.id,
            )
        for path, description in described:
            self._connection.execute("UPDATE tag SET description = ? WHERE path = ?", description, path)

    def add_highlights(self, highlights: Sequence[NewHighlight], progress: Progress) -> None:
        """With their tags, in the order in which they were put on."""
        versions = self._versions()
        texts: dict[str, int] = dict(self._connection.rows("SELECT slug, id FROM text"))
        tags: dict[str, int] = dict(self._connection.rows("SELECT path, id FROM tag"))
        for done, (uid, placed) in enumerate(highlights):
            if done % STEP == 0:
                progress(done, len(highlights))
            entry, slug = placed.entry, placed.home.slug
            start, end, gapped = places(placed.parts)
            number = self._connection.insert(
                "highlight",
                uid=uid,
                text_id=texts[slug],
                version_id=versions[slug, placed.digest],
                start=start,
                end=end,
                parts=gapped,
                quote=placed.quote,
                before=placed.before,
                after=placed.after,
                note=entry.note,
                star=entry.star,
                reader=one_line(entry.reader),
                created=entry.created,
                updated=entry.updated,
                anchor=placed.anchor,
                confidence=placed.confidence,
            )
            self._connection.execute_many(
                "INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (?, ?)",
                [(number, tags[path]) for path in dict.fromkeys(entry.tags)],
            )

    def add_links(self, links: Iterable[LinkEntry], filled: Iterable[tuple[int, str, str]]) -> None:
        """With both ends in the library by now."""
        ids: dict[str, int] = dict(self._connection.rows("SELECT uid, id FROM highlight"))
        for link in links:
            self._connection.insert(
                "link",
                uid=link.uid,
                left_id=ids[link.left],
                right_id=ids[link.right],
                kind=one_line(link.kind),
                mutual=link.mutual,
                note=link.note,
                reader=one_line(link.reader),
                created=link.created,
                updated=link.updated,
            )
        for number, note, updated in filled:
            self._connection.execute(
                "UPDATE link SET note = ?, updated = ? WHERE id = ?", note, updated, number
            )

    def add_notes(self, notes: Iterable[NoteEntry]) -> None:
        """On texts and on the library."""
        for note in notes:
            self._connection.insert(
                "note",
                uid=note.uid,
                text_id=None if note.text is None else self._library.shelf.edition(note.text).text_id,
                words=note.words,
                reader=one_line(note.reader),
                created=note.created,
                updated=note.updated,
            )

    def add_dismissed(self, dismissed: Iterable[NewDismissed]) -> None:
        """In the versions that their places count in."""
        versions = self._versions()
        for one in dismissed:
            (left, left_digest, left_span), (right, right_digest, right_span) = one.left, one.right
            self._connection.insert(
                "dismissed",
                left_version_id=versions[left, left_digest],
                left_start=left_span.start,
                left_end=left_span.end,
                right_version_id=versions[right, right_digest],
                right_start=right_span.start,
                right_end=right_span.end,
                reader=one_line(one.reader),
                created=one.created,
            )

    def add_names(self, names: Iterable[NameEntry]) -> None:
        """What readers say of spellings."""
        for name in names:
            self._connection.insert("naming", **name._asdict())

    def _add_text(self, home: Home) -> None:
        text = home.entry
        number = self._connection.insert(
            "text",
            slug=home.slug,
            title=one_line(text.title),
            author=one_line(text.author),
            source=one_line(text.source),
            added=text.added,
        )
        for version in home.added:
            self._add_version(number, version)

    def _add_versions(self, home: Home, text_id: int, body: str) -> None:
        """What the library has on the text goes along to the version that is present then."""
        shelf = self._library.shelf
        moves = Reanchoring(self._connection, shelf.body, shelf.edition(home.slug), body)
        ids = [self._add_version(text_id, version) for version in home.added]
        moves.write(ids[-1])

    def _add_version(self, text_id: int, version: VersionEntry) -> int:
        body_id = self._connection.value("SELECT id FROM body WHERE sha256 = ?", version.sha256)
        if body_id is None:
            body_id = self._connection.insert("body", sha256=version.sha256, content=version.body)
        number = self._connection.insert(
            "version",
            text_id=text_id,
            body_id=body_id,
            furniture=version.furniture,
            source=one_line(version.source),
            reader=one_line(version.reader),
            added=version.added,
        )
        self._connection.execute_many(
            "INSERT INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
            [(number, start, value) for start, value in version.overrides],
        )
        return number

    def _versions(self) -> Versions:
        """The last version of each text that has a body."""
        rows = self._connection.rows(
            """SELECT slug, sha256, max(version.id) FROM version JOIN text ON text.id = text_id
            JOIN body ON body.id = body_id GROUP BY text_id, sha256"""
        )
        return {(slug, digest): number for slug, digest, number in rows}
