"""The schema of a new library: what the migrations make, kept in a file.

Running them for each new library would import sqlite-utils, and numpy with it: most of the time of a first start. A
test holds the file to what the migrations make; `python -m store.write_schema` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from store.connection import Connection

FILE = os.path.join(os.path.dirname(__file__), "schema.sql")
MIGRATIONS = "-- migrations: "
BETWEEN = ";\n\n"


def create(connection: Connection, migration_set: str, known: Sequence[str]) -> int:
    """Makes the tables in an empty file, in the transaction that is open; how many of the known migrations that was.

    The file of the schema may lack the last ones; one that has others is not used.
    """
    with open(FILE, encoding="utf-8") as file:
        head, _, schema = file.read().partition("\n\n")
    names = head.partition(MIGRATIONS)[2].split(", ")
    if names != list(known[: len(names)]):
        return 0
    for statement in schema.strip().split(BETWEEN):
        connection.execute(statement)
    for name in names:
        connection.execute(
            """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
            VALUES (?, ?, strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'))""",
            migration_set,
            name,
        )
    connection.execute(
        "INSERT INTO recording (id, act_id, lineage) VALUES (1, NULL, lower(hex(randomblob(4))))"
    )
    return len(names)
