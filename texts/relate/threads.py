"""Work on columns of numbers in threads: numpy and rapidfuzz let go of the interpreter while they compute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

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
    workers = workers_for(comparisons)
    if workers == 1 or len(items) <= 1:
        yield from map(work, items)
        return
    from concurrent.futures import ThreadPoolExecutor  # two short texts do without

    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(cancel_futures=True)
