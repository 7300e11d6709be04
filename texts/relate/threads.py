"""Work on columns of numbers in threads: numpy and rapidfuzz let go of the interpreter while they compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Given = ParamSpec("_Given")

_WORTH_A_THREAD = 200_000
"""Comparisons under which threads cost more than they save."""


def workers_for(comparisons: int) -> int:
    """How many threads so many comparisons are worth: one for few, else one for each processor that may be used."""
    if comparisons < _WORTH_A_THREAD:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(
    work: Callable[[_Item], _Result], items: Iterable[_Item], comparisons: int
) -> Iterator[_Result]:
    """What `work` makes of each item, in their order; in threads where there are many comparisons.

    What has not been begun when the caller stops asking is left undone.
    """
    items = tuple(items)
    pool = _pool_for(comparisons) if len(items) > 1 else None
    if pool is None:
        yield from map(work, items)
        return
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(cancel_futures=True)


class Alongside:
    """Threads for pieces of work that need nothing of each other nor of what the caller does meanwhile.

    To be used by `with`: what has not been begun when it is left is left undone. Where there are few comparisons the
    caller does each piece when it starts it.
    """

    def __init__(self, comparisons: int) -> None:
        self._pool = _pool_for(comparisons)

    def __enter__(self) -> Alongside:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def start(
        self, work: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> Callable[[], _Result]:
        """Begins a piece of work; what is returned waits for its answer and gives it, or raises what it has raised."""
        if self._pool is not None:
            return self._pool.submit(work, *given, **named).result
        answer = work(*given, **named)
        return lambda: answer


def _pool_for(comparisons: int) -> ThreadPoolExecutor | None:
    """Threads for so many comparisons; None where they are worth no second one."""
    workers = workers_for(comparisons)
    if workers == 1:
        return None
    from concurrent.futures import ThreadPoolExecutor  # two short texts do without

    return ThreadPoolExecutor(workers)
