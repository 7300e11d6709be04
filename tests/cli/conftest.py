"""Calls `tui` inside this process, on a library of its own, and keeps what it said and how it ended."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tui.cli.run import run

MILL = """The mill burns

By Ada Quill

The old mill at Harrow burned to the ground on Monday. Nobody was hurt, said the mayor, Colin Moore-Hay, who \
had been called out of bed at three.

“We shall build it again,” the mayor told a crowd beside the river. The insurers have asked for patience.

The mill had stood for two hundred years. Its wheel, the largest in the county, was carved by Tomas Reyl.
"""

FIRE = """A fire at Harrow

Harrow’s watermill was destroyed by fire early on Monday, and the cause is not known. No one was injured.

Mayor Collin Moore Hay promised the people at the river that it would be rebuilt, wheel and all. Thomas Reyl’s \
wheel was the county’s largest.

The brewery has offered to lend its barn until the spring comes and the work can begin in earnest.
"""


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """Stdout in lines."""
        return self.out.splitlines()


Tui = Callable[..., Outcome]


class Screen(io.StringIO):
    """A stdout that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with no settings in it, and no terminal."""
    for name in ("TUI_LIBRARY", "TUI_DEBUG", "NO_COLOR", "_TUI_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    for name, value in {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "LOGNAME": "ada",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def tui(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tui:
    """Calls `tui` with these arguments on the test's library; `screen=True` gives it a terminal to print on."""
    monkeypatch.setenv("TUI_LIBRARY", str(tmp_path / "library.db"))

    def call(*arguments: str | Path, stdin: bytes = b"", screen: bool = False) -> Outcome:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            shown = Screen()
            if screen:
                patch.setattr(sys, "stdout", shown)
            code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(code, shown.getvalue() if screen else said.out, said.err)

    return call


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A file: one of two texts on one event."""
    return _file(tmp_path, "mill.txt", MILL)


@pytest.fixture
def fire(tmp_path: Path) -> Path:
    """A file: the other one."""
    return _file(tmp_path, "fire.txt", FIRE)


@pytest.fixture
def library(tui: Tui, mill: Path, fire: Path) -> Tui:
    """`tui` on a library that has both texts."""
    assert tui("add", mill, fire).code == 0
    return tui


def _file(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path
