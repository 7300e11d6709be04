"""Reads a record in a process of its own, with a limit on memory and time that no file escapes.

What comes back is pickled: the two ends are the same program, and readers of records are Python all through, so that
nothing but our own code has written it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from store.errors import LibraryError
from texts.child.runner import MEGABYTE, ChildError, Limits, OutOfMemoryError, OutOfTimeError, answer_of
from texts.visible import one_line

if TYPE_CHECKING:
    from store.exchange.archive import Archive

MOST_MEMORY = 1_000 * MEGABYTE
"""Bytes that reading a record may take, unless its own size says more."""
_FOR_A_BYTE = 12
"""Bytes that a byte of a large record of our own takes when it is read."""
MOST_SECONDS = 600.0


def read_isolated(module: str, data: bytes, name: str) -> Archive:
    """What `store.exchange.MODULE.read` gives, from a process of its own.

    Raises LibraryError: the reader's, or one that says which limit the file broke.
    """
    limits = Limits(memory=max(MOST_MEMORY, _FOR_A_BYTE * len(data)), seconds=MOST_SECONDS)
    asked = f"{module}\n{name}".encode("utf-8", "surrogateescape")
    try:
        answer = answer_of("store.exchange.exchange_job:run", (asked, data), limits)
    except ChildError as error:
        raise _refusal(error, limits) from error
    archive: Archive = pickle.loads(answer)
    return archive


def _refusal(error: ChildError, limits: Limits) -> LibraryError:
    """Why a record was not read, in one line to which the caller adds the name."""
    if error.kind == LibraryError.__name__:
        return LibraryError(str(error))
    if isinstance(error, OutOfMemoryError):
        most = limits.memory // MEGABYTE
        return LibraryError(f"reading it wants more than {most:,} MB of memory; split it")
    if isinstance(error, OutOfTimeError):
        return LibraryError("it keeps its reader busy for ever; split it")
    why = one_line(f"{error.kind}: {error}" if error.kind else str(error))
    return LibraryError(f"it is damaged, or no reader is up to it ({why}); nothing was taken from it")
