"""The writer thread: in order, together, and each job answers for itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store import writer as writer_module
from store.library import Library, LibraryError, NotFound
from store.writer import Writer
from texts.model import Span, Text
from texts.segment import passages

BODY = "A text of some words, which is long enough to be marked in many places."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.shelf.add(Text("one", "One", "", "", BODY, passages(BODY)))
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
    assert [future.result(10) for future in futures] == list(range(1, 21))
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
            future.result(10)
        assert watch.execute("PRAGMA data_version").fetchone() != before
    assert len(writer.ask(lambda library: library.journal.history()).result(10)) == 11
    writer.submit(lambda library: library.journal.undo()).result(10)
    assert len(writer.ask(lambda library: library.highlights.find()).result(10)) == 9
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
    assert [h.span.start for h in writer.ask(lambda x: x.highlights.of("one")).result(10)] == [1, 2]
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
        writer.submit(mark(0)).result(10)
    writer.close()


def test_it_notices_other_programs_but_not_itself(path: Path) -> None:
    writer = Writer(path, backups=False)
    writer.submit(mark(0)).result(10)
    assert not writer.ask(Library.changed_elsewhere).result(10)
    with Library.open(path) as other:
        other.codebook.ensure("a")
    assert writer.ask(Library.changed_elsewhere).result(10)
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
    assert writer.ask(lambda library: library.highlights.find()).result(10) == []
    assert writer.submit(mark(2)).result(10)
    writer.close()


def test_the_daily_copy_is_made_when_the_thread_is_idle_or_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 60)
    writer = Writer(path)
    writer.submit(mark(0)).result(10)
    writer.close()
    (copy,) = path.with_name("library.db.backups").iterdir()
    assert copy.name.endswith("-daily.db")
    Writer(path).close()
    assert list(copy.parent.iterdir()) == [copy]
