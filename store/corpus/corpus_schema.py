"""The tables of the file of a corpus, and how a file of the format before becomes one of this."""

from __future__ import annotations

import sqlite3

from store.corpus.byte_pieces import SCHEMA as PIECES
from store.corpus.byte_pieces import write_pieces
from store.corpus.corpus_folder import APPLICATION, FORMAT

_PAGE = 16_384
_SHARD = """CREATE TABLE {} (
    id INTEGER PRIMARY KEY,
    body INTEGER NOT NULL,
    body_bytes INTEGER NOT NULL,
    passages BLOB NOT NULL,
    search_index INTEGER NOT NULL,
    index_bytes INTEGER NOT NULL
)"""
_WORDS = """CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    shards INTEGER NOT NULL,
    first INTEGER NOT NULL,
    bytes INTEGER NOT NULL
)"""
_TEXTS = """
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    date TEXT NOT NULL,
    source TEXT NOT NULL,
    series TEXT NOT NULL,
    path TEXT NOT NULL,
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    passages INTEGER NOT NULL,
    words INTEGER NOT NULL,
    shard INTEGER NOT NULL REFERENCES shard (id),
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    UNIQUE (given, sha256)
);
CREATE INDEX text_by_shard ON text (shard, start);
CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    text INTEGER NOT NULL REFERENCES text (id),
    start INTEGER NOT NULL,
    first_byte INTEGER NOT NULL,
    last_byte INTEGER NOT NULL,
    pieces BLOB NOT NULL,
    words BLOB NOT NULL,
    word_starts BLOB NOT NULL
);
CREATE INDEX section_by_text ON section (text)
"""


def create_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables where there is none yet; other programs may be about to do the same."""
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        for statement in (PIECES, _SHARD.format("shard"), _WORDS, *_TEXTS.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def part_shards(connection: sqlite3.Connection) -> None:
    """Makes a file whose shards are whole one of the present format, inside a transaction: its bytes stay the same."""
    for statement in (PIECES, _SHARD.format("parted"), _WORDS):
        connection.execute(statement)
    for (number,) in connection.execute("SELECT id FROM shard ORDER BY id").fetchall():
        query = "SELECT body, passages, search_index FROM shard WHERE id = ?"
        ((body, passages, index),) = connection.execute(query, (number,))
        values = number, *_placed(connection, body, passages, index)
        connection.execute("INSERT INTO parted VALUES (?, ?, ?, ?, ?, ?)", values)
    connection.execute("DROP TABLE shard")
    connection.execute("ALTER TABLE parted RENAME TO shard")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def add_shard(connection: sqlite3.Connection, body: bytes, passages: bytes, index: bytes) -> int:
    """The number of a shard, which is written inside a transaction."""
    values = _placed(connection, body, passages, index)
    number = connection.execute("INSERT INTO shard VALUES (NULL, ?, ?, ?, ?, ?)", values).lastrowid
    assert number is not None
    return number


def _placed(connection: sqlite3.Connection, body: bytes, passages: bytes, index: bytes) -> tuple[object, ...]:
    """The columns of a shard, whose body and index are written."""
    first = write_pieces(connection, body)
    return first, len(body), passages, write_pieces(connection, index), len(index)
