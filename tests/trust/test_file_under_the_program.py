"""The library's file is moved, removed, replaced or copied while a desk or a command has it open.

Sync tools do so, and so do people who tidy up. Whatever a desk has told as done is then in a file that opens and is
sound, and nothing is laid over the file that came to the place.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from children import ADD, start
from pseudo import Program

from store.backups import Backups, back_up
from store.connection import connect
from store.library import Library, LibraryError
from store.library_file import LibraryFile
from store.log_state import state_of_file
from store.repair import check
from tui.home import make_first_library

TUI = (sys.executable, "-m", "tui")
_PATIENCE = 30.0


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.db"
    make_first_library(path, "ada")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another library, as a sync tool may bring it: more in it, in other places."""
    path = tmp_path / "other" / "library.db"
    make_first_library(path, "bert")
    with Library.open(path, reader="bert") as opened:
        for start in range(0, 4000, 40):
            opened.highlights.mark("editorial", _span(start), tags=[f"bert/{start % 7}"], note="by bert")
    return path


@pytest.fixture
def desk(library: Path, environment: Mapping[str, str], tmp_path: Path) -> Iterator[Program]:
    """A desk that has just been opened."""
    argv = [*TUI, "--library", str(library)]
    with Program(argv, environment=environment, folder=tmp_path, columns=160) as opened:
        opened.until(b"\x1b[?2026l")
        opened.settle()
        yield opened


def _span(start: int):  # type: ignore[no-untyped-def]  # `texts.model.Span`, imported late for the children
    from texts.model import Span

    return Span(start, start + 20)


def until(condition: Callable[[], bool], what: str, desk: Program | None = None) -> None:
    """Waits, and reads meanwhile what a desk draws: it would stand still otherwise."""
    deadline = monotonic() + _PATIENCE
    while not condition():
        assert monotonic() < deadline, what
        if desk is None:
            sleep(0.02)
        else:
            desk.settle(0.02)


def marks(path: Path) -> int:
    with Library.open(path, create=False, read_only=True) as opened:
        return len(opened.highlights.find())


def mark(desk: Program, path: Path, passages: range) -> int:
    """Highlights the first sentences of passages, and waits until the library has them; how many there are."""
    expected = marks(path) + len(passages)
    for number in passages:
        desk.write(f"{number}G\r".encode())
    until(lambda: marks(path) == expected, "the marks are not written", desk)
    return expected


def rescued(folder: Path, desk: Program | None = None) -> Path:
    """The copy that a desk made, once it is there."""
    found: list[Path] = []

    def is_there() -> bool:
        found[:] = folder.rglob("*.rescued-*.db")
        return bool(found)

    until(is_there, "no copy was made", desk)
    (copy,) = found
    return copy


def leave(desk: Program) -> str:
    """Ends the desk; what it says at last."""
    since = len(desk.drawn)
    desk.write(b"q")
    assert desk.ended() == 2
    return bytes(desk.drawn[since:]).rpartition(b"\x1b[?1049l")[2].decode()


