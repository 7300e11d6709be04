"""What SQLite says, in the reader's words, with what to do."""

from __future__ import annotations

import sqlite3

import pytest

from store.errors import (
    ConstraintError,
    LibraryError,
    LibraryOverwritten,
    LibraryReplaced,
    OtherLibrary,
    explain,
    is_damage,
    overwritten,
)

_BUSY = "l.db is in use: another program is writing to it; try again in a moment"
_DAMAGED = "l.db is damaged: `tui check` names the newest good backup"
_MOVED = (
    "l.db was moved, removed or replaced by another file while it was open: nothing more is written to it"
)


def said(kind: type[sqlite3.Error], words: str, code: str = "") -> LibraryError:
    error = kind(words)
    if code:
        error.sqlite_errorname = code
    return explain(error, "l.db")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("SQLITE_BUSY", _BUSY),
        ("SQLITE_BUSY_SNAPSHOT", _BUSY),
        ("SQLITE_LOCKED", _BUSY),
        ("SQLITE_LOCKED_SHAREDCACHE", _BUSY),
        (
            "SQLITE_READONLY",
            "l.db is read-only: nothing can be changed; work on a copy made with `tui backup`",
        ),
        (
            "SQLITE_READONLY_CANTLOCK",
            "l.db is read-only: nothing can be changed; work on a copy made with `tui backup`",
        ),
        ("SQLITE_FULL", "the disk is full: nothing was written to l.db; make room and try again"),
        (
            "SQLITE_IOERR_READ",
            "l.db cannot be read or written (what it said); check the disk, then run `tui check`",
        ),
        ("SQLITE_CORRUPT", _DAMAGED),
        ("SQLITE_CORRUPT_INDEX", _DAMAGED),
        ("SQLITE_CANTOPEN_ISDIR", "l.db cannot be opened: check that it exists and that you may read it"),
        ("SQLITE_PERM", "l.db cannot be opened: check that you may read it"),
        ("SQLITE_AUTH_USER", "l.db cannot be opened: check that you may read it"),
        ("SQLITE_ERROR", "l.db cannot be used: what it said; run `tui check`"),
        ("", "l.db cannot be used: what it said; run `tui check`"),
    ],
)
def test_each_code_is_explained(code: str, told: str) -> None:
    found = said(sqlite3.OperationalError, "what\n it  said", code)
    assert (type(found), str(found)) == (LibraryError, told)


def test_what_is_no_library_moved_or_forbidden_is_an_error_of_its_own_kind() -> None:
    other = said(sqlite3.DatabaseError, "file is not a database", "SQLITE_NOTADB")
    assert (type(other), str(other)) == (
        OtherLibrary,
        "l.db is not a library: choose another file with --library",
    )
    moved = said(sqlite3.OperationalError, "readonly", "SQLITE_READONLY_DBMOVED")
    assert (type(moved), str(moved)) == (LibraryReplaced, _MOVED)
    forbidden = said(sqlite3.IntegrityError, "UNIQUE constraint\nfailed", "SQLITE_CONSTRAINT_UNIQUE")
    assert (type(forbidden), str(forbidden)) == (
        ConstraintError,
        "l.db refuses this change: UNIQUE constraint failed",
    )
    assert type(overwritten("l.db")) is LibraryOverwritten
    assert str(overwritten("l.db")).startswith("l.db was overwritten by another file while it was open")


@pytest.mark.parametrize("words", ["Could not decode to UTF-8 column 'a'", "malformed database schema (a)"])
def test_what_no_program_of_ours_wrote_is_damage_whatever_its_code(words: str) -> None:
    found = said(sqlite3.OperationalError, words, "SQLITE_ERROR")
    assert (type(found), str(found)) == (LibraryError, _DAMAGED)
    assert str(explain(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"), "l.db")) == _DAMAGED


@pytest.mark.parametrize(
    ("code", "is_so"),
    [("SQLITE_CORRUPT_VTAB", True), ("SQLITE_NOTADB", True), ("SQLITE_IOERR", False), ("", False)],
)
def test_damage_is_known_by_its_cause(code: str, is_so: bool) -> None:
    cause = sqlite3.DatabaseError("odd")
    if code:
        cause.sqlite_errorname = code
    error = LibraryError("odd")
    error.__cause__ = cause
    assert is_damage(error) is is_so
    assert not is_damage(LibraryError("odd"))
