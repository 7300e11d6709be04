"""How the interpreter is set for what the program is about to do."""

from __future__ import annotations

import gc
import sys
from _thread import RLock  # as functools does: all of threading takes as long as click's parser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from types import ModuleType

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


class _LateModule(ModuleType):
    """A module whose code runs when something of it is first asked for."""

    def __getattr__(self, name: str) -> object:
        with _running:
            if type(self) is _LateModule and self.__spec__ and self.__spec__.loader:
                self.__spec__.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
        return getattr(self, name)


_running = RLock()


def load_late(name: str) -> None:
    """Has a module run when something of it is first asked for, if it has not run yet.

    It is for what a library imports and a run hardly ever comes to. `importlib.util.LazyLoader` runs a module as soon
    as a second one imports it.
    """
    if name not in sys.modules and (spec := find_spec(name)):
        sys.modules[name] = module_from_spec(spec)
        sys.modules[name].__class__ = _LateModule


@contextmanager
def stand_in(module: str, name: str) -> Iterator[None]:
    """Has a module late, of which what is imported inside wants a class only to name it, as a base or a parameter.

    Inside, the class is an empty one. Afterwards whoever asks for it gets the module's own, which runs for that.
    """
    load_late(module)
    late = sys.modules[module]
    if type(late) is not _LateModule:  # it has run
        yield
        return
    setattr(late, name, type(name, (), {}))
    try:
        yield
    finally:
        if type(late) is _LateModule:
            late.__dict__.pop(name)


@contextmanager
def left_out(name: str) -> Iterator[None]:
    """Whoever imports a module inside is told that there is none, if it has not run yet: for what can do without it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # which says so
    try:
        yield
    finally:
        del sys.modules[name]


def spare_the_last_look() -> None:
    """Keeps Python from looking for garbage once more when it ends."""
    gc.freeze()
