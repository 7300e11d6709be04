"""A library survives programs that are killed, start at once, write at once, and disks that fill up.

Each child is a program of its own; what it prints is what it was told is on the disk.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from children import ADD, BODY, all_succeed, start

from store.library import Library, LibraryError
from store.repair import check

MARK_FOREVER = f"""{ADD}
from time import sleep
with Library.open(sys.argv[1], reader=sys.argv[2]) as library:
    library.texts.add(text)
    start = 0
    while True:
        start = (start + 7) % 1000
        print(library.highlights.mark("one", Span(start, start + 5), tags=["a", "b/c"], note="n").id, flush=True)
        sleep(0.002)  # who never lets go would keep the other one waiting for longer than it does
"""


def kill_after(child: subprocess.Popen[str], lines: int) -> list[int]:
    """What the child was told is on the disk until it was killed, in the middle of whatever it did."""
    assert child.stdout is not None
    assert child.stderr is not None
    told = [child.stdout.readline() for _ in range(lines)]
    child.kill()
    # Not `communicate`, which reads past what `readline` holds in its buffer: those lines were told too.
    told += child.stdout.read().splitlines(keepends=True)
    error = child.stderr.read()
    assert child.wait(timeout=60) < 0, error
    child.stdout.close()
    child.stderr.close()
    return [int(line) for line in told if line.endswith("\n")]


def assert_whole(path: Path, told: Sequence[int]) -> None:
    """Nothing acknowledged is lost, nothing is there by half, and every act can be undone."""
    assert check(path).ok
    with Library.open(path) as library:
        highlights = {highlight.id: highlight for highlight in library.highlights.find()}
        assert set(told) <= set(highlights)
        assert {(h.tags, h.note, h.quote == BODY[slice(*h.span)]) for h in highlights.values()} <= {
            (("a", "b/c"), "n", True)
        }
        assert len(library.journal.history()) == len(highlights) + len(library.texts.list())
        while library.journal.undo():
            pass
        assert library.texts.list() == []
        assert library.codebook.list() == []


@pytest.mark.promise("kill −9 while writing: 0 acknowledged highlights lost, 0 halves", tries="kills")
@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.long)])
def test_killed_while_writing(tmp_path: Path, kills: int) -> None:
    rng = random.Random(kills)
    for number in range(kills):
        path = tmp_path / f"library-{number}.db"
        assert_whole(path, kill_after(start(MARK_FOREVER, path, "ana"), rng.randint(1, 40)))


@pytest.mark.promise("kill −9 with two writers", tries="kills")
@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.long)])
def test_killed_while_another_one_writes_too(tmp_path: Path, kills: int) -> None:
    rng = random.Random(kills)
    for number in range(kills):
        path = tmp_path / f"library-{number}.db"
        first, second = (start(MARK_FOREVER, path, reader) for reader in ("ana", "bert"))
        told = kill_after(first, rng.randint(1, 20))
        told += kill_after(second, rng.randint(1, 20))
        assert_whole(path, told)


MIGRATE = f"""{ADD}
print("begun", flush=True)
Library.open(sys.argv[1]).close()
"""


@pytest.mark.promise("kill −9 during a migration", tries="kills")
@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.long)])
def test_killed_during_a_migration(tmp_path: Path, kills: int) -> None:
    """The child is let to make the file, or its log, grow by a different number of bytes before it is killed."""
    rng = random.Random(kills)
    for number in range(kills):
        path = tmp_path / f"library-{number}.db"
        child = start(MIGRATE, path)
        assert child.stdout is not None
        child.stdout.readline()
        wanted = rng.choice([1, 4096, 20_000, 100_000, 200_000])
        while child.poll() is None and bytes_of(path) < wanted:
            pass
        child.kill()
        child.communicate(timeout=60)
        with Library.open(path) as library:
            assert library.codebook.ensure("a").path == "a"
        assert check(path).ok


def bytes_of(path: Path) -> int:
    """Size of a library and its log; the log may be gone at any moment."""
    size = 0
    for part in (path, path.with_name(f"{path.name}-wal")):
        with suppress(FileNotFoundError):
            size += part.stat().st_size
    return size


FIRST_START = f"""{ADD}
with Library.open(sys.argv[1]) as library:
    library.texts.add(text)
    library.codebook.ensure(sys.argv[2])
