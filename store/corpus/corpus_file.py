"""The file of a corpus: an SQLite database with texts, their sections and words, and an index to search in.

A shard is what is written at one go: a million words in whole texts, with the index over them. What is in
the file is whole shards, whenever the program ends. Bodies stand in the shards, as UTF-8, of which sections and texts
are slices.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from store.corpus import corpus_folder
from store.corpus.byte_pieces import Pieces
from store.corpus.corpus_errors import damaged, explain_corpus
from store.corpus.corpus_folder import FILE, FORMAT, RUNS, WHOLE_SHARDS
from store.errors import LibraryError, NotFound
from store.segmentation import PASSAGE_BYTES, columns_of, passages_in
from texts.corpus.corpus_texts import CorpusText
from texts.visible import one_line

if TYPE_CHECKING:
    from store.corpus.new_texts import NewText
    from texts.corpus.sections import Section
    from texts.model import Passage, Text
    from texts.search.packed_vocabulary import Slices
    from texts.search.search_records import Body, Searchable
    from texts.search.shard import Shard

_BUSY = 10.0
_KNOWN = "name, title, author, date, source, series, path, language"


class CorpusSize(NamedTuple):
    """How much a corpus has."""

    texts: int
    passages: int
    words: int


class SectionWords(NamedTuple):
    """What candidates are found by: the words of a section, as `texts.corpus.content_words` numbers them."""

    id: int
    text: int
    words: bytes
    """Numbers of 64 bits with a sign, passage after passage."""
    starts: bytes
    """Where each passage starts in them and their number at the end, 32 bits each."""


class Corpus:
    """An open corpus; a context manager. Raises LibraryError for whatever SQLite does not take."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self.folder = folder
        self.file = str(folder / FILE)
        self._format = FORMAT
        self._columns: dict[tuple[str, int], Slices] = {}

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The corpus in a folder, to be read and added to."""
        return cls._open(folder, create=False)

    @classmethod
    def create(cls, folder: Path) -> Self:
        """The same; it is made where there is none, unless the folder holds something else."""
        if corpus_folder.holds_others(folder):
            raise LibraryError(f"{folder} has files that are none of a corpus: take another name")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be made: {one_line(error.strerror or str(error))}"
            ) from error
        try:
            return cls._open(folder, create=True)
        except LibraryError:
            corpus_folder.remove_if_empty(folder)
            raise

    @classmethod
    def _open(cls, folder: Path, *, create: bool) -> Self:
        file = folder / FILE
        if not create and not file.is_file():
            raise NotFound(f"there is no corpus in {folder}")
        try:
            # A share or a disk that is only read: SQLite has to do without the files that it makes beside its own.
            fixed = (
                not create and not os.access(folder, os.W_OK) and not file.with_name(f"{FILE}-wal").exists()
            )
            connection = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=ro&immutable=1" if fixed else file,
                timeout=_BUSY,
                isolation_level=None,
                check_same_thread=False,
                uri=fixed,
            )
            corpus = cls(connection, folder)
            try:
                corpus._prepare(create=create)
            except BaseException:
                corpus.close()
                raise
        except sqlite3.Error as error:
            raise explain_corpus(error, str(file)) from error
        return corpus

    def _prepare(self, *, create: bool) -> None:
        if corpus_folder.is_of_others(self._connection):
            raise corpus_folder.refusal_of_others(self.folder / FILE)
        if self._read_format() == 0:
            if not create:  # a program was ended, or found no room, before it had written anything
                raise NotFound(f"there is no corpus in {self.folder} yet: make it again")
            from store.corpus.corpus_schema import create_tables

            create_tables(self._connection)
            self._read_format()
        if self._format not in (FORMAT, WHOLE_SHARDS):
            raise LibraryError(
                f"{self.file} was made by another version of this program: remove it and make it anew"
            )

    def _read_format(self) -> int:
        ((self._format,),) = self._connection.execute("PRAGMA user_version")
        return self._format

    def _is_whole(self) -> bool:
        """Whether its shards are a value each: another program may have parted them since it was opened."""
        return self._format == WHOLE_SHARDS and self._read_format() == WHOLE_SHARDS

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def remove_if_empty(self) -> bool:
        """Closes the corpus; removes it where it has no text and no other program has it open. Gives whether it did."""
        self.close()
        return corpus_folder.remove_if_empty(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What the corpus is called."""
        return self.folder.name

    @property
    def is_named(self) -> bool:
        """Whether a reader knows it by its name: one that is made of a text for the while lies among the runs."""
        return self.folder.parent.name != RUNS

    def rows(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """Rows of a query."""
        try:
            yield from self._connection.execute(query, values)
        except sqlite3.Error as error:
            raise explain_corpus(error, self.file) from error

    def counts(self) -> CorpusSize:
        """How much there is in it."""
        query = "SELECT count(*), coalesce(sum(passages), 0), coalesce(sum(words), 0) FROM text"
        ((texts, passages, words),) = self.rows(query)
        return CorpusSize(cast("int", texts), cast("int", passages), cast("int", words))

    def state(self) -> tuple[int, int]:
        """What tells one state of a corpus from another, as texts are only ever added: sections and texts."""
        query = "SELECT (SELECT coalesce(max(id), 0) FROM section), (SELECT count(*) FROM text)"
        ((sections, texts),) = self.rows(query)
        return cast("int", sections), cast("int", texts)

    def has(self, given: str, sha256: str) -> bool:
        """Whether the text that came under this id has these very words here."""
        return any(self.rows("SELECT 1 FROM text WHERE given = ? AND sha256 = ?", given, sha256))

    def has_name(self, name: str) -> bool:
        """Whether a text has this name."""
        return any(self.rows("SELECT 1 FROM text WHERE name = ?", name))

    def texts(self) -> Iterator[tuple[int, CorpusText, int, int]]:
        """For each text its number, what is known of it, and how many passages and words it has."""
        for row in self.rows(f"SELECT id, passages, words, {_KNOWN} FROM text ORDER BY id"):
            number, passages, words, *known = row
            yield (
                cast("int", number),
                CorpusText(*cast("list[str]", known)),
                cast("int", passages),
                cast("int", words),
            )

    def series(self) -> Iterator[tuple[int, str]]:
        """For each text its number and the series that it is in; empty for none."""
        for number, series in self.rows("SELECT id, series FROM text ORDER BY id"):
            yield cast("int", number), cast("str", series)

    def known(self, number: int) -> CorpusText:
        """What is known of the text of this number."""
        for row in self.rows(f"SELECT {_KNOWN} FROM text WHERE id = ?", number):
            return CorpusText(*cast("tuple[str, ...]", row))
        raise damaged(self.file)

    def text(self, name: str) -> Text:
        """A whole text by its name; raises NotFound."""
        from texts.corpus.sections import joined

        for number, *known in self.rows(f"SELECT id, {_KNOWN} FROM text WHERE name = ?", name):
            query = "SELECT id FROM section WHERE text = ? ORDER BY id"
            numbers = [cast("int", each) for (each,) in self.rows(query, number)]
            return joined([self.section(each) for each in numbers], CorpusText(*cast("list[str]", known)))
        raise NotFound(f"there is no text “{one_line(name)}” in the corpus {self.name}")

    def section(self, number: int) -> Section:
        """A section by its number."""
        from texts.corpus.sections import Section

        query = """SELECT section.start, pieces, shard, first_byte, last_byte
            FROM section JOIN text ON text.id = section.text WHERE section.id = ?"""
        for start, pieces, shard, first, last in self.rows(query, number):
            body = self._column("body", cast("int", shard))[cast("int", first) : cast("int", last)]
            try:
                return Section(cast("int", start), bytes(body).decode(), passages_in(cast("bytes", pieces)))
            except ValueError as error:
                raise damaged(self.file) from error
        raise damaged(self.file)

    def section_text(self, number: int) -> int:
        """The number of the text that a section is of."""
        ((text,),) = self.rows("SELECT text FROM section WHERE id = ?", number)
        return cast("int", text)

    def section_words(self) -> Iterator[SectionWords]:
        """The words of all sections, in order."""
        for row in self.rows("SELECT id, text, words, word_starts FROM section ORDER BY id"):
            section = SectionWords(*cast("tuple[int, int, bytes, bytes]", row))
            if int.from_bytes(section.starts[-4:], sys.byteorder) * 8 != len(section.words):
                raise damaged(self.file)
            yield section

    def searchables(self) -> Iterator[tuple[int, Searchable]]:
        """For each shard its number and itself, as a search takes it: only what the search looks at is read."""
        for (number,) in list(self.rows("SELECT id FROM shard ORDER BY id")):
            yield cast("int", number), self._searchable(cast("int", number))

    def _searchable(self, shard: int) -> Searchable:
        from store.lazy_body import LazyBody
        from store.lazy_searchable import LazySearchable
        from texts.search.index import Index

        def index() -> Index:
            try:
                return Index.from_bytes(self._column("index", shard))
            except ValueError as error:
                raise damaged(self.file) from error

        def body(index: Index) -> Body:
            return LazyBody(self._column("body", shard), index.marks, self.file, explain_corpus)

        def passages(body: Body) -> Sequence[Passage]:
            ((columns,),) = self.rows("SELECT passages FROM shard WHERE id = ?", shard)
            return passages_in(cast("bytes", columns))

        return LazySearchable(str(shard), body, index, passages)

    def passages(self) -> int:
        """How many passages all shards have, furniture included."""
        ((size,),) = self.rows("SELECT coalesce(sum(length(passages)), 0) FROM shard")
        return cast("int", size) // PASSAGE_BYTES

    def text_place(self, shard: int, offset: int) -> tuple[int, int, int]:
        """The text of a shard that this offset into its body stands in: number, where it starts, how long it is."""
        query = """SELECT id, start, length FROM text
            WHERE shard = ? AND start <= ? ORDER BY start DESC LIMIT 1"""
        for number, start, length in self.rows(query, shard, offset):
            return cast("int", number), cast("int", start), cast("int", length)
        raise damaged(self.file)

    def _column(self, column: str, shard: int) -> Slices:
        """The `body` of a shard or its `index`, of which slices are read as long as the corpus is open."""
        key = column, shard
        if key not in self._columns:
            self._columns[key] = self._opened_column(column, shard)
        return self._columns[key]

    def _opened_column(self, column: str, shard: int) -> Slices:
        name = "search_index" if column == "index" else column
        if self._is_whole():
            try:
                blob = self._connection.blobopen("shard", name, shard, readonly=True)
            except sqlite3.Error as error:
                raise explain_corpus(error, self.file) from error
            return cast("Slices", blob)  # a Blob gives bytes for a slice: typeshed differs
        for first, length in self.rows(f"SELECT {name}, {column}_bytes FROM shard WHERE id = ?", shard):
            return self._pieces(first, length)
        raise damaged(self.file)

    def _pieces(self, first: object, length: object) -> Pieces:
        """So many bytes of the pieces that begin with this one."""
        if not (isinstance(first, int) and isinstance(length, int)):
            raise damaged(self.file)
        return Pieces(self.rows, first, length, partial(damaged, self.file))

    def words(self) -> list[Shard]:
        """Which shards use which words, as far as that is told: in vocabularies that have no shard in common."""
        if self._is_whole():
            return []
        from texts.search.shard import Shard

        found = []
        for first, length in self.rows("SELECT first, bytes FROM words ORDER BY id"):
            with suppress(ValueError):  # of another format
                found.append(Shard.from_bytes(self._pieces(first, length)))
        return found

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Inside, what other programs write meanwhile is not seen."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise explain_corpus(error, self.file) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise explain_corpus(error, self.file) from error

    def add(self, texts: Sequence[NewText], index: bytes = b"") -> int:
        """Writes some texts as a shard, all of them or none, but those that are there by now; gives how many.

        `index` is that of `shard_of` these texts where it is at hand.
        Raises NotFound where the corpus was removed meanwhile: what is written then is nowhere.
        """
        while missing := self._missing(texts):
            if self._write(missing, index if len(missing) == len(texts) else b""):
                if not os.path.exists(self.file):
                    raise NotFound(f"the corpus {self.name} was removed meanwhile: nothing was kept")
                return len(missing)
        return 0

    def _missing(self, texts: Sequence[NewText]) -> list[NewText]:
        return [text for text in texts if not self.has(text.known.name, text.sha256)]

    def _write(self, texts: Sequence[NewText], index: bytes) -> bool:
        """Writes texts as a shard; False where another program has written one of them meanwhile."""
        from store.corpus.corpus_schema import add_shard
        from store.corpus.new_texts import BETWEEN, shard_of

        body, whole = shard_of(texts)
        if not index:
            from texts.search.build import build_index

            index = build_index(body, whole).to_bytes()
        with self._transaction():
            if len(self._missing(texts)) < len(texts):
                return False
            if self._read_format() == WHOLE_SHARDS:
                self._part_shards()
            shard = add_shard(self._connection, body.encode(), columns_of(whole), index)
            self._add_words(shard, index)
            start, byte = 0, 0
            for text in texts:
                written = text.body()
                self._add(text, shard, start, len(written), byte)
                start += len(written) + len(BETWEEN)
                byte += len(written.encode()) + len(BETWEEN)
        return True

    def _part_shards(self) -> None:
        """Brings a file of the format before to the present one, with what its shards tell of their words."""
        from store.corpus.corpus_schema import part_shards

        self._columns.clear()
        part_shards(self._connection)
        self._read_format()
        for (number,) in list(self.rows("SELECT id FROM shard ORDER BY id")):
            self._add_words(cast("int", number), bytes(self._column("index", cast("int", number))[:]))

    def _add_words(self, shard: int, index: bytes) -> None:
        from store.corpus.corpus_words import add_words
        from texts.search.index import Index

        try:
            add_words(self._connection, self._pieces, shard, Index.from_bytes(index))
        except ValueError as error:
            raise damaged(self.file) from error

    def _add(self, text: NewText, shard: int, start: int, length: int, byte: int) -> None:
        known = text.known
        passages = len(
            {piece.number for section, _ in text.sections for piece in section.pieces if piece.number}
        )
        values = (
            *(self._free(known.name), known.name, known.title, known.author, known.date, known.source),
            *(known.series, known.path, known.language, text.sha256, passages, text.words),
            *(shard, start, length),
        )
        number = self._connection.execute(
            """INSERT INTO text (name, given, title, author, date, source, series, path, language, sha256,
                passages, words, shard, start, length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            values,
        ).lastrowid
        for section, words in text.sections:
            size = len(section.body.encode())
            self._connection.execute(
                """INSERT INTO section (text, start, first_byte, last_byte, pieces, words, word_starts)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (
                    *(number, section.start, byte, byte + size, columns_of(section.pieces)),
                    *(words.numbers.tobytes(), words.starts.tobytes()),
                ),
            )
            byte += size

    def _free(self, name: str) -> str:
        """The name, with a number behind it where another text has it."""
        from texts.load.titles import numbered

        return numbered(name, self.has_name)
