"""Copies of a library.

A copy is made by SQLite itself (`VACUUM INTO`): a plain copy of a file that is open may catch half a write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import time

from store.connection import Connection, connect
from store.errors import LibraryError
from store.health import damage, look
from store.log import begin_anew
from store.migrations import examine, up_to_date
from texts.lazy_pattern import lazy_pattern

KEPT = 10
"""Copies in the folder; the oldest go."""

_DAY = 24 * 60 * 60
_HOUR = 60 * 60
_NUMBER = lazy_pattern(r"Z-(\d+)-")


class Backups:
    """The folder of copies beside a library, `library.db.backups`."""

    def __init__(self, library: Path) -> None:
        self._library = library.resolve()  # by whatever name it is opened, its copies are in one place
        self.folder = self._library.with_name(f"{self._library.name}.backups")

    def list(self) -> list[Path]:
        """The copies, the newest first: by the number in their names, since a clock may have been wrong."""
        return sorted(self.folder.glob(f"*{self._library.suffix}"), key=_age, reverse=True)

    def daily(self) -> Path | None:
        """Makes today's copy, unless there is one or another program is making it."""
        today = datetime.now(UTC).strftime("%Y-%m-%d")
        if self._has(today):
            return None
        claim = self.folder / f".{today}"
        with suppress(OSError):
            if claim.stat().st_mtime < time() - _HOUR:
                claim.unlink()  # whoever made it was killed
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return None
        except OSError as error:
            raise LibraryError(f"no backup can be made in {self.folder}: {error.strerror}") from error
        try:
            return None if self._has(today) else self.make("daily")
        finally:
            claim.unlink(missing_ok=True)

    def make(self, why: str) -> Path:
        """Makes a checked copy named after time and reason, and drops the oldest; raises LibraryError."""
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"no backup can be made in {self.folder}: {error.strerror}") from error
        copy = self._make_next(moment, why)
        kept = [each for each in self.list() if each != copy]
        for old in (*kept[KEPT - 1 :], *self._left_behind()):
            with suppress(OSError):
                old.unlink()
        return copy

    def _make_next(self, moment: str, why: str) -> Path:
        """The copy with the next number, though another program should give that one to a copy of its own meanwhile."""
        while True:
            number = max((_age(copy)[0] for copy in self.list()), default=0) + 1
            copy = self.folder / f"{moment}-{number:04}-{why}{self._library.suffix}"
            try:
                back_up(self._library, copy)
            except LibraryError:
                if not copy.exists():
                    raise
            else:
                return copy

    def newest_good(self) -> Path | None:
        """The newest copy in which nothing is wrong, by the same look at every page and row."""
        return next((path for path in self.list() if not look(path, linked=True)[0]), None)

    def _has(self, day: str) -> bool:
        return any(path.name.startswith(day) for path in self.list())

    def _left_behind(self) -> Iterator[Path]:
        """What programs left that were killed while they copied; a copy that is being made is younger."""
        yesterday = time() - _DAY
        for path in self.folder.glob(f".????-??-??T*{self._library.suffix}.*"):
            with suppress(FileNotFoundError):  # another program has just finished it
                if path.lstat().st_mtime < yesterday:
                    yield path


def _age(copy: Path) -> tuple[int, str]:
    """What copies are ordered by: their number, which earlier versions of the program did not give, then their time."""
    number = _NUMBER.search(copy.name)
    return int(number[1]) if number else 0, copy.name


def back_up(library: Path, copy: Path) -> None:
    """Makes a consistent, checked copy of a library that may be in use; raises LibraryError.

    What is there is never overwritten.
    """
    with closing(connect(library, read_only=True)) as connection:
        examine(connection)
        copy_to(connection, copy)


def copy_to(connection: Connection, copy: Path) -> None:
    """Makes a consistent, checked copy of a library that is open, as `VACUUM INTO` does; raises LibraryError.

    It is written under another name first, and is on the disk when it gets its own. What is there is never overwritten.
    """
    if os.path.lexists(copy):
        raise LibraryError(f"{copy} is there already: choose another name for the backup")
    unfinished = copy.with_name(f".{copy.name}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise LibraryError(f"no backup can be made at {copy}: {error.strerror}") from error
    try:
        connection.execute("VACUUM INTO ?", str(unfinished))
        _let_go_of_log(unfinished)
        found = damage(unfinished)
        if found:
            raise LibraryError(
                f"the backup of {connection.file} came out damaged ({found[0]}): run `tui check`"
            )
        _publish(unfinished, copy)
    finally:
        for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            left.unlink(missing_ok=True)


def _let_go_of_log(copy: Path) -> None:
    """Has a copy say that it is whole, and that no log of the library belongs to it."""
    with closing(connect(copy)) as connection:
        if up_to_date(connection):
            with connection.transaction():
                begin_anew(connection)


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
