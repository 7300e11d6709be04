"""Whether a log belongs to a file is asked while other programs write, and empty the log, between the two looks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from store import log, log_state
from store.connection import Connection
from store.health import Problem, look
from store.library import Library
from store.library_file import LibraryFile


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.codebook.ensure("one")
        yield library


def test_a_log_that_is_emptied_and_begun_again_between_the_looks_is_not_foreign(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = log_state.state_of_file
    seen: list[log_state.LogState | None] = []

    def then_others_write(where: LibraryFile) -> log_state.LogState | None:
        state = look(where)
        if not seen:
            monkeypatch.setattr(log_state, "state_of_file", look)  # what is written now looks as well
            for tag in ("two", "three", "four"):
                with Library.open(library.path, reader="ben") as other:
                    other.codebook.ensure(tag)
                    log.empty(other.connection)
            library.codebook.ensure("five")
            monkeypatch.setattr(log_state, "state_of_file", then_others_write)
        seen.append(state)
        return state

    log.empty(library.connection)
    monkeypatch.setattr(log_state, "state_of_file", then_others_write)
    where = LibraryFile(library.path, create=False)
    assert not log_state.is_foreign(where)
    assert len(seen) > 1, "else the first look said enough, and this proves nothing"


def test_a_log_that_belongs_to_another_file_is_foreign_however_often_it_is_looked_at(
    library: Library, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with Library.open(other, reader="ben") as newcomer:
        newcomer.codebook.ensure("theirs")
    wal = Path(f"{library.path}-wal").read_bytes()
    assert wal
    Path(f"{other}-wal").write_bytes(wal)
    assert log_state.is_foreign(LibraryFile(other, create=False))


def test_a_misfit_is_not_believed_while_another_program_writes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the looks at file and log the log may be begun anew: what is then seen belongs to no state of either."""
    with Library.open(tmp_path / "other.db", reader="ben") as stranger:
        stranger.codebook.ensure("theirs")
        elsewhere = LibraryFile(stranger.path, create=False)
        where = LibraryFile(library.path, create=False)
        usual, looks = log_state.open_read_only, 0

        def seen_in_between(asked: LibraryFile) -> sqlite3.Connection:
            nonlocal looks
            looks += 1
            return usual(elsewhere if looks <= misfits else asked)

        monkeypatch.setattr(log_state, "open_read_only", seen_in_between)
        monkeypatch.setattr(log_state, "sleep", lambda _: library.codebook.ensure(f"while looking {looks}"))
        misfits = 2
        assert not log_state.is_foreign(where)
        assert looks == 3
        looks, misfits = 0, 99
        monkeypatch.setattr(log_state, "sleep", lambda _: None)
        assert log_state.is_foreign(where), "nobody writes, and it does not fit"
        assert looks == 1


def test_a_state_that_comes_while_the_log_is_emptied_does_not_hide_that_of_the_file(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file has what was there before it; a lineage of the newest two alone would call its own log foreign."""
    copied = log.write_through

    def then_another_writes(connection: Connection) -> bool:
        done = copied(connection)
        with Library.open(library.path, reader="ben") as other:
            other.codebook.ensure("meanwhile")
            monkeypatch.setattr(log, "empty", lambda connection: False)  # it ends without emptying the log
        return done

    with library.transaction():
        library.mark_open()
    library.codebook.ensure("mine")
    empty = log.empty
    monkeypatch.setattr(log, "write_through", then_another_writes)
    assert not empty(library.connection)
    assert not log_state.is_foreign(LibraryFile(library.path, create=False))


def test_a_log_that_another_program_is_writing_into_the_file_is_not_called_written(library: Library) -> None:
    """SQLite then gives -1 for the pages of the log, and -1 for those that were copied."""

    class Busy:
        def rows(self, statement: str) -> list[tuple[int, int, int]]:
            return [(1, -1, -1)]

    assert not log.write_through(Busy())  # type: ignore[arg-type]
    assert log.write_through(library.connection)


def test_a_log_is_there_once_something_stands_below_its_head(library: Library, tmp_path: Path) -> None:
    library.codebook.ensure("kept in the log")
    whole = Path(f"{library.path}-wal").read_bytes()
    where = LibraryFile(tmp_path / "another.db", create=True)
    log_file = Path(where.log)
    assert not where.has_log, "there is no file"
    log_file.write_bytes(b"")
    assert not where.has_log
    log_file.write_bytes(whole[:32])  # the head of https://sqlite.org/fileformat.html#walformat alone
    assert not where.has_log
    log_file.write_bytes(whole[:33])
    assert where.has_log
    log_file.write_bytes(bytes(32) + whole[32:])
    assert not where.has_log, "it does not begin as a log"


def test_a_copy_of_the_file_alone_says_since_when_it_lacks_something(
    library: Library, tmp_path: Path
) -> None:
    log.empty(library.connection)
    whole, lacking = tmp_path / "whole.db", tmp_path / "lacking.db"
    whole.write_bytes(library.path.read_bytes())
    with library.transaction():
        library.mark_open()
    log.write_through(library.connection)
    library.codebook.ensure("in the log")
    lacking.write_bytes(library.path.read_bytes())
    assert look(whole) == ([], None)
    assert look(library.path) == ([], None), "its log is beside it"
    (line,), problem = look(lacking)
    assert problem is Problem.LOG_MISSING
    since = log_state.missing_since(LibraryFile(lacking, create=False))
    assert datetime.fromisoformat(since)
    assert f"lacks its log, lacking.db-wal: what was done after {since} may be missing" in line


def test_a_library_is_settled_once_its_log_is_empty_and_nobody_reads_an_older_state(library: Library) -> None:
    assert not library.is_settled
    with Library.open(library.path, read_only=True) as other, other.reading():
        assert [tag.path for tag in other.codebook.list()] == ["one"]
        library.codebook.ensure("two")
        assert (library.settle(), library.is_settled) == (False, False)
    assert (library.settle(), library.is_settled) == (True, True)
    with Library.open(library.path, read_only=True) as other:
        assert other.is_settled
