"""Which shards of a corpus use which words, and how often: a search goes through the words of all once, not of each.

As in the library (`store.word_index`) they stand in a few vocabularies: each new shard brings its own, and several of a
size become one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from store.corpus.byte_pieces import remove_pieces, write_pieces
from texts.search.shard import LARGEST, Shard, TextWords, counts_of, merged, shard_of, to_merge

if TYPE_CHECKING:
    from store.corpus.byte_pieces import Pieces
    from texts.search.index import Index

_MOST = 64
"""Shards whose vocabulary is merged no more: merging holds the words of all of them in memory."""
_EACH = 8
"""A shard counts as so many texts when it is told which vocabularies are of a size: fifteen are of the smallest."""

Opened = Callable[[int, int], "Pieces"]
"""The bytes of so many that begin with a piece."""


def add_words(connection: sqlite3.Connection, opened: Opened, shard: int, index: Index) -> None:
    """Tells of a shard that is being added, inside the same transaction; `index` is that of the shard."""
    from texts.search.old_texts import spelt_as_of_old

    passages, old = len(index.bounds) - 1, spelt_as_of_old(index)
    _put(connection, shard_of([TextWords(shard, index.words(), passages, old, counts_of(index))]))
    while places := to_merge(_sizes(connection)):
        kept = connection.execute("SELECT id, first, bytes FROM words ORDER BY id").fetchall()
        some = [kept[place] for place in places]
        _put(connection, merged([Shard.from_bytes(opened(first, length)[:]) for _, first, length in some]))
        for number, first, length in some:
            remove_pieces(connection, first, length)
            connection.execute("DELETE FROM words WHERE id = ?", (number,))


def _sizes(connection: sqlite3.Connection) -> list[int]:
    rows = connection.execute("SELECT shards FROM words ORDER BY id")
    return [LARGEST if shards >= _MOST else shards * _EACH for (shards,) in rows]


def _put(connection: sqlite3.Connection, words: Shard) -> None:
    data = words.to_bytes()
    values = len(words.texts), write_pieces(connection, data), len(data)
    connection.execute("INSERT INTO words (shards, first, bytes) VALUES (?, ?, ?)", values)
