"""What the desk loads before its first frame: each module costs about a thousandth of the time until then."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.home import make_first_library

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, sys
import textual.app

def drawn(app, screen, update):
    if screen.size and update is not None:
        print(repr(sorted(sys.modules)), flush=True)
        os._exit(0)

textual.app.App._display = drawn
from tui.cli.run import run
run([])
"""
ELSEWHERE = {"click", "hashlib", "numpy", "rapidfuzz", "sqlite_utils", "Stemmer", "tomllib", "csv"}
"""Loaded by what comes later, if at all."""
TEXTS = "model prose segment visible"
STORE = (
    "backups codebook connection errors highlights journal library links migrations"
    " places records shelf tidy writer"
)
CLI = "codes invocation opening run"
READING = (
    "bridge cells justify looks marks motions overlay paint palette references selection shown view wrap"
)
DESK = "gaps linking marking moving part refusals relating screen side"
WIDGETS = "bridge inks kept_rows pane_head status text_pane"
TUI = "app home keymap keys presets relating session settings shapes themes updating"
OURS = {
    "texts": TEXTS,
    "store": STORE,
    "tui": TUI,
    "tui.cli": CLI,
    "tui.reading": READING,
    "tui.screens": "",
    "tui.screens.desk": DESK,
    "tui.widgets": WIDGETS,
}
"""What the first frame shows, and nothing that waits for a key."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that are loaded when the desk on the two articles is first drawn."""
    library = tmp_path_factory.mktemp("first") / "library.db"
    make_first_library(library, "tester")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TUI_LIBRARY": str(library),
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    }
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return set(ast.literal_eval(said.stdout.splitlines()[-1]))


def test_only_what_is_drawn_is_loaded_of_our_own(loaded: set[str]) -> None:
    wanted = {f"{package}.{name}" for package, names in OURS.items() for name in names.split()} | OURS.keys()
    ours = {name for name in loaded if name.partition(".")[0] in ("texts", "store", "tui")}
    assert ours - wanted == set()


def test_nothing_heavy_is_loaded(loaded: set[str]) -> None:
    assert {"tui.screens.desk.screen", "textual.screen"} <= loaded
    assert ELSEWHERE & loaded == set()
