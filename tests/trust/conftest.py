"""Homes of their own for the programs that are started, and the promise that each test keeps."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LEFT_OUT = ("COLUMNS", "LINES", "NO_COLOR", "TUI_LIBRARY", "TUI_DEBUG", "_TUI_COMPLETE", "EDITOR", "VISUAL")


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """What a program of ours is started with: a home of the test's own, and a good terminal."""
    home = tmp_path / "home"
    home.mkdir()
    inherited = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {
        **inherited,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "LOGNAME": "ada",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
    }
