"""The schema, as the migrations that make it.

sqlite-utils is imported only where an older library is to be migrated: it costs more than most commands do. A new one
is made from `store/schema.sql`, which is written anew after each new migration: `python -m store.write_schema`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.connection import Connection, connect, use_wal
from store.errors import LibraryError, OtherLibrary

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

APPLICATION_ID = int.from_bytes(b"tuiL", "big")
"""Marks the file as a library, for `file` and for us."""

MIGRATION_SET = "close-reading-tui"

_JOURNALED_AT_FIRST = (
    "text", "version", "furniture", "tag", "highlight", "highlight_tag", "link", "note", "dismissed",
)  # fmt: skip
JOURNALED = (*_JOURNALED_AT_FIRST, "naming", "received")
"""The tables that the journal records: all that a reader can change. The rest is places, drafts, caches."""


def examine(connection: Connection) -> int:
    """How many migrations the file has had: 0 for an empty file.

    Raises OtherLibrary for a file of another program, and for a library that a newer version of ours made.
    """
    with connection.reading():  # one state: another program may be making the library meanwhile
        application = connection.value("PRAGMA application_id")
        if application == 0 and connection.value("SELECT count(*) FROM sqlite_master") == 0:
            return 0
        if application != APPLICATION_ID:
            raise OtherLibrary(
                f"{connection.path} is a database of another program: choose another file with --library"
            )
        version: int = connection.value("PRAGMA user_version")
        names = connection.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", MIGRATION_SET)
    if version > len(MIGRATIONS) or not {name for (name,) in names} <= {step.__name__ for step in MIGRATIONS}:
        raise OtherLibrary(
            f"{connection.path} was made by a newer version of this program: update close-reading-tui"
        )
    return version


def up_to_date(connection: Connection) -> bool:
    """Whether the schema is the one that this version of the program works with."""
    return examine(connection) == len(MIGRATIONS)


def migrate(path: Path, *, step_by_step: bool = False) -> None:
    """Brings a library up to date in one transaction; several programs may do so at once.

    A new one is made from `store.schema`, unless it is to be made step by step. It takes a connection of its own,
    because foreign keys must be off while tables change their shape; they are checked before the commit instead.
    """
    connection = connect(path, create=True)
    try:
        use_wal(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        with connection.transaction():
            version = examine(connection)
            if version == len(MIGRATIONS):
                return  # another program was faster
            if version == 0 and not step_by_step:
                from store.schema import create

                version = create(connection, MIGRATION_SET, [step.__name__ for step in MIGRATIONS])
            if version < len(MIGRATIONS):
                _run_migrations(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    finally:
        connection.close()


def _run_migrations(connection: Connection) -> None:
    """Runs those that the library lacks, in the transaction that is open; raises LibraryError."""
    from sqlite_utils import Database, Migrations

    steps = Migrations(MIGRATION_SET)
    for step in MIGRATIONS:
        steps(name=step.__name__)(step)
    steps.apply(Database(connection.raw, execute_plugins=False, recursive_triggers=False, strict=True))
    if connection.rows("PRAGMA foreign_key_check"):
        raise LibraryError(
            f"{connection.file} cannot be brought up to date: run `tui check`; nothing was changed"
        )


def texts_and_what_readers_make_of_them(db: Database) -> None:
    """The first schema."""
    from store.first_schema import STATEMENTS

    for statement in STATEMENTS:
        db.execute(statement)
    for table in _JOURNALED_AT_FIRST:
        record_changes(db, table)


def what_readers_say_of_names(db: Database) -> None:
    """Spellings that a reader has joined or parted."""
    db.execute(_NAMING)
    record_changes(db, "naming")


def what_came_from_other_libraries(db: Database) -> None:
    """What imported records said when they came, and which records were joined into others."""
    db.execute(_RECEIVED)
    record_changes(db, "received")


def indexes_for_large_libraries(db: Database) -> None:
    """What a list asks for is found by an index: the answer costs what is in it, whatever else is in the library."""
    for statement in _LARGE:
        db.execute(statement)


def what_drafts_go_on_from(db: Database) -> None:
    """The words that a note had when its draft was begun: by them a change of another program is known."""
    db.execute("ALTER TABLE draft ADD COLUMN seen TEXT NOT NULL DEFAULT ''")


def record_changes(db: Database, table: str) -> None:
    """Makes the triggers that write each change of a table to the journal while an act is recorded.

    A row that comes or goes is written whole; of a row that changes, only the columns that do: a star on a
    highlight with a long note costs a few bytes. A migration that alters a journaled table calls this again.
    """
    columns = list(db.table(table).columns_dict)

    def image(row: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns) + ")"

    differences = " UNION ALL ".join(
        f'SELECT \'{name}\' AS name, old."{name}" AS before, new."{name}" AS after'
        for name in columns
        if name != "id"
    )
    writes = {
        "insert": f"SELECT act_id, '{table}', new.id, NULL, {image('new')} FROM recording",
        "delete": f"SELECT act_id, '{table}', old.id, {image('old')}, NULL FROM recording",
        "update": f"""SELECT recording.act_id, '{table}', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM ({differences}) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{{}}'""",
    }
    for event, write in writes.items():
        db.execute(f"DROP TRIGGER IF EXISTS journal_{table}_{event}")
        db.execute(
            f"""CREATE TRIGGER journal_{table}_{event} AFTER {event.upper()} ON {table}
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) {write};
            END"""
        )


