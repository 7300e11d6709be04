"""Starts a child, asks it, watches it and ends it: the parent's side of every child that computes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import IO

from texts.child import isolation
from texts.child.frames import END, ERROR, OUT_OF_MEMORY, PART, PROGRESS, read_frame, write_frame

MEGABYTE = 1_000_000

_TICK = 0.05
"""Seconds between two looks at whether the answer is still wanted."""
_TO_END = 2.0
"""Seconds that a child has to end once it has closed its end of the pipe."""
_MOST_FRAME = 256 * MEGABYTE
_AHEAD = 64
"""Frames that a child may be ahead of who reads them."""
_CORES = 4
"""Seconds of processor time that a second may take: libraries use several cores. A backstop for orphans only."""


class ChildError(Exception):
    """A child ended without its answer. `kind` and the message are those of the error that its job raised, if any."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class OutOfTimeError(ChildError):
    """A child took longer than it may."""


class OutOfMemoryError(ChildError):
    """A child wanted more memory than it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take."""

    memory: int = 0
    """Bytes; 0 for no limit. Measured where the system enforces none, and not at all on Windows."""
    seconds: float = 0.0
    """Altogether; 0 for no limit."""
    silence: float = 0.0
    """Seconds between two signs of life; 0 for no limit."""


class Child:
    """A process that does one job, `package.module:function` as `texts.child.worker` describes it.

    A context manager: leaving it ends the process, whatever it does. So does `close`, any number of times.
    """

    def __init__(self, job: str, limits: Limits = Limits(), *, niceness: int = 0) -> None:
        """`niceness` is by how much it gives way to other processes."""
        self._limits = limits
        seconds = ceil(limits.seconds * _CORES) + 1 if limits.seconds else 0
        numbers = map(str, (limits.memory, seconds, niceness))
        self._frames: Queue[tuple[bytes, bytes]] = Queue(_AHEAD)
        self._gone = Event()
        self._talks: list[Thread] = []
        self._process = subprocess.Popen(
            isolation.command("texts.child.worker:main", job, *numbers),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=isolation.environment(),
            cwd=isolation.folder(),
        )

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_ended(self) -> bool:
        """Whether it was closed."""
        return self._gone.is_set()

    def close(self) -> None:
        """Ends the process."""
        self._gone.set()
        self._process.kill()
        self._process.wait()
        for talk in self._talks:  # soon: the pipes have no other end any more
            talk.join()
        for pipe in self._process.stdin, self._process.stdout:
            with suppress(OSError):  # what was not sent goes nowhere
                self._pipe(pipe).close()

    def ask(
        self,
        question: Iterable[bytes],
        *,
        progress: Callable[[str], None] | None = None,
        tick: Callable[[], None] | None = None,
    ) -> Iterator[bytes]:
        """The pieces of the answer, to be asked for once.

        `progress` is given what the job says of how far it is; `tick` is called many times a second and may raise to
        end it all. Raises OutOfTimeError, OutOfMemoryError, or ChildError with what the job raised.
        """
        if self.is_ended:
            raise ChildError("the process has been ended")
        self._talks = [
            Thread(target=self._send, args=(question,), daemon=True),
            Thread(target=self._receive, daemon=True),
        ]
        for talk in self._talks:
            talk.start()
        started = heard = monotonic()
        while True:
            try:
                kind, payload = self._frames.get(timeout=_TICK)
                heard = monotonic()
            except Empty:
                kind, payload = b"", b""
            if tick is not None:
                tick()
            if kind == PART:
                yield payload
            elif kind == PROGRESS and progress is not None:
                progress(payload.decode())
            elif kind == END:
                return
            elif kind == ERROR:
                raise self._error(payload)
            self._check_time(started, heard)

    def _check_time(self, started: float, heard: float) -> None:
        now = monotonic()
        for since, limit in (started, self._limits.seconds), (heard, self._limits.silence):
            if limit and now - since > limit:
                raise OutOfTimeError(f"it took more than {limit:g} s")

    def _send(self, question: Iterable[bytes]) -> None:
        """Writes the question; the pipe stays open, for its end tells the child that its parent has ended."""
        pipe = self._pipe(self._process.stdin)
        try:
            for piece in question:
                write_frame(pipe, PART, piece)
                pipe.flush()  # the next one may wait for the answer to this one
            write_frame(pipe, END)
            pipe.flush()
        except (OSError, ValueError):  # it has ended, which the other pipe tells better
            pass

    def _receive(self) -> None:
        """Hands on what comes, as far as somebody takes it; an answer cut short becomes an error frame."""
        pipe = self._pipe(self._process.stdout)
        kind = PART
        while kind not in (END, ERROR) and not self._gone.is_set():
            try:
                kind, payload = read_frame(pipe, _MOST_FRAME)
            except (EOFError, OSError, ValueError):
                kind, payload = ERROR, b""
            self._put(kind, payload)

    def _put(self, kind: bytes, payload: bytes) -> None:
        while not self._gone.is_set():
            try:
                self._frames.put((kind, payload), timeout=_TICK)
            except Full:
                continue
            return

    def _error(self, payload: bytes) -> ChildError:
        """What an error frame says, or what the exit code does where the child could say nothing."""
        if payload:
            kind, _, message = payload.decode(errors="replace").partition("\n")
            return ChildError(message, kind)
        try:
            code = self._process.wait(_TO_END)
        except subprocess.TimeoutExpired:  # it has closed its end of the pipe and gone on
            return ChildError("the process said nothing more")
        if code == OUT_OF_MEMORY:
            return OutOfMemoryError(f"it wanted more than {self._limits.memory // MEGABYTE:,} MB of memory")
        return ChildError(f"the process ended with {code}")

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def answer_of(
    job: str,
    question: Iterable[bytes],
    limits: Limits = Limits(),
    *,
    niceness: int = 0,
    progress: Callable[[str], None] | None = None,
    tick: Callable[[], None] | None = None,
) -> bytes:
    """The whole answer of a child: see `Child.ask`, also for what is raised."""
    with Child(job, limits, niceness=niceness) as child:
        return b"".join(child.ask(question, progress=progress, tick=tick))
