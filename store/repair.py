"""Checks a library, and repairs what can be: indexes, caches, and rows whose other half is gone.

Nothing that a reader has written is dropped: a tag that is gone comes back under a name of its own, and the note of a
link that leads nowhere becomes a note on the library. A copy is made before anything is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from store.backups import Backups
from store.connection import Connection, connect
from store.errors import LibraryError
from store.health import MOST_FINDINGS, Problem, look
from store.journal import now
from store.library_file import LibraryFile
from store.uids import new_uid
from store.word_index import WordIndex


class Health(NamedTuple):
    """What a look at every page and row of a library finds."""

    findings: tuple[str, ...]
    """One line each for what is wrong."""
    backup: Path | None
    """The newest good copy, looked for only when something is wrong."""
    problem: Problem | None = None
    """What kind of thing that is."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


class Repair(NamedTuple):
    """Result of a repair."""

    done: tuple[str, ...]
    """One line each for what was repaired."""
    copy: Path | None
    """The library as it was before; None where nothing was changed."""
    health: Health
    """What is still wrong."""


def check(library: Path) -> Health:
    """Looks at every page and row; raises LibraryError only where there is no file to look at."""
    if not library.exists():
        raise LibraryError(f"there is no library at {library}: check the name, or make one with `tui add`")
    findings, problem = look(library)
    backup = Backups(library).newest_good() if problem in (Problem.DAMAGE, Problem.LOG_MISSING) else None
    return Health(tuple(findings[:MOST_FINDINGS]), backup, problem)


def repair(library: Path) -> Repair:
    """Looks at a library and repairs what can be; raises LibraryError where there is no file to look at.

    What cannot be repaired stays as it is, and `health` names it with the newest good copy.
    """
    found = check(library)
    if found.problem is Problem.FOREIGN_LOG:
        aside = put_log_aside(library)
        rest = repair(library)
        return rest._replace(done=(f"put aside the log that is not its own, as {aside}", *rest.done))
    if found.problem is not Problem.DAMAGE:
        return Repair((), None, found)
    try:
        copy = Backups(library).make("before-repair")
        done = _repaired(library)
    except (
        LibraryError
    ):  # no page of it can be trusted, or there is no room for a copy: then nothing is touched
        return Repair((), None, check(library))
    return Repair(done, copy if done else None, check(library))


def put_log_aside(library: Path) -> Path:
    """Gives a log that does not belong to the library a name that SQLite does not look for; raises LibraryError."""
    log = Path(LibraryFile(library, create=False).log)
    aside = log.with_name(f"{log.name}.{datetime.now(UTC).strftime('%Y-%m-%dT%H-%M-%SZ')}")
    try:
        log.replace(aside)
        log.with_name(log.name.removesuffix("-wal") + "-shm").unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{log} cannot be put aside ({error.strerror}): move it away by hand") from error
    return aside


def _repaired(library: Path) -> tuple[str, ...]:
    with closing(connect(library)) as connection:
        damage = _page_damage(connection)
        if damage and not all(" index " in line for line in damage):
            return ()
        connection.execute("PRAGMA foreign_keys = OFF")  # what is repaired refers to what is gone
        done: list[str] = []
        with connection.transaction():
            if damage:
                connection.execute("REINDEX")
                done.append("built the indexes anew")
            for table, row, parent in _dangling(connection):
                line = _REPAIRS.get((table, parent), _left_alone)(connection, table, row)
                done += [line] if line else []
            index = WordIndex(connection)
            if not index.is_sound():
                index.reset()
                done.append("took away the index of words, which the next search makes anew")
        return tuple(dict.fromkeys(done))


def _page_damage(connection: Connection) -> list[str]:
    return [str(line) for (line,) in connection.rows("PRAGMA integrity_check") if line != "ok"]


def _dangling(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Table, row and what it refers to in vain; each once, since a repair may have taken the row away meanwhile."""
    rows = connection.rows("PRAGMA foreign_key_check")
    yield from dict.fromkeys((table, row, parent) for table, row, parent, _ in rows)


def _left_alone(connection: Connection, table: str, row: int) -> str:
    return ""


def _dropped(connection: Connection, table: str, row: int) -> str:
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", row)
    return f"took away rows of {table} that belonged to nothing"


def _forgotten(connection: Connection, table: str, row: int) -> str:
    connection.execute(f"DELETE FROM {table}")
    return f"emptied {table}, which is worked out anew"


def _tag_made_again(connection: Connection, table: str, row: int) -> str:
    number = connection.value("SELECT tag_id FROM highlight_tag WHERE id = ?", row)
    path = f"recovered/{number}"
    connection.execute(
        "INSERT OR IGNORE INTO tag (id, path, colour, letter) VALUES (?, ?, 'grey', 'R')", number, path
    )
    return f"made a tag again that highlights carry, as {path}"


def _link_untied(connection: Connection, table: str, row: int) -> str:
    kept = connection.row("SELECT kind, note, reader FROM link WHERE id = ?", row)
    if kept is None:
        return ""
    kind, note, reader = kept
    if note:
        time = now()
        connection.insert(
            "note", uid=new_uid(), words=f"[{kind}] {note}", reader=reader, created=time, updated=time
        )
    connection.execute("DELETE FROM link WHERE id = ?", row)
    return f"took away link {row}, one end of which is gone" + (
        ": its note is now one on the library" if note else ""
    )


def _note_moved(connection: Connection, table: str, row: int) -> str:
    connection.execute("UPDATE note SET text_id = NULL WHERE id = ?", row)
    return f"made note {row}, the text of which is gone, a note on the library"


_RepairRow = Callable[[Connection, str, int], str]

_REPAIRS: dict[tuple[str, str], _RepairRow] = {
    ("highlight_tag", "tag"): _tag_made_again,
    ("highlight_tag", "highlight"): _dropped,
    ("link", "highlight"): _link_untied,
    ("note", "text"): _note_moved,
    ("furniture", "version"): _dropped,
    ("dismissed", "version"): _dropped,
    ("change", "act"): _dropped,
    ("segmentation", "version"): _forgotten,
    ("search_index", "version"): _forgotten,
    ("relation", "version"): _forgotten,
    ("unindexed", "body"): _dropped,
}
"""By the table that refers to what is gone, and the one that lacks it. A highlight without its text is no such case."""
