"""What a long command says of how far it is: on a terminal, after a while, and gone at the end."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pseudo import Program

from tui.cli import progress

Tui = Callable[..., Any]

IMPATIENT = "import sys, tui.cli.progress as p; p.PATIENCE = -1.0; from tui.cli import main; sys.exit(main())"
"""`tui`, for which everything takes long."""

PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>{}</manifest>'
    "<spine>{}</spine></package>"
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf"/></rootfiles></container>'
)


class Screen(io.StringIO):
    """A stderr that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An EPUB of three chapters."""
    items = "".join(
        f'<item id="c{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(3)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(3))
    path = tmp_path / "book\x1b[2J.epub"  # a name that a terminal would obey
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr("META-INF/container.xml", CONTAINER)
        made.writestr("book.opf", PACKAGE.format(items, spine))
        for n in range(3):
            made.writestr(f"{n}.xhtml", f"<html><body><p>The mill of chapter {n} burned.</p></body></html>")
    return path


def on_a_terminal(folder: Path, *arguments: str | Path) -> tuple[int, str]:
    """Exit code and all that was written, to stdout and stderr."""
    argv = [sys.executable, "-c", IMPATIENT, "--library", str(folder / "library.db"), *map(str, arguments)]
    with Program(argv, environment=os.environ, folder=folder) as program:
        code = program.ended()
        return code, program.drawn.decode()


def test_adding_tells_of_each_file_and_of_what_is_read_in_it(tmp_path: Path, mill: Path, book: Path) -> None:
    code, drawn = on_a_terminal(tmp_path, "add", mill, book)
    assert code == 0
    told = ["adding: 1 of 2", "adding: 2 of 2", "reading book", "0 of 3", "2 of 3"]
    places = [drawn.find(words) for words in told]
    assert places == sorted(places)
    assert -1 not in places
    assert "\x1b[2J" not in drawn


def test_nothing_of_it_stays_on_the_terminal(tmp_path: Path, mill: Path, book: Path) -> None:
    _, drawn = on_a_terminal(tmp_path, "add", mill, tmp_path / "missing.txt", book, mill)
    *lines, rest = [line.rpartition("\r")[2] for line in drawn.replace("\r\n", "\n").split("\n")]
    assert rest == ""
    left = [line.removeprefix("\x1b[K") for line in lines]
    assert ["adding" in line or "reading" in line for line in left] == [False] * len(left)
    assert [line.startswith("tui: ") for line in left] == [True, False, False, False, False]
    assert left[1].endswith("already in the library as mill")


def test_importing_tells_how_many_highlights_are_written(tmp_path: Path, mill: Path, tui: Tui) -> None:
    tui("add", mill)
    tui("mark", "mill", "the mayor", "--all")
    tui("export", "-o", "everything.json")
    code, drawn = on_a_terminal(tmp_path / "home", "import", tmp_path / "everything.json")
    assert code == 0
    assert "\r\x1b[Kimporting: 0 of 2" in drawn
    assert drawn.endswith("\r\x1b[K1 text and 2 highlights added\r\n")


def test_importing_a_library_tells_how_many_are_read_too(tmp_path: Path, mill: Path, tui: Tui) -> None:
    tui("add", mill)
    tui("mark", "mill", "the mayor", "--all")
    _, drawn = on_a_terminal(tmp_path / "home", "import", tmp_path / "library.db")
    assert drawn.index("importing: 2 of 2") < drawn.index("importing: 0 of 2", drawn.index("2 of 2"))


def test_nothing_is_told_where_nobody_waits_at_a_terminal(
    tui: Tui, mill: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert tui("add", mill, book).err == ""


def test_what_is_quick_is_not_told(tui: Tui, mill: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", 3600.0)
    assert tui("add", mill).code == 0
    assert screen.getvalue() == ""


def test_many_quick_files_are_told_of_when_together_they_take_long(
    tui: Tui, mill: Path, fire: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(1000))
    monkeypatch.setattr("tui.cli.texts.monotonic", lambda: 0.0)
    monkeypatch.setattr(progress, "monotonic", lambda: next(seconds) / 4)
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    tui("add", *[mill, fire] * 3)
    assert "adding: 6 of 6" in screen.getvalue()


def test_making_a_corpus_says_words_and_what_cannot_be_read_on_a_line_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("The old mill burned.\n")
    (folder / "b.txt").write_bytes(b"\x00\x01" * 400)
    (folder / "c.txt").write_text("Nobody was hurt.\n")
    code, said = on_a_terminal(tmp_path, "corpus", "make", "papers", folder)
    assert code == 2
    first, second, *_ = said.replace("\r\n", "\n").split("\n")
    assert first.split("\r\x1b[K") == [
        "",
        "reading into papers: 4 words in 1 text",
        "tui: b.txt looks like a binary file: only text can be read",
    ]
    assert second.startswith("\r\x1b[Kreading into papers: 7 words in 2 texts\r\x1b[K")
