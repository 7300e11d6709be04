"""Has numpy loaded without what only a person at a prompt has use for: two thirds of what its import takes.

It goes over its docstrings, makes types for annotations, and imports modules for what no program of ours does. A
program calls `expect_numpy` when it starts, and whatever imports numpy afterwards gets it so; what runs in a program of
somebody else, as in a notebook, does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

from texts.late_modules import load_late, stand_in

TYPE_CHECKING = False  # a small child would wait for `typing`
if TYPE_CHECKING:
    from importlib.abc import Loader

LATE = ("ast", "ctypes", "pickle", "platform")
"""What numpy imports for literals of dtypes, foreign memory, files of objects and a report of the machine."""
DOCUMENTING = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
"""Modules that do nothing but give docstrings to what is compiled."""
ANNOTATING = "numpy._typing"
"""What `numpy.linalg` imports for the annotations of some results; `numpy.typing` shows it to everyone else."""


def expect_numpy() -> None:
    """Has numpy loaded light when it is first imported, if it has not been already."""
    if "numpy" not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        load_late("inspect")  # whatever makes a dataclass imports it too, and numpy shall find it late
        sys.meta_path.insert(0, _Finder())


class _Finder:
    """Finds numpy once, with a loader that loads it light."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where numpy is, and nothing else."""
        if name != "numpy":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec and spec.loader:
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]  # all that is asked of one
        return spec


class _Loader:
    """Runs a module light, and leaves it its own loader."""

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """What its own loader makes."""
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Runs it."""
        module.__loader__ = self._own
        if module.__spec__:
            module.__spec__.loader = self._own
        with _light():
            self._own.exec_module(module)


@contextmanager
def _light() -> Iterator[None]:
    """Inside, nothing is documented nor annotated, and what is imported for other matters is late."""
    for name in LATE:
        load_late(name)
    with ExitStack() as stack:
        stack.enter_context(stand_in("inspect", cleandoc=_as_it_is, signature=_none))
        stack.enter_context(stand_in("textwrap", dedent=_as_it_is))
        others = {name: ModuleType(name) for name in DOCUMENTING}
        others[ANNOTATING] = _Annotations(ANNOTATING)
        sys.modules.update(others)
        try:
            yield
        finally:
            for name in others:
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
