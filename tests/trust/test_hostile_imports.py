"""What is imported may be anything: one clear line and the library unchanged, or words that are shown safely."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import hostile
import pytest
from taguette_projects import a_project

from store.errors import LibraryError
from store.library import Library
from store.migrations import JOURNALED
from store.repair import check
from store.services.exports import export_to
from store.services.imports import DATABASES, READABLE, import_file
from texts.visible import one_line, visible
from tui.home import make_first_library

State = dict[str, list[tuple[object, ...]]]


def state(path: Path) -> State:
    """All that a reader can change."""
    with closing(sqlite3.connect(path)) as sql:
        return {table: sql.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in JOURNALED}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good file of each format, of a library with highlights, a link and a note."""
    folder = tmp_path_factory.mktemp("whole")
    path = folder / "library.db"
    make_first_library(path, "ada")
    with Library.open(path, reader="ada") as library:
        ids = [
            library.highlights.mark("editorial", passage.span, tags=["claim/one"], note="why").id
            for passage in library.texts.get("editorial").numbered[:4]
        ]
        library.links.add(ids[0], ids[1], kind="answers", note="so")
        files = {}
        for name in READABLE:
            if name not in DATABASES:
                export_to(library, folder / "out", format=name)
                files[name] = (folder / "out").read_bytes()
    files["library"] = path.read_bytes()
    files["taguette-project"] = a_project(folder / "p.sqlite3", "A 😀", "café").read_bytes()
    return files


def _zip(members: dict[str, bytes], base: bytes = b"") -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _laughs() -> bytes:
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'lol'>{entities}]><x>&a9;</x>".encode()


def _changed(whole: bytes, old: str, new: object) -> bytes:
    """A JSON file in which every value of a key is another one."""

    def change(value: object) -> object:
        if isinstance(value, dict):
            return {key: new if key == old else change(each) for key, each in value.items()}
        return [change(each) for each in value] if isinstance(value, list) else value

    return json.dumps(change(json.loads(whole))).encode()


def _evil_cells(whole: bytes) -> bytes:
    return whole.replace(b"why", ("=HYPERLINK(1) " + hostile.EVIL).encode()).replace(b"claim/one", b"=1+1")


XXE = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
ANY: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda whole: b"",
    "blanks": lambda whole: b" \n\n",
    "NULs": lambda whole: bytes(3_000),
    "half of it": lambda whole: whole[: len(whole) // 2],
    "all but the end": lambda whole: whole[:-40],
    "twice": lambda whole: whole + whole,
    "flipped": lambda whole: bytes(b ^ (0x55 if n % 97 == 0 else 0) for n, b in enumerate(whole)),
    "UTF-16": lambda whole: whole.decode("latin-1").encode("utf-16"),
    "no UTF-8": lambda whole: whole.replace(b"e", b"\xff\xfe"),
    "hostile words": _evil_cells,
    "XXE": lambda whole: XXE,
    "billion laughs": lambda whole: _laughs(),
    "deep lists": lambda whole: b"[" * 200_000,
    "deep objects": lambda whole: b'{"format":"close-reading-tui","a":' * 50_000,
    "huge number": lambda whole: b'{"format":"close-reading-tui","version":' + b"9" * 20_000 + b"}",
    "not a number": lambda whole: b'{"format":"close-reading-tui","version":NaN,"rows":[Infinity]}',
    "twice the same key": lambda whole: whole.replace(b"{", b'{"rows":1,"format":2,"rows":3,', 1),
    "lone surrogate": lambda whole: whole.replace(b"why", b"\\ud800"),
    "one quote": lambda whole: b'"' * 99_999,
    "a cell of 9 MB": lambda whole: whole + b"\n" + b"x" * 9_000_000,
    "ragged": lambda whole: whole.replace(b"\r\n", b",,,\r\n").replace(b"},", b"},[],", 3),
    "zip bomb": lambda whole: _zip({"project.qde": b" " * 400_000_000}),
    "../ in a zip": lambda whole: _zip({"../../evil": b"x", "/etc/evil": b"x", "project.qde": XXE}),
    "a zip in it": lambda whole: _zip({"../evil": b"x"}, whole if whole[:2] == b"PK" else b""),
}
JSON_KEYS: dict[str, tuple[object, ...]] = {
    "start": (-1, 10**9, "x", None, 1.5, True),
    "end": (0, -7, 10**12, []),
    "sha256": ("0" * 64, "x", None),
    "uid": ("same", "", 7),
    "body": ("another body", "", None),
    "tags": (["a/../b", "/", hostile.EVIL], "x", [None]),
    "quote": ("", "no such words", 5),
    "created": ("yesterday", "", 5),
}


