"""How far a long command has come, on stderr while that is a terminal.

One line inside another takes its place while it has something to say.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

PATIENCE = 0.5
"""Seconds before anything is said, and between two words."""


@contextmanager
def progress(doing: str, *, since: float | None = None) -> Iterator[Callable[[int, int], None]]:
    """Returns what is to be called with how many of how many are done; the line is gone at the end.

    `since` is when that of which this is a part was begun, by the monotonic clock: so long it has been waited for.
    """
    with _line(doing, since) as tell:
        yield lambda done, of: tell(f"{done:,} of {of:,}")


@contextmanager
def share_done(doing: str) -> Iterator[Callable[[float], None]]:
    """Returns what is to be called with the share that is done, 0–1; the line is gone at the end."""
    with _line(doing, None) as tell:
        yield lambda share: tell(f"{share:.0%}")


@contextmanager
def how_far(doing: str) -> Iterator[Callable[[str], None]]:
    """Returns what is to be called with words for how far it is; the line is gone at the end."""
    with _line(doing, None) as tell:
        yield tell


def make_way() -> None:
    """Takes the line away, for what is to be said below it: it comes again with the next word."""
    for stream in _showing:
        stream.write("\r\x1b[K")
        stream.flush()
    _showing.clear()


_showing: list[TextIO] = []
"""Where a line is shown just now."""


@contextmanager
def _line(doing: str, since: float | None) -> Iterator[Callable[[str], None]]:
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda words: None
        return
    stream = sys.stderr
    said = monotonic() if since is None else since

    def tell(words: str) -> None:
        nonlocal said
        if monotonic() - said > PATIENCE:
            said, _showing[:] = monotonic(), [stream]
            stream.write(f"\r\x1b[K{doing}: {words}")
            stream.flush()

    try:
        yield tell
    finally:
        make_way()
