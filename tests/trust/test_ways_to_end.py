"""How the program ends where it is made to: signals, closed terminals, none at all, no home, nothing to write to."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from pseudo import Program

from store.library import Library
from store.repair import check
from tui.home import make_first_library

TUI = (sys.executable, "-m", "tui")
_SWITCH = re.compile(rb"\x1b\[\?(\d+)([hl])")
ON_AT_REST = {7, 25}
"""Modes of a terminal that are on when no program is at it: lines wrap, the cursor is seen."""


@pytest.fixture
def library(tmp_path: Path, environment: Mapping[str, str]) -> Path:
    path = tmp_path / "library.db"
    make_first_library(path, "ada")
    with Library.open(path, reader="ada") as opened:
        text = opened.texts.get("editorial")
        for passage in text.numbered[:4]:
            opened.highlights.mark("editorial", passage.span, tags=["claim"])
    return path


@pytest.fixture(autouse=True)
def hanging_up_ends() -> Iterator[None]:
    """Also where the tests run under `nohup`, whose children would pass over the signal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def writing(library: Path, environment: Mapping[str, str], tmp_path: Path) -> Iterator[Program]:
    """A desk with a note that is being written."""
    argv = [*TUI, "--library", str(library)]
    with Program(argv, environment=environment, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        desk.press(b"9Gc")
        desk.until(b"Ctrl-x leaves")
        desk.write(b"half a thought")
        desk.until(b"thought")
        yield desk


def drafts(library: Path) -> list[str]:
    with Library.open(library) as opened:
        return [draft.words for draft in opened.drafts.list()]


def assert_restored(desk: Program) -> None:
    """Every mode that was switched is as it was, by what the terminal was told and by what the kernel says."""
    assert desk.modes() == desk.modes_before
    last = {int(mode): way for mode, way in _SWITCH.findall(bytes(desk.drawn))}
    del last[2026]
    assert {mode for mode, way in last.items() if way == b"h"} == ON_AT_REST
    assert bytes(desk.drawn).count(b"\x1b[>") == bytes(desk.drawn).count(b"\x1b[<"), "keys are told as before"


@pytest.mark.promise("SIGTERM, SIGHUP with an open note: draft kept, terminal restored")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_note_is_open(writing: Program, library: Path, number: signal.Signals) -> None:
    writing.process.send_signal(number)
    assert writing.ended() == 128 + number
    assert_restored(writing)
    assert drafts(library) == ["half a thought"]
    assert check(library).ok


@pytest.mark.promise("kill −9 with an open note: what was written before the last rest is kept")
def test_killed_while_a_note_is_open(writing: Program, library: Path) -> None:
    for _ in range(100):
        if drafts(library):
            break
        writing.settle(0.1)
    writing.process.kill()
    writing.process.wait()
    assert drafts(library) == ["half a thought"]


@pytest.mark.promise("leaving by q restores the terminal")
def test_leaving_restores_the_terminal(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    with Program([*TUI, "--library", str(library)], environment=environment, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        desk.write(b"q")
        assert desk.ended() == 0
        assert_restored(desk)


@pytest.mark.promise(
    "stopped and continued, as often as one likes: keys are read, leaving restores the terminal"
)
def test_leaving_after_stops(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    argv = [*TUI, "--library", str(library)]
    with Program(argv, environment=environment, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        for number in range(6):
            since = len(desk.drawn)
            desk.process.send_signal(signal.SIGSTOP)
            desk.process.send_signal(signal.SIGCONT)
            desk.until(b"? help", since=since)  # the whole screen is drawn again
            desk.settle()
            desk.press(f"{number + 6}G\r".encode())
        desk.write(b"q")
        assert desk.ended() == 0
        assert_restored(desk)
    with Library.open(library) as opened:
        assert len(opened.highlights.find()) == 4 + 6


@pytest.mark.promise("keys that leave while a list is being opened end in no traceback")
@pytest.mark.parametrize("keys", [b"cq\x11", b" tq\x11", b" d\x11", b"?\x11"])
def test_leaving_while_a_list_is_being_opened(
    library: Path, environment: Mapping[str, str], tmp_path: Path, keys: bytes
) -> None:
    with Program([*TUI, "--library", str(library)], environment=environment, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        desk.settle()
        desk.write(keys)
        assert desk.ended() == 0
        assert b"mistake" not in desk.drawn


def said(
    arguments: tuple[str, ...], environment: Mapping[str, str], **how: object
) -> subprocess.CompletedProcess[str]:
    """A command without a terminal; nothing that it may wait for comes."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run([*TUI, *arguments], env=environment, text=True, timeout=120, check=False, **pipes)  # type: ignore[call-overload,no-any-return]


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1
    assert "should not have happened" not in done.stderr
    return done.stderr


@pytest.mark.promise("stdin or stdout no terminal: a clear refusal of the desk, no hang")
@pytest.mark.parametrize("arguments", [(), ("open", "editorial"), ("open", "editorial", "analysis")])
def test_the_desk_without_a_terminal(
    library: Path, environment: Mapping[str, str], arguments: tuple[str, ...]
) -> None:
    done = said(arguments, {**environment, "TUI_LIBRARY": str(library)})
    assert "the desk needs a terminal" in refusal(done)


@pytest.mark.promise("TERM=dumb: a clear refusal of the desk, commands without colour", tries=2)
def test_a_dumb_terminal(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    surroundings = {**environment, "TERM": "dumb", "TUI_LIBRARY": str(library)}
    with Program([*TUI], environment=surroundings, folder=tmp_path) as desk:
        assert desk.ended() == 2
        assert b"TERM is dumb" in desk.drawn
        assert desk.modes() == desk.modes_before
    with Program([*TUI, "search", "Sistani"], environment=surroundings, folder=tmp_path) as program:
        assert program.ended() == 0
        assert b"\x1b" not in program.drawn


@pytest.mark.promise(
    "a closed stdout ends quietly; a full one is told; streams that are not there matter not", tries=5
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_streams_that_are_closed(library: Path, environment: Mapping[str, str]) -> None:
    surroundings = {**environment, "TUI_LIBRARY": str(library), "PYTHON": sys.executable}

    def shell(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )

    quiet = shell('"$PYTHON" -m tui export --format json | head -1')
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert "No space left" in refusal(shell('"$PYTHON" -m tui texts > /dev/full'))
    assert shell('"$PYTHON" -m tui texts >&-').returncode in (0, 2)
    assert shell('"$PYTHON" -m tui texts <&- ').returncode == 0
    without = shell('"$PYTHON" -m tui search nothing-like-this 2>&-')
    assert without.returncode == 1


@pytest.mark.promise(
    "no home, no folder to write to, read-only files: one clear line, or read as it stands", tries=5
)
def test_nowhere_to_write(library: Path, environment: Mapping[str, str]) -> None:
    homeless = {k: v for k, v in environment.items() if k not in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    assert said(("texts",), {**homeless, "TUI_LIBRARY": str(library)}).returncode == 0
    nowhere = {**environment, "XDG_DATA_HOME": "/dev/null/data"}
    assert "/dev/null/data" in refusal(said(("texts",), nowhere))
    assert "no backup can be made" in refusal(
        said(("backup", "/dev/null/copy.db"), {**environment, "TUI_LIBRARY": str(library)})
    )
    assert "cannot be written" in refusal(
        said(("export", "-o", "/dev/null/all.csv"), {**environment, "TUI_LIBRARY": str(library)})
    )
    assert refusal(said(("add", "/dev/null/a.txt"), {**environment, "TUI_LIBRARY": str(library)}))


@pytest.fixture
def read_only(library: Path, tmp_path: Path) -> Iterator[Path]:
    """The library on a disk that nobody can write to; for root a file system, since nothing else stops it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        (folder / "library.db").write_bytes(library.read_bytes())
        (folder / "library.db").chmod(0o400)
        folder.chmod(0o500)
        yield folder / "library.db"
        folder.chmod(0o700)
        return
    if subprocess.run(
        ["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode:
        pytest.skip("no file system can be mounted here")
    (folder / "library.db").write_bytes(library.read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    yield folder / "library.db"
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.mark.promise("a read-only library is read, and says so where it is to be changed", tries=7)
def test_a_read_only_library(read_only: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    surroundings = {**environment, "TUI_LIBRARY": str(read_only)}
    for arguments in (
        ("texts",),
        ("search", "Sistani"),
        ("export",),
        ("check",),
        ("backup", str(tmp_path / "copy.db")),
    ):
        assert said(arguments, surroundings).returncode == 0, arguments
    assert "read-only" in refusal(said(("mark", "editorial", "Sistani", "--all"), surroundings))
    with Program([*TUI], environment=surroundings, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        desk.press(b"12G\r")
        desk.until(b"not saved")
        desk.write(b"q")
        assert desk.ended() == 0


@pytest.mark.promise("a library of a newer program is refused by every command, and left alone", tries=8)
def test_a_newer_library(library: Path, environment: Mapping[str, str], tmp_path: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as sql:
        sql.execute("PRAGMA journal_mode = DELETE")
        sql.execute("PRAGMA user_version = 99")
    before = library.read_bytes()
    surroundings = {**environment, "TUI_LIBRARY": str(library)}
    for arguments in (
        ("texts",), ("search", "Sistani"), ("mark", "editorial", "Sistani"), ("undo",), ("export",), ("check",),
        ("backup", str(tmp_path / "copy.db")), ("related", "editorial", "analysis"),
    ):  # fmt: skip
        done = said(arguments, surroundings)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert "newer version" in line
    assert library.read_bytes() == before


@pytest.mark.promise("only their owner reads the library, its folder, its copies", tries=4)
def test_what_is_made_is_its_owners_alone(environment: Mapping[str, str], tmp_path: Path) -> None:
    path = tmp_path / "folder" / "library.db"
    surroundings = {**environment, "TUI_LIBRARY": str(path)}
    old = os.umask(0)
    try:
        make_first_library(path, "ada")
        assert said(("backup", str(path.with_name("copy.db"))), surroundings).returncode == 0
    finally:
        os.umask(old)
    for made in path.parent.rglob("*"):
        assert made.stat().st_mode & 0o077 == 0, made
    assert path.parent.stat().st_mode & 0o077 == 0
