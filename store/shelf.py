"""The texts of a library, with their earlier versions, their passages and their search indexes."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, cast
from zlib import crc32

from store.connection import Connection, Row
from store.errors import LibraryError, NotFound, Unchanged
from store.journal import Journal
from store.tidy import clipped, one_line
from texts.model import Passage, Passages, Text

if TYPE_CHECKING:
    from store.records import Shelved, Update, Version
    from texts.search import Body, Index, Searchable
    from texts.search.index import Slices

SEGMENTATION = 2
"""Raise it when `texts.segment` or `texts.furniture` tell passages otherwise, or `_packed` packs them otherwise:
all are then told again."""

BODIES_KEPT = 8
"""Bodies held in memory; they never change, so they never grow stale."""


class Edition(NamedTuple):
    """A version of a text as the tables know it."""

    text_id: int
    slug: str
    title: str
    author: str
    source: str
    added: str
    version_id: int
    body_id: int
    furniture: bool
    """Whether page chrome is told from the article at all."""


class Shelf:
    """Adds, finds, edits and removes texts."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._bodies: dict[int, str] = {}
        self._sound: set[int] = set()
        """Versions whose index has been read in whole and found undamaged."""

    def add(self, text: Text) -> tuple[Text, bool]:
        """Puts a text on the shelf and gives it as it now stands, and whether it is new.

        A body that is there already is that text; a slug that is taken gets a number.
        """
        there = self._holding(text.sha256)
        if there is not None:
            return self.get(there), False
        with self._connection.transaction():
            there = self._holding(text.sha256)  # another program may just have added it
            slug = there or self._add(text)
        return self.get(slug), there is None

    def get(self, slug: str) -> Text:
        """A text in its present version; raises NotFound."""
        return self._text(self.edition(slug))

    def has(self, slug: str) -> bool:
        """Whether there is a text of this name."""
        return self._connection.row("SELECT 1 FROM text WHERE slug = ?", slug) is not None

    def slugs(self) -> Sequence[str]:
        """The names of all texts, sorted."""
        return [slug for (slug,) in self._connection.rows("SELECT slug FROM text ORDER BY slug")]

    def list(self) -> list[Shelved]:
        """All texts by slug, without their bodies."""
        from store.records import Shelved

        query = """
            SELECT slug, title, author, source, segmentation.passages, segmentation.words, body.sha256, added
            FROM present JOIN body ON body.id = body_id
            LEFT JOIN segmentation
                ON segmentation.version_id = present.version_id AND segmentation.format = ?
            ORDER BY slug"""
        texts = [Shelved(*row) for row in self._connection.rows(query, SEGMENTATION)]
        return [text if text.words is not None else self._counted(text) for text in texts]

    def edit(
        self, slug: str, *, title: str | None = None, author: str | None = None, source: str | None = None
    ) -> None:
        """Changes how a text is called; raises NotFound."""
        edition = self.edition(slug)
        given = {"title": title, "author": author, "source": source}
        changed = {name: one_line(words) for name, words in given.items() if words is not None}
        if not changed:
            return
        with self._journal.act(f"edited the {' and '.join(changed)} of {slug}"):
            columns = ", ".join(f"{name} = ?" for name in changed)
            self._connection.execute(
                f"UPDATE text SET {columns} WHERE id = ?", *changed.values(), edition.text_id
            )

    def set_furniture(self, slug: str, start: int, value: bool) -> None:
        """The reader's own word on the paragraph that starts there: furniture, or part of the article.

        Raises LibraryError where no paragraph starts.
        """
        edition = self.edition(slug)
        text = self._text(edition)
        passage = next((p for p in text.passages if p.span.start == start), None)
        if passage is None:
            raise LibraryError(f"no paragraph of {slug} starts at {start}")
        what = "furniture" if value else "part of the article"
        with self._journal.act(f"took “{clipped(text.quote(passage.span))}” of {slug} as {what}"):
            self._connection.execute(
                """INSERT INTO furniture (version_id, start, value) VALUES (?, ?, ?)
                ON CONFLICT (version_id, start) DO UPDATE SET value = excluded.value""",
                edition.version_id,
                start,
                value,
            )

    def remove(self, slug: str) -> None:
        """Takes a text off the shelf with its highlights, links and notes; raises NotFound."""
        from store.highlights import erase

        edition = self.edition(slug)
        with self._journal.act(f"removed {slug}: {clipped(edition.title)}"):
            highlights = self._connection.rows("SELECT id FROM highlight WHERE text_id = ?", edition.text_id)
            erase(self._connection, [highlight for (highlight,) in highlights])
            for statement in _REMOVE:
                self._connection.execute(statement, edition.text_id)

    def versions(self, slug: str) -> Sequence[Version]:
        """All versions of a text, the first first; raises NotFound."""
        from store.records import Version

        rows = self._connection.rows(
            """SELECT body.sha256, version.source, version.reader, version.added
            FROM version JOIN body ON body.id = version.body_id WHERE text_id = ? ORDER BY version.id""",
            self.edition(slug).text_id,
        )
        return [Version(number, *row) for number, row in enumerate(rows, 1)]

    def version(self, slug: str, number: int) -> Text:
        """A text as it was in one of its versions; raises NotFound."""
        edition = self.edition(slug)
        row = self._connection.row(
            "SELECT id, body_id, furniture FROM version WHERE text_id = ? ORDER BY id LIMIT 1 OFFSET ?",
            edition.text_id,
            max(number, 1) - 1,
        )
        if row is None or number < 1:
            raise NotFound(f"{slug} has no version {number}: it has {len(self.versions(slug))}")
        version_id, body_id, furniture = row
        return self._text(edition._replace(version_id=version_id, body_id=body_id, furniture=bool(furniture)))

    def update(self, slug: str, text: Text, *, dry_run: bool = False) -> Update:
        """A new version of a text: its highlights are found again, the old version is kept.

        `texts.anchor` does the finding; what it cannot find becomes an orphan where it last stood. With
        `dry_run` nothing is written. Raises NotFound, and Unchanged where the body is the same.
        """
        from store.reanchor import Reanchoring
        from store.records import Update

        old = self.edition(slug)
        if self.body(old.body_id) == text.body:
            raise Unchanged(f"{slug} has not changed: its body is the one that is there already")
        moves = Reanchoring(self._connection, self.body, old, text.body)
        report = Update(slug, len(self.versions(slug)) + 1, moves.highlights())
        if not dry_run:
            with self._journal.act(f"updated {slug}: {report.summary}"):
                moves.write(self._add_version(old.text_id, text))
        return report

    def index(self, slug: str) -> Index:
        """What a search runs over; made and kept where it is not there yet. Raises NotFound."""
        edition = self.edition(slug)
        return self._index(edition, piecewise=False) or self._indexed(edition.version_id, self._text(edition))

    @contextmanager
    def indexes(self) -> Iterator[Callable[[str], Index]]:
        """Hands out the indexes of texts for one search, of which only what that looks at is read.

        They are of no use afterwards: while they are open, the library goes on seeing the state of now.
        """
        with self._connection.pieces():
            yield self._open_index

    def _open_index(self, slug: str) -> Index:
        edition = self.edition(slug)
        index = self._index(edition, piecewise=True)
        if index is not None and edition.version_id not in self._sound:
            with suppress(ValueError):
                index.verify()
                self._sound.add(edition.version_id)
        if index is None or edition.version_id not in self._sound:
            return self._indexed(edition.version_id, self._text(edition))
        return index

    def searchable(self, slug: str) -> tuple[str, Searchable]:
        """A title and a text for a single search: only what that search looks at is read. Raises NotFound.

        Until the library is closed, it goes on seeing the state of now.
        """
        from store.pieces import Pieces
        from texts.search import Searchable

        edition = self.edition(slug)
        index = self._index(edition, piecewise=True)
        if index is None:
            text = self._text(edition)
            index = self._indexed(edition.version_id, text)
            return text.title, Searchable(slug, text.body, index, text.passages)
        data = self._connection.blob("body", "content", edition.body_id, piecewise=True)
        body = Pieces(cast("Slices", data), index.marks, self._connection.file)
        return edition.title, Searchable(slug, body, index, self._passages(edition, body))

    def _index(self, edition: Edition, *, piecewise: bool) -> Index | None:
        """The index that is kept, if it is there and sound."""
        from texts.search import Index

        row = self._connection.row(
            "SELECT rowid FROM search_index WHERE version_id = ? AND format = ?",
            edition.version_id,
            Index.FORMAT,
        )
        if row is None:
            return None
        kept = self._connection.blob("search_index", "data", row[0], piecewise=piecewise)
        try:
            return Index.from_bytes(cast("Slices", kept))  # a Blob gives bytes for a slice: typeshed differs
        except ValueError:
            return None  # from a machine with another byte order, or cut short: it is made again

    def _indexed(self, version_id: int, text: Text) -> Index:
        """The index of a text, made and kept."""
        from texts.search import Index

        index = Index.build(text.body, text.passages)
        self._connection.keep(
            "INSERT OR REPLACE INTO search_index (version_id, format, data) VALUES (?, ?, ?)",
            version_id,
            Index.FORMAT,
            index.to_bytes(),
        )
        return index

    def edition(self, slug: str) -> Edition:
        """The present version of a text, for the other parts; raises NotFound with names like it."""
        row = self._connection.row(f"{_SELECT_EDITION} WHERE slug = ?", slug)
        if row is None:
            raise NotFound(f"there is no text “{clipped(slug)}” in {self._connection.path}{self._like(slug)}")
        return _edition(row)

    def body(self, body_id: int) -> str:
        """A body by its id."""
        body = self._bodies.pop(body_id, None)
        if body is None:
            body = self._connection.value("SELECT content FROM body WHERE id = ?", body_id)
            if body is None:
                raise LibraryError(f"{self._connection.path} lacks a body: run `tui check`")
        self._bodies[body_id] = body
        if len(self._bodies) > BODIES_KEPT:
            del self._bodies[next(iter(self._bodies))]
        return body

    def _like(self, slug: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(slug[:200], self.slugs(), n=3, cutoff=0.5)
        return f"; did you mean {' or '.join(close)}?" if close else "; `tui texts` lists what there is"

    def _free_slug(self, wanted: str) -> str:
        candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
        return next(slug for slug in candidates if not self.has(slug))

    def _add(self, text: Text) -> str:
        slug = self._free_slug(text.slug)
        with self._journal.act(f"added {slug}: {clipped(text.title)}"):
            text_id = self._connection.insert(
                "text",
                slug=slug,
                title=one_line(text.title),
                author=one_line(text.author),
                source=one_line(text.source),
                added=self._journal.now(),
            )
            self._add_version(text_id, text)
        return slug

    def _holding(self, sha256: str) -> str | None:
        """The slug of the text whose present body has this digest."""
        slug: str | None = self._connection.value(
            "SELECT slug FROM present JOIN body ON body.id = present.body_id WHERE body.sha256 = ?", sha256
        )
        return slug

    def _add_version(self, text_id: int, text: Text) -> int:
        """Writes the body, where it is new, and a version that has it; gives the version's id."""
        body_id = self._connection.value("SELECT id FROM body WHERE sha256 = ?", text.sha256)
        if body_id is None:
            body_id = self._connection.insert("body", sha256=text.sha256, content=text.body)
        furniture, overrides = _rulings(text)
        version_id = self._connection.insert(
            "version",
            text_id=text_id,
            body_id=body_id,
            furniture=furniture,
            source=one_line(text.source),
            reader=self._journal.reader,
            added=self._journal.now(),
        )
        self._connection.execute_many(
            "INSERT INTO furniture (version_id, start, value) VALUES (?, ?, ?)",
            [(version_id, start, value) for start, value in overrides.items()],
        )
        self._keep_segmentation(version_id, text.body, text.passages)
        self._indexed(version_id, text)  # else the first search would have to wait for it
        return version_id

    def _text(self, edition: Edition) -> Text:
        body = self.body(edition.body_id)
        return Text(
            slug=edition.slug,
            title=edition.title,
            author=edition.author,
            source=edition.source,
            body=body,
            passages=self._passages(edition, body),
        )

    def _passages(self, edition: Edition, body: Body) -> Sequence[Passage]:
        kept = self._connection.value(
            "SELECT spans FROM segmentation WHERE version_id = ? AND format = ?",
            edition.version_id,
            SEGMENTATION,
        )
        found: Sequence[Passage] | None = None if kept is None else _unpacked(kept, len(body))
        if found is None:
            whole = str(body)
            found = self._segmented(edition, whole)
            self._keep_segmentation(edition.version_id, whole, found)
        return found

    def _segmented(self, edition: Edition, body: str) -> tuple[Passage, ...]:
        from texts.segment import passages

        overrides = self._connection.rows(
            "SELECT start, value FROM furniture WHERE version_id = ?", edition.version_id
        )
        return passages(
            body, furniture=edition.furniture, overrides={start: bool(value) for start, value in overrides}
        )

    def _keep_segmentation(self, version_id: int, body: str, passages: Sequence[Passage]) -> None:
        self._connection.keep(
            """INSERT OR REPLACE INTO segmentation (version_id, format, passages, words, spans)
            VALUES (?, ?, ?, ?, ?)""",
            version_id,
            SEGMENTATION,
            _numbered(passages),
            _words(body, passages),
            _packed(passages),
        )

    def _counted(self, text: Shelved) -> Shelved:
        """A text whose counts are not kept, or were kept by another version of the program."""
        edition = self.edition(text.slug)
        body = self.body(edition.body_id)
        passages = self._passages(edition, body)
        return text._replace(passages=_numbered(passages), words=_words(body, passages))


_SELECT_EDITION = """
    SELECT text_id, slug, title, author, source, added, version_id, body_id, furniture FROM present"""

_REMOVE = (
    "DELETE FROM note WHERE text_id = ?1",
    """DELETE FROM dismissed WHERE left_version_id IN (SELECT id FROM version WHERE text_id = ?1)
        OR right_version_id IN (SELECT id FROM version WHERE text_id = ?1)""",
    "DELETE FROM furniture WHERE version_id IN (SELECT id FROM version WHERE text_id = ?1)",
    "DELETE FROM version WHERE text_id = ?1",
    "DELETE FROM text WHERE id = ?1",
)


def _edition(row: Row) -> Edition:
    *columns, furniture = row
    return Edition._make((*columns, bool(furniture)))


def _rulings(text: Text) -> tuple[bool, Mapping[int, bool]]:
    """What to keep so that segmenting the body again gives the text's passages.

    Whether furniture is told at all, and the paragraphs on which the text departs from the program's opinion.
    """
    from texts.segment import passages

    told = passages(text.body)
    if text.passages == told:
        return True, {}
    if not any(passage.is_furniture for passage in text.passages):
        return False, {}
    opinions = {passage.span.start: passage.is_furniture for passage in told}
    return True, {
        passage.span.start: passage.is_furniture
        for passage in text.passages
        if opinions.get(passage.span.start, passage.is_furniture) is not passage.is_furniture
    }


def _numbered(passages: Sequence[Passage]) -> int:
    return sum(passage.number is not None for passage in passages)


def _words(body: str, passages: Sequence[Passage]) -> int:
    from texts.segment import WORD

    return sum(
        sum(1 for _ in WORD.finditer(body, *passage.span))
        for passage in passages
        if passage.number is not None
    )


def _packed(passages: Sequence[Passage]) -> bytes:
    """A check sum, then all starts, all ends, all numbers (0 on furniture), as little-endian 32-bit integers."""
    numbers = array("I", (p.span.start for p in passages))
    numbers.extend(p.span.end for p in passages)
    numbers.extend(p.number or 0 for p in passages)
    columns = _little_endian(numbers).tobytes()
    return crc32(columns).to_bytes(4, "little") + columns


def _unpacked(kept: bytes, length: int) -> Passages | None:
    """What `_packed` packed, or None where it cannot be that of a body of this length."""
    check_sum, columns = kept[:4], kept[4:]
    numbers = array("I")
    if len(columns) % (3 * numbers.itemsize) or check_sum != crc32(columns).to_bytes(4, "little"):
        return None
    numbers.frombytes(columns)
    third = len(numbers) // 3
    starts, ends, counted = (_little_endian(numbers)[at : at + third] for at in (0, third, 2 * third))
    if third and ends[-1] > length:
        return None
    return Passages(starts, ends, counted)


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers
