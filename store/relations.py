"""Related passages once found, kept so that opening the same pair again costs nothing."""

from __future__ import annotations

from store.connection import Connection
from store.shelf import Shelf


class RelationCache:
    """Bytes by pair of texts; they hold for the versions, the format and the aliases they were made with."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def get(self, left: str, right: str, *, format_number: int, aliases: str = "") -> bytes | None:
        """What was put last for the present versions of two texts, or None; raises NotFound.

        `format_number` is the version of the bytes' layout, `aliases` a digest of the list of aliases.
        """
        data: bytes | None = self._connection.value(
            """SELECT data FROM relation
            WHERE left_version_id = ? AND right_version_id = ? AND format = ? AND aliases = ?""",
            *self._versions(left, right),
            format_number,
            aliases,
        )
        return data

    def put(self, left: str, right: str, data: bytes, *, format_number: int, aliases: str = "") -> None:
        """Keeps the bytes, where the library can be written; raises NotFound."""
        self._connection.keep(
            """INSERT OR REPLACE INTO relation (left_version_id, right_version_id, format, aliases, data)
            VALUES (?, ?, ?, ?, ?)""",
            *self._versions(left, right),
            format_number,
            aliases,
            data,
        )

    def _versions(self, left: str, right: str) -> tuple[int, int]:
        return self._shelf.edition(left).version_id, self._shelf.edition(right).version_id
