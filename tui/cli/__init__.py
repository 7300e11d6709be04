"""`tui …`: the command line. Textual is loaded only to open the desk."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS = 50_000
"""Between two looks for garbage: most commands are at their end before they leave any."""
USUAL = gc.get_threshold()
"""What suits the desk, which stays."""


def main() -> int:
    """Runs `tui` with the arguments of this process; returns its exit code."""
    gc.set_threshold(ALLOCATIONS)
    try:
        from tui.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()  # nor need Python look for it when it ends
