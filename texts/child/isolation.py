"""How a child Python is called so that nothing of the reader's folder or environment runs in it.

`-I` ignores every PYTHON variable and keeps the working folder and the user's own packages off the path; `-S` runs
neither `sitecustomize` nor a `.pth` file. The child then imports from the standard library and, after it, from where
this program imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

import texts

ISOLATED = ("-I", "-S", "-X", "utf8")
"""Options of the interpreter that every child gets; `utf8` in place of PYTHONUTF8, which `-I` ignores."""

_KEPT = (
    *(
        "PATH",
        "SYSTEMROOT",
        "WINDIR",
        "TMPDIR",
        "TEMP",
        "TMP",
        "TZ",
        "LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_CTYPE",
    ),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
)
"""What a child needs that only computes: to find shared libraries, a temporary folder and its language."""


def command(call: str, *arguments: str) -> list[str]:
    """The command line of a child that calls `package.module:function` without arguments.

    `arguments` become its `sys.argv[1:]`.
    """
    module, _, function = call.partition(":")
    program = (
        f"import sys; sys.path += [p for p in {_import_path()!r} if p not in sys.path]; "
        f"from {module} import {function}; sys.exit({function}())"
    )
    return [
        sys.executable,
        *ISOLATED,
        *(["-B"] if sys.dont_write_bytecode else []),
        *(["-X", f"pycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []),
        "-c",
        program,
        *arguments,
    ]


def environment(given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child: what one that only computes needs, or what is given but for the PYTHON variables."""
    if given is not None:
        return {name: value for name, value in given.items() if not name.startswith("PYTHON")}
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def folder() -> str:
    """The folder in which a child works: the root, where nothing of the reader's lies and nothing is held open."""
    return os.path.abspath(os.sep)


def _import_path() -> list[str]:
    """The folders and archives that this program imports from, without the working folder unless it lies there."""
    home = os.path.dirname(os.path.abspath(next(iter(texts.__path__))))
    return list(dict.fromkeys((home, *_elsewhere(sys.path))))


def _elsewhere(entries: Iterable[str]) -> Iterable[str]:
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:  # the working folder is gone
        here = ""
    return (entry for entry in entries if os.path.isabs(entry) and os.path.realpath(entry) != here)
