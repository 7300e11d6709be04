"""A folder full of traps: files that Python would run if it looked there, each of which counts that it ran."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_THEIRS = (
    "click", "defusedxml", "lxml", "markdown_it", "numpy", "platformdirs", "pypdfium2", "pypdfium2_raw", "rapidfuzz",
    "Stemmer", "sentencex", "sqlite_utils", "textual", "rich", "trafilatura", "textual_serve", "aiohttp", "regex",
    "justext", "htmldate", "courlan", "charset_normalizer", "tinycss2",
)  # fmt: skip
_OURS = ("texts", "store", "tui")
_AT_START = ("sitecustomize", "usercustomize")


class Traps:
    """The traps of a folder, and how many of them ran."""

    def __init__(self, folder: Path, counted: Path) -> None:
        self.folder, self.counted = folder, counted
        folder.mkdir()
        counted.touch()
        standard = [name for name in sys.stdlib_module_names if name not in sys.builtin_module_names]
        for name in (*standard, *_THEIRS, *_OURS, *_AT_START):
            (folder / f"{name}.py").write_text(self.code(name))
        (folder / "trap.pth").write_text(f"import sys; exec({self.code('.pth')!r})\n")
        (folder / "startup.py").write_text(self.code("PYTHONSTARTUP"))

    def code(self, name: str) -> str:
        """Python that counts itself, with nothing but what is built in: a trap may come before all else."""
        at, flags = os.fsencode(self.counted), os.O_WRONLY | os.O_APPEND
        return (
            f"import {os.name} as system\n"
            f"file = system.open({at!r}, {flags})\nsystem.write(file, {name.encode() + b' '!r})\nsystem.close(file)\n"
        )

    @property
    def environment(self) -> dict[str, str]:
        """Variables that would have Python run them."""
        folder = str(self.folder)
        return {
            "PYTHONPATH": folder,
            "PYTHONHOME": folder,
            "PYTHONSTARTUP": str(self.folder / "startup.py"),
            "PYTHONUSERBASE": folder,
            "PYTHONINSPECT": "",
            "PYTHONPLATLIBDIR": folder,
        }

    @property
    def sprung(self) -> list[str]:
        """The names of those that ran."""
        return self.counted.read_text().split()