def assert_safe(path: Path, file: Path, format: str, before: State) -> None:
    """Refused in one line with nothing changed, or merged in one act that is shown safely and can be undone."""
    with Library.open(path, reader="ada") as library:
        try:
            import_file(library, file, format=format)
        except LibraryError as error:
            refusal = str(error)
        else:
            refusal = ""
        if refusal:
            assert refusal == one_line(refusal)
            assert "Traceback" not in refusal
            assert state(path) == before
            return
        for highlight in library.highlights.find():
            body = library.texts.get(highlight.text).body
            assert visible(body) == body
            assert 0 <= highlight.span.start < highlight.span.end
        while library.journal.undo():
            pass
    assert check(path).ok


@pytest.fixture
def library(tmp_path: Path, whole: dict[str, bytes]) -> Path:
    """The same texts in a library of its own, so that what is imported has something to hurt."""
    path = tmp_path / "library.db"
    make_first_library(path, "ada")
    return path


@pytest.mark.promise(
    "hostile imports: one clear line and nothing changed, or words shown safely", tries=len(ANY)
)
@pytest.mark.parametrize("format", READABLE)
def test_any_payload_in_any_format(
    library: Path, whole: dict[str, bytes], tmp_path: Path, format: str
) -> None:
    before = state(library)
    for what, make in ANY.items():
        folder = tmp_path / what.replace("/", "-")
        folder.mkdir()
        file = folder / "payload"
        file.write_bytes(make(whole[format]))
        assert_safe(library, file, format, before if state(library) == before else state(library))
        # SQLite may leave the log of a damaged library beside it.
        assert {left.name.removesuffix("-wal").removesuffix("-shm") for left in folder.iterdir()} == {
            "payload"
        }
        assert not (tmp_path / "evil").exists()


@pytest.mark.promise(
    "forged JSON: offsets past the end, start > end, a forged hash, duplicate ids",
    tries=sum(map(len, JSON_KEYS.values())),
)
@pytest.mark.parametrize("format", ["json", "jsonld", "hypothesis"])
def test_forged_values(library: Path, whole: dict[str, bytes], tmp_path: Path, format: str) -> None:
    before = state(library)
    file = tmp_path / "payload"
    for key, values in JSON_KEYS.items():
        for value in values:
            file.write_bytes(_changed(whole[format], key, value))
            assert_safe(library, file, format, before if state(library) == before else state(library))


@pytest.mark.parametrize(
    "whole",
    [
        {"format": "close-reading-tui", "version": 1, "two\nlines": []},
        {"format": "close-reading-tui", "version": 1, "codebook": [{"path": "a", "\u2028\x1b[2J": 1}]},
    ],
    ids=["a section", "a field"],
)
def test_a_refusal_that_quotes_the_file_is_one_line(library: Path, tmp_path: Path, whole: object) -> None:
    file = tmp_path / "payload.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    before = state(library)
    with Library.open(library, reader="ada") as opened, pytest.raises(LibraryError) as refused:
        import_file(opened, file, format="json")
    assert str(refused.value) == one_line(str(refused.value))
    assert state(library) == before


@pytest.mark.promise("a stranger's library: merged with its words made harmless, or refused")
def test_a_strangers_library(library: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.db"
    hostile.make(stranger)
    assert_safe(library, stranger, "library", state(library))
