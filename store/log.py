"""The write-ahead log beside a library: named after the states it continues, and emptied into the file in time.

A copy of the file alone lacks what only the log has, and a log that is laid over another state of the file damages it:
“Mispairing database files and hot journals” on https://www.sqlite.org/howtocorrupt.html. SQLite binds the two by their
names alone. So the row of `recording`, which every act writes anyway, says in both of them:

- `lineage`: which states the log continues, the newest first. Each program puts a name of its own before the others
  with its first act, so the state of the file is one that its log knows.
- `open_since`: when the first act was written to a log that has not been emptied since; null when the file is whole.
  A desk has it written into the file itself, right after that act.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from store.connection import Connection
from store.library_file import BUSY_SECONDS

_NAME = 8
"""Characters of the name of a state."""

_LONGEST = 60 * (_NAME + 1)
"""Characters of a lineage to which no more is added: so many programs wrote while another one kept the log in use."""

_PATIENCE_MILLISECONDS = 50
"""How long emptying the log waits for those who read from it; it is tried again."""


class Lineage:
    """Names the states that one program leaves the library in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = ""

    def enter(self) -> None:
        """Says in the transaction that is open that the library is in a state of this program.

        A log that has something in it goes on; one that is empty follows the state of the file and no other.
        """
        where = self._connection.where
        is_new, where.log_was_empty = where.log_was_empty, False
        if is_new or not self._name:
            self._name = os.urandom(_NAME // 2).hex()
        self._connection.execute(
            """UPDATE recording SET lineage = CASE
                WHEN substr(lineage, 1, ?2) = ?1 THEN lineage
                WHEN ?3 THEN ?1 || ' ' || substr(lineage, 1, ?2)
                WHEN length(lineage) > ?4 THEN lineage
                ELSE ?1 || ' ' || lineage END""",
            self._name,
            _NAME,
            is_new,
            _LONGEST,
        )


def mark_open(connection: Connection, at: str) -> bool:
    """Says in the transaction that is open that the file lacks what is written from now on; False where it does."""
    return (
        connection.execute("UPDATE recording SET open_since = ? WHERE open_since IS NULL", at).rowcount == 1
    )


def write_through(connection: Connection) -> bool:
    """Copies the log into the file as far as nobody reads an older state; whether that was all of it."""
    busy, pages, copied = connection.rows("PRAGMA wal_checkpoint(PASSIVE)")[0]
    return bool(not busy and pages == copied)  # while another program is at it, both are -1


def empty(connection: Connection) -> bool:
    """Writes the log into the file and cuts it to nothing; False where a reader, or another writer, still needs it.

    Raises LibraryReplaced where the file is no longer the one that was opened: the log then belongs to neither.
    """
    connection.verify_file()
    with _patiently(connection):
        states = connection.value("SELECT lineage FROM recording")
        if not write_through(connection):
            return False
        if connection.row(
            "SELECT 1 FROM recording WHERE open_since IS NOT NULL OR length(lineage) > ?", _LONGEST // 2
        ):
            with connection.transaction():
                if connection.value("SELECT lineage FROM recording") != states:
                    return False  # another program wrote meanwhile: the file is in an older state than the newest
                begin_anew(connection)
        busy, _, _ = connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    connection.has_written = connection.has_written and bool(busy)
    return not busy


def begin_anew(connection: Connection) -> None:
    """Says in the transaction that is open that the file is whole, in a state that follows only the present one."""
    connection.execute(
        "UPDATE recording SET lineage = ? || ' ' || substr(lineage, 1, ?), open_since = NULL",
        os.urandom(_NAME // 2).hex(),
        _NAME,
    )


@contextmanager
def _patiently(connection: Connection) -> Iterator[None]:
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
