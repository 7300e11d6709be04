"""The texts of a library, with their earlier versions."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from store.connection import Connection, transactional
from store.errors import LibraryError, NotFound, TextChanged, Unchanged
from store.journal import Journal
from store.present_versions import current_version, slugs
from store.sanitize import one_line, truncate
from store.search_indexes import SearchIndexes
from store.segmentation import SEGMENTATION
from store.text_bodies import TextBodies
from texts.model import Span, Text

if TYPE_CHECKING:
    from store.records import CurrentVersion, TextSummary, Update, Version


class Texts:
    """Adds, finds, edits and removes texts."""

    def __init__(
        self, connection: Connection, journal: Journal, bodies: TextBodies, search_indexes: SearchIndexes
    ) -> None:
        self._connection = connection
        self._journal = journal
        self.bodies = bodies
        self._search_indexes = search_indexes

    def add(self, text: Text, *, more: bool = False, index: bool = True) -> tuple[Text, bool]:
        """Adds a text and gives it as it now stands, and whether it is new.

        A body that is there already is that text; a slug that is taken gets a number. Where `more` are to follow at
        once, they may wait for the index of words together. Without `index` what a search runs over is left to
        `SearchIndexes.make`, or to the first search.
        """
        present = self.with_body(text.sha256)
        if present is not None:
            return present, False
        with self._journal.act(f"added {truncate(text.title) or self._free_slug(text.slug)}"):
            there = self._holding(text.sha256)  # another program may just have added it
            slug = there or self._add(text, more, index)
        return self.get(slug), there is None

    def with_body(self, sha256: str) -> Text | None:
        """The text whose present body has this digest; None where there is none."""
        slug = self._holding(sha256)
        return None if slug is None else self.get(slug)

    def get(self, slug: str) -> Text:
        """A text in its present version; raises NotFound."""
        current = self.current_version(slug)
        return self.bodies.text(current).known_by(current.sha256)

    def without_body(self, slug: str) -> Text:
        """A text with an empty body: for titles, and for which passage holds an offset. Raises NotFound."""
        current = self.current_version(slug)
        kept = self.bodies.kept_passages(current.version_id, sys.maxsize)
        passages = self.bodies.text(current).passages if kept is None else kept
        return Text(slug, current.title, current.author, current.source, "", passages, current.language)

    def has(self, slug: str) -> bool:
        """Whether there is a text of this name."""
        return self._connection.row("SELECT 1 FROM text WHERE slug = ?", slug) is not None

    def slugs(self) -> Sequence[str]:
        """The names of all texts, sorted."""
        return slugs(self._connection)

    def number(self) -> int:
        """How many texts there are."""
        number: int = self._connection.value("SELECT count(*) FROM text")
        return number

    def beginnings(self, length: int) -> dict[str, str]:
        """The first so many code points of the body of each text."""
        return dict(
            self._connection.rows(
                "SELECT slug, substr(content, 1, ?) FROM present JOIN body ON body.id = body_id", length
            )
        )

    def list(self) -> list[TextSummary]:
        """All texts by slug, without their bodies."""
        from store.records import TextSummary

        query = """
            SELECT slug, title, author, source, segmentation.passages, segmentation.words, body.sha256, added,
                coalesce(nullif(present.language, ''), segmentation.language)
            FROM present JOIN body ON body.id = body_id
            LEFT JOIN segmentation
                ON segmentation.version_id = present.version_id AND segmentation.format = ?
            ORDER BY slug"""
        texts = [TextSummary(*row) for row in self._connection.rows(query, SEGMENTATION)]
        return [
            text if text.words is not None else self.bodies.counted(text, self.current_version(text.slug))
            for text in texts
        ]

    @transactional
    def edit(
        self, slug: str, *, title: str | None = None, author: str | None = None, source: str | None = None
    ) -> None:
        """Changes how a text is called; raises NotFound."""
        current = self.current_version(slug)
        given = {"title": title, "author": author, "source": source}
        changed = {name: one_line(words) for name, words in given.items() if words is not None}
        if not changed:
            return
        with self._journal.act(f"edited the {' and '.join(changed)} of {current.name}"):
            columns = ", ".join(f"{name} = ?" for name in changed)
            self._connection.execute(
                f"UPDATE text SET {columns} WHERE id = ?", *changed.values(), current.text_id
            )

    @transactional
    def rename(self, slug: str, new: str) -> None:
        """Gives a text another slug; raises NotFound, and LibraryError where that is taken or can be no slug."""
        from texts.load.titles import slugify

        if slugify(new) != new:
            raise LibraryError(f"“{truncate(new)}” cannot be the name of a text: “{slugify(new)}” could")
        current = self.current_version(slug)
        if new == slug:
            return
        if self.has(new):
            raise LibraryError(f"there is a text called {new} already: choose another name for {slug}")
        with self._journal.act(f"renamed {slug} to {new}"):
            self._connection.execute("UPDATE text SET slug = ? WHERE id = ?", new, current.text_id)
            self._journal.when_renamed(slug, new)

    @transactional
    def set_language(self, slug: str, language: str) -> None:
        """The language of a text as the reader sets it, by its code; empty: detected again.

        It decides how relating and comparing take the words. Raises NotFound, and LibraryError for a code of none.
        """
        from texts.languages.telling import NAMES

        if language and language not in NAMES:
            raise LibraryError(
                f"no language is called {one_line(language)}: `tui language --list` names them"
            )
        current = self.current_version(slug)
        if current.language == language:
            return
        with self._journal.act(
            f"took {current.name} as {NAMES.get(language, 'whatever language it seems to be in')}"
        ):
            self._connection.execute("UPDATE text SET language = ? WHERE id = ?", language, current.text_id)

    @transactional
    def set_furniture(self, slug: str, start: int, value: bool, *, version: str | None = None) -> None:
        """The reader's own word on the paragraph that starts there: furniture, or part of the article.

        `version` is the digest of the body that the offset counts in, by default the current one. Where the text has
        another body by now, the paragraph is found again in it. Raises LibraryError where no paragraph starts, and
        TextChanged.
        """
        current = self.current_version(slug)
        text = self.bodies.text(current)
        start = self._current_start(current, text, start, version)
        passage = next((p for p in text.passages if p.span.start == start), None)
        if passage is None:
            raise LibraryError(f"no paragraph of {slug} starts at {start}")
        what = "furniture" if value else "part of the article"
        with self._journal.act(f"took “{truncate(text.quote(passage.span))}” of {current.name} as {what}"):
            self._connection.execute(
                """INSERT INTO furniture (version_id, start, value) VALUES (?, ?, ?)
                ON CONFLICT (version_id, start) DO UPDATE SET value = excluded.value""",
                current.version_id,
                start,
                value,
            )

    @transactional
    def remove(self, slug: str) -> None:
        """Removes a text with its highlights, links and notes; raises NotFound."""
        from store.highlight_rows import erase

        current = self.current_version(slug)
        with self._journal.act(f"removed {truncate(current.title) or slug}"):
            for statement in _FORGET:
                self._connection.execute(statement, current.text_id)
            highlights = self._connection.rows("SELECT id FROM highlight WHERE text_id = ?", current.text_id)
            erase(self._connection, [highlight for (highlight,) in highlights])
            for statement in _REMOVE:
                self._connection.execute(statement, current.text_id)

    def versions(self, slug: str) -> Sequence[Version]:
        """All versions of a text, the first first; raises NotFound."""
        from store.records import Version

        rows = self._connection.rows(
            """SELECT body.sha256, version.source, version.reader, version.added
            FROM version JOIN body ON body.id = version.body_id WHERE text_id = ? ORDER BY version.id""",
            self.current_version(slug).text_id,
        )
        return [Version(number, *row) for number, row in enumerate(rows, 1)]

    def version(self, slug: str, number: int) -> Text:
        """A text as it was in one of its versions, with where that came from; raises NotFound."""
        current = self.current_version(slug)
        row = self._connection.row(
            "SELECT id, body_id, furniture, source FROM version WHERE text_id = ? ORDER BY id LIMIT 1 OFFSET ?",
            current.text_id,
            max(number, 1) - 1,
        )
        if row is None or number < 1:
            raise NotFound(f"{slug} has no version {number}: it has {len(self.versions(slug))}")
        version_id, body_id, furniture, source = row
        return self.bodies.text(
            current._replace(version_id=version_id, body_id=body_id, furniture=bool(furniture), source=source)
        )

    def update(self, slug: str, text: Text, *, dry_run: bool = False) -> Update:
        """A new version of a text: its highlights are found again, the old version is kept.

        `texts.reanchor` does the finding; what it cannot find becomes an orphan where it last stood. With
        `dry_run` nothing is written. Raises NotFound, and Unchanged where the body is the same.
        """
        from store.reanchor import Reanchoring
        from store.records import Update

        def reanchored() -> Reanchoring:
            current = self.current_version(slug)
            if self.bodies.get(current.body_id) == text.body:
                raise Unchanged(f"{slug} has not changed: its body is the one that is there already")
            return Reanchoring(self._connection, self.bodies.get, current, text.body)

        moves = reanchored()
        if dry_run:
            return Update(slug, len(self.versions(slug)) + 1, moves.highlights())
        with self._connection.transaction():
            if self.current_version(slug) != moves.current or not moves.is_current():
                moves = (
                    reanchored()
                )  # another program marked or updated the text while its quotes were looked for
            report = Update(slug, len(self.versions(slug)) + 1, moves.highlights())
            with self._journal.act(f"updated {moves.current.name}: {report.summary}"):
                moves.write(self._add_version(moves.current.text_id, text))
        return report

    def current_version(self, slug: str) -> CurrentVersion:
        """The present version of a text, for the other parts; raises NotFound with names like it."""
        return current_version(self._connection, slug)

    def slug_of(self, text_id: int) -> str | None:
        """The slug that a text has by now; None where it is not in the library."""
        slug: str | None = self._connection.value("SELECT slug FROM text WHERE id = ?", text_id)
        return slug

    def digest(self, slug: str) -> str | None:
        """SHA-256 of the body that a text has now; None where there is no such text."""
        digest: str | None = self._connection.value(
            "SELECT body.sha256 FROM present JOIN body ON body.id = present.body_id WHERE slug = ?", slug
        )
        return digest

    def current_spans(
        self,
        current: CurrentVersion,
        place: Span | Sequence[Span],
        version: str | None,
        *,
        reworded: bool = False,
    ) -> tuple[Span, ...]:
        """Where spans of the version with this digest are in the current one; `version` None means the current one.

        They are found as `update` finds highlights. Raises TextChanged where one of them is not there word for word;
        with `reworded`, only where its place is not there.
        """
        spans = (place,) if isinstance(place, Span) else tuple(place)
        if version is None or not spans:
            return spans
        kept = self._connection.row("SELECT id FROM body WHERE sha256 = ?", version)
        if kept == (current.body_id,):
            return spans
        from store.reanchor import spans_again
        from texts.reanchor import State

        old, new = "" if kept is None else self.bodies.get(kept[0]), self.bodies.get(current.body_id)
        if any(not 0 <= span.start < span.end <= len(old) for span in spans):
            raise TextChanged(_gone(current.name))
        found = [
            placement.span
            for placement in spans_again(old, new, spans)
            if placement.span is not None and (reworded or placement.state is State.EXACT)
        ]
        if len(found) < len(spans):
            raise TextChanged(_gone(current.name))
        return tuple(found)

    def _current_start(self, current: CurrentVersion, text: Text, start: int, version: str | None) -> int:
        """Where the paragraph that starts at an offset of a version starts in the current one; raises TextChanged."""
        if version is None or version == text.sha256:
            return start
        from texts.segment import paragraphs

        kept = self._connection.value("SELECT id FROM body WHERE sha256 = ?", version)
        old = paragraphs(self.bodies.get(kept)) if kept is not None else ()
        was = [span for span in old if span.start == start]
        for span in self.current_spans(current, was, version, reworded=True):
            for passage in text.passages:
                if passage.span.overlaps(span):
                    return passage.span.start
        raise TextChanged(_gone(current.name))

    def _free_slug(self, wanted: str) -> str:
        candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        return next(slug for slug in candidates if not self.has(slug))

    def _add(self, text: Text, more: bool, index: bool) -> str:
        slug = self._free_slug(text.slug)
        text_id = self._connection.insert(
            "text",
            slug=slug,
            title=one_line(text.title),
            author=one_line(text.author),
            source=one_line(text.source),
            added=self._journal.now(),
        )
        self._add_version(text_id, text, more, index)
        return slug

    def _holding(self, sha256: str) -> str | None:
        """The slug of the text whose present body has this digest."""
        slug: str | None = self._connection.value(
            "SELECT slug FROM present JOIN body ON body.id = present.body_id WHERE body.sha256 = ?", sha256
        )
        return slug

    def _add_version(self, text_id: int, text: Text, more: bool = False, index: bool = True) -> int:
        """Writes the body, where it is new, and a version that has it; gives the version's id."""
        body_id = self._connection.value("SELECT id FROM body WHERE sha256 = ?", text.sha256)
        if body_id is None:
            body_id = self._connection.insert("body", sha256=text.sha256, content=text.body)
        furniture, overrides = _rulings(text)
        version_id = self._connection.insert(
            "version",
            text_id=text_id,
            body_id=body_id,
            furniture=furniture,
            source=one_line(text.source),
            reader=self._journal.reader,
            added=self._journal.now(),
        )
        self._connection.execute_many(
            "INSERT INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
            [(version_id, start, value) for start, value in overrides.items()],
        )
        self.bodies.keep_segmentation(version_id, text.body, text.passages)
        if index:
            self._search_indexes.add(version_id, text)  # else the first search would have to wait for it
            self._search_indexes.word_index.grow_by_some(more)
        return version_id