def said(path: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [*TUI, "--library", str(path), *arguments]
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


def sound(path: Path) -> bool:
    return check(path).findings == ()


def renamed(library: Path, other: Path) -> None:
    library.rename(library.with_name("renamed.db"))


def removed(library: Path, other: Path) -> None:
    library.unlink()


def folder_removed(library: Path, other: Path) -> None:
    shutil.rmtree(library.parent)


def folder_renamed(library: Path, other: Path) -> None:
    library.parent.rename(library.parent.with_name("elsewhere"))


def replaced(library: Path, other: Path) -> None:
    os.replace(other, library)


def log_removed(library: Path, other: Path) -> None:
    library.with_name("library.db-wal").unlink()


CHANGES = (renamed, removed, folder_removed, folder_renamed, replaced, log_removed)


@pytest.mark.promise(
    "the file under a desk is moved, removed or replaced: all that was told is in a sound copy"
)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_file_under_a_desk(
    desk: Program, library: Path, other: Path, tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    told = mark(desk, library, range(2, 5))
    theirs = marks(other)
    since = len(desk.drawn)
    change(library, other)
    copy = rescued(tmp_path, desk)
    desk.until(b"NOT WRITING", since=since)
    assert sound(copy)
    assert marks(copy) == told
    desk.press(b"6G\r")
    desk.press(b"j")
    assert marks(copy) == told, "nothing more is written, to whatever file"
    if change is replaced:
        assert sound(library), "the newcomer is as it came"
        assert marks(library) == theirs
    words = leave(desk)
    assert str(copy) in words.replace("\r\n", "")
    assert marks(copy) == told
    assert sound(copy)
    if change is replaced:
        assert sound(library)
        assert marks(library) == theirs


@pytest.mark.promise(
    "the file is replaced while the desk marks: what was told is in the copy, the newcomer is sound"
)
@pytest.mark.parametrize("seed", range(3))
def test_replaced_in_the_middle_of_marking(
    desk: Program, library: Path, other: Path, tmp_path: Path, seed: int
) -> None:
    told = mark(desk, library, range(2, 3 + seed))
    theirs = marks(other)
    desk.write(b"".join(f"{number}G\r".encode() for number in range(5, 12)))
    sleep(0.03 * seed)
    os.replace(other, library)
    copy = rescued(tmp_path, desk)
    desk.until(b"NOT WRITING")
    leave(desk)
    assert sound(copy)
    assert told <= marks(copy) <= told + 7
    assert sound(library)
    assert marks(library) == theirs


@pytest.mark.promise("a desk that was stopped while its file was replaced lays no log over the newcomer")
def test_replaced_while_the_desk_was_stopped(
    desk: Program, library: Path, other: Path, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    told = mark(desk, library, range(2, 5))
    theirs = marks(other)
    desk.process.send_signal(signal.SIGSTOP)
    os.replace(other, library)
    if library.with_name("library.db-wal").stat().st_size:
        done = said(library, environment, "texts")
        assert done.returncode == 2
        assert "does not belong to" in done.stderr
        assert done.stderr.count("\n") == 1
    desk.process.send_signal(signal.SIGCONT)
    copy = rescued(tmp_path, desk)
    desk.until(b"NOT WRITING")
    desk.settle()  # it draws the whole screen again
    leave(desk)
    assert marks(copy) == told
    assert sound(library)
    assert marks(library) == theirs


@pytest.mark.promise(
    "a library that gets a second name is not written, and the desk says why until it is gone"
)
def test_a_hard_link_under_a_desk(desk: Program, library: Path) -> None:
    told = mark(desk, library, range(2, 4))
    second = library.with_name("second.db")
    os.link(library, second)
    desk.until(b"NOT WRITING")
    desk.press(b"6G\r")
    second.unlink()
    assert marks(library) == told
    until(lambda: mark_once_more(desk, library) > told, "it is written again", desk)
    desk.write(b"q")
    assert desk.ended() == 0
    assert sound(library)


def mark_once_more(desk: Program, library: Path) -> int:
    desk.press(b"7G\r")
    return marks(library)


@pytest.mark.promise("a library with two names is refused in one line, under both", tries=6)
def test_a_hard_link(library: Path, environment: Mapping[str, str]) -> None:
    second = library.with_name("second.db")
    os.link(library, second)
    for path in (library, second):
        for arguments in (("texts",), ("mark", "editorial", "Baghdad", "--all"), ("check",)):
            done = said(path, environment, *arguments)
            assert done.returncode == 2
            assert "2 names (hard links)" in done.stderr, done
            assert done.stderr.count("\n") == 1
    second.unlink()
    assert said(library, environment, "texts").returncode == 0


ACT_WHILE_REPLACED = f"""{ADD}
from tui.cli.invocation import Invocation
from contextlib import closing
with closing(Invocation()) as invocation:
    invocation.library_file = sys.argv[1]
    library = invocation.library(writing=True)
    library.texts.add(text)
    print("added", flush=True)
    sys.stdin.readline()
    try:
        library.codebook.ensure("late")
    except LibraryError as error:
        print(error, flush=True)
"""


@pytest.mark.promise("the file under a command is replaced: one line, and a copy of what it had told as done")
def test_the_file_under_a_command(library: Path, other: Path, tmp_path: Path) -> None:
    theirs = marks(other)
    argv = [sys.executable, "-c", ACT_WHILE_REPLACED, str(library)]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "added\n"
        os.replace(other, library)
        out, err = child.communicate("\n", timeout=60)
    assert "replaced by another file" in out
    assert "LibraryReplaced" in err
    copy = rescued(tmp_path)
    assert str(copy) in err
    with Library.open(copy, read_only=True) as opened:
        assert opened.texts.has("one")
        assert not [tag for tag in opened.codebook.list() if tag.path == "late"]
    assert sound(copy)
    assert sound(library)
    assert marks(library) == theirs


@pytest.mark.promise(
    "the file under an idle desk is overwritten in place: it notices, and writes nothing there"
)
@pytest.mark.parametrize("before", ["a mark", "a command", "nothing"])
def test_written_over_under_an_idle_desk(
    desk: Program, library: Path, other: Path, environment: Mapping[str, str], before: str
) -> None:
    """As `cp other.db library.db` does: the inode stays.

    The status line says it, or the desk ends with it, where it was about to read from the file. The word that is waited
    for is not in the name of this test, as that is in the path of the library.
    """
    if before == "a mark":
        mark(desk, library, range(2, 5))
    elif before == "a command":
        assert said(library, environment, "mark", "editorial", "Baghdad", "--all").returncode == 0
        desk.until(b"changed by another program")
    log = library.with_name("library.db-wal")
    until(lambda: not log.exists() or log.stat().st_size == 0, "the log is not emptied", desk)
    desk.settle()
    since = len(desk.drawn)
    came = other.read_bytes()
    library.write_bytes(came)
    until(lambda: b"overwritten" in desk.drawn[since:], "nothing is said of it", desk)
    with suppress(OSError):  # the desk may have ended
        desk.write(b"6G\rq")
    assert desk.ended() == 2
    assert b"was overwritten by another file" in desk.drawn.rpartition(b"\x1b[?1049l")[2]
    assert library.read_bytes() == came
    assert sound(library)


@pytest.mark.promise("2 s after the last act the file alone is whole: a plain copy of it lacks nothing")
def test_a_copy_of_the_file_alone(desk: Program, library: Path, tmp_path: Path) -> None:
    told = mark(desk, library, range(2, 6))
    log = library.with_name("library.db-wal")
    until(lambda: log.stat().st_size == 0, "the log is not emptied", desk)
    copy = tmp_path / "copy.db"
    shutil.copyfile(library, copy)
    assert sound(copy)
    assert marks(copy) == told


@pytest.mark.promise(
    "a copy of the file alone, made while a desk writes: `tui check` names the log that is missing"
)
def test_a_copy_that_lacks_the_log(
    desk: Program, library: Path, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    copies = []
    for number in range(2, 6):
        mark(desk, library, range(number, number + 1))
        sleep(0.2)
        copies.append(tmp_path / f"copy-{number}.db")
        shutil.copyfile(library, copies[-1])
    named = 0
    for copy in copies:
        done = said(copy, environment, "check")
        if done.returncode == 0:  # the log had just been emptied: the copy was whole when it was made
            continue
        named += 1
        assert "its log" in done.stdout
        assert done.stderr.count("\n") == 1
        assert "its log" in said(tmp_path / "mine.db", environment, "import", str(copy)).stdout
        assert "its log" in said(copy, environment, "note", "a word").stderr
    assert named
    assert said(library, environment, "check").returncode == 0, "the library itself has its log"
    desk.write(b"q")
    assert desk.ended() == 0
    assert said(library, environment, "check").returncode == 0


@pytest.mark.promise("each command leaves the file whole, also beside an open desk", tries=2)
def test_each_command_leaves_the_file_whole(
    desk: Program, library: Path, tmp_path: Path, environment: Mapping[str, str]
) -> None:
    mark(desk, library, range(2, 4))
    for number, quote in enumerate(("Baghdad", "Sistani"), 1):
        done = said(library, environment, "mark", "editorial", quote, "--all")
        assert done.returncode == 0, done
        told = marks(library)
        copy = tmp_path / f"copy-{number}.db"
        shutil.copyfile(library, copy)
        assert marks(copy) == told
        assert sound(copy)


# logs that belong to another file


MARK_AND_WAIT = f"""{ADD}
library = Library.open(sys.argv[1], reader="ana")
library.texts.add(text)
for start in range(40):
    library.highlights.mark("one", Span(start, start + 5), tags=["mine"])
print("done", flush=True)
__import__("time").sleep(600)
"""


def killed_with_a_log(path: Path) -> Path:
    """Kills a program that has written to the log alone; the log."""
    child = start(MARK_AND_WAIT, path)
    assert child.stdout is not None
    assert child.stdout.readline() == "done\n"
    child.kill()
    child.communicate(timeout=60)
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size
    return log


@pytest.mark.promise(
    "a log left beside another file: nothing opens it, `tui check` names it and puts it aside"
)
@pytest.mark.parametrize("whose", ["another library", "an older copy", "a daily copy", "a newer state"])
def test_a_log_that_belongs_to_another_file(
    library: Path, other: Path, tmp_path: Path, environment: Mapping[str, str], whose: str
) -> None:
    older = tmp_path / "older.db"
    shutil.copyfile(library, older)
    with Library.open(library, reader="ada") as opened:
        opened.codebook.ensure("since")
    daily = Backups(library).make("daily")
    newer = tmp_path / "newer.db"
    shutil.copyfile(library, newer)
    with Library.open(newer, reader="bert") as opened:
        opened.codebook.ensure("newer")
    log = killed_with_a_log(library)
    came = {"another library": other, "an older copy": older, "a daily copy": daily, "a newer state": newer}
    shutil.copyfile(came[whose], library)
    content = library.read_bytes()
    for arguments in (("texts",), ("mark", "editorial", "Baghdad", "--all"), ("check", "--dry-run")):
        done = said(library, environment, *arguments)
        assert done.returncode == 2, (arguments, done)
        assert "does not belong to" in done.stdout + done.stderr
        assert done.stderr.count("\n") == 1
        assert library.read_bytes() == content
        assert log.exists()
    assert said(library, environment, "check").returncode == 0
    assert not log.exists() or not log.stat().st_size
    assert list(library.parent.glob("library.db-wal.*")), "it was put aside, not dropped"
    assert said(library, environment, "check").returncode == 0
    assert marks(library) == marks(came[whose])


def test_a_log_of_a_killed_program_belongs_to_its_file(library: Path, environment: Mapping[str, str]) -> None:
    killed_with_a_log(library)
    assert said(library, environment, "check").returncode == 0
    assert marks(library) == 40


@pytest.mark.promise("a log that was lost after a kill is named")
def test_a_log_that_was_removed(desk: Program, library: Path, environment: Mapping[str, str]) -> None:
    def is_open() -> bool:
        state = state_of_file(LibraryFile(library, create=False))
        return state is not None and bool(state.open_since)

    for number in range(2, 12):  # until it is killed before the two seconds after which the log is emptied
        mark(desk, library, range(number, number + 1))
        desk.process.send_signal(signal.SIGSTOP)
        if is_open():
            break
        desk.process.send_signal(signal.SIGCONT)
    desk.process.kill()
    desk.process.wait()
    log = library.with_name("library.db-wal")
    assert log.stat().st_size
    log.unlink()
    done = said(library, environment, "check")
    assert done.returncode == 2
    assert "its log" in done.stdout


# paths


@pytest.mark.promise("a library by a symbolic link, or in a linked folder, is the same library")
@pytest.mark.parametrize("linked", ["file", "folder"])
def test_symbolic_links(library: Path, tmp_path: Path, environment: Mapping[str, str], linked: str) -> None:
    if linked == "file":
        path = tmp_path / "link.db"
        path.symlink_to(library)
    else:
        (tmp_path / "linked").symlink_to(library.parent)
        path = tmp_path / "linked" / "library.db"
    assert said(path, environment, "mark", "editorial", "Sistani", "--all").returncode == 0
    assert marks(library) == marks(path) > 0
    assert said(path, environment, "check").returncode == 0
    assert len(Backups(path).list()) == len(Backups(library).list()) == 1
    with Library.open(path, reader="ada") as opened:
        if linked == "file":
            path.unlink()
            back_up(library, path)
        else:
            (tmp_path / "linked").unlink()
        with pytest.raises(LibraryError, match="moved, removed or replaced"):
            opened.codebook.ensure("late")
    assert sound(library)


READ_AS_NOBODY = """
import os, sys
from store.library import Library
os.setgid(65534); os.setuid(65534)
with Library.open(sys.argv[1], read_only=True) as library:
    print(library.connection.value("SELECT count(*) FROM highlight"))
"""


@pytest.mark.promise("a folder that cannot be written, with a log but no index: what is in the log is read")
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_log_without_its_index(library: Path, tmp_path: Path) -> None:
    killed_with_a_log(library)
    folder = Path("/tmp") / f"tui-readonly-{os.getpid()}"  # nobody may not enter pytest's own
    folder.mkdir()
    try:
        for name in ("library.db", "library.db-wal"):
            shutil.copyfile(library.with_name(name), folder / name)
            (folder / name).chmod(0o444)
        folder.chmod(0o555)
        child = start(READ_AS_NOBODY, folder / "library.db")
        out, err = child.communicate(timeout=60)
        assert out == "40\n", err
        assert sorted(path.name for path in folder.iterdir()) == ["library.db", "library.db-wal"]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_look_leaves_the_log_alone(library: Path) -> None:
    """What reads only must not write the log into the file, whoever it belongs to."""
    log = killed_with_a_log(library)
    before = library.read_bytes(), log.read_bytes()
    with closing(connect(library, read_only=True)) as connection:
        assert connection.value("SELECT count(*) FROM highlight") == 40
    with closing(sqlite3.connect(f"file:{library}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT count(*) FROM highlight").fetchone() == (0,)
    assert (library.read_bytes(), log.read_bytes()) == before
