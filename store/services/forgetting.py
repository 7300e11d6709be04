"""Removing a text, which can be undone, and forgetting what was removed, which cannot.

A text that is removed stays in the library for as long as that can be undone: its body, and in the journal its title,
its highlights with their quotes, its notes. Forgetting takes all of it out of the file and of the copies beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from store.backups import Backups
from store.connection import Connection, connect
from store.errors import LibraryError
from store.library import Library
from store.log import empty
from store.sanitize import pluralize
from store.services.meanings import forgotten_vectors


class Belongings(NamedTuple):
    """What goes with a text."""

    versions: int
    highlights: int
    links: int
    notes: int
    """On the text itself; those on highlights go with the highlights."""

    def __str__(self) -> str:
        parts = (
            (self.versions - 1, "earlier version"),
            (self.highlights, "highlight"),
            (self.links, "link"),
            (self.notes, "note"),
        )
        return ", ".join(pluralize(number, what) for number, what in parts if number > 0)

    @property
    def are_a_readers(self) -> bool:
        """Whether anything of it was made by a reader."""
        return bool(self.highlights or self.links or self.notes)


class Forgettable(NamedTuple):
    """What forgetting takes away for good."""

    titles: tuple[str, ...]
    """Of texts that were removed, as far as the journal knows them."""
    bodies: int
    """Bodies of texts and versions that the library no longer has."""
    acts: int
    """Entries of the journal: all of them, since any may hold words of what is gone."""
    drafts: int
    """Drafts of notes on what is gone."""
    remembered: int
    """What desks remember: places in texts, searches, commands; preferences stay."""
    vectors: int
    """Vectors of sentences that no present text has."""
    free_bytes: int
    """Room in the file that was given up, and may still hold what was there."""
    copies: tuple[Path, ...]
    """Copies in the folder of backups that hold a body which the library no longer has, or cannot be read."""
    others: tuple[Path, ...]
    """Files beside the library that may hold one and are left alone: copies made in an emergency, logs put aside."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take away."""
        return not any(
            (self.bodies, self.acts, self.drafts, self.remembered, self.vectors, self.free_bytes, self.copies)
        )


def belongings(library: Library, slug: str) -> Belongings:
    """What goes with a text when it is removed; raises NotFound."""
    text = library.texts.current_version(slug).text_id
    connection = library.connection
    return Belongings(
        connection.value("SELECT count(*) FROM version WHERE text_id = ?", text),
        connection.value("SELECT count(*) FROM highlight WHERE text_id = ?", text),
        connection.value(
            """SELECT count(*) FROM link WHERE left_id IN (SELECT id FROM highlight WHERE text_id = ?1)
            OR right_id IN (SELECT id FROM highlight WHERE text_id = ?1)""",
            text,
        ),
        connection.value("SELECT count(*) FROM note WHERE text_id = ?", text),
    )


def forgettable(library: Library) -> Forgettable:
    """What forgetting would take away for good."""
    connection = library.connection
    with library.reading():
        present = {sha256 for (sha256,) in connection.rows(f"SELECT sha256 FROM body WHERE {_IS_USED}")}
        return Forgettable(
            titles=tuple(_removed_titles(connection)),
            bodies=connection.value(f"SELECT count(*) FROM body WHERE NOT {_IS_USED}"),
            acts=connection.value("SELECT count(*) FROM act"),
            drafts=len(_drafts_on_nothing(library)),
            remembered=connection.value(f"SELECT count(*) FROM place WHERE {_IS_REMEMBERED}"),
            vectors=len(forgotten_vectors(library)),
            free_bytes=connection.value("PRAGMA freelist_count") * connection.value("PRAGMA page_size"),
            copies=tuple(copy for copy in Backups(library.path).list() if _holds_others(copy, present)),
            others=tuple(_others_beside(library.path.resolve(), present)),
        )


def forget(library: Library, *, copies: bool = True) -> Forgettable:
    """Takes away for good what `forgettable` finds, and says what that was.

    With `copies` a copy of the library as it then is takes the place of those that hold what is gone. Raises
    LibraryError where another program keeps the log in use, which may still hold it; the rest is done by then.
    """
    connection = library.connection
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    found = forgettable(library)
    with library.transaction():
        for key in _drafts_on_nothing(library):
            connection.execute("DELETE FROM draft WHERE key = ?", key)
        library.vectors.drop(forgotten_vectors(library))
        for statement in _FORGET:
            connection.execute(statement)
    connection.execute("VACUUM")
    if not empty(connection):
        raise LibraryError(
            f"another program is reading {library.path}, so {connection.where.log} may still hold what is forgotten: "
            "close it and run `tui check --forget` again"
        )
    if copies and found.copies:
        Backups(library.path).make("after-forgetting")
        for copy in found.copies:
            with suppress(FileNotFoundError):  # the oldest has just gone
                copy.unlink()
    return found


_IS_USED = "EXISTS (SELECT 1 FROM version WHERE version.body_id = body.id)"
_IS_REMEMBERED = "json_type(CASE WHEN json_valid(value) THEN value ELSE '[]' END) IN ('array', 'object')"
_FORGET = (
    "DELETE FROM change",
    "DELETE FROM act",
    f"DELETE FROM body WHERE NOT {_IS_USED}",
    f"DELETE FROM place WHERE {_IS_REMEMBERED}",
)


def _removed_titles(connection: Connection) -> Iterator[str]:
    rows = connection.rows(
        """SELECT DISTINCT before FROM change
        WHERE table_name = 'text' AND after IS NULL AND row_id NOT IN (SELECT id FROM text) ORDER BY change.id"""
    )
    for (before,) in rows:
        with suppress(ValueError, TypeError, KeyError):
            yield str(json.loads(before)["title"])


def _drafts_on_nothing(library: Library) -> list[str]:
    """Keys of drafts on texts, highlights and links that are gone."""
    tables = {"text": ("text", "slug"), "highlight": ("highlight", "id"), "link": ("link", "id")}
    gone = []
    for draft in library.drafts.list():
        kind, _, name = draft.key.partition("#")[0].partition(":")
        if kind in tables:
            table, column = tables[kind]
            if library.connection.row(f"SELECT 1 FROM {table} WHERE {column} = ?", name) is None:
                gone.append(draft.key)
    return gone


def _holds_others(copy: Path, present: set[str]) -> bool:
    """Whether a library has a body that is not among these, or cannot be read."""
    try:
        with closing(connect(copy, read_only=True, linked=True)) as connection:
            return any(sha256 not in present for (sha256,) in connection.rows("SELECT sha256 FROM body"))
    except LibraryError:
        return True


def _others_beside(library: Path, present: set[str]) -> Iterator[Path]:
    for path in sorted(library.parent.glob(f"{library.stem}.rescued-*")):
        if path.suffix != library.suffix or _holds_others(path, present):
            yield path
    yield from sorted(library.parent.glob(f"{library.name}-wal.*"))
