"""What is loaded when the desk is first drawn: each module costs about a thousandth of the time until then."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import os, sys
import tui.app

def drawn(app, screen, update):
    if screen.size and update is not None:
        print(repr(sorted(sys.modules)), flush=True)
        os._exit(0)

tui.app.App._display = drawn
from tui.cli.run import run
run([])
"""


def modules(library: Path) -> set[str]:
    """The names of the modules that are loaded when the desk on a library is first drawn."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(_ROOT),
        "TUI_LIBRARY": str(library),
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    }
    said = subprocess.run(
        [sys.executable, "-c", _PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return set(ast.literal_eval(said.stdout.splitlines()[-1]))
