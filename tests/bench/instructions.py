"""Instructions that a program takes, by cachegrind: they repeat to a hundredth, whatever else the machine does."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.bench.pane import Subject
from tests.bench.terminal import Terminal

AVAILABLE = shutil.which("valgrind") is not None
_COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")
_SLOW = 600
"""Seconds that a program may take to draw: under cachegrind it is some fifty times slower."""


def of_command(line: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """How many a command takes; None without valgrind."""
    if not AVAILABLE:
        return None
    # A script is run by an interpreter that valgrind would not follow.
    program = [sys.executable, *line] if line[0] != sys.executable else list(line)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        subprocess.run(
            [*_counting(log), *program],
            env={**environment, "PYTHONHASHSEED": "0"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return _counted(log)


def until_drawn(subject: Subject, wanted: bytes) -> int | None:
    """How many a program in a terminal takes from its start to the end of the first frame with these bytes.

    None without valgrind.
    """
    if not AVAILABLE:
        return None
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with Terminal(
            [*_counting(log), *subject.argv],
            environment={"PYTHONHASHSEED": "0", **_kept_code(), **subject.environment},
        ) as terminal:
            terminal.wait_for(wanted, timeout=_SLOW, quiet=3)
            # Ends a program that does not listen for it; valgrind then tells the count.
            os.kill(terminal.pid, signal.SIGUSR1)
            with suppress(EOFError):
                terminal.settle(2, timeout=_SLOW)
            return _counted(log)


def _kept_code() -> dict[str, str]:
    """Byte code is kept, as it is for an installed program."""
    return {"PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", "")}


def _counting(log: Path) -> list[str]:
    return [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
        f"--log-file={log}",
    ]


def _counted(log: Path) -> int | None:
    found = _COUNT.search(log.read_text(encoding="utf-8")) if log.exists() else None
    return int(found[1].replace(",", "")) if found else None
