"""How the interpreter is set for what the program is about to do."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_FEW_LOOKS = 50_000
"""Allocations between two looks for garbage: most commands are at their end before they leave any."""
_USUAL = gc.get_threshold()
_holders = 0
"""How many wait at present in `without_collecting`."""


def expect_a_short_run() -> None:
    """Looks for garbage seldom: what a command leaves goes with the process."""
    gc.set_threshold(_FEW_LOOKS)


def expect_a_long_run() -> None:
    """Looks for garbage as Python usually does, but not among what is there now: next to all of it lives to the end.

    A look before would take as long as a frame and find nothing: 0 to 1,000 of 58,000 objects.
    """
    gc.set_threshold(*_USUAL)
    gc.freeze()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Looks for no garbage while a thread makes very many small records which live on.

    The collector would walk through all of them again and again, which every key would wait for; nor need it look at
    them later. It is a setting of the whole process, so only the main thread makes it, and takes it back whatever
    becomes of the other one; where two such waits overlap, the last one does.
    """
    from threading import current_thread, main_thread

    global _holders  # noqa: PLW0603 (the collector is one for the process)
    assert current_thread() is main_thread()
    _holders += 1
    gc.disable()
    try:
        yield
    finally:
        _holders -= 1
        if not _holders:
            gc.freeze()
            gc.enable()


def spare_the_last_look() -> None:
    """Keeps Python from looking for garbage once more when it ends."""
    gc.freeze()
