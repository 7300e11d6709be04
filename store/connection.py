"""One connection to a library file: how it is opened, and how its transactions begin and end."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import LibraryError, damaged, explain

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS = 5.0
"""How long a program waits for another one's write before it gives up."""

CACHE_BUSY_MILLISECONDS = 50
"""How long a write that only saves work later may wait: a search must not hang on it."""

T = TypeVar("T")

Row = tuple[Any, ...]
"""What SQLite hands back; rows never leave the store."""


_TROUBLE = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second comes where its own message quotes a damaged file."""


class Connection:
    """A library file, open in one thread. Every write happens inside `transaction`."""

    def __init__(self, sql: sqlite3.Connection, file: str, *, read_only: bool) -> None:
        self.file = file
        self.read_only = read_only
        self._sql = sql
        self._depth = 0
        self._blobs: list[sqlite3.Blob] = []

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
        for blob in self._blobs:
            blob.close()
        self._blobs.clear()
        self._sql.close()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._sql.in_transaction

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Runs one statement; raises LibraryError where SQLite refuses."""
        try:
            return self._sql.execute(statement, values)
        except _TROUBLE as error:
            raise self._explained(error) from error

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs one statement for each of the rows."""
        try:
            self._sql.executemany(statement, rows)
        except _TROUBLE as error:
            raise self._explained(error) from error

    def rows(self, statement: str, *values: object) -> list[Row]:
        """All that a query finds."""
        try:
            return self._sql.execute(statement, values).fetchall()
        except _TROUBLE as error:
            raise self._explained(error) from error

    def rows_named(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        """All that a query with named parameters finds."""
        try:
            return self._sql.execute(statement, values).fetchall()
        except _TROUBLE as error:
            raise self._explained(error) from error

    def row(self, statement: str, *values: object) -> Row | None:
        """The first that a query finds, or None."""
        try:
            found: Row | None = self._sql.execute(statement, values).fetchone()
        except _TROUBLE as error:
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

    def blob(self, table: str, column: str, row: int, *, piecewise: bool) -> bytes | sqlite3.Blob:
        """A blob, or a handle that reads it in slices, which pins the present state until it is closed."""
        if not piecewise:
            whole: bytes = self.value(f"SELECT {column} FROM {table} WHERE rowid = ?", row)
            return whole
        try:
            handle = self._sql.blobopen(table, column, row, readonly=True)
        except _TROUBLE as error:
            raise self._explained(error) from error
        self._blobs.append(handle)
        return handle

    @contextmanager
    def pieces(self) -> Iterator[None]:
        """Closes at its end the handles that were opened in it, so that the present state is no longer pinned.

        Raises LibraryError where SQLite refuses to read a piece.
        """
        before = len(self._blobs)
        try:
            yield
        except _TROUBLE as error:
            raise self._explained(error) from error
        finally:
            while len(self._blobs) > before:
                self._blobs.pop().close()

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
            yield
            self.execute(commit)
        except BaseException:
            # A full disk ends the whole transaction by itself: then there is nothing left to roll back.
            if self.in_transaction:
                self.execute(roll_back)
                if inner:
                    self.execute(commit)
            raise
        finally:
            self._depth -= 1

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
        if self.read_only:
            return
        if self.in_transaction:
            if self._depth:  # else it is `reading`, which must not turn into a write
                self.execute(statement, *values)
            return
        self.execute(f"PRAGMA busy_timeout = {CACHE_BUSY_MILLISECONDS}")
        try:
            with suppress(LibraryError), self.transaction():
                self.execute(statement, *values)
        finally:
            self.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise LibraryError(
                f"{self.file} is read-only: nothing can be changed; work on a copy made with `tui backup`"
            )

    def _explained(self, error: sqlite3.Error | UnicodeDecodeError) -> Exception:
        # A wrong thread, a closed connection: a mistake of ours, which the reader can do nothing about.
        return error if isinstance(error, sqlite3.ProgrammingError) else explain(error, self.file)


def connect(path: str | os.PathLike[str], *, create: bool, read_only: bool) -> Connection:
    """Opens the file, made with its folder where asked, and sets what every connection needs.

    Whether the file is a library is for `store.migrations` to say. Raises LibraryError.
    """
    file = os.fspath(path)
    _look_at(file, create=create and not read_only)
    read_only = read_only or not _writable(file)
    sql = _open_read_only(file) if read_only else _open(file, "mode=rw")
    connection = Connection(sql, file, read_only=read_only)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.value("PRAGMA application_id")
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


def _look_at(path: str, *, create: bool) -> None:
    if sqlite3.sqlite_version_info < (3, 37):
        raise LibraryError(f"SQLite {sqlite3.sqlite_version} is too old: a library needs 3.37 or newer")
    try:
        kind = os.stat(path).st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "not a file"
            raise LibraryError(f"{path} is {what}: name a library file with --library")
    except FileNotFoundError:
        if not create:
            raise LibraryError(f"there is no library at {path}: make one with `tui add`") from None
        _make(path)
    except (OSError, ValueError) as error:
        raise LibraryError(f"{path} cannot be opened: {_reason(error)}") from error


def _make(path: str) -> None:
    """An empty file that only its owner reads, in a folder likewise."""
    from pathlib import Path

    try:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except (OSError, ValueError) as error:
        raise LibraryError(f"no library can be made at {path}: {_reason(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _writable(path: str) -> bool:
    return os.access(path, os.W_OK) and os.access(os.path.dirname(path) or ".", os.W_OK)


def _open(path: str, how: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{_address(path)}?{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _address(path: str) -> str:
    """The path as a URI, as https://www.sqlite.org/uri.html would have it."""
    path = os.path.abspath(path)
    if os.sep == "\\":
        path = "/" + path.replace("\\", "/")
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _open_read_only(path: str) -> sqlite3.Connection:
    """In WAL mode a library wants files beside it; where the folder takes none it is read as it stands."""
    sql = _open(path, "mode=ro")
    try:
        sql.execute("SELECT 1 FROM sqlite_master").fetchone()
    except _TROUBLE as error:
        sql.close()
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return _open(path, "immutable=1")
        raise explain(error, path) from error
    return sql
