"""How the desk leaves when its terminal is closed or takes nothing any more: soon, with all that was written."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

import pytest
from pseudo import Program

from store.library import Library
from store.repair import check
from tui.home import make_first_library
from tui.leaving import SECONDS

TUI = (sys.executable, "-m", "tui")
UNHEARD = (
    *(sys.executable, "-c"),
    "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])",
)
"""Starts a program that no SIGHUP reaches."""
SLACK = 3.0
"""Seconds more that a busy machine may take."""
DRAWING = (b"\x06", b"\x02", b"}", b"{", b"jjjj", b"G", b"gg", b"zt", b"Z", b"zh", b"\t")
NOTE = b"half a thought"


def vanish(desk: Program) -> None:
    desk.hang_up()


def vanish_unheard(desk: Program) -> None:
    """A terminal that goes without a signal, as below `nohup`."""
    desk.hang_up()


def terminate(desk: Program) -> None:
    """A signal while nobody reads what is drawn, so that the thread which writes waits for ever."""
    desk.process.send_signal(signal.SIGTERM)


def ended_in(desk: Program) -> float:
    """Seconds until the program has ended."""
    begun = monotonic()
    try:
        desk.process.wait(SECONDS + SLACK)
    except subprocess.TimeoutExpired:
        pytest.fail("the desk does not end")
    return monotonic() - begun


def leave_while_drawing(
    library: Path,
    environment: Mapping[str, str],
    folder: Path,
    leave: Callable[[Program], None],
    chance: random.Random,
) -> int:
    """Marks a sentence, begins a note, has the desk draw and leaves at a random moment; gives the exit code."""
    argv = [*(UNHEARD if leave is vanish_unheard else ()), *TUI, "--library", str(library)]
    with Program(argv, environment=environment, folder=folder) as desk:
        desk.until(b"\x1b[?2026l")
        desk.press(b"9G\r")
        desk.until(b"highlighted")
        with_note = chance.random() < 0.5
        if with_note:
            desk.press(b"c")
            desk.until(b"Ctrl-x leaves")
            desk.press(NOTE)
            desk.until(b"thought")
        for _ in range(chance.randrange(40)):
            desk.write(b"x\x7f" if with_note else chance.choice(DRAWING))
            if chance.random() < 0.3:
                desk.settle(chance.random() * 0.03)
        leave(desk)
        assert ended_in(desk) < SECONDS + SLACK
        code = desk.process.returncode
    with Library.open(library) as opened:
        assert len(opened.highlights.of("editorial")) == 1, "what was marked is there"
        drafts = [draft.words for draft in opened.drafts.list()]
        assert not with_note or drafts[0].startswith(NOTE.decode()), drafts
    assert check(library).ok
    return code


@pytest.mark.promise(
    "the terminal closed at a random moment while the desk draws: ended in 2 s, nothing lost", tries="tries"
)
@pytest.mark.parametrize("leave", [vanish, vanish_unheard, terminate])
@pytest.mark.parametrize("tries", [3, pytest.param(25, marks=pytest.mark.long)])
def test_leaving_while_drawing(
    tmp_path: Path, environment: Mapping[str, str], leave: Callable[[Program], None], tries: int
) -> None:
    for number in range(tries):
        folder = tmp_path / str(number)
        folder.mkdir()
        library = folder / "library.db"
        make_first_library(library, "ada")
        code = leave_while_drawing(library, environment, folder, leave, random.Random(number))
        assert code == 128 + (signal.SIGTERM if leave is terminate else signal.SIGHUP)
        log = Path(f"{library}-wal")
        assert not log.exists() or not log.stat().st_size, "the log is written into the file"
