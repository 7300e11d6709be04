"""Notes on texts and on the library, and drafts of any note. Highlights and links have theirs with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count

from store.connection import Connection, Row, transactional
from store.errors import NotFound
from store.highlight_rows import remember_deleted
from store.journal import Journal
from store.records import Draft, Note
from store.sanitize import one_line, words
from store.texts import Texts
from store.uids import new_uid


class Notes:
    """Each reader has one note on each text, and one on the library."""

    def __init__(self, connection: Connection, journal: Journal, texts: Texts) -> None:
        self._connection = connection
        self._journal = journal
        self._texts = texts

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
            raise NotFound(f"there is no note {number}: `tui notes` lists what there is")
        return found[0]

    def mine(self, text: str | None = None) -> Note | None:
        """This reader's note on a text, or on the library."""
        return self.by(self._journal.reader, text)

    def by(self, reader: str, text: str | None = None) -> Note | None:
        """The note of a reader on a text, or on the library."""
        name = one_line(reader)
        return next((note for note in self.of(text) if one_line(note.reader) == name), None)

    @transactional
    def write(self, note: str, text: str | None = None) -> Note | None:
        """Writes this reader's note on a text, or on the library, in place of what was there.

        An empty one takes it away: then None comes back. Raises NotFound.
        """
        note, there = words(note), self.mine(text)
        if (there.words if there else "") == note:
            return there
        on = self._called(text)
        with self._journal.act(f"noted on {on}" if note else f"took the note off {on}"):
            if there is None:
                self._insert(note, self._text_id(text))
            elif note:
                self._connection.execute(
                    "UPDATE note SET words = ?, updated = ? WHERE id = ?", note, self._journal.now(), there.id
                )
            else:
                self._delete(there.id)
        return self.mine(text)

    @transactional
    def delete(self, number: int) -> None:
        """Deletes a note, whoever wrote it; raises NotFound."""
        note = self.get(number)
        with self._journal.act(f"deleted the note of {note.reader} on {self._called(note.text)}"):
            self._delete(number)

    def _delete(self, number: int) -> None:
        remember_deleted(self._connection, "note", json.dumps([number]))
        self._connection.execute("DELETE FROM note WHERE id = ?", number)

    def _insert(self, note: str, text_id: int | None) -> None:
        at = self._journal.now()
        self._connection.insert(
            "note",
            uid=new_uid(),
            text_id=text_id,
            words=note,
            reader=self._journal.reader,
            created=at,
            updated=at,
        )

    def _called(self, text: str | None) -> str:
        return "the library" if text is None else self._texts.current_version(text).name

    def _text_id(self, text: str | None) -> int | None:
        return None if text is None else self._texts.current_version(text).text_id

    def _select(self, condition: str, *values: object) -> Sequence[Note]:
        rows = self._connection.rows(
            f"""SELECT note.id, note.uid, text.slug, note.words, note.reader, note.created, note.updated
            FROM note LEFT JOIN text ON text.id = note.text_id {condition}
            ORDER BY text.slug IS NOT NULL, text.slug, note.id""",
            *values,
        )
        return [Note(*row) for row in rows]


class Drafts:
    """Notes being written. Not journaled, and kept at once: a draft survives a killed terminal.

    A draft is kept under what it is on: `highlight:12`, `text:editorial`, `library`. Where several programs write on
    the same thing, the draft of each has a key of its own: `highlight:12#2`.
    """

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._own: dict[str, str] = {}
        """Keys of the drafts of this program, by what they are on."""

    def keep(self, on: str, draft: str, *, seen: str = "", taken_up: str | None = None) -> None:
        """Keeps what was typed so far on a note that had the words `seen`.

        `taken_up` are the words of an earlier draft that this one goes on with.
        """
        with self._connection.transaction():
            key = self._own.get(on) or self._free_key(on, draft, taken_up)
            self._connection.execute(
                """INSERT INTO draft (key, words, reader, updated, seen) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key)
                DO UPDATE SET words = excluded.words, reader = excluded.reader, updated = excluded.updated,
                    seen = excluded.seen""",
                key,
                words(draft),
                self._journal.reader,
                self._journal.now(),
                words(seen),
            )
        self._own[on] = key

    def get(self, on: str) -> Draft | None:
        """The last draft on something."""
        return next(iter(self.of(on)), None)

    def of(self, on: str) -> Sequence[Draft]:
        """All drafts on something, the newest first."""
        rows = self._connection.rows(
            f"{_SELECT_DRAFT} WHERE key = ?1 OR substr(key, 1, length(?1) + 1) = ?1 || '#' "
            "ORDER BY updated DESC, key DESC",
            on,
        )
        return [_draft(row) for row in rows]

    def drop(self, on: str, *, taken_up: str | None = None) -> None:
        """Forgets this program's draft, once the note is written or given up, and the one that it went on with.

        In a program that has kept none on this, the newest draft is forgotten.
        """
        with self._connection.transaction():
            own = self._own.pop(on, None)
            keys = {draft.key for draft in self.of(on) if draft.words == taken_up}
            if own is None and taken_up is None:
                keys = {draft.key for draft in self.of(on)[:1]}
            for key in keys | ({own} if own else set()):
                self._connection.execute("DELETE FROM draft WHERE key = ?", key)

    def delete(self, key: str) -> None:
        """Deletes the draft with this key; raises NotFound."""
        with self._connection.transaction():
            if not self._connection.execute("DELETE FROM draft WHERE key = ?", key).rowcount:
                raise NotFound(f"there is no draft “{key}”: `tui drafts` lists what there is")

    def rename(self, old: str, new: str) -> None:
        """Keeps the drafts on a text under its new slug."""
        with self._connection.transaction():
            for key in [draft.key for draft in self.of(f"text:{old}")]:
                renamed = f"text:{new}{key.removeprefix(f'text:{old}')}"
                self._connection.execute("UPDATE OR IGNORE draft SET key = ? WHERE key = ?", renamed, key)
            self._own = {on: key for on, key in self._own.items() if on != f"text:{old}"}

    def list(self) -> list[Draft]:
        """All drafts, the oldest first."""
        return [_draft(row) for row in self._connection.rows(f"{_SELECT_DRAFT} ORDER BY updated, key")]

    def _free_key(self, on: str, draft: str, taken_up: str | None) -> str:
        """The key of the draft that is gone on with, else the first that no other program has."""
        there = {each.key: each.words for each in self.of(on)}
        same = (key for key, kept in there.items() if kept in (taken_up, words(draft)))
        free = (on if number == 1 else f"{on}#{number}" for number in count(1))
        return next(same, None) or next(key for key in free if key not in there)


_SELECT_DRAFT = "SELECT key, words, reader, updated, seen FROM draft"


def _draft(row: Row) -> Draft:
    return Draft(*row)
