"""One connection to a library file: how it is opened, and how its transactions begin and end."""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, wraps
from itertools import islice
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from store.errors import LibraryError, LibraryOverwritten, damaged, explain, is_damage
from store.library_file import BUSY_SECONDS, SQLITE_ERRORS, LibraryFile, open_read_only, open_writable

if TYPE_CHECKING:
    from pathlib import Path

HANDLES = 40
"""Blobs that are open at a time: at each statement SQLite goes through all that are."""

CACHE_BUSY_MILLISECONDS = 50
"""How long a write that only saves work later may wait: a search must not hang on it."""

T = TypeVar("T")
P = ParamSpec("P")

Row = tuple[Any, ...]
"""What SQLite hands back; rows never leave the store."""


def batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """The items in lists of so many at most; `itertools.batched` came with Python 3.12."""
    left = iter(items)
    while some := list(islice(left, most)):
        yield some


class BlobPieces:
    """A blob that is read in slices, through a handle that may have been closed in between."""

    def __init__(self, connection: Connection, sql: sqlite3.Connection, place: tuple[str, str, int]) -> None:
        """`place`: table, column, row."""
        self._connection = connection
        self._sql = sql
        self._place = place
        self._length: int | None = None

    def opened(self) -> sqlite3.Blob:
        """A new handle."""
        return self._sql.blobopen(*self._place, readonly=True)

    def __len__(self) -> int:
        if self._length is None:
            self._length = len(self._connection.handle(self))
        return self._length

    def __getitem__(self, part: slice) -> bytes:
        return cast("bytes", self._connection.handle(self)[part])  # typeshed knows single bytes only


