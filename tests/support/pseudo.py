"""A program in a pseudo-terminal of which every byte is kept, and whose modes can be looked at when it is gone.

(`tests/bench/terminal.py` measures times and throws the bytes away; here the bytes are what matters.)
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any

ASKS_FOR_SYNC = b"\x1b[?2026$p"
HAS_SYNC = b"\x1b[?2026;2$y"
FRAME_ENDS = b"\x1b[?2026l"
_PATIENCE = 60.0
"""Seconds after which what is waited for is taken not to come: only a hang takes so long."""


class Program:
    """A context manager; leaving it ends the program if it has not ended by itself."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self.drawn = bytearray()
        """All that the program has written so far."""
        self._file, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes_before = self.modes()
        self._answered = False
        self.process = subprocess.Popen(
            list(argv),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            cwd=folder,
            env={**environment},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # no thread is running here
        )

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._slave)
        if self._file >= 0:
            os.close(self._file)

    def hang_up(self) -> None:
        """Closes the terminal, as a window that is closed does."""
        os.close(self._file)
        self._file = -1

    def modes(self) -> list[Any]:
        """What `stty -a` would say of the terminal."""
        return termios.tcgetattr(self._slave)

    def write(self, keys: bytes) -> None:
        """Types."""
        os.write(self._file, keys)

    def until(self, wanted: bytes, *, since: int = 0) -> None:
        """Waits until these bytes have been written at or after a place, and the frame that has them has ended."""
        deadline = monotonic() + _PATIENCE
        while True:
            found = self.drawn.find(wanted, since)
            if found >= 0 and (not self._answered or self.drawn.find(FRAME_ENDS, found) >= 0):
                return
            if not self._read(deadline - monotonic()):
                raise TimeoutError(f"{wanted!r} was not written; last came {bytes(self.drawn[-400:])!r}")

    def settle(self, quiet: float = 0.25) -> bytes:
        """What is written until nothing has come for so many seconds; a cursor that blinks never rests for long."""
        start = len(self.drawn)
        deadline = monotonic() + 10 * quiet
        while self._read(quiet) and monotonic() < deadline:
            pass
        return bytes(self.drawn[start:])

    def press(self, keys: bytes, quiet: float = 0.25) -> bytes:
        """Types, and gives what is drawn for it."""
        self.write(keys)
        start = len(self.drawn)
        self._read(2.0)
        self.settle(quiet)
        return bytes(self.drawn[start:])

    def ended(self) -> int:
        """Waits for the end and gives the exit code; negative where a signal ended it."""
        deadline = monotonic() + _PATIENCE
        while self.process.poll() is None:
            self._read(0.05)
            if monotonic() > deadline:
                raise TimeoutError(f"the program does not end; last came {bytes(self.drawn[-400:])!r}")
        while self._read(0.05):
            pass
        return self.process.returncode

    def _read(self, seconds: float) -> bool:
        """Whether something arrived within so many seconds."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            arrived = os.read(self._file, 1 << 16)
        except OSError:
            return False
        self.drawn += arrived
        if not self._answered and ASKS_FOR_SYNC in self.drawn:
            self._answered = True
            os.write(self._file, HAS_SYNC)
        return bool(arrived)
