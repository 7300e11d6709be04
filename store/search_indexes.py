"""What searches run over: an index of each text, and one of which texts use which words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, cast

from store.connection import Connection
from store.errors import NotFound
from store.present_versions import Present, current_version, not_found
from store.text_bodies import TextBodies

if TYPE_CHECKING:
    from store.word_index import WordIndex
    from texts.model import Passage, Text
    from texts.search import Body, Index, Searchable
    from texts.search.packed_vocabulary import Slices


class SearchIndexes:
    """Makes, keeps and opens the indexes of texts."""

    def __init__(self, connection: Connection, bodies: TextBodies) -> None:
        self._connection = connection
        self._bodies = bodies
        self._sound: set[int] = set()
        """Versions whose index has been read in whole and found undamaged."""

    @cached_property
    def word_index(self) -> WordIndex:
        """Which texts use which words."""
        from store.word_index import WordIndex

        return WordIndex(self._connection)

    def of(self, slug: str) -> Index:
        """What a search runs over; made and kept where it is not there yet. Raises NotFound."""
        current = current_version(self._connection, slug)
        return self._index(current.version_id, piecewise=False) or self.add(
            current.version_id, self._bodies.text(current)
        )

    def make(self, slugs: Iterable[str]) -> None:
        """Makes and keeps what a search of these texts runs over, where it is not there; leaves out those not here."""
        from texts.search import Index

        for slug in slugs:
            with suppress(NotFound):
                current = current_version(self._connection, slug)
                query = "SELECT 1 FROM search_index WHERE version_id = ? AND format = ?"
                if self._connection.value(query, current.version_id, Index.FORMAT) is None:
                    self.add(current.version_id, self._bodies.text(current))

    @contextmanager
    def opened(self) -> Iterator[Callable[[str], Index]]:
        """Hands out the indexes of texts for one search, of which only what that looks at is read.

        They are of no use afterwards: while they are open, the library goes on seeing the state of now.
        """
        with self._connection.pieces():
            yield self._open_index

    def _open_index(self, slug: str) -> Index:
        current = current_version(self._connection, slug)
        index = self._index(current.version_id, piecewise=True)
        if index is not None and current.version_id not in self._sound:
            with suppress(ValueError):
                index.verify()
                self._sound.add(current.version_id)
        if index is None or current.version_id not in self._sound:
            return self.add(current.version_id, self._bodies.text(current))
        return index

    def present(self, bodies: Collection[int] | None = None) -> dict[str, Present]:
        """All texts by slug, or those that have one of these bodies, as far as a search of many has to know them before
        it looks into any.
        """
        columns = "SELECT title, version_id, body_id, slug FROM present"
        if bodies is None:
            rows = self._connection.rows(f"{columns} ORDER BY slug")
        else:
            among = "WHERE body_id IN (SELECT value FROM json_each(?))"
            rows = self._connection.rows(
                f"{columns} {among} ORDER BY slug", f"[{','.join(map(str, bodies))}]"
            )
        return {row[3]: Present._make(row[:3]) for row in rows}

    def bodies(self, *, but_for: Collection[str]) -> list[int]:
        """The present bodies of all texts but some, each as often as it is a text's: quicker than `present`."""
        slugs = ",".join("?" * len(but_for))
        joined = self._connection.value(
            f"""SELECT group_concat(body_id) FROM version AS this
                WHERE NOT EXISTS (SELECT 1 FROM version WHERE text_id = this.text_id AND id > this.id)
                AND text_id NOT IN (SELECT id FROM text WHERE slug IN ({slugs}))""",
            *but_for,
        )
        return [int(body) for body in joined.split(",")] if joined else []

    def _present(self, slug: str) -> Present:
        """One of them; raises NotFound."""
        row = self._connection.row("SELECT title, version_id, body_id FROM present WHERE slug = ?", slug)
        if row is None:
            raise not_found(self._connection, slug)
        return Present(*row)

    def searchable(self, slug: str, present: Present | None = None) -> tuple[str, Searchable]:
        """A title and a text for a single search: only what that search looks at is read. Raises NotFound.

        Until the library is closed, it goes on seeing the state of now. `present` is what is known of it already.
        """
        from store.lazy_searchable import SearchableOfLibrary

        present = present or self._present(slug)
        return present.title, SearchableOfLibrary(slug, present, self)

    def read_index(self, slug: str, present: Present) -> Index:
        """The index of a text, of which only what is looked at is read."""
        found = self._index(present.version_id, piecewise=True)
        return found or self.add(
            present.version_id, self._bodies.text(current_version(self._connection, slug))
        )

    def read_body(self, present: Present, index: Index) -> Body:
        """The body of a text, likewise."""
        from store.lazy_body import LazyBody

        data = self._connection.blob("body", "content", present.body_id, piecewise=True)
        return LazyBody(cast("Slices", data), index.marks, self._connection.file)

    def read_passages(self, slug: str, present: Present, body: Body) -> Sequence[Passage]:
        """The passages of a text that has this body."""
        kept = self._bodies.kept_passages(present.version_id, len(body))
        return self._bodies.passages(current_version(self._connection, slug), body) if kept is None else kept

    def _index(self, version_id: int, *, piecewise: bool) -> Index | None:
        """The index that is kept, if it is there and sound."""
        from texts.search import Index

        row = self._connection.row(
            "SELECT rowid FROM search_index WHERE version_id = ? AND format = ?",
            version_id,
            Index.FORMAT,
        )
        if row is None:
            return None
        kept = self._connection.blob("search_index", "data", row[0], piecewise=piecewise)
        try:
            return Index.from_bytes(cast("Slices", kept))  # a Blob gives bytes for a slice: typeshed differs
        except ValueError:
            return None  # from a machine with another byte order, or cut short: it is made again

    def add(self, version_id: int, text: Text) -> Index:
        """The index of a version of a text, made and kept."""
        from texts.search.build import build_index

        index = build_index(text.body, text.passages)
        self._connection.keep(
            "INSERT OR REPLACE INTO search_index (version_id, format, data) VALUES (?, ?, ?)",
            version_id,
            index.FORMAT,
            index.to_bytes(),
        )
        return index
