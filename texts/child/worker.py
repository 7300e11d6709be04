"""The child's side: `texts.child.worker:main` with a job's name and its limits as arguments.

A job is a function `(question, reply, progress)`: it iterates over the pieces of its question, calls `reply` with each
piece of its answer and may call `progress` with anything short. What it prints goes nowhere.
"""

from __future__ import annotations

import os
import sys
from _thread import (  # `threading` would take as long to import as a small job takes
    stack_size,
    start_new_thread,
)
from time import sleep

from texts.child.frames import END, ERROR, OUT_OF_MEMORY, PART, PROGRESS, read_frame, write_frame
from texts.light_numpy import expect_numpy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

_LOOKS = 0.02
"""Seconds between two looks at the memory that is used."""
_STACK = 1 << 18
"""Bytes for the threads here, which hardly call anything."""
_HEADROOM = 1.25
"""How much more the kernel grants than the measured limit: what is asked for at once is refused by it."""


def main() -> None:
    """Does one job and ends the process. Arguments: job, bytes of memory, seconds of processor time, niceness."""
    job, memory, seconds, niceness = sys.argv[1], *map(int, sys.argv[2:5])
    source, out = sys.stdin.buffer, _take_stdout()
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    if memory:
        _beside(_end_above, memory)
    _limit(memory, seconds)
    expect_numpy()
    code = 0
    try:
        module, _, function = job.partition(":")
        run = getattr(__import__(module, fromlist=[function]), function)
        run(_question(source), lambda piece: write_frame(out, PART, piece), _progress(out))
        write_frame(out, END)
        out.flush()
    except MemoryError:
        code = OUT_OF_MEMORY
    except (EOFError, BrokenPipeError):  # nobody waits for the answer any more
        code = 1
    except Exception as error:
        code = 1
        write_frame(out, ERROR, f"{type(error).__name__}\n{error}".encode(errors="replace"))
        out.flush()
    except BaseException:  # Ctrl-C reaches all programs of a terminal
        code = 1
    os._exit(code)  # neither threads nor libraries have anything to tidy up


def _take_stdout() -> IO[bytes]:
    """The pipe that frames go to; whatever else writes to stdout from now on writes to nothing."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return out


def _question(source: IO[bytes]) -> Iterator[bytes]:
    """The pieces of the question; once it is complete, the child ends as soon as its parent does."""
    while True:
        kind, piece = read_frame(source)
        if kind == END:
            break
        yield piece
    _beside(_end_with_parent)


def _beside(watch: Callable[..., None], *arguments: object) -> None:
    """Starts a thread whose stack takes next to nothing: the usual one would count as memory that is used."""
    usual = stack_size(_STACK)
    start_new_thread(watch, arguments)
    stack_size(usual)


def _end_with_parent() -> None:
    """Waits for the end of the parent, which keeps the pipe open as long as it lives."""
    os.read(0, 1)
    os._exit(1)


def _progress(out: IO[bytes]) -> Callable[[str], None]:
    def tell(how_far: str) -> None:
        write_frame(out, PROGRESS, how_far.encode())
        out.flush()

    return tell


def _limit(memory: int, seconds: int) -> None:
    """Has the kernel refuse more memory and more processor time, where it can.

    RLIMIT_DATA counts what is allocated, on Linux; address space (RLIMIT_AS) would count what is only reserved, and
    macOS enforces neither. There, `_end_above` measures.
    """
    try:
        import resource
    except ImportError:  # Windows: the parent's limit of time holds
        return
    most = int(memory * _HEADROOM)
    for limit, amount in (
        (resource.RLIMIT_DATA, most),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        if amount or limit == resource.RLIMIT_CORE:
            try:
                resource.setrlimit(limit, (amount, amount))
            except (ValueError, OSError):  # a lower one holds already
                continue


def _end_above(memory: int) -> None:
    """Ends the process when it has more memory than it may."""
    while _memory() <= memory:
        sleep(_LOOKS)
    os._exit(OUT_OF_MEMORY)


def _memory() -> int:
    """Bytes that the process has now, on Linux; elsewhere the most that it has had; 0 where nothing tells.

    On Linux the most that getrusage knows of is inherited from the parent, over fork and exec.
    """
    try:
        with open("/proc/self/statm", "rb") as sizes:
            return int(sizes.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
