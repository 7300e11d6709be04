"""Copies of a library, and its health.

A copy is made by SQLite itself (`VACUUM INTO`): a plain copy of a file that is open may catch half a write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import NamedTuple

from store.connection import Connection, connect
from store.errors import LibraryError, OtherLibrary
from store.highlights import parts_of, quoted
from store.migrations import examine

KEPT = 10
"""Copies in the folder; the oldest go."""

_DAY = 24 * 60 * 60

MOST_FINDINGS = 20
"""What is wrong beyond this is not told one by one."""


class Health(NamedTuple):
    """What a look at every page and row of a library finds."""

    findings: tuple[str, ...]
    """One line each for what is wrong."""
    backup: Path | None
    """The newest good copy, looked for only when something is wrong."""
    is_other: bool = False
    """Whether what is wrong is that this is no library of this program, or a newer version's."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


class Backups:
    """The folder of copies beside a library."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self.folder = library.with_name(f"{library.name}.backups")

    def list(self) -> list[Path]:
        """The copies, the newest first."""
        return sorted(self.folder.glob(f"*{self._library.suffix}"), key=lambda path: path.name, reverse=True)

    def daily(self) -> Path | None:
        """Makes today's copy, unless there is one."""
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        if any(path.name.startswith(today) for path in self.list()):
            return None
        return self.make("daily")

    def make(self, why: str) -> Path:
        """Makes a checked copy named after time and reason, and drops the oldest; raises LibraryError."""
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"no backup can be made in {self.folder}: {error.strerror}") from error
        copy = self.folder / f"{moment}-{why}{self._library.suffix}"
        back_up(self._library, copy)
        for old in (*self.list()[KEPT:], *self._left_behind()):
            with suppress(OSError):
                old.unlink()
        return copy

    def _left_behind(self) -> Iterator[Path]:
        """What programs left that were killed while they copied; a copy that is being made is younger."""
        yesterday = time() - _DAY
        for path in self.folder.glob(f".????-??-??T*{self._library.suffix}.*"):
            with suppress(FileNotFoundError):  # another program has just finished it
                if path.lstat().st_mtime < yesterday:
                    yield path

    def newest_good(self) -> Path | None:
        """The newest copy in which nothing is wrong, by the same look at every page and row."""
        return next((path for path in self.list() if not _look(path)[0]), None)


def back_up(library: Path, copy: Path) -> None:
    """Makes a consistent, checked copy of a library that may be in use; raises LibraryError.

    What is there is never overwritten.
    """
    if os.path.lexists(copy):
        raise LibraryError(f"{copy} is there already: choose another name for the backup")
    unfinished = copy.with_name(f".{copy.name}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise LibraryError(f"no backup can be made at {copy}: {error.strerror}") from error
    try:
        with closing(connect(library, create=False, read_only=True)) as connection:
            examine(connection)
            connection.execute("VACUUM INTO ?", str(unfinished))
        damage = _damage(unfinished)
        if damage:
            raise LibraryError(f"the backup of {library} came out damaged ({damage[0]}): run `tui check`")
        _publish(unfinished, copy)
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            left.unlink(missing_ok=True)


def check(library: Path) -> Health:
    """Looks at every page and row; raises LibraryError only where there is no file to look at."""
    if not library.exists():
        raise LibraryError(f"there is no library at {library}: check the name, or make one with `tui add`")
    findings, is_other = _look(library)
    backup = Backups(library).newest_good() if findings else None
    return Health(tuple(findings[:MOST_FINDINGS]), backup, is_other)


def _look(library: Path) -> tuple[list[str], bool]:
    """What is wrong with a file, in lines, and whether that is that it is none of ours."""
    try:
        return _damage(library, thoroughly=True), False
    except OtherLibrary as error:
        return [str(error)], True


def _publish(unfinished: Path, copy: Path) -> None:
    """Gives the finished copy its name, once it is on the disk; fails where the name was taken meanwhile."""
    try:
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        os.link(unfinished, copy)
    except FileExistsError as error:
        raise LibraryError(f"{copy} is there already: choose another name for the backup") from error
    except OSError:  # a file system without hard links
        unfinished.replace(copy)


def _damage(library: Path, *, thoroughly: bool = False) -> list[str]:
    """What is wrong with a library, in lines; raises OtherLibrary."""
    try:
        with closing(connect(library, create=False, read_only=True)) as connection:
            if examine(connection) == 0:
                return [f"{library} is empty"]
            pragma = "integrity_check" if thoroughly else "quick_check"
            pages = connection.rows(f"PRAGMA {pragma}({MOST_FINDINGS})")
            found = [" ".join(str(line).split()) for (line,) in pages if line != "ok"]
            if thoroughly and not found:
                found = [*_dangling(connection), *_altered_bodies(connection), *_wrong_quotes(connection)]
            return found
    except OtherLibrary:
        raise
    except LibraryError as error:
        return [str(error)]


def _dangling(connection: Connection) -> list[str]:
    return [
        f"{table} {row} refers to a {parent} that is gone"
        for table, row, parent, _ in connection.rows("PRAGMA foreign_key_check")
    ]


def _altered_bodies(connection: Connection) -> list[str]:
    import hashlib

    found = []
    for (body_id,) in connection.rows("SELECT id FROM body"):
        sha256, content = connection.rows("SELECT sha256, content FROM body WHERE id = ?", body_id)[0]
        if hashlib.sha256(content.encode()).hexdigest() != sha256:
            found.append(f"body {body_id} is not what was added: its SHA-256 differs")
    return found


def _wrong_quotes(connection: Connection) -> list[str]:
    """Highlights whose place in their version does not hold their quote; an orphan may never have had one."""
    found = []
    versions = connection.rows("SELECT DISTINCT version_id FROM highlight")
    for (version_id,) in versions:
        content = connection.value(
            "SELECT content FROM version JOIN body ON body.id = body_id WHERE version.id = ?", version_id
        )
        highlights = connection.rows(
            """SELECT id, "start", "end", parts, quote, before, after FROM highlight
            WHERE version_id = ? AND anchor <> 'orphan'""",
            version_id,
        )
        found += [
            f"highlight {number} does not stand where its quote is"
            for number, start, end, gapped, *kept in highlights
            if quoted(content, parts_of(start, end, gapped)) != tuple(kept)
        ]
    return found
