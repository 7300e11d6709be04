"""Writing off the UI thread: one thread, one connection; what queues up shares a transaction.

A commit waits for the disk. A desk that waits with it stutters; one that hands its writing to this thread
shows the mark at once and its saved state when the future comes back.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Generic, TypeVar

from store.errors import LibraryError, LibraryReplaced
from store.library import Library

T = TypeVar("T")

MOST_AT_ONCE = 256
"""Jobs that share a transaction."""

SAY_AGAIN_SECONDS = 0.1
"""Until then the thread tries once more to have the file say that it lacks what is in the log."""

SETTLE_SECONDS = 2.0
"""Without a job for so long, the thread writes the log into the file: a copy of the file alone lacks no more."""

IDLE_SECONDS = 5.0
"""Without a job for so long, the thread makes the daily copy if it is due."""


class Writer:
    """Runs jobs on a library, in the order in which they come, in a thread of its own."""

    def __init__(
        self, path: str | Path, reader: str | None = None, *, backups: bool = True, gather: float = 0.0
    ) -> None:
        """`gather` is how many seconds a job waits for others: they share its transaction.

        A desk has it wait for a frame as well: the thread that writes and the one that draws run Python by turns.
        """
        self._path = Path(path)
        self._reader = reader
        self._has_to_back_up = backups
        self._gather = gather
        self.replaced: LibraryReplaced | None = None
        """Why nothing more is written, where another file has come to the place of the library."""
        self._unsaid = False
        """Whether the file itself does not say yet that the log has more: another program read an older state."""
        self._queue: SimpleQueue[_Job[object] | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._thread = Thread(target=self._work, name="library writer", daemon=True)
        self._thread.start()
        # The thread is a daemon, so that a program that dies does not hang; what it took on it still writes.
        atexit.register(self.close)

    def submit(self, job: Callable[[Library], T]) -> Future[T]:
        """Has a job write to the library; the future is done when that is on the disk.

        Jobs that queue up share a transaction, but one that fails takes none of the others along: its future
        has the exception. Raises LibraryError when the writer is closed.
        """
        return self._put(job, writes=True)

    def ask(self, job: Callable[[Library], T]) -> Future[T]:
        """Has a job read from the library, after all that was submitted before; it takes no lock."""
        return self._put(job, writes=False)

    def leave_file(self, seen: LibraryReplaced) -> Future[None]:
        """Has nothing more written, as another connection has found the file to be another.

        The future raises what is to be told, once what was submitted before is done or refused.
        """

        def leave(library: Library) -> None:
            self.replaced = self.replaced or library.rescue(seen)
            raise self.replaced

        return self.ask(leave)

    def drain(self, timeout: float | None = None) -> None:
        """Waits until all that was submitted is done; raises TimeoutError when that takes longer."""
        if self._thread.is_alive():
            self.ask(lambda _: None).result(timeout)

    def close(self) -> None:
        """Does what was submitted and ends the thread; a second time does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()
        atexit.unregister(self.close)

    def _put(self, job: Callable[[Library], T], *, writes: bool) -> Future[T]:
        task = _Job(job, writes=writes)
        with self._lock:
            if self._closed:
                raise LibraryError(f"{self._path} is closed: open it again to write")
            self._queue.put(task)  # type: ignore[arg-type]  # a job of T is run and delivered by itself alone
        return task.future

    def _work(self) -> None:
        try:
            library = Library.open(self._path, create=False, reader=self._reader)
        except BaseException as error:
            self._refuse_all(error)
            return
        try:
            with library:
                last = False
                while not last:
                    jobs, last = self._next(library)
                    for batch in _batches(jobs):
                        self._run(batch, library)
        except LibraryReplaced as error:
            self.replaced = error
        self._back_up()

    def _next(self, library: Library) -> tuple[list[_Job[object]], bool]:
        """The jobs that wait, at least one unless it is the end; and whether it is."""
        jobs: list[_Job[object]] = []
        job = self._wait(library)
        if job is not None and job.writes and not self._closed:
            sleep(self._gather)
        while job is not None:
            jobs.append(job)
            if len(jobs) == MOST_AT_ONCE:
                return jobs, False
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True

    def _wait(self, library: Library) -> _Job[object] | None:
        """The next job; what is left to do is done while there is none."""
        since = monotonic()
        settle_at = since + SETTLE_SECONDS
        while True:
            if library.is_settled:
                rest = None if not self._has_to_back_up else max(0.0, since + IDLE_SECONDS - monotonic())
            else:
                rest = SAY_AGAIN_SECONDS if self._unsaid else max(0.0, settle_at - monotonic())
            try:
                return self._queue.get(timeout=rest)
            except Empty:
                if library.is_settled:
                    self._back_up()
                elif self._unsaid and monotonic() < settle_at:
                    self._unsaid = not library.write_through()
                else:
                    self._settle(library)
                    settle_at = monotonic() + SETTLE_SECONDS

    def _settle(self, library: Library) -> None:
        try:
            if library.settle():
                self._unsaid = False
        except LibraryReplaced as error:
            self.replaced = error

    def _run(self, batch: Sequence[_Job[object]], library: Library) -> None:
        """Runs a batch and answers its jobs once it is on the disk, in the file that was opened."""
        jobs = [job for job in batch if job.future.set_running_or_notify_cancel()]
        begun = False
        try:
            with library.transaction() if batch[0].writes else nullcontext():
                for job in jobs:
                    job.run(library)
                    if job.writes and job.error and not library.in_transaction:
                        raise job.error  # a full disk ended the transaction: what came before is gone with it
                begun = batch[0].writes and library.mark_open()
        except LibraryReplaced:
            self.replaced = self.replaced or library.rescue()
            _deliver(jobs, self.replaced)
        except BaseException as error:
            _deliver(jobs, error)
        else:
            _deliver(jobs)
            if begun or self._unsaid:
                self._unsaid = not library.write_through()

    def _back_up(self) -> None:
        due, self._has_to_back_up = self._has_to_back_up, False
        if due and self.replaced is None:
            from store.backups import Backups

            with suppress(LibraryError):  # no room, no right: the work itself goes on
                Backups(self._path).daily()

    def _refuse_all(self, error: BaseException) -> None:
        """Answers every job with why the library did not open, until the end."""
        while (job := self._queue.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(error)


class _Job(Generic[T]):
    """A function of a library, and the future of what it gives."""

    def __init__(self, function: Callable[[Library], T], *, writes: bool) -> None:
        self.future: Future[T] = Future()
        self.writes = writes
        self.error: BaseException | None = None
        self._function = function
        self._result: list[T] = []

    def run(self, library: Library) -> None:
        """Runs it, in a savepoint where it writes; what it gives waits for `deliver`."""
        try:
            with library.transaction() if self.writes else nullcontext():
                self._result = [self._function(library)]
        except BaseException as error:
            self.error = error

    def deliver(self, error: BaseException | None = None) -> None:
        """Tells the future what came of it, or the error that took it along."""
        failure = self.error or error
        if failure is not None:
            self.future.set_exception(failure)
        else:
            self.future.set_result(self._result[0])


def _batches(jobs: Sequence[_Job[object]]) -> list[list[_Job[object]]]:
    """Runs of jobs that write; each that reads on its own."""
    batches: list[list[_Job[object]]] = []
    for job in jobs:
        if job.writes and batches and batches[-1][-1].writes:
            batches[-1].append(job)
        else:
            batches.append([job])
    return batches


def _deliver(jobs: Sequence[_Job[object]], error: BaseException | None = None) -> None:
    for job in jobs:
        job.deliver(error)
