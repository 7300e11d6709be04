"""Keeps what a library had when its file is moved, removed or replaced while it is open.

SQLite still reads what it had opened, whatever stands at the path by now. So a copy is made from the open connection,
beside the path where that still is; the log that was left there is put aside, so that it is not laid over a newcomer.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

from store.backups import Backups, copy_to
from store.connection import Connection
from store.errors import LibraryError, LibraryOverwritten, LibraryReplaced, replaced
from store.library_file import LibraryFile
from store.log_state import is_foreign, state_of_file

_DESKS = 100
"""As many make a copy in the same second."""


def rescue(connection: Connection, seen: LibraryReplaced | None = None) -> LibraryReplaced:
    """Copies what an open library had, reads from the copy from now on and refuses to write; says so in an error.

    `seen` is what another connection has found the file to be. Where no copy can be made anywhere, it goes on reading
    what it had opened, as long as the program runs.
    """
    if seen is None:
        seen = _found(connection)
    if isinstance(seen, LibraryOverwritten):
        return _without_rescue(connection, seen)
    what = replaced(connection.file)
    copy, reason = _copied(connection)
    if copy is None:
        error = LibraryReplaced(f"{what}; no copy of it can be made ({reason}): export what you need")
        connection.refuse_writing(error)
        return error
    error = LibraryReplaced(f"{what}; all that it had is in {copy}", rescued=str(copy))
    connection.continue_on(str(copy), error)
    if _is_left_behind(connection.where):
        with suppress(OSError):
            os.replace(connection.where.log, f"{copy}.log")
    return error


def _found(connection: Connection) -> LibraryReplaced | None:
    try:
        connection.verify_file()
    except LibraryReplaced as error:
        return error
    except LibraryError:
        pass
    return None


def _without_rescue(connection: Connection, error: LibraryOverwritten) -> LibraryReplaced:
    """The pages that were open are another library's by now: the copies have what was there."""
    where = connection.where
    if where.has_log:
        # SQLite would write it into the newcomer when the last program closes that; what it cannot read it leaves.
        with suppress(OSError):
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
            copyfile(where.log, f"{where.log}.{moment}")
            os.truncate(where.log, 0)
    good = Backups(connection.path).newest_good()
    kept = f"the newest copy of what it had is {good}" if good else "there is no copy of what it had"
    told = LibraryOverwritten(f"{error}; {kept}")
    connection.refuse_writing(told)
    return told


def _is_left_behind(where: LibraryFile) -> bool:
    """Whether the log that was open belongs to nothing any more; a program may have taken it for that of a newcomer."""
    if not where.holds_old_log():
        return False
    try:
        newcomer = LibraryFile(where.real, create=False, linked=True)
    except LibraryError:
        return True
    return state_of_file(newcomer) is None or is_foreign(newcomer)


def _copied(connection: Connection) -> tuple[Path | None, str]:
    """The copy, or why there is none."""
    real = Path(connection.where.real)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    reason = ""
    for folder in _folders(real):
        for copy in _free(folder, f"{real.stem}.rescued-{moment}", real.suffix):
            try:
                copy_to(connection, copy)
            except LibraryError as error:
                if os.path.lexists(copy):
                    continue  # another desk was quicker by a moment
                reason = reason or str(error)
                break
            else:
                return copy, ""
    return None, reason


def _free(folder: Path, name: str, suffix: str) -> Iterator[Path]:
    """Paths that nothing stands at: other desks may make a copy in the same second."""
    numbered = (
        folder / f"{name}{'' if number == 1 else f'-{number}'}{suffix}" for number in range(1, _DESKS)
    )
    return (path for path in numbered if not os.path.lexists(path))


def _folders(real: Path) -> Iterator[Path]:
    """Where a copy may go: beside the file, else above a folder that is gone, else where there is room for anybody."""
    yield next(folder for folder in real.parents if folder.is_dir())
    yield Path.home()
    yield Path(tempfile.gettempdir())
