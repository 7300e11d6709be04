"""Compiles modules and test files once for all workers and for the programs that they start.

Each worker would rewrite the assertions of every test file, and each program started would compile what it imports
where `PYTHONDONTWRITEBYTECODE` is set.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import module_from_spec
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from time import time

import pytest

_PREFIX = "bytecode-of-tests-"
_LONG_AGO = 24 * 60 * 60
"""Seconds after which no run goes on."""


def share_bytecode(config: pytest.Config) -> None:
    """Gives workers and programs a folder for bytecode where none is to lie beside the sources; it goes with the run.

    It's made anew for each run: two changes of a file in one second look the same to what was compiled before.
    """
    if not sys.dont_write_bytecode:
        return
    _sweep()
    folder = mkdtemp(prefix=_PREFIX)
    environment = pytest.MonkeyPatch()
    environment.setenv("PYTHONPYCACHEPREFIX", folder)
    environment.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    config.add_cleanup(lambda: rmtree(folder, ignore_errors=True))
    config.add_cleanup(environment.undo)


def _sweep() -> None:
    """Takes away what runs of days before have left that were killed."""
    for left in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > _LONG_AGO:
                rmtree(left, ignore_errors=True)


def compile_own_share(config: pytest.Config) -> None:
    """Rewrites the assertions of every nth test file, where n workers are about to collect all of them."""
    worker = getattr(config, "workerinput", None)
    if worker is None or sys.dont_write_bytecode:
        return
    number, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    for path in list(_test_files(config))[number::count]:
        _compile(path, config.rootpath)


def _test_files(config: pytest.Config) -> Iterator[Path]:
    """The files that are going to be collected."""
    for argument in config.args:
        path = config.invocation_params.dir / argument.partition("::")[0]
        yield from sorted(path.rglob("test_*.py")) if path.is_dir() else [path]


def _compile(path: Path, root: Path) -> None:
    """Imports a test file under the name that pytest gives it, and lets go of it; what fails is told by collecting."""
    for finder in sys.meta_path:
        if type(finder).__module__ != "_pytest.assertion.rewrite":
            continue
        with suppress(Exception):
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            spec = finder.find_spec(name, [str(path.parent), str(path)])
            if spec is not None and spec.loader is not None:
                spec.loader.exec_module(module_from_spec(spec))
