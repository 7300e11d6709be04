"""Where the corpora of a library lie: each in a folder of `corpora` beside the library's file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from store.errors import LibraryError, NotFound
from texts.visible import one_line

FOLDER = "corpora"
FILE = "corpus.db"
RUNS = "runs"
"""The folder, in that of a corpus, of what is kept of runs that are not done."""
APPLICATION = 0x74756963
"""`tuic`, in the header of the file."""
FORMAT = 2
"""Of the file; goes up whenever an older program can no longer read it."""
WHOLE_SHARDS = 1
"""The format whose shards have body and index as a value each: it is read still, and made the present one before texts
are added."""
_LOCK = "lock"
_OURS = (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LONGEST = 64


def checked_name(name: str) -> str:
    """The name of a corpus; raises LibraryError for one that could be no folder everywhere."""
    if not _is_name(name):
        raise LibraryError(
            f"“{one_line(name[:_LONGEST])}” cannot be the name of a corpus: use small letters, digits and hyphens"
        )
    return name


def _is_name(name: str) -> bool:
    return 0 < len(name) <= _LONGEST and _LETTERS.issuperset(name) and not name.startswith("-")


def folder_of(library: Path, name: str) -> Path:
    """The folder of the corpus of this name, whether it is there or not. Raises LibraryError for no name."""
    return Path(os.path.realpath(library)).parent / FOLDER / checked_name(name)


def has_corpus(library: Path, name: str) -> bool:
    """Whether a corpus has this name."""
    return _is_name(name) and (folder_of(library, name) / FILE).is_file()


def existing(library: Path, name: str) -> Path:
    """The folder of a corpus; raises NotFound with the names that there are."""
    folder = folder_of(library, name)
    if not (folder / FILE).is_file():
        there = names(library)
        known = f"there are {', '.join(there)}" if there else "make one with `tui corpus make NAME FOLDER`"
        raise NotFound(f"there is no corpus “{name}”: {known}")
    return folder


def names(library: Path) -> list[str]:
    """The names of all corpora beside a library, sorted."""
    folder = Path(os.path.realpath(library)).parent / FOLDER
    try:
        return sorted(each.name for each in folder.iterdir() if (each / FILE).is_file())
    except OSError:
        return []


@contextmanager
def claimed(folder: Path, corpus: str) -> Iterator[None]:
    """Holds the folder of a run for this program, until it ends at the latest; it is made where it is not there.

    Raises LibraryError where another program holds it: either would remove what the other is writing.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LibraryError(f"{folder} cannot be made: {one_line(why)}") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise LibraryError(
                f"another program relates {corpus} so just now: wait until it is done"
            ) from error
        yield


def holds_others(folder: Path) -> bool:
    """Whether a folder that is no corpus has anything that was not left of one."""
    try:
        names = {each.name for each in folder.iterdir()}
    except OSError:  # there is none, or SQLite will say what is the matter
        return False
    return FILE not in names and not all(name.startswith((FILE, RUNS, _LOCK)) for name in names)


def is_of_others(connection: sqlite3.Connection) -> bool:
    """Whether a database is another program's. Raises sqlite3.Error for what is none."""
    # In this order: whoever makes a corpus writes both at one go.
    has_tables = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return application != APPLICATION and bool(has_tables or application)


def refusal_of_others(file: Path) -> LibraryError:
    """The database that is in the place of a corpus is another program's."""
    return LibraryError(f"{file} is another program's, not a corpus: take another name")


def remove_folder(folder: Path) -> None:
    """Removes a folder, and the one of all such folders with the last of them; what cannot go stays."""
    import shutil  # a search does without

    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()


def remove_files(folder: Path) -> None:
    """Removes what is of a corpus from its folder, and that once nothing else is in it. Raises OSError."""
    import shutil

    for name in _OURS:  # first what makes it a corpus: what is left over is none
        (folder / name).unlink(missing_ok=True)
    if (folder / RUNS).exists():
        shutil.rmtree(folder / RUNS)
    with suppress(OSError):
        folder.rmdir()
        folder.parent.rmdir()


def remove_if_empty(folder: Path) -> bool:
    """Removes a corpus without a text that no program has open, on a full disk too; gives whether it did."""
    file = folder / FILE
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
            # Whoever opens WAL so has to be alone, and needs no room for the files beside it.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if tables and ("shard" not in tables or connection.execute("SELECT 1 FROM text").fetchone()):
                return False
            if not tables:
                connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        return False
    remove_files(folder)
    return True


def remove(library: Path, name: str) -> None:
    """Removes a corpus with all that was found in it; the library stays as it is.

    Raises LibraryError, for the database of another program too.
    """
    folder = existing(library, name)
    file = folder / FILE
    uri = f"{file.absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True)) as connection:
        if is_of_others(connection):  # a damaged one, which raises an error here, is to go
            raise refusal_of_others(file)
    try:
        remove_files(folder)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be removed: {one_line(error.strerror or str(error))}") from error
