"""Copies and health: what is copied opens, what is damaged is told with the newest good copy."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from store import backups
from store.backups import Backups, back_up, check
from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.shelf.add(Text("one", "One", "", "", BODY, passages(BODY)))
        library.highlights.mark("one", Span(0, 6), tags=["a"])
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for statement in statements:
            sql.execute(statement)


def test_a_copy_of_a_library_in_use_is_whole(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Library.open(path) as library:
        highlight = library.highlights.mark("one", Span(7, 10))
        back_up(path, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with Library.open(copy) as library:
        assert library.highlights.of("one")[1] == highlight
        assert library.journal.undo() is not None
    assert sorted(p.name for p in tmp_path.iterdir() if "copy" in p.name and "-" not in p.name) == ["copy.db"]


def test_a_copy_never_overwrites(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    with pytest.raises(LibraryError, match="there already"):
        back_up(path, copy)
    assert copy.read_text() == "mine"


def test_what_cannot_be_copied(path: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    with pytest.raises(LibraryError, match="no backup"):
        back_up(path, tmp_path / "nowhere" / "copy.db")
    (tmp_path / "text.txt").write_text("not a library " * 100)
    with pytest.raises(LibraryError):
        back_up(tmp_path / "text.txt", tmp_path / "copy.db")
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


def test_one_daily_copy_a_day_and_ten_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Backups(path)
    assert folder.daily() is not None
    assert folder.daily() is None
    assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700
    newest = [folder.make("by-hand") for _ in range(12)][-1]
    assert len(folder.list()) == backups.KEPT
    assert folder.list()[0] == newest


def test_what_killed_programs_left_goes_after_a_day_and_nothing_else(path: Path) -> None:
    backups = Backups(path)
    copy = backups.make("daily")
    left, young, foreign = (
        copy.with_name(f".{copy.name}.0a"),
        copy.with_name(f".{copy.name}.0b"),
        copy.with_name(".keep"),
    )
    for file in (left, young, foreign):
        file.touch()
    for file in (left, foreign):
        os.utime(file, (0, 0))
    backups.make("again")
    assert [file.exists() for file in (left, young, foreign)] == [False, True, True]


def test_a_good_library_has_no_findings(path: Path) -> None:
    assert check(path).ok


@pytest.mark.parametrize(
    ("statements", "finding"),
    [
        (["UPDATE body SET content = content || '!'"], "SHA-256"),
        (['UPDATE highlight SET "start" = 1'], "does not stand"),
        (["UPDATE highlight SET quote = 'other'"], "does not stand"),
        (["PRAGMA foreign_keys = OFF", "DELETE FROM tag"], "refers to a tag"),
    ],
)
def test_what_does_not_fit_is_found(path: Path, statements: list[str], finding: str) -> None:
    good = Backups(path).make("before")
    alter(path, *statements)
    health = check(path)
    assert not health.ok
    assert finding in health.findings[0]
    assert health.backup == good


def test_a_damaged_file_is_told_with_the_newest_good_copy(path: Path) -> None:
    good = Backups(path).make("good")
    bad = Backups(path).make("damaged")
    for damaged in (path, bad):
        content = bytearray(damaged.read_bytes())
        content[4096:8192] = b"\xff" * 4096
        damaged.write_bytes(content)
    health = check(path)
    assert not health.ok
    assert health.backup == good
    assert all("\n" not in finding for finding in health.findings)


def test_no_file_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        check(tmp_path / "none.db")
