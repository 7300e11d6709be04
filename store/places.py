"""Where the reader is: the last pair, cursors, marks, jumps. Not journaled: nobody undoes a scroll."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

from store.connection import Connection

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


class Places:
    """Values that can be JSON, by key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, default: Json = None) -> Json:
        """What was put under the key last; the default where there is nothing that can be read."""
        kept = self._connection.value("SELECT value FROM place WHERE key = ?", key)
        with suppress(ValueError, TypeError):
            value: Json = json.loads(kept)
            return value
        return default

    def put(self, key: str, value: Json) -> None:
        """Keeps a value; in a read-only library it is forgotten."""
        if self._connection.read_only:
            return
        with self._connection.transaction():
            self._connection.execute(
                """INSERT INTO place (key, value) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                key,
                json.dumps(value),
            )
