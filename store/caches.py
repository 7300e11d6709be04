"""What was computed once and is kept in the library: related passages of a pair of texts, vectors of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from store.connection import Connection, batches
from store.texts import Texts


class RelationCache:
    """Bytes by pair of texts; they hold for the versions, the format and the aliases they were made with."""

    def __init__(self, connection: Connection, texts: Texts) -> None:
        self._connection = connection
        self._texts = texts

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
        return self._texts.current_version(left).version_id, self._texts.current_version(right).version_id


_AT_ONCE = 250
"""Fewer values than the 999 that older SQLite takes in one statement."""


class VectorCache:
    """Bytes by the model that made them and the digest of what it read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, model: str, digests: Iterable[bytes], size: int) -> dict[bytes, bytes]:
        """Those that are kept, by their digests; what is not `size` bytes long counts as not kept."""
        found: dict[bytes, bytes] = {}
        for some in batches(digests, _AT_ONCE):
            places = ", ".join("?" * len(some))
            rows = self._connection.rows(
                f"SELECT digest, data FROM vector WHERE model = ? AND digest IN ({places})", model, *some
            )
            found.update((digest, data) for digest, data in rows if len(data) == size)
        return found

    def put(self, model: str, vectors: Sequence[tuple[bytes, bytes]]) -> None:
        """Keeps vectors with their digests, where the library can be written."""
        for some in batches(vectors, _AT_ONCE):
            rows = ", ".join(["(?, ?, ?)"] * len(some))
            values = chain.from_iterable((model, *vector) for vector in some)
            self._connection.keep(
                f"INSERT OR REPLACE INTO vector (model, digest, data) VALUES {rows}", *values
            )

    def digests(self) -> set[bytes]:
        """The digests of all that is kept, by whichever model."""
        return {digest for (digest,) in self._connection.rows("SELECT DISTINCT digest FROM vector")}

    def drop(self, digests: Iterable[bytes]) -> None:
        """Takes away vectors, in the transaction that is open."""
        self._connection.execute_many(
            "DELETE FROM vector WHERE digest = ?", ((digest,) for digest in digests)
        )
