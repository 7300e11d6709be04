"""The file of a library as the system sees it: whether it is one, and whether it is still the one that was opened.

SQLite goes on writing to a file that has been moved or removed, and lays a log that is left behind over whatever file
comes to its place. So device and inode are compared. https://www.sqlite.org/howtocorrupt.html has both: “Unlinking or
renaming a database file while in use”, “Multiple links to the same file”.
"""

from __future__ import annotations

import os
import sqlite3
import stat

from store.errors import LibraryError, LinkedLibrary, explain, replaced

Identity = tuple[int, int]
"""Device and inode."""

_LOG_BEGINS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_LOG_HEAD = 32
"""What a log begins with, and the bytes before what is written to it: https://www.sqlite.org/fileformat2.html#walformat."""


class LibraryFile:
    """A path, the file that it led to when this was made, and the names of what SQLite keeps beside that."""

    def __init__(self, path: str | os.PathLike[str], *, create: bool, linked: bool = False) -> None:
        """Makes the file with its folder where asked; one with hard links is taken only if `linked` says so.

        Raises LibraryError for what is no file, or cannot be made.
        """
        self.path = os.fspath(path)
        found = _look_at(self.path, create=create)
        if not linked:
            _refuse_hard_links(self.path, found)
        self.real = os.path.realpath(self.path)
        """Where the file is, if the path is a symbolic link."""
        self._linked = linked
        self._identity = _identity(found)
        self._written = self._known = found.st_mtime_ns
        self._log_identity: Identity | None = None
        self.log_was_empty = False
        """Whether the file was whole without its log when this was last verified, and no act has been written since."""

    @property
    def log(self) -> str:
        """The write-ahead log."""
        return f"{self.real}-wal"

    @property
    def is_writable(self) -> bool:
        """Whether the file may be written, and files made beside it, as SQLite needs to."""
        return os.access(self.real, os.W_OK) and os.access(os.path.dirname(self.real) or ".", os.W_OK)

    @property
    def has_log(self) -> bool:
        """Whether there is a log with something in it; SQLite passes over what does not begin as one."""
        try:
            with open(self.log, "rb") as log:
                head = log.read(_LOG_HEAD + 1)
        except OSError:
            return False
        return head.startswith(_LOG_BEGINS) and len(head) > _LOG_HEAD

    def remember_log(self) -> None:
        """Takes the log that is there for the one that stays as long as the library is open."""
        self._log_identity = _identity(_stat(self.log))

    def verify(self) -> None:
        """Raises LibraryReplaced where the path, or that of the log, leads to another file by now, or to none.

        Raises LibraryError where the file has got a second name.
        """
        found = _stat(self.path)
        if _identity(found) != self._identity:
            raise replaced(self.path)
        log = _stat(self.log)
        if self._log_identity is not None and _identity(log) != self._log_identity:
            raise replaced(self.log)
        self.log_was_empty = log is None or log.st_size == 0
        self._written = found.st_mtime_ns if found is not None else 0
        if not self._linked:
            _refuse_hard_links(self.path, found)

    def activity(self) -> tuple[int, ...]:
        """Sizes and times of file and log: where two looks give the same, nobody wrote in between."""
        found = (_stat(self.real), _stat(self.log))
        return tuple(number for each in found if each for number in (each.st_size, each.st_mtime_ns))

    @property
    def was_written(self) -> bool:
        """Whether the file itself, not its log, has been written since `take_as_known`, by whomever."""
        return self._written != self._known

    def is_newly_written(self) -> bool:
        """As `was_written`, by a look at the file as it is now; False where it is another file, or gone."""
        found = _stat(self.path)
        if found is None or _identity(found) != self._identity:
            return False
        self._written = found.st_mtime_ns
        return self.was_written

    def take_as_known(self) -> None:
        """Takes what was written to the file for what belongs there."""
        self._known = self._written

    def holds_old_log(self) -> bool:
        """Whether the log that was remembered is left, with something in it, beside another file or none."""
        log = _stat(self.log)
        has_more = log is not None and log.st_size > 0 and _identity(log) == self._log_identity
        return has_more and _identity(_stat(self.real)) != self._identity


def _look_at(path: str, *, create: bool) -> os.stat_result:
    if sqlite3.sqlite_version_info < (3, 37):
        raise LibraryError(f"SQLite {sqlite3.sqlite_version} is too old: a library needs 3.37 or newer")
    try:
        found = os.stat(path)
    except FileNotFoundError:
        if not create:
            raise LibraryError(f"there is no library at {path}: make one with `tui add`") from None
        _make(path)
        return _look_at(path, create=False)
    except (OSError, ValueError) as error:
        raise LibraryError(f"{path} cannot be opened: {_reason(error)}") from error
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "not a file"
        raise LibraryError(f"{path} is {what}: name a library file with --library")
    return found


def _make(path: str) -> None:
    """An empty file that only its owner reads, in a folder likewise."""
    from pathlib import Path  # late: it takes as long as SQLite itself

    try:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except (OSError, ValueError) as error:
        raise LibraryError(f"no library can be made at {path}: {_reason(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _refuse_hard_links(path: str, found: os.stat_result | None) -> None:
    if found is not None and found.st_nlink > 1:
        raise LinkedLibrary(
            f"{path} has {found.st_nlink} names (hard links), and under each of them SQLite would keep a log of its "
            "own, which damages a library: remove the other names, or work on a copy (`cp`)"
        )


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _identity(found: os.stat_result | None) -> Identity | None:
    return None if found is None else (found.st_dev, found.st_ino)


BUSY_SECONDS = 5.0
"""How long a program waits for another one's write before it gives up."""

SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second comes where its own message quotes a damaged file."""


def open_writable(where: LibraryFile) -> sqlite3.Connection:
    """To read and to write; raises LibraryError."""
    return _open(where.path, "mode=rw")


def open_alone(where: LibraryFile) -> sqlite3.Connection:
    """The file as it stands, without what is in its log: nothing but a look at it."""
    return _open(where.path, "immutable=1")


def open_read_only(where: LibraryFile) -> sqlite3.Connection:
    """In WAL mode a library wants files beside it; where the folder takes none it is read as it stands."""
    sql = _open(where.path, "mode=ro")
    try:
        sql.execute("SELECT 1 FROM sqlite_master").fetchone()
    except SQLITE_ERRORS as error:
        sql.close()
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return _open_where_nothing_can_be_made(where)
        raise explain(error, where.path) from error
    return sql


def _open_where_nothing_can_be_made(where: LibraryFile) -> sqlite3.Connection:
    """Reads a log that is there with its index in memory: https://www.sqlite.org/wal.html#noshm.

    That wants locks, which a file that cannot be written does not give, so it goes without: nobody else can be at work
    there, else the index would be there too.
    """
    if not where.has_log:
        return open_alone(where)
    sql = _open(where.path, "mode=ro&vfs=unix-none")
    try:
        sql.execute("PRAGMA locking_mode = EXCLUSIVE")
        sql.execute("SELECT 1 FROM sqlite_master").fetchone()
    except SQLITE_ERRORS as error:
        sql.close()
        raise LibraryError(
            f"{where.path} cannot be read: what was done last is in {where.log}, which cannot be read here; "
            "copy both to a folder of your own"
        ) from error
    return sql


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
