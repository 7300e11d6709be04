"""Looks at every page and row of a library: what is wrong with it, and of what kind that is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from store.connection import Connection, connect
from store.errors import ForeignLog, LibraryError, LinkedLibrary, OtherLibrary
from store.highlight_rows import parts_of, quoted
from store.library_file import LibraryFile, open_alone
from store.log_state import missing_since
from store.migrations import examine

MOST_FINDINGS = 20
"""What is wrong beyond this is not listed one by one."""


class Problem(StrEnum):
    """What is wrong with a library, as far as it decides on what can be done."""

    DAMAGE = "is damaged"
    OTHER = "is no library of this version of the program"
    LINKS = "has several names"
    FOREIGN_LOG = "has a log beside it that is not its own"
    LOG_MISSING = "lacks its log"


def look(library: Path, *, linked: bool = False) -> tuple[list[str], Problem | None]:
    """What is wrong with a file, in lines, and of what kind that is."""
    try:
        where = LibraryFile(library, create=False, linked=linked)
        findings = damage(library, thoroughly=True, linked=linked)
        if findings and where.has_log and not _damage_without_log(where):
            raise ForeignLog(f"{where.log} does not fit {library}, which is sound without it")
        since = missing_since(where)
    except OtherLibrary as error:
        return [str(error)], Problem.OTHER
    except LinkedLibrary as error:
        return [str(error)], Problem.LINKS
    except ForeignLog as error:
        return [str(error)], Problem.FOREIGN_LOG
    except LibraryError as error:
        return [str(error)], Problem.DAMAGE
    if since and not findings:
        return [missing_log(library, since)], Problem.LOG_MISSING
    return findings, Problem.DAMAGE if findings else None


def missing_log(library: Path, since: str) -> str:
    """What to say of a file whose log is not beside it."""
    return (
        f"{library} lacks its log, {library.name}-wal: what was done after {since} may be missing; "
        "the log may be where the file was copied from"
    )


def _damage_without_log(where: LibraryFile) -> bool:
    """Whether the file is damaged as it stands, without what is in its log."""
    with closing(open_alone(where)) as sql:
        try:
            return bool(sql.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
        except (sqlite3.Error, UnicodeDecodeError):
            return True


def damage(library: Path, *, thoroughly: bool = False, linked: bool = False) -> list[str]:
    """What is wrong with a library, in lines; raises OtherLibrary."""
    try:
        with closing(connect(library, read_only=True, linked=linked)) as connection:
            if examine(connection) == 0:
                return [f"{library} is empty"]
            pragma = "integrity_check" if thoroughly else "quick_check"
            pages = connection.rows(f"PRAGMA {pragma}({MOST_FINDINGS})")
            found = [" ".join(str(line).split()) for (line,) in pages if line != "ok"]
            if thoroughly and not found:
                found = [
                    *_dangling(connection),
                    *_altered_bodies(connection),
                    *_wrong_quotes(connection),
                    *_wrong_index(connection),
                ]
            return found
    except (OtherLibrary, LinkedLibrary, ForeignLog):
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


def _wrong_index(connection: Connection) -> list[str]:
    """Whether the index of words tells of each body that does not wait for it, once, and holds what was written."""
    from store.word_index import WordIndex

    return [] if WordIndex(connection).is_sound() else [WRONG_INDEX]


WRONG_INDEX = "the index of words is damaged, so that a search may miss texts"
