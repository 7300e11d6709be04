"""A disk that is really full: a small file system in memory, of twenty sizes, for writing, exporting and backing up."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from store.backups import back_up
from store.library import Library, LibraryError
from store.repair import check
from store.services.exports import export_to
from texts.model import Span, Text
from texts.segment import passages

BODY = " ".join(f"word{number}" for number in range(400))
SIZES = range(720, 2_720, 100)
"""Kilobytes; the least that an empty library with its log needs, and more."""
Mount = Callable[[int], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Makes file systems of so many kilobytes."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    mounted: list[Path] = []

    def make(kilobytes: int) -> Path:
        folder = tmp_path / f"disk-{kilobytes}-{len(mounted)}"
        folder.mkdir()
        said = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if said.returncode:
            pytest.skip(f"no file system can be mounted here: {said.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield make
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def refusal(act: Callable[[], object]) -> str:
    """The one line with which something is refused."""
    with pytest.raises(LibraryError) as refused:
        act()
    assert "\n" not in str(refused.value)
    return str(refused.value)


def fill(library: Library) -> list[int]:
    """Marks until the disk is full; the ids that were given."""
    told: list[int] = []

    def mark() -> None:
        for start in range(2_500):
            told.append(library.highlights.mark("one", Span(start, start + 50), note="n" * 2_000).id)

    assert "full" in refusal(mark)
    return told


@pytest.mark.promise("a full disk while writing: nothing that was told is lost", tries=len(SIZES))
def test_writing(mount: Mount) -> None:
    counts = []
    for size in SIZES:
        path = mount(size) / "library.db"
        with Library.open(path) as library:
            library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
            told = fill(library)
            assert [highlight.id for highlight in library.highlights.find()] == told
        with Library.open(path) as library:
            assert [highlight.id for highlight in library.highlights.find()] == told
            with suppress(LibraryError):  # undoing needs some room too: done, or refused in one line
                library.journal.undo()
            assert [highlight.id for highlight in library.highlights.find()] in (told, told[:-1])
        assert check(path).ok
        counts.append(len(told))
    assert len(set(counts)) > len(SIZES) // 2, "the disk filled up at different moments"


def filled(folder: Path) -> Path:
    """A library too large for any of the disks."""
    path = folder / "library.db"
    with Library.open(path) as library:
        library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
        with library.act("many"):
            for start in range(1_500):
                library.highlights.mark("one", Span(start, start + 50), note="n" * 2_000)
    return path


@pytest.mark.promise("a full disk while exporting: the good file that was there stays", tries=len(SIZES))
def test_exporting(mount: Mount, tmp_path: Path) -> None:
    with Library.open(filled(tmp_path)) as library:
        for number, size in enumerate(SIZES):
            folder = mount(size)
            out = folder / f"notes{('.csv', '.json', '.html', '.jsonld')[number % 4]}"
            out.write_text("good", encoding="utf-8")
            assert "No space left" in refusal(lambda out=out: export_to(library, out))
            assert out.read_text(encoding="utf-8") == "good"
            assert [left.name for left in folder.iterdir()] == [out.name], "the room is given back"


@pytest.mark.promise("a full disk while backing up: no half copy", tries=len(SIZES))
def test_backing_up(mount: Mount, tmp_path: Path) -> None:
    path = filled(tmp_path)
    for size in SIZES:
        folder = mount(size)
        assert "full" in refusal(lambda folder=folder: back_up(path, folder / "copy.db"))
        assert list(folder.iterdir()) == []
    assert check(path).ok
