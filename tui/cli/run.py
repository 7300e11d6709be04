"""Runs one command: every way in which it can end becomes an exit code, and every error one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from io import TextIOWrapper

from texts.late_modules import load_late, stand_in
from tui.cli.codes import COMPLETION_VARIABLE, ExitCode
from tui.cli.invocation import Invocation

DEBUG = "TUI_DEBUG"
"""Set by whoever looks for a bug: errors that nobody foresaw then keep their traceback."""

_REFUSALS = (
    ("tui.cli.codes", "CallError"),
    ("texts.load", "LoadError"),
    ("texts.search", "QueryError"),
    ("store.errors", "LibraryError"),
    ("texts.meaning", "MeaningError"),
)
"""Errors that are meant for a reader, by module: a module that was not loaded cannot have raised one, and
loading them all only to name them would cost more than a search does."""


def run(arguments: Sequence[str]) -> int:
    """Runs `tui` with these arguments; returns the exit code. What goes wrong becomes one line on stderr."""
    try:
        _speak_utf_8()
        code = _invoke(list(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
        return ExitCode.FOUND
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        if DEBUG in os.environ:
            raise
        _abandon_stdout_if_broken()
        from tui.cli.output import print_error

        print_error(_message_of(error))
        return ExitCode.ERROR
    return code


def _invoke(arguments: list[str]) -> int:
    if not arguments and COMPLETION_VARIABLE not in os.environ:
        return _open_at_once()
    load_late("inspect")  # click uses it for what none of our commands has: see `option`
    load_late("ipaddress")  # pathlib imports urllib.parse, which wants it for hosts alone
    with stand_in("uuid", UUID=type("UUID", (), {})):  # for options that are a UUID; it would load `platform`
        import click  # noqa: F401 (so that it is loaded now)
    from tui.cli.root import invoke

    return invoke(arguments)


def _open_at_once() -> int:
    """Opens the desk without click, which the first paint would wait for."""
    from tui.cli.opening import open_desk

    with closing(Invocation()) as invocation:
        return open_desk(invocation, None, None)


def _speak_utf_8() -> None:
    """Data is UTF-8 wherever it goes; a terminal of another encoding shows ? for what it does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def _message_of(error: Exception) -> str:
    """The error in one line that says what to do."""
    if isinstance(error, OSError):
        return _of_the_system(error)
    if _is_refusal(error):
        return str(error)
    return (
        f"this should not have happened: {type(error).__name__}: {error} "
        f"(nothing half done was kept; please report it with the output of {DEBUG}=1)"
    )


def _is_refusal(error: Exception) -> bool:
    return any(
        isinstance(error, getattr(sys.modules[module], name, ()))
        for module, name in _REFUSALS
        if module in sys.modules
    )


def _of_the_system(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{os.fsdecode(error.filename)}: {reason}" if error.filename is not None else reason


def _abandon_stdout_if_broken() -> None:
    """Python writes what is left when it ends; where that cannot work it would add a message of its own."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _abandon_stdout()


def _abandon_stdout() -> None:
    """Nobody reads any more: what is still to be written goes nowhere."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
