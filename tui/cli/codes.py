"""How a command is called and how it ends: what it heeds in the environment, and the exit codes of grep."""

from __future__ import annotations

from enum import IntEnum

LIBRARY_VARIABLE = "TUI_LIBRARY"
COMPLETION_VARIABLE = "_TUI_COMPLETE"
"""Set by a shell that asks for completions, as click's scripts do."""


class CallError(Exception):
    """A call that cannot be followed as it stands; the message says why."""


class ExitCode(IntEnum):
    """What the shell is told."""

    FOUND = 0
    """Something was found, or what was asked for is done."""
    NOTHING = 1
    """Nothing was found, or there was nothing to do."""
    ERROR = 2
    """It could not be done; one line on stderr says why, and what to do."""
    INTERRUPTED = 130
    """Ctrl-C, as shells count it: 128 and the number of the signal."""
