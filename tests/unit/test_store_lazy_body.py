"""A body read piece by piece is the body."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.connection import BlobPieces
from store.errors import LibraryError
from store.lazy_body import MANY, LazyBody
from store.library import Library
from tests.support.large_library import Size, make
from texts.search.build import build_index
from texts.search.index import MARK_EVERY

LONG = "Zwölf Boxkämpfer 😀 jagen Viktor… " * 100


def pieces_of(body: str) -> LazyBody:
    return LazyBody(body.encode(), build_index(body, []).marks, "library.db")


@given(st.sampled_from(["", "a", "é" * MARK_EVERY, LONG, LONG[: 2 * MARK_EVERY]]), st.slices(3300))
@example(LONG, slice(MARK_EVERY, 2 * MARK_EVERY))
@example(LONG, slice(MARK_EVERY - 1, MARK_EVERY + 1))
def test_a_slice_is_that_of_the_string(body: str, part: slice) -> None:
    pieces = pieces_of(body)
    part = slice(part.start, part.stop)
    assert pieces[part] == body[part]
    assert (len(pieces), str(pieces)) == (len(body), body)
    assert pieces[part] == body[part]


def test_a_code_point_is_that_of_the_string() -> None:
    pieces = pieces_of(LONG)
    assert "".join(pieces[place] for place in range(len(LONG))) == LONG
    with pytest.raises(IndexError):
        pieces[len(LONG)]


def test_only_what_is_asked_for_is_read_until_it_is_much() -> None:
    body = "x" * MARK_EVERY * (2 * MANY)
    asked: list[int] = []

    class Counted(bytes):
        def __getitem__(self, part):  # type: ignore[no-untyped-def]
            asked.append(part.stop - part.start)
            return bytes(self)[part]

    pieces = LazyBody(Counted(body.encode()), build_index(body, []).marks, "library.db")
    for number in range(2 * MANY):
        assert pieces[number * MARK_EVERY : number * MARK_EVERY + 9] == "x" * 9
    assert asked == [MARK_EVERY] * (MANY + 1) + [len(body)]


def test_damage_is_told_as_such() -> None:
    with pytest.raises(LibraryError, match=r"library\.db is damaged"):
        LazyBody(b"\xff" * 10, [0, 10], "library.db")[0:5]


def test_many_blobs_are_read_through_few_handles_and_all_in_one_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.connection.HANDLES", 3)
    opened: list[object] = []
    usual = BlobPieces.opened
    monkeypatch.setattr(BlobPieces, "opened", lambda self: opened.append(self) or usual(self))
    path = tmp_path / "library.db"
    make(path, Size(highlights=0, texts=8, words=50))
    with Library.open(path) as library, Library.open(path) as other:
        bodies = dict(library.connection.rows("SELECT id, content FROM body"))
        with library.connection.pieces():
            pieces = {
                number: library.connection.blob("body", "content", number, piecewise=True)
                for number in bodies
            }
            other.connection.execute("UPDATE body SET content = 'something else'")
            for _ in range(2):
                for number, body in bodies.items():
                    assert pieces[number][0 : len(body)].decode() == body
            assert len(opened) > len(bodies), "none had to be opened again"
            assert len({id(each) for each in opened}) == len(bodies)
        assert library.connection.value("SELECT content FROM body") == "something else"
