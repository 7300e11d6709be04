"""What the desk remembers between runs: the last pair, cursors, marks, jumps. Not journaled: nobody undoes a scroll."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeAlias

from store.connection import Connection

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


WORDS = frozenset(("desk.queries", "desk.commands"))
"""Keys of what readers typed, which is theirs as it stands."""


class StoredUiState:
    """Keeps values that JSON can hold, by key."""

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

    def rename(self, old: str, new: str) -> None:
        """Calls a text by its new slug wherever something is kept of it."""
        if self._connection.read_only:
            return
        with self._connection.transaction():
            kept = self._connection.rows("SELECT key, value FROM place WHERE instr(value, ?)", old)
            for key, written in kept:
                with suppress(ValueError, TypeError):
                    value = json.loads(written)
                    renamed = value if key in WORDS else with_slug(value, old, new)
                    if renamed != value:
                        self.put(key, renamed)


def with_slug(value: Json, old: str, new: str) -> Json:
    """A value in which a text has another slug: as a string, as a name, and among the names of a pair."""
    again = partial(with_slug, old=old, new=new)
    if isinstance(value, str):
        return new if value == old else value
    if isinstance(value, Mapping):
        return {
            " ".join(new if part == old else part for part in name.split(" ")): again(each)
            for name, each in value.items()
        }
    return [again(each) for each in value] if isinstance(value, Sequence) else value
