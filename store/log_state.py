"""Which states of a library its file and its log say they are of, and whether the two belong together.

`store.log` says what is written in both, and why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from time import sleep
from typing import NamedTuple

from store.errors import ForeignLog, LibraryError, overwritten
from store.library_file import LibraryFile, open_alone, open_read_only

_A_MOMENT = 0.03
"""Seconds that nobody may write before a misfit is believed."""

_LOOKS = 10
"""How often the file and its log are looked at: a file that goes on changing has a program at work, and its own log."""

_MISFIT = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"})
"""What SQLite says where a log is laid over a file that it does not belong to: damage, or no such table."""


class LogState(NamedTuple):
    """What the file, or the log over it, says of itself."""

    lineage: tuple[str, ...]
    """The state, and those that the log has seen before it."""
    open_since: str
    """When the log was begun; empty when the file is whole without it."""

    def continues(self, file: LogState) -> bool:
        """Whether a log that says this belongs to a file that says the other."""
        return not file.lineage or file.lineage[0] in self.lineage


def state_of_file(where: LibraryFile) -> LogState | None:
    """What the file says without its log; None where it says nothing, as an older or a damaged one."""
    try:
        return _state(open_alone(where))
    except sqlite3.Error:
        return None


def refuse_foreign_log(where: LibraryFile) -> None:
    """Raises LibraryError where the log belongs to another file, or to another state of this one.

    The first one to close the library would write it into the file.
    """
    if is_foreign(where):
        raise ForeignLog(
            f"{where.log} does not belong to {where.path}, which was put in the place of another file: "
            "`tui check` puts it aside"
        )


def is_foreign(where: LibraryFile) -> bool:
    """Whether the log does not fit the file, as far as that says what fits it.

    A log that belongs to another file has its tables in other places, or none.
    """
    for _ in range(_LOOKS):
        before = where.activity()
        file = state_of_file(where)  # first: a log that is emptied meanwhile knows the state before it
        if file is None or not _is_misfit(where, file):
            return False
        # While others write, the file may have taken in several states, and a new log be begun, between the two looks.
        if _is_at_rest(where, before) and state_of_file(where) == file:
            return True
    return False


def _is_at_rest(where: LibraryFile, before: tuple[int, ...]) -> bool:
    """Whether nobody has written since, nor writes in the next moment: a library at work has its own log."""
    sleep(_A_MOMENT)
    return where.activity() == before


def _is_misfit(where: LibraryFile, file: LogState) -> bool:
    """Whether the log does not continue a state of the file."""
    try:
        log = _state(open_read_only(where))
    except (sqlite3.Error, LibraryError) as error:
        return getattr(error.__cause__ or error, "sqlite_errorname", "") in _MISFIT
    return log is None or not log.continues(file)


def refuse_overwritten(where: LibraryFile, lineage: Callable[[], str]) -> None:
    """Raises LibraryOverwritten where another state was written into the file by other means than SQLite.

    `cp` and some sync tools do so: device and inode stay, and what is written next would go between the pages of both.
    `lineage` gives the states that the open library follows. A file that is still being written is left for another
    look.
    """
    if not where.was_written:
        return
    for _ in range(_LOOKS):
        before = where.activity()
        file = state_of_file(where)  # first: what is written meanwhile follows it
        if file is None or not file.lineage:
            return  # the file of a new library says nothing while all of it is in the log
        if file.lineage[0] in lineage().split():
            where.take_as_known()
            return
        if _is_at_rest(where, before) and state_of_file(where) == file:
            raise overwritten(where.path)


def missing_since(where: LibraryFile) -> str:
    """When that was written which the file lacks, because its log is not there; empty where nothing says so."""
    if where.has_log:
        return ""
    state = state_of_file(where)
    return "" if state is None else state.open_since


def _state(sql: sqlite3.Connection) -> LogState | None:
    with closing(sql):
        try:
            row = sql.execute("SELECT lineage, open_since FROM recording").fetchone()
        except UnicodeDecodeError:
            return None
    return None if row is None else LogState(tuple(str(row[0]).split()), str(row[1] or ""))
