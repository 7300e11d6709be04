"""Jobs of child processes, for the tests of their runner."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable

Reply = Callable[[bytes], None]
Progress = Callable[[str], None]


def echo(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Answers with the question; prints, which is no part of the answer."""
    for number, piece in enumerate(question):
        print("words that nobody asked for")
        progress(str(number))
        reply(piece)


def fail(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Raises."""
    raise ValueError(b"".join(question).decode())


def die(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Ends without an answer."""
    reply(b"".join(question))
    os._exit(7)


def sleep(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Says its process id, then says nothing for a long time."""
    reply(b"".join(question))
    progress(str(os.getpid()))
    time.sleep(600)


def chatter(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Gives signs of life for a long time."""
    list(question)
    while True:
        progress("still here")
        time.sleep(0.01)


def fill(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Takes as many megabytes as it is asked for, one after the other."""
    taken = [bytearray(1_000_000) for _ in range(int(b"".join(question)))]
    reply(str(len(taken)).encode())


def fill_at_once(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Takes as many megabytes as it is asked for, in one piece."""
    reply(str(len(bytearray(1_000_000 * int(b"".join(question)))) // 1_000_000).encode())


def surroundings(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Says what it sees of where it was started: variables, folder, paths."""
    list(question)
    reply("\n".join((*sorted(os.environ), os.getcwd(), *sys.path)).encode())


def limits(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Says what the kernel refuses it (bytes, seconds, bytes of a core dump), and by how much it gives way."""
    import resource

    list(question)
    kinds = (resource.RLIMIT_DATA, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
    reply(repr([*map(resource.getrlimit, kinds), os.nice(0)]).encode())


def interrupt(question: Iterable[bytes], reply: Reply, progress: Progress) -> None:
    """Ends as by Ctrl-C."""
    raise KeyboardInterrupt
