"""The library's file is written over in place while a desk reads from it, and the desk looks in the middle of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import LibraryError, LibraryOverwritten
from store.library import Library
from tui.home import make_first_library
from tui.session import Session

PARTS = (0, 50, 0.5)
"""How much has been written by then: bytes, or a share of the whole."""


@pytest.fixture
def newcomer(tmp_path: Path) -> bytes:
    """The bytes of another library."""
    path = tmp_path / "other" / "library.db"
    make_first_library(path, "bert")
    with Library.open(path, reader="bert") as other:
        other.codebook.ensure("theirs")
    return path.read_bytes()


def begun(newcomer: bytes, part: float) -> bytes:
    return newcomer[: part if isinstance(part, int) else int(len(newcomer) * part)]


@pytest.mark.parametrize("part", PARTS)
def test_what_cannot_be_read_meanwhile_is_told_as_written_over(library, newcomer, part) -> None:
    session = Session(library, "tester")
    try:
        session.writer.drain()
        library.write_bytes(begun(newcomer, part))
        with pytest.raises(LibraryError) as caught:
            session.tags()
        assert not isinstance(caught.value, LibraryOverwritten)
        told = session.cause_of(caught.value)
        assert isinstance(told, LibraryOverwritten)
        assert str(told).startswith(f"{library} was overwritten by another file")
        library.write_bytes(newcomer)
    finally:
        session.close()
    assert library.read_bytes() == newcomer


def test_another_failure_is_told_as_it_is(library) -> None:
    session = Session(library, "tester")
    try:
        problem = LibraryError("the disk is full")
        assert session.cause_of(problem) is problem
    finally:
        session.close()
