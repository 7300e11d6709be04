"""Runs a program in a pseudo-terminal and measures when its frames end.

Textual asks whether the terminal knows synchronized updates (`CSI ? 2026 $ p`). Answered with yes, it puts each frame
between `CSI ? 2026 h` and `CSI ? 2026 l`, so every frame has an exact end. Programs that do not ask, such as less and
vim, are taken to have drawn when they have been quiet for a while; the time that counts is that of the last byte.

(Not named pty.py: a program started from this folder would then import it for the standard library's module.)
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType

_ASKS_FOR_SYNC = b"\x1b[?2026$p"
_HAS_SYNC = b"\x1b[?2026;2$y"
_FRAME_ENDS = b"\x1b[?2026l"
_READ = 1 << 16
# Sizes and colours of the terminal this runs in; and installed programs do keep their byte code.
_LEFT_OUT = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program drew after a key or a change of size. Times are seconds since then."""

    first_frame: float | None
    """End of the first frame; None for a program without synchronized updates, or that drew nothing."""
    last_byte: float | None
    """Arrival of the last byte; None if nothing was drawn."""
    frames: int
    bytes: int


class Terminal:
    """A pseudo-terminal with a program in it; a context manager that ends the program."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._output = bytearray()
        self._answered = False
        self._size = struct.pack("HHHH", rows, columns, 0, 0)
        inherited = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
        full = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        self._started = perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            self._become(argv, full, folder)
        self._resize()

    def _become(self, argv: Sequence[str], environment: Mapping[str, str], folder: Path | None) -> None:
        """Turns the child process into the program."""
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, self._size)
            if folder is not None:
                os.chdir(folder)
            os.execvpe(argv[0], list(argv), dict(environment))
        finally:
            os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the program."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._file)
        os.waitpid(self.pid, 0)

    # reading

    def _read(self, seconds: float) -> bytes | None:
        """What arrives within so many seconds: empty for nothing, None once the program has ended."""
        ready, _, _ = select.select([self._file], [], [], max(0.0, seconds))
        if not ready:
            return b""
        try:
            arrived = os.read(self._file, _READ)
        except OSError:
            return None
        self._output += arrived
        if not self._answered and _ASKS_FOR_SYNC in self._output:
            self._answered = True
            os.write(self._file, _HAS_SYNC)
        return arrived

    def wait_for(self, wanted: bytes, *, timeout: float = 60, quiet: float | None = None) -> float:
        """Seconds from the start until the first frame that has ended with these bytes drawn.

        That frame is over, too, once nothing has come for `quiet` seconds: a very slow program draws it before it has
        read that ends of frames are wanted. Raises TimeoutError if it does not come, or the program ends before.
        """
        deadline = perf_counter() + timeout
        while True:
            found = self._output.find(wanted)
            if found >= 0 and (not self._answered or self._output.find(_FRAME_ENDS, found) >= 0):
                return perf_counter() - self._started
            left = deadline - perf_counter()
            arrived = self._read(left if quiet is None or found < 0 else min(quiet, left))
            if arrived == b"" and found >= 0 and quiet is not None:
                return perf_counter() - self._started
            if arrived is None or perf_counter() > deadline:
                raise TimeoutError(f"{wanted!r} was not drawn; last came {bytes(self._output[-300:])!r}")

    def settle(self, quiet: float = 0.2, *, timeout: float = 60) -> None:
        """Waits until nothing has been drawn for so many seconds."""
        deadline = perf_counter() + timeout
        while perf_counter() < deadline and self._read(quiet):
            pass
        self._output.clear()

    # acting

    def key(self, key: bytes, *, quiet: float = 0.04, timeout: float = 20) -> Answer:
        """Sends a key and reads what is drawn for it, until nothing has come for `quiet` seconds.

        Raises EOFError if the program has ended.
        """
        self._output.clear()
        sent = perf_counter()
        os.write(self._file, key)
        return self._answer(sent, quiet, timeout)

    def send(self, keys: bytes) -> None:
        """Sends keys and does not wait for what they do."""
        self._output.clear()
        os.write(self._file, keys)

    def keys(self, keys: bytes, *, quiet: float) -> None:
        """Sends keys that are not measured one by one, each once what the one before has drawn is over."""
        for key in keys:
            self.key(bytes([key]), quiet=quiet, timeout=1)

    def resize(self, columns: int, rows: int, *, quiet: float = 0.15, timeout: float = 20) -> Answer:
        """Changes the size and reads what is drawn for it."""
        self._output.clear()
        self._size = struct.pack("HHHH", rows, columns, 0, 0)
        sent = perf_counter()
        self._resize()
        return self._answer(sent, quiet, timeout)

    def _resize(self) -> None:
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, self._size)

    def _answer(self, sent: float, quiet: float, timeout: float) -> Answer:
        first_frame: float | None = None
        last_byte: float | None = None
        deadline = sent + timeout
        while perf_counter() < deadline:
            arrived = self._read(quiet if last_byte is not None else deadline - perf_counter())
            if arrived is None:
                raise EOFError(f"the program has ended; last came {bytes(self._output[-300:])!r}")
            if not arrived:
                break
            last_byte = perf_counter() - sent
            if first_frame is None and _FRAME_ENDS in self._output:
                first_frame = last_byte
        return Answer(first_frame, last_byte, self._output.count(_FRAME_ENDS), len(self._output))

    # the process

    def memory(self) -> float:
        """Resident memory of the program and of the processes that it has started, in MB."""
        return sum(map(_resident, (self.pid, *_started_by(self.pid))))

    def processor_seconds(self) -> float:
        """Processor time that the program has used; of threads that have ended only where nothing finer is counted."""
        finely = [_words(each)[0] for each in Path(f"/proc/{self.pid}/task").glob("*/schedstat")]
        if finely:
            return sum(map(int, finely)) / 1e9
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _words(path: Path) -> list[str]:
    return path.read_text().split() or ["0"]


def _resident(pid: int) -> float:
    """Resident memory of a process in MB; 0 for one that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _started_by(pid: int) -> Iterator[int]:
    """The processes that a program has started, and those that these have."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(path.parent.name))
    there = list(parents.get(pid, ()))
    for child in there:
        there += parents.get(child, ())
    yield from there


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many percent of the values do not exceed, interpolated."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
