"""A project of Taguette: every highlight exactly where it stands, with its tags, its maker and its time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import libraries
from taguette_projects import a_project

from store.exchange.checking import check
from store.exchange.flattening import flattened
from store.exchange.taguette_project import is_project, read_file
from store.library import LibraryError
from store.services.imports import import_file


def test_highlights_stand_where_they_stood_with_their_tags_maker_and_time(tmp_path: Path) -> None:
    archive = read_file(a_project(tmp_path / "p.sqlite3", "😀 smiling", "café", "café\nwraps over"))
    check(archive)
    assert archive.texts[0].versions[0].body == "On cafés\n\nA 😀 smiling\ncafé & a café\n\nwraps over"
    assert [(one.quote, one.tags, one.reader, one.created) for one in archive.highlights] == [
        ("😀 smiling", ("mood/alarm", "claim"), "eva", "2026-11-30T10:00:00Z"),
        ("café", ("mood/alarm",), "eva", "2026-11-30T10:00:00Z"),
        ("café\n\nwraps over", (), "eva", "2026-11-30T10:00:00Z"),
    ]
    assert {(tag.path, tag.description) for tag in archive.tags} == {
        ("mood/alarm", "when it rings"),
        ("claim", ""),
    }
    assert [(note.text, note.words) for note in archive.notes] == [("signs", "from a file")]


def test_it_is_told_from_a_library_and_a_second_import_adds_nothing(tmp_path: Path) -> None:
    path = a_project(tmp_path / "p.sqlite3", "A 😀", "a café")
    with libraries() as made, made.new() as library:
        assert is_project(path)
        assert not is_project(library.path)
        first = import_file(library, path)
        assert (first.texts, first.highlights, first.tags, first.orphans) == (1, 2, 2, 0)
        assert [each.quote for each in library.highlights.of("signs")] == ["A 😀", "a café"]
        again = import_file(library, path)
        assert (again.changes, again.there, again.conflicts) == (False, 3, ())


def test_what_was_changed_in_taguette_since_is_taken_over(tmp_path: Path) -> None:
    path = a_project(tmp_path / "p.sqlite3", "A 😀", "a café")
    with libraries() as made, made.new() as library:
        import_file(library, path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE tags SET path = 'mood/fear' WHERE id = 1")
            connection.execute("UPDATE highlights SET start_offset = start_offset + 2 WHERE id = 2")
            connection.commit()
        merged = import_file(library, path)
        assert (merged.highlights, merged.updated) == (0, 2)
        assert [(each.quote, each.tags) for each in library.highlights.of("signs")] == [
            ("A 😀", ("claim", "mood/fear")), ("café", ("mood/fear",)),
        ]  # fmt: skip


@pytest.mark.parametrize("damage", ["DROP TABLE highlights", "UPDATE highlights SET start_offset = 'x'"])
def test_a_damaged_project_is_refused_in_one_line(tmp_path: Path, damage: str) -> None:
    path = a_project(tmp_path / "p.sqlite3", "café")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(damage)
        connection.commit()
    with pytest.raises(LibraryError, match="no project of Taguette, or a damaged one") as refused:
        read_file(path)
    assert "\n" not in str(refused.value)


@given(st.text("aé😀 \n\u00a0<>&/pbr", max_size=60), st.integers(0, 200))
def test_any_offset_is_a_place_in_the_flattened_document(html: str, offset: int) -> None:
    string, points = flattened(html)
    assert 0 <= points.point(offset) <= len(string)


@given(st.text("aé😀 \n<>&;amp", min_size=1, max_size=60).filter(str.strip))
def test_all_words_of_a_document_are_there_with_each_place_in_them(words: str) -> None:
    string, points = flattened(escape(words))
    assert string == words
    assert [points.point(len(words[:place].encode())) for place in range(len(words))] == [*range(len(words))]


@pytest.mark.parametrize("end", ["R&D", "a & b", "five < six", "caf&eacute"])
def test_a_document_may_end_in_what_looks_like_the_beginning_of_markup(end: str) -> None:
    assert flattened(f"<p>one</p>{end}")[0] == f"one\n\n{unescape(end)}"
