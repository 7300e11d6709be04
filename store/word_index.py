"""Which texts use which words: one index of the whole library, so that a search opens only texts that can answer.

It is kept by body, as bodies never change: it need not be told of versions, removals or what is undone. A body waits
in `unindexed` from the act that adds it (a trigger puts it there) until a shard is made; what no shard tells of is
always searched. So an act pays for its share of a shard once in some dozens of texts.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from store.connection import Connection
from store.segmentation import SEGMENTATION
from texts.search.index import Index
from texts.search.old_texts import spelt_as_of_old
from texts.search.shard import (
    SMALLEST,
    FreshWords,
    Shard,
    TextWords,
    counts_of,
    fresh_words,
    merged,
    shard_of,
    to_merge,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from texts.search.packed_vocabulary import Slices, Vocabulary

AT_ONCE = 1_000
"""Texts of which one shard is made where many wait: 20 MB, if they are long articles."""

FORMAT = f"{Shard.FORMAT}.{Index.FORMAT}.{SEGMENTATION}"
"""How shards are made; passages part words that are else joined over the end of a line."""


class WordIndex:
    """The shards of a library, and the bodies that wait for one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shards(self) -> list[Shard]:
        """All shards, of which only what is looked at is read; none where they are of another format, or damaged.

        Until the library is closed, it goes on seeing the state of now.
        """
        if self._has_stale():
            return []
        rows = self._connection.rows("SELECT id FROM shard ORDER BY id")
        with suppress(ValueError):
            return [
                Shard.from_bytes(
                    cast("Slices", self._connection.blob("shard", "data", number, piecewise=True))
                )
                for (number,) in rows
            ]
        return []

    def fresh(self, shards: Sequence[Shard]) -> Sequence[Vocabulary]:
        """Vocabularies that have all words of all shards, each once; the shards where that is not kept, or damaged."""
        rows = self._connection.rows("SELECT shard_id FROM fresh_words ORDER BY shard_id")
        if len(rows) != len(shards):
            return shards
        with suppress(ValueError):
            return [
                FreshWords.from_bytes(
                    cast("Slices", self._connection.blob("fresh_words", "data", number, piecewise=True))
                )
                for (number,) in rows
            ]
        return shards

    def grow(self, *, least: int = SMALLEST) -> None:
        """Makes shards of the bodies that wait, if there are so many, and merges those of a size.

        Where the library cannot be written, or another program is writing, nothing is done.
        """
        connection = self._connection
        if self._has_stale():
            connection.keep_all(self.reset)
        while self._waiting() >= max(least, 1) and connection.keep_all(self._index_some):
            pass
        if self._connection.value(f"SELECT EXISTS ({_UNTOLD})"):
            connection.keep_all(self._tell_fresh)

    def grow_by_some(self, more: bool) -> None:
        """The same as a text is added; where `more` are to follow at once, one shard of all of them is less work."""
        self.grow(least=AT_ONCE if more else SMALLEST)

    def is_sound(self) -> bool:
        """Whether shards and waiting bodies are all there is, and no shard is damaged; those of another format are."""
        rows = self._connection.rows("SELECT id FROM shard WHERE format = ?", FORMAT)
        told = [body for (body,) in self._connection.rows("SELECT body_id FROM unindexed")]
        try:
            for (number,) in rows:
                data = self._connection.value("SELECT data FROM shard WHERE id = ?", number)
                told += Shard.from_bytes(data).texts
            for (data,) in self._connection.rows("SELECT data FROM fresh_words"):
                FreshWords.from_bytes(data)
        except ValueError:
            return False
        if self._has_stale():
            return True
        bodies = [body for (body,) in self._connection.rows("SELECT id FROM body ORDER BY id")]
        return sorted(told) == bodies

    def _has_stale(self) -> bool:
        return bool(self._connection.value("SELECT EXISTS (SELECT 1 FROM shard WHERE format <> ?)", FORMAT))

    def reset(self) -> None:
        """Lets all bodies wait again."""
        self._connection.execute("DELETE FROM shard")
        self._connection.execute("INSERT OR IGNORE INTO unindexed (body_id) SELECT id FROM body")

    def waiting(self) -> set[int]:
        """The bodies that wait for a shard."""
        return {body for (body,) in self._connection.rows("SELECT body_id FROM unindexed")}

    def _waiting(self) -> int:
        number: int = self._connection.value("SELECT count(*) FROM unindexed")
        return number

    def _index_some(self) -> None:
        rows = self._connection.rows(_WAITING, Index.FORMAT, AT_ONCE)
        self._put(shard_of(self._words_of(body, version) for body, version in rows))
        self._connection.execute_many(
            "DELETE FROM unindexed WHERE body_id = ?", [(body,) for body, _ in rows]
        )
        try:
            self._merge()
        except ValueError:  # a damaged one
            self.reset()

    def _words_of(self, body: int, version: int | None) -> TextWords:
        """What a shard is told of a body; `version` is one that has it, with its index, where there is any."""
        index = self._kept(version) or _made(
            self._connection.value("SELECT content FROM body WHERE id = ?", body)
        )
        counts = counts_of(index)
        return TextWords(body, index.words(), len(index.bounds) - 1, spelt_as_of_old(index), counts)

    def _kept(self, version: int | None) -> Index | None:
        data = self._connection.value("SELECT data FROM search_index WHERE version_id = ?", version)
        with suppress(ValueError):
            return None if data is None else Index.from_bytes(data)
        return None

    def _merge(self) -> None:
        rows = self._connection.rows("SELECT id, texts FROM shard ORDER BY id")
        while places := to_merge([texts for _, texts in rows]):
            small = [rows[place][0] for place in places]
            data = (self._connection.value("SELECT data FROM shard WHERE id = ?", each) for each in small)
            self._put(merged([Shard.from_bytes(each) for each in data]))
            self._connection.execute_many("DELETE FROM shard WHERE id = ?", [(each,) for each in small])
            rows = self._connection.rows("SELECT id, texts FROM shard ORDER BY id")

    def _tell_fresh(self) -> None:
        """Keeps for each shard of which that is not told yet the words that are told of no other one."""
        told: set[str] = set()
        try:
            for (data,) in self._connection.rows("SELECT data FROM fresh_words"):
                told.update(FreshWords.from_bytes(data).words())
            for (number,) in self._connection.rows(_UNTOLD):
                data = self._connection.value("SELECT data FROM shard WHERE id = ?", number)
                fresh = [word for word in Shard.from_bytes(data).words() if word not in told]
                told.update(fresh)
                self._connection.insert("fresh_words", shard_id=number, data=fresh_words(fresh).to_bytes())
        except ValueError:  # a damaged one
            self.reset()

    def _put(self, shard: Shard) -> None:
        self._connection.insert("shard", format=FORMAT, texts=len(shard.texts), data=shard.to_bytes())


def _made(content: str) -> Index:
    from texts.search.build import build_index
    from texts.segment import passages

    return build_index(content, passages(content, furniture=False))


_UNTOLD = "SELECT id FROM shard WHERE id NOT IN (SELECT shard_id FROM fresh_words) ORDER BY id"

_WAITING = """
    SELECT unindexed.body_id, max(search_index.version_id)
    FROM unindexed LEFT JOIN version ON version.body_id = unindexed.body_id
    LEFT JOIN search_index ON search_index.version_id = version.id AND search_index.format = ?
    GROUP BY unindexed.body_id LIMIT ?"""
