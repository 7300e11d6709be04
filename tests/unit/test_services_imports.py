"""Importing a file that is open already: the library itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library, LibraryError
from store.services.imports import import_file

TRY_ALL_LOCKS = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
"""
"""Takes the bytes that SQLite locks in a database that it has open, https://www.sqlite.org/src/file/src/os.h."""


def is_locked(path: Path) -> bool:
    tried = subprocess.run([sys.executable, "-c", TRY_ALL_LOCKS, str(path)], capture_output=True, check=False)
    return tried.returncode != 0


def test_the_locks_of_an_open_library_stay_when_it_is_imported_into_itself(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.codebook.ensure("claim")
        assert is_locked(path)
        assert not import_file(library, path).changes
        assert is_locked(path)
        with pytest.raises(LibraryError, match="is the library itself"):
            import_file(library, path, format="csv")
        assert is_locked(path)
    assert not is_locked(path)
