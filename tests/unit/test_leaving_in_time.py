"""A program that watches for its end leaves by itself, whatever its desk, its draft or its writing does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no such signals", allow_module_level=True)

import pty

from pseudo import Program

PROGRAM = """
import os, signal, sys, time, tty
from threading import Event

from tui.leaving import Leaving

asked, finished = Event(), Event()

def say(words):
    os.write(1, f"{words}\\n".encode())

def does(what, how):
    say(what)
    if how == "hangs":
        Event().wait()
    if how == "raises":
        raise OSError("it cannot")

def ask(number):
    does(f"asked {number}", desk)
    if desk in ("leaves", "stays"):
        asked.set()
        finished.wait()

desk, draft, writing, *more = sys.argv[1:]
before = lambda *_: say("not this one")
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):  # which who runs the tests may have ignored
    signal.signal(number, signal.SIG_DFL)
if "nohup" in more:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
if "before" in more:
    signal.signal(signal.SIGTERM, before)
signal.signal(signal.SIGUSR1, lambda *_: say("another signal"))
leaving = Leaving(lambda: does("written", writing))
leaving.ask, leaving.keep_draft = ask, lambda: does("draft", draft)
leaving.start()
if "taken" in more:
    signal.signal(signal.SIGTERM, lambda *_: say("taken"))
    leaving.take_signals()
if "raw" in more:
    tty.setraw(0)
say("ready")
while not asked.wait(0.05):
    pass
leaving.done()
finished.set()
if "before" in more:
    say((signal.getsignal(signal.SIGTERM) is before, signal.set_wakeup_fd(-1)))
time.sleep(0.1)
if desk == "stays":
    Event().wait()
"""


AT_REST = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2048l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""No frame is kept back, pasting, mouse, focus and sizes are not told, keys come as of old, lines wrap, and the first
screen and the cursor are there again."""


def program(desk: str, draft: str = "does", writing: str = "does", *more: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, desk, draft, writing, *more]


def ended(argv: list[str], *signals: int) -> tuple[int, list[str], bytes]:
    """Sends signals to a program that is ready: how it ended, what it said (sorted), what it wrote to stderr."""
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        for number in signals:
            child.send_signal(number)
        try:
            said, complained = child.communicate(timeout=60)
        finally:
            child.kill()
    return child.returncode, sorted(said.decode().splitlines()), complained


@pytest.mark.parametrize(
    ("does", "code", "said"),
    [
        pytest.param(["leaves"], 0, ["asked 15"], id="the desk leaves by itself"),
        pytest.param(["stays"], 143, ["asked 15"], id="all is written and the process stays"),
        pytest.param(["nothing"], 143, ["asked 15", "draft", "written"], id="the desk does nothing"),
        pytest.param(["raises"], 143, ["asked 15", "draft", "written"], id="the desk is half made"),
        pytest.param(["nothing", "hangs"], 143, ["asked 15", "draft", "written"], id="the draft hangs"),
        pytest.param(["nothing", "raises"], 143, ["asked 15", "draft", "written"], id="the draft fails"),
        pytest.param(["nothing", "does", "hangs"], 143, ["asked 15", "draft", "written"], id="writing hangs"),
        pytest.param(
            ["nothing", "does", "raises"], 143, ["asked 15", "draft", "written"], id="writing fails"
        ),
    ],
)
def test_it_ends_whatever_the_desk_does(does: list[str], code: int, said: list[str]) -> None:
    assert ended(program(*does), signal.SIGTERM) == (code, said, b"")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_each_signal_asks_the_desk_and_is_the_code(number: signal.Signals) -> None:
    assert ended(program("stays"), number)[:2] == (128 + number, [f"asked {int(number)}"])


def test_under_nohup_the_end_of_the_terminal_is_no_end(tmp_path: Path) -> None:
    code, said, _ = ended(program("stays", "does", "does", "nohup"), signal.SIGHUP, signal.SIGTERM)
    assert (code, said) == (143, ["asked 15"])


def test_a_signal_of_somebody_else_is_no_end() -> None:
    code, said, _ = ended(program("stays"), signal.SIGUSR1, signal.SIGTERM)
    assert (code, said) == (143, ["another signal", "asked 15"])


@pytest.mark.parametrize("more", [["before"], ["before", "taken"]], ids=["once", "taken again"])
def test_signals_are_left_as_they_were_found(more: list[str]) -> None:
    code, said, _ = ended(program("leaves", "does", "does", *more), signal.SIGTERM)
    assert (code, said) == (0, ["(True, -1)", "asked 15"])


def test_a_terminal_that_is_gone_is_a_signal_to_leave() -> None:
    ours, its = pty.openpty()
    with subprocess.Popen(program("stays"), stdin=its, stdout=subprocess.PIPE) as child:
        os.close(its)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        os.close(ours)
        try:
            said, _ = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, said) == (128 + signal.SIGHUP, b"asked 1\n")


def test_the_terminal_is_put_back_for_the_shell(tmp_path: Path) -> None:
    argv = program("nothing", "does", "does", "raw")
    with Program(argv, environment=os.environ, folder=Path.cwd()) as shown:
        shown.until(b"ready")
        assert shown.modes() != shown.modes_before
        shown.process.send_signal(signal.SIGTERM)
        assert shown.ended() == 143
        assert shown.modes() == shown.modes_before
        assert shown.drawn.endswith(AT_REST)
