"""Jobs beside the desk: one that nobody waits for, and one that reads and says so in the status line meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

from store.errors import LibraryError
from store.library import Library
from tui.desk.context import DeskContext

T = TypeVar("T")

_ASK_AGAIN = 0.2
"""Seconds until a result that waits for the reader looks again whether it may show itself."""


async def in_background(job: Callable[[], T]) -> T:
    """Does a job in a thread of its own and gives its result; raises what it raises.

    Where the waiting is cancelled, the job goes on, and its result is dropped. Textual's own threads would be waited
    for at the end of the program.
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


def show_work(ctx: DeskContext, words: str) -> None:
    """Says in the status line what is being done; nothing where it is done."""
    ctx.state.working = words
    ctx.show_status()


def read_beside(ctx: DeskContext, words: str, job: Callable[[Library], T], done: Callable[[T], None]) -> None:
    """Does a job that only reads in a thread, with a connection of its own; the status line says so meanwhile.

    `done` is called in the thread of the screens, once the reader is in no list and types nothing.
    """
    session, app = ctx.session, ctx.app

    def finish(result: T) -> None:
        if _reader_is_busy(ctx):
            ctx.screen.set_timer(_ASK_AGAIN, partial(finish, result))
            return
        show_work(ctx, "")
        done(result)

    def work() -> None:
        from texts.load import LoadError

        try:
            with Library.open(session.library.path, reader=session.reader) as library:
                result = job(library)
        except (LibraryError, LoadError) as problem:
            app.call_later(partial(work_failed, ctx), problem)
        else:
            app.call_later(finish, result)

    show_work(ctx, words)
    ctx.screen.run_worker(work, thread=True, group="beside", exit_on_error=False)


def _reader_is_busy(ctx: DeskContext) -> bool:
    """Whether the reader is in a list or typing, and nothing may open under their fingers."""
    return not ctx.on_top or bool(ctx.overlays.prompt.display)


def work_failed(ctx: DeskContext, problem: BaseException) -> None:
    """Says why what was being done was not done."""
    show_work(ctx, "")
    ctx.refused(problem)
