"""Opening a library: what is made, what is refused, what is noticed."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store import connection as connection_module
from store import migrations
from store.backups import Backups
from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.segment import passages

BODY = "A chance in Baghdad\n\nThe first paragraph says little.\n\nThe second one says more about Tehran."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "library.db"


def a_text(body: str = BODY, slug: str = "one") -> Text:
    return Text(slug, "A chance", "An author", "a file", body, passages(body))


def test_a_new_library_is_private_and_strict(path: Path) -> None:
    Library.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(path)) as sql:
        tables = sql.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
        ).fetchall()
        assert tables == []
        assert sql.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
        assert sql.execute("PRAGMA user_version").fetchone() == (len(migrations.MIGRATIONS),)
        assert sql.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_opening_again_changes_nothing_and_imports_no_sqlite_utils(path: Path) -> None:
    with Library.open(path) as library:
        library.texts.add(a_text())
    program = (
        "import sys; from store.library import Library\n"
        f"with Library.open({str(path)!r}) as library:\n"
        "    text = library.texts.get('one'); library.highlights.mark('one', text.passages[0].span)\n"
        "    print(len(library.highlights.of('one')))\n"
        "heavy = {'sqlite_utils', 'textual', 'rich', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path.cwd()
    )
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr


@pytest.mark.parametrize(
    "content", [b"not a database, " * 40, b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 200]
)
def test_what_is_no_database_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(LibraryError) as refusal:
        Library.open(path)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("CREATE TABLE theirs (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        Library.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        f"PRAGMA user_version = {len(migrations.MIGRATIONS) + 1}",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        f" VALUES ('{migrations.MIGRATION_SET}', 'from_the_future', '')",
    ],
)
def test_a_newer_library_is_refused(path: Path, change: str) -> None:
    Library.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.execute(change)
    with pytest.raises(LibraryError, match="newer version"):
        Library.open(path)


def test_a_library_that_another_program_is_making_is_not_taken_for_a_foreign_one(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("PRAGMA journal_mode = WAL")
    connection = connection_module.connect(path)

    def make_it_meanwhile(statement: str) -> None:
        if "sqlite_master" in statement:
            connection.raw.set_trace_callback(None)
            migrations.migrate(path)

    with closing(connection):
        connection.raw.set_trace_callback(make_it_meanwhile)
        assert migrations.examine(connection) == 0
        assert migrations.examine(connection) == len(migrations.MIGRATIONS)


def test_a_missing_library_is_told_where_none_is_to_be_made(path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library"):
        Library.open(path, create=False)
    assert not path.parent.exists()


def test_a_folder_a_pipe_and_a_place_below_a_file_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "file" / "library.db"):
        with pytest.raises(LibraryError):
            Library.open(path)


def test_odd_names_of_files_work(tmp_path: Path) -> None:
    for name in ("a b?c#d%20.db", "[/b]\x1b.db", "ü–\u202e.db", os.fsdecode(b"\xff\xfe.db")):
        path = tmp_path / name
        with Library.open(path) as library:
            library.texts.add(a_text())
        assert path.exists()
        with Library.open(path, create=False) as library:
            assert [text.slug for text in library.texts.list()] == ["one"]


def test_a_library_that_was_emptied_is_not_taken_for_a_new_one(path: Path) -> None:
    Library.open(path).close()
    Backups(path).make("by-hand")
    path.write_bytes(b"")
    with pytest.raises(LibraryError, match="newest good backup"):
        Library.open(path)


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Library.open(path) as library:
        assert library.texts.list() == []


WRITES: dict[str, Callable[[Library], object]] = {
    "add": lambda library: library.texts.add(a_text("Another body.", "two")),
    "mark": lambda library: library.highlights.mark("one", Span(0, 4)),
    "tag": lambda library: library.codebook.ensure("new"),
    "undo": lambda library: library.journal.undo(),
    "note": lambda library: library.notes.write("words"),
    "draft": lambda library: library.drafts.keep("library", "words"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_read_only_library_reads_and_refuses_to_write(
    path: Path, write: Callable[[Library], object]
) -> None:
    with Library.open(path) as library:
        library.texts.add(a_text())
    with Library.open(path, read_only=True) as library:
        assert library.read_only
        assert library.texts.get("one").body == BODY
        library.ui_state.put("pair", ["one"])  # a reader's place is not worth an error
        with pytest.raises(LibraryError, match="read-only"):
            write(library)


def test_caches_that_cannot_be_kept_are_made_again_each_time(path: Path) -> None:
    with Library.open(path) as library:
        text, _ = library.texts.add(a_text())
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.execute("DELETE FROM segmentation")
    with Library.open(path, read_only=True) as library:
        assert library.texts.get("one").passages == text.passages
        assert [summary.passages for summary in library.texts.list()] == [3]


def test_a_file_that_may_not_be_written_opens_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everything, so what the system would say is put in its mouth.
    Library.open(path).close()
    monkeypatch.setattr(connection_module.os, "access", lambda _, mode: mode != os.W_OK)
    with Library.open(path) as library:
        assert library.read_only


def test_an_old_library_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(LibraryError, match="empty"):
        Library.open(path, read_only=True)


def test_a_migration_keeps_a_copy_of_what_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(path) as library:
        library.texts.add(a_text())

    def next_schema(db: object) -> None:
        db.execute("ALTER TABLE draft ADD COLUMN place TEXT")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, next_schema))
    with Library.open(path) as library:
        assert library.texts.has("one")
    (copy,) = path.with_name("library.db.backups").iterdir()
    assert "before-migration" in copy.name
    monkeypatch.undo()
    with Library.open(copy) as library:
        assert library.texts.has("one")
    with pytest.raises(LibraryError, match="newer"):
        Library.open(path)


def test_a_failing_migration_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.open(path).close()

    def breaks(db: object) -> None:
        db.execute("DROP TABLE draft")  # type: ignore[attr-defined]
        db.execute("INSERT INTO version (text_id, body_id, source, reader, added) VALUES (9, 9, '', '', '')")  # type: ignore[attr-defined]

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, breaks))
    with pytest.raises(LibraryError, match="nothing was changed"):
        Library.open(path)
    monkeypatch.undo()
    with Library.open(path) as library:
        assert library.drafts.list() == []


def test_a_change_by_another_program_is_noticed_once(path: Path) -> None:
    with Library.open(path) as mine, Library.open(path) as theirs:
        mine.codebook.ensure("mine")
        assert not mine.changed_elsewhere()
        theirs.codebook.ensure("theirs")
        assert mine.changed_elsewhere()
        assert not mine.changed_elsewhere()
        assert [tag.path for tag in mine.codebook.list()] == ["mine", "theirs"]


def test_places_are_kept_and_never_in_the_journal(path: Path) -> None:
    with Library.open(path) as library:
        library.ui_state.put("pair", {"left": "one", "cursor": [1, 2.5, None, True]})
        library.ui_state.put("pair", {"left": "two"})
        assert library.journal.history() == []
    with Library.open(path) as library:
        assert library.ui_state.get("pair") == {"left": "two"}
        assert library.ui_state.get("nothing", "default") == "default"


def test_a_place_that_cannot_be_read_is_the_default(path: Path) -> None:
    with Library.open(path) as library:
        library.ui_state.put("pair", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.execute("UPDATE place SET value = '{'")
    with Library.open(path) as library:
        assert library.ui_state.get("pair", 7) == 7


def test_a_lock_that_is_never_released_ends_in_a_word(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.open(path).close()
    monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Library.open(path) as library:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="in use"):
            library.codebook.ensure("tag")
        other.execute("ROLLBACK")
        assert library.codebook.ensure("tag").path == "tag"
