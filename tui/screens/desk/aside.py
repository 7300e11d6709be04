"""A job beside the desk that nobody waits for: whoever quits meanwhile does not wait for the end of it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def aside(job: Callable[[], T]) -> T:
    """Does a job in a thread of its own and gives its result; raises what it raises.

    Where the waiting is cancelled, the job goes on, and nobody is told. Textual's own threads would be waited for at
    the end of the program.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, problem: BaseException | None) -> None:
        if answer.cancelled():
            return
        if problem is not None:
            answer.set_exception(problem)
        else:
            answer.set_result(result)  # type: ignore[arg-type]  # without a problem there is a result

    def work() -> None:
        result, problem = None, None
        try:
            result = job()
        except Exception as raised:  # told where the answer is awaited
            problem = raised
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(deliver, result, problem)

    Thread(target=work, daemon=True).start()
    return await answer


def without_collecting(job: Callable[[], T]) -> T:
    """Does a job that makes very many small records which live on.

    The collector would walk through all of them again and again, which every key would wait for; nor need it look at
    them later.
    """
    gc.disable()
    try:
        return job()
    finally:
        gc.freeze()
        gc.enable()
