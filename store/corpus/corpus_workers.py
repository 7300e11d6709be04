"""Processes that read texts and make indexes for a corpus that is being made, each task in whichever is free first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Semaphore, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store.corpus.corpus_errors import DamagedCorpus
from store.corpus.corpus_making_job import INDEX, READ
from store.errors import LibraryError
from texts.child.runner import Child, ChildError

if TYPE_CHECKING:
    from texts.load import LoadHints

_LOOK = 0.1
"""Seconds between two looks at whether anything is wanted still."""


class _Closed(Exception):  # noqa: N818  # nothing is wrong
    """Nothing is wanted any more."""


class CorpusWorkers:
    """So many processes; a context manager: leaving it ends them, whatever they do."""

    def __init__(self, folder: Path, hints: LoadHints, count: int) -> None:
        asked = {"folder": str(folder.absolute()), "here": _working_folder(), "hints": hints}
        self._asked = json.dumps(asked).encode()
        self._tasks: Queue[tuple[bytes, Future[bytes]]] = Queue()
        self._closed = Event()
        self._failed: LibraryError | None = None
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        for thread in self._threads:
            thread.join()

    def read(self, task: bytes) -> Future[bytes]:
        """What comes of texts (`corpus_packing.packed_given`), as `packed_read` has it. Raises LibraryError."""
        return self._do(READ + task)

    def index(self, task: bytes) -> Future[bytes]:
        """The index of a shard (`packed_shard`). Raises LibraryError."""
        return self._do(INDEX + task)

    def _do(self, task: bytes) -> Future[bytes]:
        future: Future[bytes] = Future()
        self._tasks.put((task, future))
        if self._failed is not None:  # nobody may be left to do it
            raise self._failed
        return future

    def _work(self) -> None:
        """Has one process do tasks, one after the other, until nothing is wanted any more."""
        doing: list[Future[bytes]] = []
        free = Semaphore()

        def question() -> Iterator[bytes]:
            yield self._asked
            while not self._closed.is_set():
                if not free.acquire(timeout=_LOOK):
                    continue
                task, future = self._next()
                doing.append(future)
                yield task

        with Child("store.corpus.corpus_making_job:run") as child:
            try:
                for answer in child.ask(question(), tick=self._tick):
                    doing.pop().set_result(answer)
                    free.release()
            except ChildError as error:
                self._fail(error)
            except _Closed:
                pass
        if self._failed is not None:
            for future in doing:
                future.set_exception(self._failed)

    def _next(self) -> tuple[bytes, Future[bytes]]:
        """The next task; one that nobody waits for where nothing is wanted any more."""
        while not self._closed.is_set():
            with suppress(Empty):
                return self._tasks.get(timeout=_LOOK)
        return b"", Future()

    def _tick(self) -> None:
        if self._closed.is_set():
            raise _Closed

    def _fail(self, error: ChildError) -> None:
        """Ends all processes; what waits to be done fails, and with each of them what it was doing."""
        self._failed = (
            DamagedCorpus(str(error))
            if error.kind == DamagedCorpus.__name__
            else LibraryError(f"reading stopped: {error}; the same command goes on from there")
        )
        self._closed.set()
        with suppress(Empty):
            while True:
                self._tasks.get_nowait()[1].set_exception(self._failed)


def _working_folder() -> str:
    """The folder that this program is called from; empty where that was removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""
