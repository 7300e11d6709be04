"""Modules that run late, or not at all: what libraries import for what a run of ours hardly ever comes to."""

from __future__ import annotations

import sys
from _thread import RLock  # as functools does: all of threading takes as long as click's parser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from types import ModuleType


class LateModule(ModuleType):
    """A module whose code runs when something of it is first asked for."""

    def __getattr__(self, name: str) -> object:
        with _running:
            spec = _waiting.pop(self.__name__, None)  # none where it runs just now, and asks for its own
            if type(self) is LateModule and spec and spec.loader:
                spec.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


_running = RLock()
_waiting: dict[str, ModuleSpec] = {}
"""What is known of the modules that have not run, by name."""


def load_late(name: str) -> None:
    """Has a module run when something of it is first asked for, if it has not run yet.

    It is for what a library imports and a run hardly ever comes to. `importlib.util.LazyLoader` runs a module as soon
    as a second one imports it.
    """
    if name not in sys.modules and (spec := find_spec(name)):
        _waiting[name] = spec
        sys.modules[name] = module_from_spec(spec)
        sys.modules[name].__class__ = LateModule


@contextmanager
def stand_in(module: str, **others: object) -> Iterator[None]:
    """Has a module late, of which what is imported inside needs some things only by name, as a base or a parameter.

    Inside, others stand in their place. Afterwards whoever asks for them gets the module's own, which runs for that.
    What has run before is left as it is.
    """
    load_late(module)
    late = sys.modules[module]
    if type(late) is not LateModule:
        yield
        return
    vars(late).update(others)
    try:
        yield
    finally:
        for name, other in others.items():
            if vars(late).get(name) is other:  # the module may be running in another thread
                del vars(late)[name]


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