class Connection:
    """A library file, open in one thread. Every write happens inside `transaction`."""

    def __init__(self, sql: sqlite3.Connection, where: LibraryFile, *, read_only: bool) -> None:
        self.where = where
        self.file = where.path
        self.read_only = read_only
        self.has_written = False
        """Whether a transaction has been committed since the log was last emptied."""
        self.has_acted = False
        """Whether one of them wrote more than caches, so that something is lost with the file."""
        self._keeping = False
        self._sql = sql
        self._left: list[sqlite3.Connection] = []
        self._refusal: LibraryError | None = None
        self._lineage: tuple[int, str] | None = None
        self._depth = 0
        self._pieces: list[BlobPieces] = []
        self._handles: OrderedDict[BlobPieces, sqlite3.Blob] = OrderedDict()

    @cached_property
    def path(self) -> Path:
        """The file, for those who ask more of it than its name."""
        from pathlib import Path  # late: it takes as long as SQLite itself

        return Path(self.file)

    @property
    def raw(self) -> sqlite3.Connection:
        """For sqlite-utils, which wants the connection itself."""
        return self._sql

    def close(self) -> None:
        """Closes the file; a second time does nothing."""
        self._pieces.clear()
        while self._handles:
            self._handles.popitem()[1].close()
        for sql in (*self._left, self._sql):
            sql.close()
        self._left.clear()

    def continue_on(self, copy: str, why: LibraryError) -> None:
        """Reads from a copy of the library from now on, which has the same ids; every write is refused with `why`."""
        left, self._sql = self._sql, open_read_only(LibraryFile(copy, create=False))
        self.refuse_writing(why)
        if self._pieces:
            self._left.append(left)  # a search still reads from it
        else:
            left.close()

    def verify_file(self) -> None:
        """Raises LibraryReplaced where the file is not the one that was opened, or has another library in it."""
        self.where.verify()
        if self.where.was_written:
            from store.log_state import refuse_overwritten

            refuse_overwritten(self.where, self.lineage)
        elif self._lineage is not None:
            self.lineage()

    def lineage(self) -> str:
        """The states that the library follows, newest first; asked anew only where a commit explains other ones.

        What is read from a file that another program has written over would be the lineage of the newcomer. So it is
        remembered from the first call on; https://www.sqlite.org/pragma.html#pragma_data_version tells of commits.
        """
        try:
            version = self.value("PRAGMA data_version")
            if self._lineage is None or self._lineage[0] != version:
                self._lineage = version, str(self.value("SELECT lineage FROM recording"))
        except LibraryError as error:
            # The index of the log does not fit the newcomer: no page of it can be read.
            if self._lineage is None or not is_damage(error):
                raise
        return self._lineage[1]

    def refuse_writing(self, why: LibraryError) -> None:
        """Refuses every write from now on."""
        self.read_only, self._refusal = True, why

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._sql.in_transaction

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Runs one statement; raises LibraryError where SQLite refuses."""
        try:
            return self._sql.execute(statement, values)
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs one statement for each of the rows."""
        try:
            self._sql.executemany(statement, rows)
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error

    def rows(self, statement: str, *values: object) -> list[Row]:
        """All that a query finds."""
        try:
            return self._sql.execute(statement, values).fetchall()
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error

    def rows_named(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        """All that a query with named parameters finds."""
        try:
            return self._sql.execute(statement, values).fetchall()
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error

    def each(self, statement: str, values: Mapping[str, object] | Sequence[object] = ()) -> Iterator[Row]:
        """What a query finds, one row after the other: however many there are, one is in memory."""
        try:
            yield from self._sql.execute(statement, values)
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error

    def row(self, statement: str, *values: object) -> Row | None:
        """The first that a query finds, or None."""
        try:
            found: Row | None = self._sql.execute(statement, values).fetchone()
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error
        return found

    def made(self, make: Callable[[Row], T], rows: Iterable[Row]) -> list[T]:
        """A record from each row; raises LibraryError where the file holds what was never written."""
        try:
            return [make(row) for row in rows]
        except (ValueError, TypeError, LookupError) as error:
            raise damaged(self.file) from error

    def value(self, statement: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        found = self.row(statement, *values)
        return None if found is None else found[0]

    def blob(self, table: str, column: str, row: int, *, piecewise: bool) -> bytes | BlobPieces:
        """A blob, or what reads it in slices and pins the present state until it is closed."""
        if not piecewise:
            whole: bytes = self.value(f"SELECT {column} FROM {table} WHERE rowid = ?", row)
            return whole
        pieces = BlobPieces(self, self._sql, (table, column, row))
        try:
            self.handle(pieces)
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error
        self._pieces.append(pieces)
        return pieces

    def handle(self, pieces: BlobPieces) -> sqlite3.Blob:
        """The open handle of a blob that is read in slices; few are, always the first of all, which pins the state."""
        handle = self._handles.get(pieces)
        if handle is None:
            if len(self._handles) >= HANDLES:
                oldest = next(each for each in self._handles if each is not self._pieces[0])
                self._handles.pop(oldest).close()
            handle = self._handles[pieces] = pieces.opened()
        else:
            self._handles.move_to_end(pieces)
        return handle

    def _close(self, pieces: BlobPieces) -> None:
        handle = self._handles.pop(pieces, None)
        if handle is not None:
            handle.close()

    @contextmanager
    def pieces(self) -> Iterator[None]:
        """Closes at its end the handles that were opened in it, so that the present state is no longer pinned.

        Raises LibraryError where SQLite refuses to read a piece.
        """
        before = len(self._pieces)
        try:
            yield
        except SQLITE_ERRORS as error:
            raise self._explained(error) from error
        finally:
            while len(self._pieces) > before:
                self._close(self._pieces.pop())

    def insert(self, table: str, **columns: object) -> int:
        """Adds a row and gives its id. Table and columns are names of the schema, never a reader's words."""
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        cursor = self.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", *columns.values())
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; inside another one a savepoint: a failure takes back only itself."""
        self._refuse_if_read_only()
        name = f"inner_{self._depth}"
        inner = self.in_transaction
        commit, roll_back = (f"RELEASE {name}", f"ROLLBACK TO {name}") if inner else ("COMMIT", "ROLLBACK")
        self.execute(f"SAVEPOINT {name}" if inner else "BEGIN IMMEDIATE")
        self._depth += 1
        try:
            if not inner:
                self.verify_file()  # nothing is written to a file that nobody would open again
            yield
            self.execute(commit)
            if not inner:
                self.has_written = True
                self.has_acted = self.has_acted or not self._keeping
                self._remember_own_state()
                self.where.verify()  # nothing is told as done that went there meanwhile
        except BaseException:
            # A full disk ends the whole transaction by itself: then there is nothing left to roll back.
            if self.in_transaction:
                self.execute(roll_back)
                if inner:
                    self.execute(commit)
            raise
        finally:
            self._depth -= 1

    def _remember_own_state(self) -> None:
        if self._lineage is not None:
            self._lineage = None  # its own commits do not count as a new version
            with suppress(LibraryError):  # what was written is safe, whatever cannot be read now
                self.lineage()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the library for several queries, whatever other programs write meanwhile."""
        if self.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            if self.in_transaction:
                self.execute("COMMIT")

    def keep(self, statement: str, *values: object) -> None:
        """Writes to a cache. What cannot be kept is worked out again next time: no error, no long wait."""
        self.keep_all(lambda: self.execute(statement, *values))

    def keep_all(self, write: Callable[[], object]) -> bool:
        """Writes to caches by several statements, in one transaction, as `keep` does; whether they were written."""
        if self.read_only:
            return False
        if self.in_transaction:
            if self._depth:  # else it is `reading`, which must not turn into a write
                write()
            return self._depth > 0
        self.execute(f"PRAGMA busy_timeout = {CACHE_BUSY_MILLISECONDS}")
        self._keeping = True
        try:
            with suppress(LibraryError), self.transaction():
                write()
                return True
        finally:
            self._keeping = False
            self.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        return False

    def _refuse_if_read_only(self) -> None:
        if self._refusal is not None:
            raise self._refusal
        if self.read_only:
            raise LibraryError(
                f"{self.file} is read-only: nothing can be changed; work on a copy made with `tui backup`"
            )

    def _explained(self, error: sqlite3.Error | UnicodeDecodeError) -> Exception:
        # A wrong thread, a closed connection: a mistake of ours, which the reader can do nothing about.
        if isinstance(error, sqlite3.ProgrammingError):
            return error
        if isinstance(self._refusal, LibraryOverwritten):
            return self._refusal
        return explain(error, self.file)


class _OnConnection(Protocol):
    """A part of the library: it reads and writes through one connection."""

    _connection: Connection


_Part = TypeVar("_Part", bound=_OnConnection)


def transactional(method: Callable[Concatenate[_Part, P], T]) -> Callable[Concatenate[_Part, P], T]:
    """The method run in one transaction: what it reads cannot change before it writes."""

    @wraps(method)
    def in_transaction(part: _Part, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with part._connection.transaction():
            return method(part, *args, **kwargs)

    return in_transaction


def connect(
    path: str | os.PathLike[str], *, create: bool = False, read_only: bool = False, linked: bool = False
) -> Connection:
    """Opens the file, made with its folder where asked, and sets what every connection needs.

    Whether the file is a library is for `store.migrations` to say. One with hard links is opened only if `linked` says
    so. Raises LibraryError.
    """
    where = LibraryFile(path, create=create and not read_only, linked=linked)
    read_only = read_only or not where.is_writable
    if where.has_log:
        from store.log_state import refuse_foreign_log

        refuse_foreign_log(where)
    sql = open_read_only(where) if read_only else open_writable(where)
    connection = Connection(sql, where, read_only=read_only)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.value("PRAGMA application_id")
        where.verify()  # another file may have come to its place just now
    except BaseException:
        connection.close()
        raise
    return connection


def use_wal(connection: Connection) -> None:
    """Write-ahead logging, so that readers never wait for a writer; else the rollback journal stays."""
    if connection.read_only or connection.value("PRAGMA journal_mode") == "wal":
        return
    with suppress(LibraryError):  # another program is at it, or the file system cannot: both are safe
        connection.value("PRAGMA journal_mode = WAL")
