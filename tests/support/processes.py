"""Processes that a program under test has started: which there are, and that they end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from time import monotonic, sleep

import pytest

_PATIENCE = 20.0


def assert_gone(pid: int) -> None:
    """Waits for the end of a process."""
    deadline = monotonic() + _PATIENCE
    while monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return  # a zombie that nobody buries
        sleep(0.05)
    pytest.fail("the child goes on")


def children_of(pid: int) -> list[int]:
    """The processes that this one has started and that are still there."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = (tuple(map(int, line.split())) for line in listed.splitlines())
    return [child for child, parent in pairs if parent == pid]
