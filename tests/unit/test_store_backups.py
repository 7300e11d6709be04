"""Copies and health: what is copied opens, what is damaged is told with the newest good copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import backups
from store.backups import Backups, back_up
from store.library import Library, LibraryError
from store.repair import check
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
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


def test_a_copy_leaves_what_it_copies_as_it_is(path: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with Library.open(path) as library:
        library.highlights.mark("one", Span(7, 10))
        for suffix in ("", "-wal"):  # as a program that was killed leaves them
            shutil.copy2(f"{path}{suffix}", left / f"library.db{suffix}")
    before = {each.name: each.read_bytes() for each in left.iterdir()}
    back_up(left / "library.db", tmp_path / "copy.db")
    assert {name: (left / name).read_bytes() for name in before} == before
    with Library.open(tmp_path / "copy.db") as library:
        assert len(library.highlights.of("one")) == 2


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


def test_a_clock_that_was_ahead_never_costs_the_newest_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Backups(path)
    folder.make("daily")
    for number, copy in enumerate(
        folder.list() * 12
    ):  # made in a year that has not come yet, by either scheme
        for name in (
            f"2099-01-{number + 1:02}T00-00-00Z-{number + 2:04}-daily.db",
            f"2098-01-01T{number}-old.db",
        ):
            copy.with_name(name).write_bytes(copy.read_bytes())
    for _ in range(3):
        newest = folder.make("daily")
        assert folder.list()[0] == newest
        assert len(folder.list()) == backups.KEPT
    assert newest.exists()
    assert check(path).ok
    assert folder.newest_good() == newest


def test_two_programs_make_one_daily_copy(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Backups(path).daily(), range(24)))
    assert len([copy for copy in made if copy is not None]) == 1
    assert len(Backups(path).list()) == 1
    assert not list(Backups(path).folder.glob(".*"))


def test_copies_that_are_made_at_once_have_names_of_their_own(path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: Backups(path).make("at-once"), range(6)))
    assert len(set(made)) == 6
    assert all(check(copy).ok for copy in made)


def test_a_claim_on_the_daily_copy_that_was_left_behind_is_no_bar(path: Path) -> None:
    folder = Backups(path)
    folder.make("daily").unlink()
    claim = folder.folder / f".{datetime.now(UTC):%Y-%m-%d}"
    claim.touch()
    assert folder.daily() is None, "another program is at it"
    os.utime(claim, (0, 0))
    assert folder.daily() is not None
    assert not claim.exists()


def test_a_copy_says_that_it_is_whole(path: Path, tmp_path: Path) -> None:
    """Also when it is made while the library says of itself that it lacks its log."""
    copy = tmp_path / "copy.db"
    with Library.open(path) as library:
        with library.transaction():
            library.mark_open()
        back_up(path, copy)
    assert check(copy).ok


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
