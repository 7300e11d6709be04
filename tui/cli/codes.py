"""How a command ends: the exit codes of grep."""

from __future__ import annotations

from enum import IntEnum


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
