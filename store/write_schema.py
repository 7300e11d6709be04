"""Writes `store/schema.sql` anew from the migrations: `python -m store.write_schema`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from store.connection import Connection, connect
from store.migrations import migrate
from store.schema import BETWEEN, FILE, MIGRATIONS


def written(connection: Connection) -> str:
    """What the file should hold, from a library that the migrations have made."""
    names = connection.rows("SELECT name FROM _sqlite_migrations ORDER BY id")
    statements = connection.rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    head = (
        f"-- Written by `python -m store.write_schema`.\n{MIGRATIONS}{', '.join(name for (name,) in names)}"
    )
    return head + "\n\n" + BETWEEN.join(sql for (sql,) in statements) + ";\n"


def main() -> None:
    """Writes the file anew."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        migrate(path, step_by_step=True)
        with closing(connect(path)) as connection:
            Path(FILE).write_text(written(connection), encoding="utf-8")


if __name__ == "__main__":
    main()
