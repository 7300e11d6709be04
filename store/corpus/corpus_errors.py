"""What can go wrong with the file of a corpus, each as one line that says what to do: it can be made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from store.errors import LibraryError, explain
from texts.visible import one_line


class DamagedCorpus(LibraryError):  # noqa: N818  # as its neighbours in store.errors
    """The file of a corpus holds what no program of ours has written."""


_EXPLANATIONS = {
    "SQLITE_FULL": "the disk is full: what was written before is in {file}; make room and make it again",
    "SQLITE_READONLY": "{file} is read-only: nothing can be added",
    "SQLITE_IOERR": "{file} cannot be read or written ({error}): check the disk",
}
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR", "SQLITE_MISMATCH")
"""The third is what SQLite says of a table that is not there."""


def damaged(file: str) -> DamagedCorpus:
    """The file of a corpus is damaged, or is no such file."""
    name = one_line(Path(file).parent.name)
    return DamagedCorpus(
        f"the corpus {name} is damaged: take it away with `tui corpus remove {name}`, and make it anew"
    )


def explain_corpus(error: Exception, file: str) -> LibraryError:
    """What SQLite says of the file of a corpus, or what reading it came to, in the reader's words."""
    if not isinstance(error, sqlite3.Error):
        return damaged(file)
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if code in _EXPLANATIONS and getattr(error, "sqlite_errorname", "") != "SQLITE_READONLY_DBMOVED":
        return LibraryError(_EXPLANATIONS[code].format(file=file, error=one_line(str(error))))
    explained = explain(error, file)
    is_damage = code in _DAMAGE or "is damaged" in str(explained)
    return damaged(file) if is_damage else explained
