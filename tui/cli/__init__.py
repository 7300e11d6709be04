"""`tui …`: the command line. Textual is loaded only to open the desk."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs `tui` with the arguments of this process; returns its exit code."""
    try:
        from tui.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
