"""Where the corpora of a library lie: each in a folder of `corpora` beside the library's file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from store.errors import LibraryError, NotFound
from texts.visible import one_line

FOLDER = "corpora"
FILE = "corpus.db"
_LOCK = "lock"
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


def remove_folder(folder: Path) -> None:
    """Removes a folder, and the one of all such folders with the last of them; what cannot go stays."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()


def remove(library: Path, name: str) -> None:
    """Removes a corpus with all that was found in it; the library stays as it is. Raises LibraryError."""
    folder = existing(library, name)
    try:
        (folder / FILE).unlink()  # first what makes it a corpus: what is left over is none
        shutil.rmtree(folder)
    except OSError as error:
        raise LibraryError(f"{folder} cannot be removed: {one_line(error.strerror or str(error))}") from error
