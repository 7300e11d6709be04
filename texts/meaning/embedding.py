"""Strings in, vectors of length 1 out: the one function behind which a model stands.

The model is C code of another house that a text could bring down. So it runs in child processes, with limits of memory
and time, and one that dies is an error like any other. Each has one thread: two processes are twice as fast as one,
where two threads of one are slower.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread

from texts.child.runner import Child, ChildError, Limits
from texts.meaning import DIMENSION, MISSING, MeaningError, model_version
from texts.meaning.embed_job import BATCH, PASSAGES, QUESTIONS
from texts.relate.relate_records import CancelCheck, Cancelled

VECTOR_BYTES = 2 * DIMENSION
_LIMITS = Limits(memory=1_000_000_000, silence=120.0)
_MOST_PROCESSES = 4
_WORTH_A_PROCESS = 24
"""Strings that make up for the half second in which a model is loaded."""
_TICK = 0.05

KeptVector = tuple[str, bytes]
"""A string and its vector: 384 floats of 16 bits, little-endian."""


def embed(
    words: Sequence[str],
    *,
    questions: bool = False,
    processes: int = 0,
    niceness: int = 0,
    cancelled: CancelCheck | None = None,
) -> Iterator[KeptVector]:
    """Each of the clean strings with its vector, as they are made, in no order; what has come is good, whatever
    follows.

    `questions`: they are to be answered rather than to be found. `processes`: how many at most; 0 for one a core.
    Raises MeaningError, also where the extra is missing, and Cancelled as soon as `cancelled` says so.
    """
    if not model_version():
        raise MeaningError(MISSING)
    if not words:
        return
    number = min(processes or os.cpu_count() or 1, _MOST_PROCESSES, 1 + len(words) // _WORTH_A_PROCESS)
    longest_first = sorted(dict.fromkeys(words), key=len, reverse=True)
    done: Queue[KeptVector | BaseException | None] = Queue()
    stop = Event()
    threads = [
        Thread(target=_ask, args=(longest_first[nth::number], questions, niceness, done, stop), daemon=True)
        for nth in range(number)
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _take(done, number, cancelled)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _take(
    done: Queue[KeptVector | BaseException | None], running: int, cancelled: CancelCheck | None
) -> Iterator[KeptVector]:
    """What the threads bring, until all of them have ended."""
    while running:
        if cancelled is not None and cancelled():
            raise Cancelled
        with suppress(Empty):
            each = done.get(timeout=_TICK)
            if each is None:
                running -= 1
            elif isinstance(each, BaseException):
                raise each
            else:
                yield each


def _ask(
    words: Sequence[str],
    questions: bool,
    niceness: int,
    done: Queue[KeptVector | BaseException | None],
    stop: Event,
) -> None:
    """Has one child make the vectors of its share."""

    def tick() -> None:
        if stop.is_set():
            raise Cancelled

    question = [QUESTIONS if questions else PASSAGES, *(each.encode() for each in words)]
    try:
        with Child("texts.meaning.embed_job:run", _LIMITS, niceness=niceness) as child:
            for nth, rows in enumerate(child.ask(question, tick=tick)):
                batch = words[nth * BATCH : (nth + 1) * BATCH]
                if len(rows) != len(batch) * VECTOR_BYTES:
                    raise MeaningError("the process that makes vectors sent something else")
                for place, each in enumerate(batch):
                    done.put((each, rows[place * VECTOR_BYTES : (place + 1) * VECTOR_BYTES]))
    except Cancelled:
        pass
    except ChildError as error:
        done.put(MeaningError(f"the process that makes vectors ended: {error}"))
    except BaseException as error:
        done.put(error)
    finally:
        done.put(None)


def complete(
    words: Sequence[str],
    known: Mapping[str, bytes],
    keep: Callable[[Sequence[KeptVector]], None],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: CancelCheck | None = None,
    processes: int = 0,
    niceness: int = 0,
) -> dict[str, bytes]:
    """The vectors of all the words: the known ones, and those that are made now.

    `keep` gets the new ones some at a time, also where it ends early; `progress` how many there are of how many.
    Raises MeaningError and Cancelled.
    """
    every = dict.fromkeys(words)
    found = {each: known[each] for each in every if each in known}
    missing = [each for each in every if each not in found]
    fresh: list[KeptVector] = []
    try:
        for made in embed(missing, processes=processes, niceness=niceness, cancelled=cancelled):
            fresh.append(made)
            found[made[0]] = made[1]
            if len(fresh) >= _KEPT_AT_ONCE:
                keep(fresh)
                fresh = []
            if progress is not None:
                progress(len(found), len(every))
    finally:
        if fresh:
            keep(fresh)
    return found


_KEPT_AT_ONCE = 32
