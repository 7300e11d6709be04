"""What can go wrong with a library, each as one line that says what to do."""

from __future__ import annotations

import sqlite3


class LibraryError(Exception):
    """Something that the library cannot do; the message is one line for the reader."""


class TextAbsent(LibraryError):  # noqa: N818  # nothing is wrong with the library
    """What comes in speaks of a text that it does not bring and the library does not have."""


class NotFound(LibraryError):  # noqa: N818  # what is not found is seldom a fault
    """A text, tag, highlight, link or note that the library does not have."""


class JournalError(LibraryError):
    """An act that cannot be undone or redone."""


class Unchanged(LibraryError):  # noqa: N818  # nothing is wrong: there is nothing to do
    """A new version of a text that is the one that the library has."""


class TextChanged(LibraryError):  # noqa: N818  # nothing is wrong: the reader has to look again
    """A place in a version of a text that is no longer the current one, and that the current one does not have."""


class ChangedElsewhere(LibraryError):  # noqa: N818  # nothing is wrong: the reader has to look again
    """Something that another program has changed since the reader saw it."""


class OtherLibrary(LibraryError):  # noqa: N818  # nothing need be wrong with it
    """A file that is not for this version of the program: no library, another program's, or a newer version's."""


class LibraryReplaced(LibraryError):  # noqa: N818  # it says what happened to the file
    """The path of an open library leads to another file now, or to none: what would be written there would be lost."""

    def __init__(self, message: str, *, rescued: str = "") -> None:
        super().__init__(message)
        self.rescued = rescued
        """The copy that has all that the library had, made before it was let go; empty where there is none."""


class LibraryOverwritten(LibraryReplaced):
    """The file of an open library has another library in it now: what it had is gone, but for its copies."""


class LinkedLibrary(LibraryError):  # noqa: N818  # nothing need be wrong with it
    """A file with several names, which programs that know it by different ones would damage."""


class ForeignLog(LibraryError):  # noqa: N818  # nothing need be wrong with the file
    """The log beside a library belongs to another file, or to another state of this one."""


class ConstraintError(LibraryError):
    """A write that the schema forbids: what it refers to is gone, or what it makes is there already."""


_MOVED = (
    "{path} was moved, removed or replaced by another file while it was open: nothing more is written to it"
)
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


def is_damage(error: LibraryError) -> bool:
    """Whether SQLite has met in the file what no program of ours has written."""
    return getattr(error.__cause__, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def replaced(path: str) -> LibraryReplaced:
    """The file under a library that is open has been moved, removed or replaced."""
    return LibraryReplaced(_MOVED.format(path=path))


def overwritten(path: str) -> LibraryOverwritten:
    """Another file has been written into that of a library that is open."""
    return LibraryOverwritten(
        f"{path} was overwritten by another file while it was open: nothing more is written to it"
    )


def explain(error: sqlite3.Error | UnicodeDecodeError, path: str) -> LibraryError:
    """What SQLite says, in the reader's words."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(path)
    if isinstance(error, sqlite3.IntegrityError):
        return ConstraintError(f"{path} refuses this change: {_one_line(error)}")
    code = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
    if str(error).startswith(("Could not decode to UTF-8", "malformed database schema")):
        return damaged(path)
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        return replaced(path)
    explanation = _EXPLANATIONS.get(code, "{path} cannot be used: {error}; run `tui check`")
    kind = OtherLibrary if code == "SQLITE_NOTADB" else LibraryError
    return kind(explanation.format(path=path, error=_one_line(error)))


def _one_line(error: sqlite3.Error) -> str:
    return " ".join(str(error).split())
