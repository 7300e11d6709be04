"""What readers found while using the program, each told as it should have been."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

Tui = Callable[..., Any]


def test_an_update_with_the_same_words_is_done_and_says_so(library: Tui, mill: Path) -> None:
    said = library("update", "mill", mill)
    assert (said.code, said.out) == (0, "")
    assert "mill has not changed" in said.err
    assert library("update", "mill", mill, "--json").data == []
    assert library("update", "mill", mill, "--dry-run").code == 0
    assert library("compare", "mill", "--versions", 1, 2).code == 2, "there is no second version"


@pytest.mark.parametrize("command", ["annotations", "search mill", "export"])
def test_a_tag_that_is_not_there_is_told(library: Tui, command: str) -> None:
    library("mark", "mill", "Harrow", "--tag", "place/harrow")
    said = library(*command.split(), "--tag", "nosuch")
    assert "there is no tag nosuch: `tui tags list`" in said.err
    assert said.code == (0 if command == "export" else 1)
    for known in ("place", "place/harrow"):
        assert "no tag" not in library(*command.split(), "--tag", known).err


def test_a_file_that_is_no_library_is_not_called_damaged(tui: Tui, mill: Path) -> None:
    said = tui("--library", mill, "check")
    assert (said.code, said.out) == (2, "")
    assert "is not a library: choose another file" in said.err
    assert "damaged" not in said.err


def test_noise_is_no_text(library: Tui, tmp_path: Path) -> None:
    for mark in (b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"):
        (tmp_path / "noise.txt").write_bytes(mark + random.Random(7).randbytes(5_000))
        said = library("add", tmp_path / "noise.txt")
        assert (said.code, said.out) == (2, "")
        assert "noise.txt looks like a binary file" in said.err


def test_what_cannot_be_read_is_named_with_what_to_do(library: Tui, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "x.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    (tmp_path / "x.tex").write_bytes(b"\\documentclass{article}")
    for name, kind in (("x.ods", "an OpenDocument file, but no text"), ("x.tex", "a document in LaTeX")):
        said = library("add", tmp_path / name)
        assert said.code == 2
        assert f"{name} is {kind}: " in said.err


def test_undo_goes_past_what_another_reader_has_built_on(library: Tui, tmp_path: Path) -> None:
    library("mark", "mill", "Harrow", "--tag", "older")
    number = library("mark", "mill", "insurers").out.strip()
    with closing(sqlite3.connect(tmp_path / "library.db", isolation_level=None)) as theirs:
        theirs.execute("UPDATE highlight SET note = 'theirs' WHERE id = ?", (number,))
    said = library("undo")
    assert said.code == 2
    assert "the highlight “insurers” was changed since; undo again skips it (`tui undo --skip`)" in said.err
    assert library("undo", "--skip").out == "undone: highlighted “Harrow” in The mill burns as older\n"


def test_an_accent_that_is_typed_counts(library: Tui, tmp_path: Path) -> None:
    (tmp_path / "cafe.txt").write_text("Le café, the cafe and the caf\u00e9 again.\n")
    library("add", tmp_path / "cafe.txt")
    for mode in ("--exact", "--word"):
        assert len(library("search", "cafe", mode, "--in", "cafe", "--json").data) == 3
        assert len(library("search", "café", mode, "--in", "cafe", "--json").data) == 2
    assert len(library("search", "café", "--in", "cafe", "--json").data) == 3