def which_log_belongs_to_the_file(db: Database) -> None:
    """What `store.log` says of the file and its log: in `recording`, because every act writes that page anyway."""
    db.execute("ALTER TABLE recording ADD COLUMN lineage TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE recording ADD COLUMN open_since TEXT")
    db.execute("UPDATE recording SET lineage = lower(hex(randomblob(4)))")


def what_language_texts_are_in(db: Database) -> None:
    """What a reader says of the language of a text, and what the program tells from it."""
    for statement in _LANGUAGES:
        db.execute(statement)
    record_changes(db, "text")


def what_sentences_mean(db: Database) -> None:
    """Vectors of sentences, a cache: whichever text or version has a sentence finds it by the digest of its words."""
    db.execute(_VECTORS)


def which_texts_use_which_words(db: Database) -> None:
    """The index of the words of all texts; bodies wait until it is asked for, or so many wait that a shard is due."""
    for statement in _WORDS:
        db.execute(statement)


def which_words_no_other_shard_has(db: Database) -> None:
    """All words of the index, each once, so that a search for what is like a word goes through them once."""
    for statement in _FRESH_WORDS:
        db.execute(statement)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    texts_and_what_readers_make_of_them,
    what_readers_say_of_names,
    what_came_from_other_libraries,
    indexes_for_large_libraries,
    what_drafts_go_on_from,
    which_log_belongs_to_the_file,
    what_language_texts_are_in,
    what_sentences_mean,
    which_texts_use_which_words,
    which_words_no_other_shard_has,
)
"""In order, append-only: what has been published is never edited, only followed by another one."""

# `same` is 1 where the two spellings are one name, 0 where they are two; they stand in the order of the alphabet.
_NAMING = """CREATE TABLE naming (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    one TEXT NOT NULL CHECK (one <> ''),
    other TEXT NOT NULL CHECK (other <> ''),
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    reader TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (one, other)
) STRICT"""

# `content` is a JSON object: for each field a digest of what it said, so that no words outlive their record.
_RECEIVED = """CREATE TABLE received (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('highlight', 'link', 'note', 'tag')),
    uid TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '{}',
    updated TEXT NOT NULL DEFAULT '',
    joined_into TEXT,
    UNIQUE (kind, uid)
) STRICT"""

# `data` is 16-bit floats, little-endian; `model` is the package that made them, with its version.
_VECTORS = """CREATE TABLE vector (
    model TEXT NOT NULL,
    digest BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (model, digest)
) STRICT, WITHOUT ROWID"""

# `text.language` is empty where no reader has said anything. What it is decides how words are taken.
_LANGUAGES = (
    "ALTER TABLE text ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE segmentation ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "DROP VIEW present",
    """CREATE VIEW present AS
        SELECT text.id AS text_id, text.slug, text.title, text.author, text.source, text.added,
            version.id AS version_id, version.body_id, version.furniture, text.language
        FROM text JOIN version ON version.id = (SELECT max(id) FROM version WHERE text_id = text.id)""",
    """CREATE TRIGGER forget_after_update_of_language AFTER UPDATE OF language ON text
        BEGIN
            DELETE FROM relation WHERE left_version_id IN (SELECT id FROM version WHERE text_id = new.id)
                OR right_version_id IN (SELECT id FROM version WHERE text_id = new.id);
        END""",
)

# The ids alone are counted and put in order from these, without a look at the highlights themselves.
_LARGE = (
    "DROP INDEX highlight_tag_tag",
    "CREATE INDEX highlight_tag_tag ON highlight_tag (tag_id, highlight_id)",
    "CREATE INDEX highlight_reader ON highlight (reader)",
    "CREATE INDEX highlight_created ON highlight (created)",
    *(
        f'CREATE INDEX highlight_{name} ON highlight (text_id, "start", "end") WHERE {condition}'
        for name, condition in (
            ("starred", "star = 1"),
            ("changed", "anchor = 'changed'"),
            ("orphan", "anchor = 'orphan'"),
        )
    ),
)

# `format` says how shards are made; `unindexed` has the bodies of which no shard tells. Bodies never change.
_WORDS = (
    """CREATE TABLE shard (
        id INTEGER PRIMARY KEY,
        format TEXT NOT NULL,
        texts INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT""",
    "CREATE TABLE unindexed (body_id INTEGER PRIMARY KEY REFERENCES body (id) ON DELETE CASCADE) STRICT",
    "INSERT INTO unindexed (body_id) SELECT id FROM body",
    """CREATE TRIGGER index_after_insert_of_body AFTER INSERT ON body
        BEGIN
            INSERT INTO unindexed (body_id) VALUES (new.id);
        END""",
    # What is forgotten leaves no word behind, and the next body may get its number; only other programs change one.
    *(
        f"""CREATE TRIGGER forget_after_{name}_of_body AFTER {event} ON body WHEN EXISTS (SELECT 1 FROM shard)
        BEGIN
            DELETE FROM shard;
            INSERT OR IGNORE INTO unindexed (body_id) SELECT id FROM body;
        END"""
        for name, event in (("delete", "DELETE"), ("update", "UPDATE OF content"))
    ),
)

# A trigger in place of a reference: ids of shards are used again, by programs too that do not enforce references.
_FRESH_WORDS = (
    "CREATE TABLE fresh_words (shard_id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT",
    """CREATE TRIGGER forget_after_delete_of_shard AFTER DELETE ON shard
        BEGIN
            DELETE FROM fresh_words WHERE shard_id = old.id;
        END""",
)
