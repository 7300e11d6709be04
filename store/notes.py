"""Notes on texts and on the library, and drafts of any note. Highlights and links have theirs with them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from store.connection import Connection, Row
from store.errors import NotFound
from store.journal import Journal
from store.records import Draft, Note
from store.shelf import Shelf
from store.tidy import words


class Notes:
    """Each reader has one note on each text, and one on the library."""

    def __init__(self, connection: Connection, journal: Journal, shelf: Shelf) -> None:
        self._connection = connection
        self._journal = journal
        self._shelf = shelf

    def of(self, text: str | None = None) -> Sequence[Note]:
        """The notes of all readers on a text, or on the library; raises NotFound."""
        return self._select("WHERE note.text_id IS ?", self._text_id(text))

    def list(self) -> list[Note]:
        """All notes: on the library first, then by text."""
        return list(self._select(""))

    def get(self, number: int) -> Note:
        """The note of that id; raises NotFound."""
        found = self._select("WHERE note.id = ?", number)
        if not found:
            raise NotFound(f"there is no note {number}")
        return found[0]

    def mine(self, text: str | None = None) -> Note | None:
        """This reader's note on a text, or on the library."""
        return next((note for note in self.of(text) if note.reader == self._journal.reader), None)

    def write(self, note: str, text: str | None = None) -> Note | None:
        """Writes this reader's note on a text, or on the library, in place of what was there.

        An empty one takes it away: then None comes back. Raises NotFound.
        """
        note, there = words(note), self.mine(text)
        if (there.words if there else "") == note:
            return there
        on = "the library" if text is None else text
        with self._journal.act(f"noted on {on}" if note else f"took the note off {on}"):
            if there is None:
                self._insert(note, self._text_id(text))
            elif note:
                self._connection.execute(
                    "UPDATE note SET words = ?, updated = ? WHERE id = ?", note, self._journal.now(), there.id
                )
            else:
                self._connection.execute("DELETE FROM note WHERE id = ?", there.id)
        return self.mine(text)

    def delete(self, number: int) -> None:
        """Deletes a note, whoever wrote it; raises NotFound."""
        note = self.get(number)
        with self._journal.act(f"deleted the note of {note.reader} on {note.text or 'the library'}"):
            self._connection.execute("DELETE FROM note WHERE id = ?", number)

    def _insert(self, note: str, text_id: int | None) -> None:
        at = self._journal.now()
        self._connection.insert(
            "note",
            uid=str(uuid4()),
            text_id=text_id,
            words=note,
            reader=self._journal.reader,
            created=at,
            updated=at,
        )

    def _text_id(self, text: str | None) -> int | None:
        return None if text is None else self._shelf.edition(text).text_id

    def _select(self, condition: str, *values: object) -> Sequence[Note]:
        rows = self._connection.rows(
            f"""SELECT note.id, note.uid, text.slug, note.words, note.reader, note.created, note.updated
            FROM note LEFT JOIN text ON text.id = note.text_id {condition}
            ORDER BY text.slug IS NOT NULL, text.slug, note.id""",
            *values,
        )
        return [Note(*row) for row in rows]


class Drafts:
    """Notes being written. Not journaled, and kept at once: a draft survives a killed terminal."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def keep(self, key: str, draft: str) -> None:
        """Keeps what was typed so far under a key: `highlight:12`, `text:editorial`, `library`."""
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO draft (key, words, reader, updated) VALUES (?, ?, ?, ?) ON CONFLICT (key)
                DO UPDATE SET words = excluded.words, reader = excluded.reader, updated = excluded.updated""",
                key,
                words(draft),
                self._journal.reader,
                self._journal.now(),
            )

    def get(self, key: str) -> Draft | None:
        """The draft under a key."""
        row = self._connection.row(f"{_SELECT_DRAFT} WHERE key = ?", key)
        return None if row is None else _draft(row)

    def drop(self, key: str) -> None:
        """Forgets a draft, once the note is written or given up."""
        with self._connection.transaction():
            self._connection.execute("DELETE FROM draft WHERE key = ?", key)

    def list(self) -> list[Draft]:
        """All drafts, the oldest first."""
        return [_draft(row) for row in self._connection.rows(f"{_SELECT_DRAFT} ORDER BY updated, key")]


_SELECT_DRAFT = "SELECT key, words, reader, updated FROM draft"


def _draft(row: Row) -> Draft:
    return Draft(*row)
