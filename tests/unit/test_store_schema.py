"""A new library is made from a file, and is what the migrations make."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from store import migrations
from store.connection import Connection, connect
from store.library import Library
from store.migrations import migrate
from store.schema import FILE
from store.write_schema import written


def opened(path: Path) -> closing[Connection]:
    return closing(connect(path, read_only=True))


def test_the_file_is_what_the_migrations_make(tmp_path: Path) -> None:
    migrate(tmp_path / "old.db", step_by_step=True)
    migrate(tmp_path / "new.db")
    with opened(tmp_path / "old.db") as old, opened(tmp_path / "new.db") as new:
        assert Path(FILE).read_text("utf-8") == written(old), "write it anew: python -m store.write_schema"
        assert written(new) == written(old)
        for statement in ("PRAGMA user_version", "PRAGMA application_id"):
            assert new.value(statement) == old.value(statement)
        for query in ("SELECT id, act_id, length(lineage), open_since FROM recording",):
            assert new.rows(query) == old.rows(query)
        tables = old.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'recording'")
        counts = [[each.value(f"SELECT count(*) FROM {name}") for (name,) in tables] for each in (old, new)]
        assert counts[0] == counts[1], "no migration puts other rows into a new library"


def test_what_the_file_lacks_yet_is_migrated(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def one_more(db) -> None:  # type: ignore[no-untyped-def]
        db.execute("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, one_more))
    with Library.open(tmp_path / "library.db") as library:
        assert library.connection.value("SELECT count(*) FROM more") == 0
        assert library.connection.value("PRAGMA user_version") == len(migrations.MIGRATIONS)


def test_a_new_library_does_without_sqlite_utils(tmp_path: Path) -> None:
    program = """
import sys
from store.library import Library
Library.open(sys.argv[1]).close()
print(sorted({"sqlite_utils", "numpy", "click"} & set(sys.modules)))
"""
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "library.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "[]\n"
