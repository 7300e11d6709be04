"""Opening the desk, the only part of the program that loads Textual."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tui.cli.codes import CallError

if TYPE_CHECKING:
    from pathlib import Path

    from tui.cli.invocation import Invocation


def open_desk(
    invocation: Invocation, left: str | None, right: str | None, *, pairs: Path | None = None
) -> int:
    """Opens the desk with texts of the library, or with those that were open last; returns its exit code.

    `pairs` is a file of pairs to be listed.
    """
    refuse_without_terminal()
    if left is None and pairs is None:
        invocation.relate_ahead()
    invocation.ensure_library()
    from tui.app import run_desk

    return run_desk(
        invocation.path, left, right, invocation.reader, pairs=pairs, relating=invocation.relating
    )


def refuse_without_terminal() -> None:
    """Raises CallError where there is no terminal to open the desk on."""
    reason = _why_no_desk()
    if reason:
        raise CallError(
            f"the desk needs a terminal, but {reason}; the commands of `tui --help` work without one."
        )


def _why_no_desk() -> str:
    if os.environ.get("TEXTUAL_DRIVER"):  # Textual then talks to something else, as to a browser
        return ""
    if sys.stdin is None or not sys.stdin.isatty():
        return "stdin is not one"
    if sys.stdout is None or not sys.stdout.isatty():
        return "stdout is not one"
    if sys.stderr is None or not sys.stderr.isatty():  # what the desk is painted on
        return "stderr is not one"
    return "TERM is dumb" if os.environ.get("TERM") == "dumb" else ""
