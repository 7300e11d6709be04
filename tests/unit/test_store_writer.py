"""The writer thread: in order, together, and each job answers for itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path
from time import monotonic, sleep

import pytest

from store import rescue as rescue_module
from store import writer as writer_module
from store.connection import Connection
from store.library import Library, LibraryError, LibraryReplaced, NotFound
from store.repair import check
from store.writer import Writer
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
    return path


def mark(start: int) -> Callable[[Library], int]:
    return lambda library: library.highlights.mark("one", Span(start, start + 3)).id


def held(writer: Writer) -> threading.Event:
    """Keeps the writer at a first job until the event is set, so that what follows queues up."""
    gate = threading.Event()
    writer.ask(lambda _: gate.wait(10))
    return gate


def test_what_is_submitted_is_written_in_order(path: Path) -> None:
    writer = Writer(path, "bert", backups=False)
    futures = [writer.submit(mark(start)) for start in range(20)]
    assert [future.result(60) for future in futures] == list(range(1, 21))
    writer.close()
    with Library.open(path) as library:
        assert [h.span.start for h in library.highlights.of("one")] == list(range(20))
        assert {h.reader for h in library.highlights.of("one")} == {"bert"}


def test_what_queues_up_shares_a_transaction_and_has_its_own_acts(path: Path) -> None:
    writer = Writer(path, backups=False)
    with closing(sqlite3.connect(path)) as watch:
        before = watch.execute("PRAGMA data_version").fetchone()
        gate = held(writer)
        futures = [writer.submit(mark(start)) for start in range(10)]
        gate.set()
        for future in futures:
            future.result(60)
        assert watch.execute("PRAGMA data_version").fetchone() != before
    assert len(writer.ask(lambda library: library.journal.history()).result(60)) == 11
    writer.submit(lambda library: library.journal.undo()).result(60)
    assert len(writer.ask(lambda library: library.highlights.find()).result(60)) == 9
    writer.close()


def test_a_job_that_fails_takes_no_other_along(path: Path) -> None:
    writer = Writer(path, backups=False)
    gate = held(writer)

    def half(library: Library) -> None:
        mark(0)(library)
        raise ZeroDivisionError

    good, bad, unknown, late = (
        writer.submit(mark(1)), writer.submit(half), writer.submit(lambda x: x.highlights.delete(99)),
        writer.submit(mark(2)),
    )  # fmt: skip
    gate.set()
    writer.drain(10)
    assert isinstance(bad.exception(0), ZeroDivisionError)
    assert isinstance(unknown.exception(0), NotFound)
    assert good.result(0) != late.result(0)
    assert [h.span.start for h in writer.ask(lambda x: x.highlights.of("one")).result(60)] == [1, 2]
    writer.close()


def test_a_cancelled_job_is_not_run(path: Path) -> None:
    writer = Writer(path, backups=False)
    gate = held(writer)
    future = writer.submit(mark(0))
    assert future.cancel()
    gate.set()
    writer.close()
    with Library.open(path) as library:
        assert library.highlights.find() == []


def test_closing_writes_what_was_submitted_and_then_refuses(path: Path) -> None:
    writer = Writer(path, backups=False)
    gate = held(writer)
    future = writer.submit(mark(0))
    gate.set()
    writer.close()
    writer.close()
    assert future.done()
    with pytest.raises(LibraryError, match="closed"):
        writer.submit(mark(1))
    writer.drain(1)


def test_a_library_that_does_not_open_fails_every_job(tmp_path: Path) -> None:
    writer = Writer(tmp_path, backups=False)
    with pytest.raises(LibraryError, match="folder"):
        writer.submit(mark(0)).result(60)
    writer.close()


def test_it_notices_other_programs_but_not_itself(path: Path) -> None:
    writer = Writer(path, backups=False)
    writer.submit(mark(0)).result(60)
    assert not writer.ask(Library.changed_elsewhere).result(60)
    with Library.open(path) as other:
        other.codebook.ensure("a")
    assert writer.ask(Library.changed_elsewhere).result(60)
    writer.close()


def test_a_transaction_that_ends_by_itself_fails_all_that_were_in_it(path: Path) -> None:
    """As a full disk does: what came before in the same transaction is gone too, and is told so."""
    writer = Writer(path, backups=False)
    gate = held(writer)

    def disk_full(library: Library) -> None:
        library._connection.execute("ROLLBACK")
        raise LibraryError("the disk is full")

    futures = [writer.submit(job) for job in (mark(0), disk_full, mark(1))]
    gate.set()
    writer.drain(10)
    assert [type(future.exception(0)) for future in futures] == [LibraryError] * 3
    assert writer.ask(lambda library: library.highlights.find()).result(60) == []
    assert writer.submit(mark(2)).result(60)
    writer.close()


def test_a_job_that_writes_waits_for_others_only_where_that_is_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(writer_module, "sleep", waited.append)
    for writer in (Writer(path, backups=False), Writer(path, backups=False, gather=7.0)):
        writer.submit(mark(0)).result(60)
        writer.ask(lambda library: library.highlights.find()).result(60)
        writer.close()
    assert waited == [0.0, 7.0]


def test_the_daily_copy_is_made_when_the_thread_is_idle_or_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 60)
    writer = Writer(path)
    writer.submit(mark(0)).result(60)
    writer.close()
    (copy,) = path.with_name("library.db.backups").iterdir()
    assert copy.name.endswith("-daily.db")
    Writer(path).close()
    assert list(copy.parent.iterdir()) == [copy]


def test_the_log_is_emptied_when_the_thread_is_idle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "SETTLE_SECONDS", 0.05)
    log = path.with_name("library.db-wal")
    writer = Writer(path, backups=False)
    with Library.open(path, read_only=True) as other, other.reading():
        assert other.highlights.find() == []
        writer.submit(mark(0)).result(60)
        sleep(0.2)
        assert log.stat().st_size, "another program still reads an older state"
    deadline = monotonic() + 60
    while log.stat().st_size and monotonic() < deadline:
        sleep(0.01)
    assert log.stat().st_size == 0
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT count(*) FROM highlight").fetchone() == (1,)
        assert alone.execute("SELECT open_since FROM recording").fetchone() == (None,)
    writer.close()


def test_the_file_itself_says_that_the_log_has_more(path: Path) -> None:
    writer = Writer(path, backups=False)
    writer.submit(mark(0)).result(60)
    writer.ask(lambda _: None).result(60)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT open_since FROM recording").fetchone() != (None,)
    writer.close()
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT open_since FROM recording").fetchone() == (None,)


@pytest.mark.parametrize("by", ["the next act", "a pause"])
def test_the_file_says_so_as_soon_as_nobody_reads_an_older_state(
    path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(writer_module, "SETTLE_SECONDS", 60)
    monkeypatch.setattr(writer_module, "SAY_AGAIN_SECONDS", 60 if by == "the next act" else 0.01)

    def says_so() -> bool:
        with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as alone:
            return alone.execute("SELECT open_since FROM recording").fetchone() != (None,)

    writer = Writer(path, backups=False)
    with Library.open(path, read_only=True) as other, other.reading():
        assert other.highlights.find() == []
        writer.submit(mark(0)).result(60)
        writer.drain()
        assert not says_so()
    if by == "the next act":
        writer.submit(mark(3)).result(60)
        writer.drain()
    deadline = monotonic() + 60
    while not says_so() and monotonic() < deadline:
        sleep(0.01)
    assert says_so()
    writer.close()


def test_what_was_written_before_the_file_was_replaced_is_in_a_copy(path: Path) -> None:
    writer = Writer(path)
    writer.submit(mark(0)).result(60)
    path.rename(path.with_name("moved.db"))
    for job in (mark(3), mark(6)):
        with pytest.raises(LibraryReplaced, match="all that it had is in") as refused:
            writer.submit(job).result(60)
    assert [h.span.start for h in writer.ask(lambda x: x.highlights.of("one")).result(60)] == [0]
    writer.close()
    assert writer.replaced is refused.value
    with Library.open(refused.value.rescued) as library:
        assert [h.span.start for h in library.highlights.of("one")] == [0]
    assert not path.with_name("library.db.backups").exists()


def test_a_desk_makes_one_copy(path: Path) -> None:
    """What works beside it with a connection of its own, as relating does, only fills caches: it loses nothing."""
    writer = Writer(path, backups=False)
    writer.submit(mark(0)).result(60)
    with Library.open(path) as beside:
        beside.relations.put("one", "one", b"related", format_number=1)
        path.rename(path.with_name("moved.db"))
        with pytest.raises(LibraryReplaced) as refused:
            writer.submit(mark(3)).result(60)
    writer.close()
    assert [str(copy) for copy in path.parent.glob("*.rescued-*.db")] == [refused.value.rescued]


def test_a_copy_is_made_where_a_cache_was_filled_after_an_act(path: Path) -> None:
    library = Library.open(path)
    library.highlights.mark("one", Span(0, 3))
    library.relations.put("one", "one", b"related", format_number=1)
    path.rename(path.with_name("moved.db"))
    with pytest.raises(LibraryReplaced, match="all that it had is in"):
        library.close()


class _OneMoment(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _OneMoment:
        return cls(2026, 1, 1, tzinfo=tz)


@pytest.mark.parametrize("meanwhile", [False, True], ids=["one by one", "at once"])
def test_desks_that_lose_their_file_in_the_same_second_make_a_copy_each(
    path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: bool
) -> None:
    copy_to, taken = rescue_module.copy_to, []

    def slow_copy_to(connection: Connection, copy: Path) -> None:
        if meanwhile and not taken:
            taken.append(copy)
            copy.touch()  # another desk has its copy there before this one is finished
        copy_to(connection, copy)

    monkeypatch.setattr(rescue_module, "datetime", _OneMoment)
    writers = [Writer(path, name, backups=False) for name in ("ada", "ben")]
    for number, writer in enumerate(writers):
        writer.submit(mark(3 * number)).result(60)
    path.rename(path.with_name("moved.db"))
    copies = []
    for writer in writers:
        if writer is writers[1]:
            monkeypatch.setattr(rescue_module, "copy_to", slow_copy_to)
        with pytest.raises(LibraryReplaced, match="all that it had is in") as refused:
            writer.submit(mark(9)).result(60)
        copies.append(Path(refused.value.rescued))
        writer.close()
    assert len(set(copies)) == 2
    for copy in copies:
        assert check(copy).ok
        with Library.open(copy) as library:
            assert [h.span.start for h in library.highlights.of("one")] == [0, 3]


@pytest.mark.parametrize("settled", [True, False])
def test_a_file_that_is_overwritten_in_place_is_not_written_to(
    path: Path, tmp_path: Path, settled: bool
) -> None:
    """As `cp other.db library.db` does: the inode stays."""
    newcomer = tmp_path / "other.db"
    with Library.open(newcomer) as other:
        other.texts.add(Text("other", "Other", "", "", f"{BODY} More.", passages(f"{BODY} More.")))
    content = newcomer.read_bytes()
    writer = Writer(path, backups=False)
    writer.submit(mark(0)).result(60)
    writer.drain()  # not while the first act is being copied from the log into the file
    if settled:
        assert writer.ask(lambda library: library.settle()).result(60)
    path.write_bytes(content)
    with pytest.raises(LibraryReplaced, match="overwritten by another file"):
        writer.submit(mark(3)).result(60)
    writer.close()
    assert writer.replaced is not None
    with Library.open(path, read_only=True) as library:
        assert library.texts.slugs() == ["other"]
    assert check(path).ok


def test_a_file_that_is_overwritten_in_place_is_noticed_by_a_look(path: Path, tmp_path: Path) -> None:
    """Also by a connection that has written nothing, and to which the newcomer alone is left to read."""
    newcomer = tmp_path / "other.db"
    with Library.open(newcomer) as other:
        other.codebook.ensure("theirs")
    writer = Writer(path, backups=False)
    writer.drain()
    with Library.open(path) as library:
        library.verify_file()
        path.write_bytes(newcomer.read_bytes())
        with pytest.raises(LibraryReplaced, match="overwritten by another file") as seen:
            library.verify_file()
        with pytest.raises(LibraryReplaced, match="there is no copy of what it had") as told:
            writer.leave_file(seen.value).result(60)
        with pytest.raises(LibraryReplaced, match="overwritten"):
            writer.submit(mark(0)).result(60)
        writer.close()
        assert writer.replaced is told.value
        library.continue_on(told.value)
    assert path.read_bytes() == newcomer.read_bytes()


def test_what_sqlite_itself_writes_to_the_file_is_no_overwriting(path: Path) -> None:
    writer = Writer(path, backups=False)
    for start in range(0, 30, 3):
        writer.submit(mark(start)).result(60)
        with Library.open(path) as other:
            other.codebook.ensure(f"tag{start}")
        writer.ask(lambda library: library.settle()).result(60)
        with closing(sqlite3.connect(path)) as foreign:
            foreign.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.close()
    assert writer.replaced is None
    with Library.open(path) as library:
        assert len(library.highlights.find()) == len(library.codebook.list()) == 10
