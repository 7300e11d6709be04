"""A damaged library never ends in a traceback, and the newest good copy is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from store.annotations import annotated
from store.backups import Backups
from store.library import Library, LibraryError
from store.repair import check
from texts.model import Span, Text
from texts.segment import passages

BODY = "\n\n".join(f"Paragraph {n} has some words, and they are all its own: {n**7}." for n in range(60))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "library.db"
    with Library.open(path) as library:
        library.texts.add(Text("one", "One", "", "", BODY, passages(BODY)))
        for start in range(0, 3000, 30):
            library.highlights.mark(
                "one", Span(start, start + 25), tags=[f"tag{start % 7}"], note="a note " * 20
            )
        library.notes.write("on the library")
    return path


def use(path: Path) -> None:
    """Whatever a reader may do; only a LibraryError may come of it."""
    with Library.open(path, create=False) as library:
        list(annotated(library, library.highlights.find(words="para")))
        library.codebook.counts()
        library.notes.list()
        library.highlights.mark(library.texts.list()[0].slug, Span(3, 9), tags=["new"])
        for _ in range(5):
            library.journal.undo()


def damaged_copy(sound: Path, folder: Path, content: bytes) -> tuple[Path, Path]:
    """A library with this content, and a good backup of it."""
    path = folder / "library.db"
    for leftover in folder.glob("library.db*"):
        if leftover.is_file():
            leftover.unlink()
    path.write_bytes(sound.read_bytes())
    copy = Backups(path).list() or [Backups(path).make("good")]
    path.write_bytes(content)
    return path, copy[0]


def survive(path: Path, copy: Path) -> bool:
    """Whether the damage was found by the check."""
    health = check(path)
    assert health.ok or health.backup == copy
    assert all("\n" not in finding for finding in health.findings)
    message = ""
    try:
        use(path)
    except LibraryError as error:
        message = str(error)
    assert "\n" not in message
    return not health.ok


@pytest.mark.promise("a truncated file: never a traceback, the newest good backup is named", tries=20)
def test_a_truncated_file_at_twenty_places(sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    for number in range(20):
        path, copy = damaged_copy(sound, tmp_path, content[: len(content) * number // 20])
        assert survive(path, copy), f"cut at {number}/20"


@pytest.mark.promise("flipped bytes: never a traceback, the newest good backup is named", tries=10)
@pytest.mark.parametrize("seed", range(5))
def test_ten_times_ten_flipped_bytes(sound: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    found = 0
    for _ in range(10):
        content = bytearray(sound.read_bytes())
        for _ in range(10):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        found += survive(*damaged_copy(sound, tmp_path, bytes(content)))
    assert found, "some damage is always found"


@pytest.mark.promise("one flipped byte: never a traceback", tries=50)
def test_one_flipped_byte_in_fifty_places(sound: Path, tmp_path: Path) -> None:
    rng = random.Random(50)
    for _ in range(50):
        content = bytearray(sound.read_bytes())
        content[rng.randrange(len(content))] ^= 0xFF
        survive(*damaged_copy(sound, tmp_path, bytes(content)))
