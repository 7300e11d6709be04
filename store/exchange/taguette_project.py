"""A project of Taguette, `project.sqlite3`, whole: documents, codebook, and highlights exactly where they stand.

Its documents are HTML. Its offsets count bytes of UTF-8 in what stands between the tags, line ends between paragraphs
included (Taguette 1.5, `taguette/convert.py` and its `static/js/taguette.js`). Who made a highlight, and when, its log
of commands says. In only: its CSV is what Taguette lets out.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeAlias

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, NoteEntry, TagEntry, TextEntry
from store.exchange.flattening import Points, flattened
from store.exchange.foreign import derived, moment, slug_for, tag_of, version_of
from store.highlight_rows import quoted
from store.records import Anchor
from store.sanitize import one_line, truncate, words
from texts.load.decode import body_with_offsets
from texts.model import Span

Offsets: TypeAlias = Callable[[Iterable[int]], dict[int, int]]
"""What gives offsets into a body for places in the string that it was made of."""

TABLES = frozenset({"projects", "documents", "tags", "highlights", "highlight_tags"})
"""What a database of Taguette has."""


def is_project(path: Path) -> bool:
    """Whether an SQLite file is a database of Taguette."""
    try:
        with closing(_connected(path)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {name for (name,) in rows} >= TABLES
    except sqlite3.Error:
        return False


def read_file(path: Path) -> Archive:
    """All projects of a database of Taguette; raises LibraryError for what is none, or is damaged."""
    try:
        with closing(_connected(path)) as connection:
            return _Reading(connection).archive()
    except (sqlite3.Error, UnicodeDecodeError, TypeError, ValueError) as error:
        raise LibraryError(
            f"this is no project of Taguette, or a damaged one ({one_line(str(error))})"
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


class _Document(NamedTuple):
    """A document as a text, with the ways from its offsets into the body."""

    id: int
    slug: str
    body: str
    points: Points
    """From bytes to places in the flattened document."""
    offsets: Offsets
    """From these into the body."""


class _Reading:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._left_out: list[str] = []
        self._paths = {
            number: tag_of(str(path).split("/"))
            for number, path in connection.execute("SELECT id, path FROM tags")
        }
        self._made = dict(self._makers())

    def archive(self) -> Archive:
        texts: dict[str, TextEntry] = {}
        highlights: list[HighlightEntry] = []
        notes: list[NoteEntry] = []
        rows = self._connection.execute(
            """SELECT documents.id, documents.name, documents.description, documents.created, contents, projects.name,
            projects.created FROM documents JOIN projects ON projects.id = project_id ORDER BY documents.id"""
        )
        for number, name, description, created, contents, *project in rows:
            string, points = flattened(str(contents))
            body, offsets = body_with_offsets(string)
            slug = slug_for(str(name), texts)
            added = moment(created)
            title = one_line(str(name)) or slug
            texts[slug] = TextEntry(slug, title, "", "", added, (version_of(body, added=added),))
            known = derived("taguette", *map(str, project))
            if said := words(str(description or "")).strip():
                notes.append(NoteEntry(derived(known, "document", str(number)), slug, said, "", added, added))
            document = _Document(number, slug, body, points, offsets)
            highlights += self._highlights(known, document)
        return Archive(
            texts=tuple(texts.values()),
            tags=tuple(self._tags()),
            highlights=tuple(highlights),
            notes=tuple(notes),
            left_out=tuple(self._left_out),
            unsaid=frozenset({"note", "star"}),
        )

    def _tags(self) -> Iterator[TagEntry]:
        described: dict[str, str] = {}
        for number, description in self._connection.execute("SELECT id, description FROM tags ORDER BY path"):
            described.setdefault(self._paths[number], words(str(description or "")))
        for path, description in described.items():
            yield TagEntry(path, description=description)

    def _highlights(self, known: str, document: _Document) -> Iterator[HighlightEntry]:
        """The highlights of a document, in its order; `known` is what the ids of its project are made from."""
        tags = defaultdict[int, list[str]](list)
        for number, tag in self._connection.execute(
            """SELECT highlight_id, tag_id FROM highlight_tags JOIN highlights ON highlights.id = highlight_id
            WHERE document_id = ? ORDER BY highlight_id, tag_id""",
            (document.id,),
        ):
            if tag in self._paths:
                tags[number].append(self._paths[tag])
        rows = self._connection.execute(
            """SELECT id, start_offset, end_offset, snippet FROM highlights WHERE document_id = ?
            ORDER BY start_offset, end_offset, id""",
            (document.id,),
        ).fetchall()
        places = [
            Span(document.points.point(int(start)), document.points.point(int(end), ends=True))
            for _, start, end, _ in rows
        ]
        there = document.offsets(place for span in places for place in span)
        for (number, _, _, snippet), place in zip(rows, places, strict=True):
            span = Span(there[place.start], there[place.end])
            if span.start >= span.end:
                self._left_out.append(
                    f"the highlight “{truncate(one_line(str(snippet)))}”, which has no place in {document.slug}"
                )
                continue
            reader, created = self._made.get(number, ("", ""))
            yield HighlightEntry(
                derived(known, "highlight", str(number)), document.slug, 1, (span,), *quoted(document.body, (span,)),
                tuple(dict.fromkeys(tags[number])), "", False, reader, created, created, Anchor.EXACT, 100.0,
            )  # fmt: skip

    def _makers(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Who made each highlight, and when, as far as the log goes back."""
        tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
        rows = (
            self._connection.execute("SELECT user_login, date, payload FROM commands ORDER BY id DESC")
            if "commands" in tables
            else ()
        )
        for user, date, payload in rows:
            try:
                said = json.loads(payload)
            except (ValueError, TypeError, RecursionError):
                continue
            if (
                isinstance(said, dict)
                and said.get("type") == "highlight_add"
                and isinstance(said.get("highlight_id"), int)
            ):
                yield said["highlight_id"], (one_line(str(user)), moment(date))