"""


@pytest.mark.promise("6 first starts at once", tries="times")
@pytest.mark.parametrize("times", [5, pytest.param(25, marks=pytest.mark.long)])
def test_six_first_starts_at_once(tmp_path: Path, times: int) -> None:
    for number in range(times):
        path = tmp_path / "folder" / f"library-{number}.db"
        all_succeed([start(FIRST_START, path, f"tag{child}") for child in range(6)])
        with Library.open(path) as library:
            assert [text.slug for text in library.texts.list()] == ["one"]
            assert len(library.codebook.list()) == 6
            assert len(library.journal.history()) == 7
        assert check(path).ok


MARK_MANY = f"""{ADD}
with Library.open(sys.argv[1], reader=sys.argv[2]) as library:
    library.texts.add(text)
    for number in range(int(sys.argv[3])):
        highlight = library.highlights.mark("one", Span(number % 900, number % 900 + 5), tags=[sys.argv[2]])
        library.highlights.star(highlight.id, True)
"""


@pytest.mark.promise("4 writers at once, each so many acts: none is lost", tries="acts")
@pytest.mark.parametrize("acts", [100, pytest.param(500, marks=pytest.mark.long)])
def test_four_writers_at_once(tmp_path: Path, acts: int) -> None:
    path = tmp_path / "library.db"
    all_succeed([start(MARK_MANY, path, reader, acts // 2) for reader in "abcd"])
    with Library.open(path) as library:
        highlights = library.highlights.find()
        assert len(highlights) == 4 * (acts // 2)
        assert all(highlight.star and highlight.tags == (highlight.reader,) for highlight in highlights)
        assert len(library.journal.history()) == 1 + 4 * 2 * (acts // 2)
    assert check(path).ok


FILL_THE_DISK = f"""{ADD}
import resource
from pathlib import Path
from store.repair import check
sizes = []
for number in range(20):
    path = Path(sys.argv[1]) / f"library-{{number}}.db"
    told = []
    with Library.open(path) as library:
        library.texts.add(text)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000 + number * 13_001, -1))
        try:
            for start in range(2_000):
                told.append(library.highlights.mark("one", Span(start, start + 50), note="n" * 4_000).id)
            sys.exit("the disk never filled up")
        except LibraryError as error:
            assert "\\n" not in str(error), str(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
        assert [h.id for h in library.highlights.find()] == told
        library.highlights.mark("one", Span(0, 60))
    assert check(path).ok, check(path)
    sizes.append(len(told))
print(*sizes)
"""


@pytest.mark.promise("a file that may not grow, at 20 sizes: nothing that was told is lost", tries=20)
def test_a_full_disk_at_twenty_sizes_loses_nothing_that_was_told(tmp_path: Path) -> None:
    (output,) = all_succeed([start(FILL_THE_DISK, tmp_path)])
    assert len(set(output.split())) > 1, "the disk filled up at different moments"


HOLD = """
import sqlite3, sys
sql = sqlite3.connect(sys.argv[1], isolation_level=None)
sql.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.mark.promise("a lock held too long is told, and then all goes on")
def test_a_lock_held_too_long_is_told_and_then_all_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    monkeypatch.setattr("store.connection.BUSY_SECONDS", 0.2)
    with Library.open(path) as library:
        assert library.codebook.list() == []  # reading never waits
        with pytest.raises(LibraryError, match="in use"):
            library.codebook.ensure("a")
        holder.communicate("\n", timeout=60)
        assert library.codebook.ensure("a").path == "a"


@pytest.mark.long
@pytest.mark.promise("a lock held 3 s is waited out; one held 10 s is told, and then all goes on", tries=2)
def test_locks_in_real_time(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    for seconds in (3, 10):
        program = HOLD.replace("sys.stdin.readline()", f"__import__('time').sleep({seconds})")
        holder = subprocess.Popen(
            [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with Library.open(path) as library:
            if seconds > 5:
                with pytest.raises(LibraryError, match="in use"):
                    library.codebook.ensure("later")
                assert [tag.path for tag in library.codebook.list()] == ["t3"]
                holder.wait(timeout=60)
            assert library.codebook.ensure(f"t{seconds}").path == f"t{seconds}"
        holder.communicate(timeout=60)