_FORGET = tuple(
    f"DELETE FROM received WHERE kind = '{kind}' AND uid IN (SELECT uid FROM {kind} WHERE text_id = ?1)"
    for kind in ("highlight", "note")
)
"""So that no merge takes what went with a text for what a reader deleted."""

_REMOVE = (
    "DELETE FROM note WHERE text_id = ?1",
    """DELETE FROM dismissed WHERE left_version_id IN (SELECT id FROM version WHERE text_id = ?1)
        OR right_version_id IN (SELECT id FROM version WHERE text_id = ?1)""",
    "DELETE FROM furniture WHERE version_id IN (SELECT id FROM version WHERE text_id = ?1)",
    "DELETE FROM version WHERE text_id = ?1",
    "DELETE FROM text WHERE id = ?1",
)


def _gone(name: str) -> str:
    return f"{name} has changed meanwhile and no longer has these words: look at it again; nothing was done"


def _rulings(text: Text) -> tuple[bool, Mapping[int, bool]]:
    """What to keep so that segmenting the body again gives the text's passages.

    Whether furniture is left out at all, and the paragraphs on which the text departs from the program's opinion.
    """
    from texts.segment import passages

    told = passages(text.body)
    if text.passages == told:
        return True, {}
    if not any(passage.is_furniture for passage in text.passages):
        return False, {}
    opinions = {passage.span.start: passage.is_furniture for passage in told}
    return True, {
        passage.span.start: passage.is_furniture
        for passage in text.passages
        if opinions.get(passage.span.start, passage.is_furniture) is not passage.is_furniture
    }
