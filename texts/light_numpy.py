"""Has numpy loaded without what only a person at a prompt has use for: two thirds of what its import takes.

It goes over its docstrings, makes types for annotations, and imports modules for what no program of ours does. A
program calls `expect_numpy` when it starts, and whatever imports numpy afterwards gets it so; what runs in a program of
somebody else, as in a notebook, does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

from texts.late_modules import load_late, stand_in

LATE = ("ast", "ctypes", "pickle", "platform")
"""What numpy imports for literals of dtypes, foreign memory, files of objects and a report of the machine."""
DOCUMENTING = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
"""Modules that do nothing but give docstrings to what is compiled."""
ANNOTATING = "numpy._typing"
"""What `numpy.linalg` imports for the annotations of some results; `numpy.typing` shows it to everyone else."""


def expect_numpy() -> None:
    """Has numpy loaded light when it is first imported, if it has not been already."""
    if "numpy" not in sys.modules and _Finder not in sys.meta_path:
        load_late("inspect")  # whatever makes a dataclass imports it too, and numpy shall find it late
        sys.meta_path.insert(0, _Finder)


class _Finder:
    """Finds numpy as Python itself does, with a loader that loads it light.

    It stays where it is: another thread that goes through `sys.meta_path` just then would leave out one if it went.
    """

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where numpy is, and nothing else."""
        if name != "numpy":
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    """Runs a module light."""

    def exec_module(self, module: ModuleType) -> None:
        """Runs it."""
        with _light():
            super().exec_module(module)


@contextmanager
def _light() -> Iterator[None]:
    """Inside, nothing is documented nor annotated, and what is imported for other matters is late."""
    for name in LATE:
        load_late(name)
    with ExitStack() as stack:
        stack.enter_context(stand_in("inspect", cleandoc=_as_it_is, signature=_none))
        stack.enter_context(stand_in("textwrap", dedent=_as_it_is))
        for name in DOCUMENTING:
            stack.enter_context(_in_place(ModuleType(name)))
        stack.enter_context(_in_place(_Annotations(ANNOTATING)))
        yield


@contextmanager
def _in_place(module: ModuleType) -> Iterator[None]:
    """Inside, whoever imports the module of that name gets this one, if the other has not run yet."""
    name = module.__name__
    there = sys.modules.setdefault(name, module)
    try:
        yield
    finally:
        if there is module:
            del sys.modules[name]


def _as_it_is(thing: object) -> object:
    return thing


def _none(function: object) -> None:
    """No signature of its own."""


class _Annotations(ModuleType):
    """A module in which every name is a type that takes parameters."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Annotation


class _Annotation:
    """What stands in an annotation that nobody reads."""

    def __class_getitem__(cls, parameters: object) -> type[_Annotation]:
        return cls
