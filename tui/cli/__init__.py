"""`tui …`: the command line. Textual is loaded only to open the desk."""

from __future__ import annotations

import sys

from tui.runtime import expect_a_short_run, spare_the_last_look


def main() -> int:
    """Runs `tui` with the arguments of this process; returns its exit code."""
    expect_a_short_run()
    try:
        from tui.cli.run import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        spare_the_last_look()
