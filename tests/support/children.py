"""Programs that are started by a test, each a Python of its own, to be killed, to fill a disk or to write at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import store

ROOT = Path(store.__file__).parents[1]
BODY = " ".join(f"word{number}" for number in range(400))

ADD = f"""
import sys
from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.segment import passages
body = {BODY!r}
text = Text("one", "One", "", "", body, passages(body))
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def all_succeed(children: Sequence[subprocess.Popen[str]]) -> list[str]:
    outputs = [child.communicate(timeout=300) for child in children]
    assert [child.returncode for child in children] == [0] * len(children), [error for _, error in outputs]
    return [output for output, _ in outputs]
