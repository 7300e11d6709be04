"""Long rows of bytes, kept in pieces of their own, so that any part is read without what stands before it.

SQLite keeps a long value as a chain of pages, each of which says where the next one is: to come to the middle of it, it
goes through half of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import cast

PIECE = 16_000
"""Bytes of a piece: one goes into a page of 16 kB, four into one of 64."""
SCHEMA = "CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL)"


class Pieces:
    """Reads as the bytes that it stands for, in slices."""

    def __init__(
        self,
        rows: Callable[..., Iterator[tuple[object, ...]]],
        first: int,
        length: int,
        damaged: Callable[[], Exception],
    ) -> None:
        """`rows` gives those of a query; `first` is the number of the first piece, `length` how many bytes there are.

        `damaged` makes the error where pieces are not what they should be.
        """
        self._rows = rows
        self._first = first
        self._length = length
        self._damaged = damaged

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _ = part.indices(self._length)
        if start >= stop:
            return b""
        first, low = divmod(start, PIECE)
        last, length = (stop - 1) // PIECE, stop - start
        if first == last:
            query, values = "SELECT substr(data, ?, ?) FROM piece WHERE id = ?", (low + 1, length)
            rows = self._rows(query, *values, self._first + first)
            low = 0
        else:
            query = "SELECT data FROM piece WHERE id BETWEEN ? AND ? ORDER BY id"
            rows = self._rows(query, self._first + first, self._first + last)
        try:
            found = b"".join([cast("bytes", data) for (data,) in rows])[low : low + length]
        except TypeError as error:
            raise self._damaged() from error
        if len(found) != length:
            raise self._damaged()
        return found


def write_pieces(connection: sqlite3.Connection, data: bytes) -> int:
    """The number of the first piece of some bytes, which are written inside a transaction."""
    ((last,),) = connection.execute("SELECT coalesce(max(id), 0) FROM piece")
    rows = ((data[at : at + PIECE],) for at in range(0, len(data), PIECE))
    connection.executemany("INSERT INTO piece (data) VALUES (?)", rows)
    return int(last) + 1


def remove_pieces(connection: sqlite3.Connection, first: int, length: int) -> None:
    """Takes pieces away that `write_pieces` wrote."""
    connection.execute("DELETE FROM piece WHERE id BETWEEN ? AND ?", (first, first + (length - 1) // PIECE))
