"""What can go wrong with a library, each told in one line that says what to do."""

from __future__ import annotations

import sqlite3


class LibraryError(Exception):
    """Something that the library cannot do; the message is one line for the reader."""


class NotFound(LibraryError):  # noqa: N818  # what is not found is seldom a fault
    """A text, tag, highlight, link or note that the library does not have."""


class JournalError(LibraryError):
    """An act that cannot be undone or redone."""


class Unchanged(LibraryError):  # noqa: N818  # nothing is wrong: there is nothing to do
    """A new version of a text that is the one that the library has."""


class OtherLibrary(LibraryError):  # noqa: N818  # nothing need be wrong with it
    """A file that is not for this version of the program: no library, another program's, or a newer version's."""


class ConstraintError(LibraryError):
    """A write that the schema forbids: what it refers to is gone, or what it makes is there already."""


_EXPLANATIONS = {
    "SQLITE_BUSY": "{path} is in use: another program is writing to it; try again in a moment",
    "SQLITE_LOCKED": "{path} is in use: another program is writing to it; try again in a moment",
    "SQLITE_READONLY": "{path} is read-only: nothing can be changed; work on a copy made with `tui backup`",
    "SQLITE_FULL": "the disk is full: nothing was written to {path}; make room and try again",
    "SQLITE_IOERR": "{path} cannot be read or written ({error}); check the disk, then run `tui check`",
    "SQLITE_NOTADB": "{path} is not a library: choose another file with --library",
    "SQLITE_CORRUPT": "{path} is damaged: `tui check` names the newest good backup",
    "SQLITE_CANTOPEN": "{path} cannot be opened: check that it exists and that you may read it",
    "SQLITE_PERM": "{path} cannot be opened: check that you may read it",
    "SQLITE_AUTH": "{path} cannot be opened: check that you may read it",
}


def damaged(path: str) -> LibraryError:
    """The file holds what no program of ours has written."""
    return LibraryError(_EXPLANATIONS["SQLITE_CORRUPT"].format(path=path))


def explain(error: sqlite3.Error | UnicodeDecodeError, path: str) -> LibraryError:
    """What SQLite says, in the reader's words."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(path)
    if isinstance(error, sqlite3.IntegrityError):
        return ConstraintError(f"{path} refuses this change: {_one_line(error)}")
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if str(error).startswith(("Could not decode to UTF-8", "malformed database schema")):
        return damaged(path)
    explanation = _EXPLANATIONS.get(code, "{path} cannot be used: {error}; run `tui check`")
    kind = OtherLibrary if code == "SQLITE_NOTADB" else LibraryError
    return kind(explanation.format(path=path, error=_one_line(error)))


def _one_line(error: sqlite3.Error) -> str:
    return " ".join(str(error).split())
