"""Before a file is written over: the reader is asked, and offered a name that is free."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from textual.app import App

from store.errors import LibraryError
from tui.dialogs.small_dialogs import Choose

Write = Callable[[Path, bool], None]
"""Writes to a file; the flag says whether the reader agreed that one that is there is written over."""


def free_name(path: Path) -> Path:
    """The path, or `name-2.csv` and so on where there is something of that name already."""
    names = (path if number == 1 else path.with_stem(f"{path.stem}-{number}") for number in count(1))
    return next(name for name in names if not _is_there(name))


def write_with_care(app: App[Any], path: Path, write: Write) -> None:
    """Calls `write`, after asking where a file of this name is there already."""
    if not _is_there(path) or path.is_dir():
        write(path, False)
        return
    free = free_name(path)

    def answered(key: str | None) -> None:
        if key is not None:
            write(path if key == "o" else free, key == "o")

    answers = {"o": "write over it", "n": f"leave it, and write {free.name} beside it"}
    app.push_screen(Choose(f"{path} is there already", answers), answered)


def refuse_if_there(path: Path, over: bool) -> None:
    """Raises LibraryError where a file has come since the reader was asked; to be called right before writing."""
    if not over and _is_there(path) and not path.is_dir():
        raise LibraryError(f"{path} has just been made by another program: it was left as it is")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()
