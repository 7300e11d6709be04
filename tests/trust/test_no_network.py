"""No network: with every socket watched, a session at the command line and one at the desk open none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pseudo import Program

from tui.home import make_first_library

WATCHED = """
import os, socket, sys
SEEN = os.environ["SEEN"]
def watch(event, arguments):
    local = event.startswith("socket.__new__") and arguments[1] == socket.AF_UNIX  # asyncio wakes itself by a pair
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and not local:
        with open(SEEN, "a") as file:
            print(event, arguments, file=file)
        raise PermissionError("no network")
sys.addaudithook(watch)
"""

COMMANDS = """
from tui.cli.run import run
for line in open(sys.argv[1]).read().splitlines():
    assert run(line.split()) in (0, 1), line
"""

DESK = """
from tui.cli.run import run
sys.exit(run(["--library", sys.argv[1]]))
"""

CALLS = """texts
search Systani
related editorial analysis
compare editorial analysis
mark editorial Sistani --all --tag actor/sistani
annotations
tags list
export -o all.json
export -o all.html
export -o all.qdpx
import all.json
undo
redo
history
backup copy.db
check
keys
"""


@pytest.mark.promise("no network: no socket is opened by any command", tries=CALLS.count("\n"))
def test_the_command_line_opens_no_socket(environment: Mapping[str, str], tmp_path: Path) -> None:
    library, seen, calls = tmp_path / "library.db", tmp_path / "seen", tmp_path / "calls"
    make_first_library(library, "ada")
    calls.write_text(CALLS)
    surroundings = {**environment, "TUI_LIBRARY": str(library), "SEEN": str(seen)}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + COMMANDS, str(calls)],
        env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not seen.exists(), seen.read_text()


@pytest.mark.promise("no network: no socket is opened by the desk")
def test_the_desk_opens_no_socket(environment: Mapping[str, str], tmp_path: Path) -> None:
    library, seen = tmp_path / "library.db", tmp_path / "seen"
    make_first_library(library, "ada")
    argv = [sys.executable, "-c", WATCHED + DESK, str(library)]
    with Program(argv, environment={**environment, "SEEN": str(seen)}, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        for keys in (
            b"9G\r",
            b"gr",
            b"\x1b",
            b"/Systani\r",
            b"\x1b",
            b" a",
            b"\x1b\x1b",
            b" x",
            b"\x1b",
            b"u",
        ):
            desk.press(keys)
        desk.write(b"\x11")
        assert desk.ended() == 0
    assert not seen.exists(), seen.read_text()


def test_the_watch_sees_a_socket(environment: Mapping[str, str], tmp_path: Path) -> None:
    program = WATCHED + "socket.create_connection(('localhost', 1))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "SEEN": str(tmp_path / "seen")},
        capture_output=True,
        check=False,
    )
    assert done.returncode
    assert "socket" in (tmp_path / "seen").read_text()
