"""Writes what a merge has planned, inside its act: rows with the uids, readers and times that they came with."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from store.exchange.archive import LinkEntry, NameEntry, NoteEntry, TagEntry, VersionEntry
from store.exchange.snapshot import STEP, CountCallback
from store.highlight_rows import span_columns
from store.merge.duplicates import Content, write_received
from store.merge.incoming_dismissed import NewDismissed
from store.merge.incoming_highlights import ChangedHighlight, NewHighlight
from store.merge.match_texts import TextMatch, TextMatches
from store.merge.outcome import ChangedRow
from store.reanchor import Reanchoring
from store.sanitize import one_line

if TYPE_CHECKING:
    from store.library import Library
    from store.merge.plan import MergePlan
    from store.merge.tags import ChangedTag

Versions: TypeAlias = Mapping[tuple[str, str], int]
"""Id of a version by the slug of its text and its digest."""


def apply(library: Library, plan: MergePlan, progress: CountCallback) -> None:
    """Writes all of a plan; `progress` is called with how many highlights are written, which take the longest."""
    writer, tags = _Writer(library), plan.tags
    writer.add_texts(plan.matches)
    writer.add_tags(tags.new, tags.described)
    writer.change_tags(tags.changed)
    writer.add_highlights(plan.highlights.new, progress)
    writer.change_highlights(plan.highlights.changed)
    writer.remove_tags(tags.withdrawn)
    writer.add_links(plan.links.new)
    writer.change("link", (*plan.links.filled, *plan.links.changed))
    writer.add_notes(plan.notes.new)
    writer.change("note", plan.notes.changed)
    writer.add_dismissed(plan.dismissed)
    writer.add_names(plan.names)
    remember(library, plan)


def remember(library: Library, plan: MergePlan) -> None:
    """Writes what is to be remembered of the records that came. Outside an act it is no step that could be undone."""
    for row in (*plan.outcome.received, *plan.tags.received):
        write_received(library.connection, *row)


class _Writer:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._connection = library.connection

    def add_texts(self, matches: TextMatches) -> None:
        """New texts, new versions of those that are there, and what readers have set of furniture and languages."""
        for match in matches:
            if match.text_id is None:
                self._add_text(match)
            elif match.added:
                self._add_versions(match, match.text_id, matches.present_body(match))
            if match.text_id is not None and match.language:
                self._connection.execute(
                    "UPDATE text SET language = ? WHERE id = ?", match.language, match.text_id
                )
        versions = self._versions()
        self._connection.execute_many(
            "INSERT OR IGNORE INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
            [
                (versions[match.slug, digest], start, value)
                for match in matches
                for digest, start, value in match.overrides
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

    def add_highlights(self, highlights: Sequence[NewHighlight], progress: CountCallback) -> None:
        """With their tags, in the order in which they were put on."""
        versions = self._versions()
        texts: dict[str, int] = dict(self._connection.rows("SELECT slug, id FROM text"))
        tags: dict[str, int] = dict(self._connection.rows("SELECT path, id FROM tag"))
        for done, (uid, anchored) in enumerate(highlights):
            if done % STEP == 0:
                progress(done, len(highlights))
            entry, slug = anchored.entry, anchored.match.slug
            start, end, gapped = span_columns(anchored.parts)
            number = self._connection.insert(
                "highlight",
                uid=uid,
                text_id=texts[slug],
                version_id=versions[slug, anchored.digest],
                start=start,
                end=end,
                parts=gapped,
                quote=anchored.quote,
                before=anchored.before,
                after=anchored.after,
                note=entry.note,
                star=entry.star,
                reader=one_line(entry.reader),
                created=entry.created,
                updated=entry.updated,
                anchor=anchored.anchor,
                confidence=anchored.confidence,
            )
            self._connection.execute_many(
                "INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (?, ?)",
                [(number, tags[path]) for path in dict.fromkeys(entry.tags)],
            )

    def change_highlights(self, changed: Iterable[ChangedHighlight]) -> None:
        """What highlights take over: words, star, tags, place."""
        versions = self._versions()
        for one in changed:
            columns = {name: one.changes[name] for name in ("note", "star") if name in one.changes}
            anchored = one.anchored
            if "quote" in one.changes:
                start, end, gapped = span_columns(anchored.parts)
                columns |= {
                    "version_id": versions[anchored.match.slug, anchored.digest],
                    "start": start,
                    "end": end,
                    "parts": gapped,
                    "quote": anchored.quote,
                    "before": anchored.before,
                    "after": anchored.after,
                    "anchor": anchored.anchor,
                    "confidence": anchored.confidence,
                }
            if "tags" in one.changes:
                self._retag(one)
            self._update("highlight", one.id, columns, one.updated)

    def _retag(self, one: ChangedHighlight) -> None:
        """Takes off and puts on what differs; what stays keeps its place in the order."""
        before, after = set(_paths(one.before)), list(_paths(one.changes))
        ordered = [path for path in one.anchored.entry.tags if path in after]
        for path in before.difference(after):
            self._connection.execute(
                "DELETE FROM highlight_tag WHERE highlight_id = ? AND tag_id = (SELECT id FROM tag WHERE path = ?)",
                one.id,
                path,
            )
        self._connection.execute_many(
            "INSERT OR IGNORE INTO highlight_tag (highlight_id, tag_id) SELECT ?, id FROM tag WHERE path = ?",
            [(one.id, path) for path in dict.fromkeys((*ordered, *after)) if path not in before],
        )

    def change(self, table: str, changed: Iterable[ChangedRow]) -> None:
        """What links or notes take over."""
        for one in changed:
            self._update(table, one.id, dict(one.changes), one.updated)

    def _update(self, table: str, number: int, columns: dict[str, Hashable], updated: str) -> None:
        columns["updated"] = max(
            updated, self._connection.value(f"SELECT updated FROM {table} WHERE id = ?", number)
        )
        names = ", ".join(f'"{name}" = ?' for name in columns)
        self._connection.execute(f"UPDATE {table} SET {names} WHERE id = ?", *columns.values(), number)

    def change_tags(self, changed: Iterable[ChangedTag]) -> None:
        """Colours and descriptions."""
        for tag in changed:
            for column in ("colour", "description"):
                if column in tag.changes:
                    self._connection.execute(
                        f"UPDATE tag SET {column} = ? WHERE path = ?", tag.changes[column], tag.path
                    )

    def remove_tags(self, paths: Iterable[str]) -> None:
        """Tags that nothing carries any more."""
        for path in paths:
            self._connection.execute("DELETE FROM tag WHERE path = ?", path)

    def add_links(self, links: Iterable[LinkEntry]) -> None:
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

    def add_notes(self, notes: Iterable[NoteEntry]) -> None:
        """On texts and on the library."""
        for note in notes:
            self._connection.insert(
                "note",
                uid=note.uid,
                text_id=None if note.text is None else self._library.texts.current_version(note.text).text_id,
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

    def _add_text(self, match: TextMatch) -> None:
        text = match.entry
        number = self._connection.insert(
            "text",
            slug=match.slug,
            title=one_line(text.title),
            author=one_line(text.author),
            source=one_line(text.source),
            added=text.added,
            language=match.language,
        )
        for version in match.added:
            self._add_version(number, version)

    def _add_versions(self, match: TextMatch, text_id: int, body: str) -> None:
        """What the library has on the text goes along to the version that is present then."""
        texts = self._library.texts
        moves = Reanchoring(self._connection, texts.bodies.get, texts.current_version(match.slug), body)
        ids = [self._add_version(text_id, version) for version in match.added]
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


def _paths(content: Content) -> tuple[str, ...]:
    paths = content["tags"]
    assert isinstance(paths, tuple)
    return paths
