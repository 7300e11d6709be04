"""A reader's word on names in the library: kept, changed, taken back; and an older library gets a place for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store import migrations
from store.library import Library, LibraryError, NotFound


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana", clock=lambda: "2024-05-06T07:08:09Z") as library:
        yield library


def test_a_join_is_kept_and_undone(library: Library) -> None:
    ruling = library.name_rules.join("Myanmar", "  Burma ")
    assert ruling == ("Burma", "Myanmar", True, "ana", "2024-05-06T07:08:09Z")
    assert list(library.name_rules.list()) == [ruling]
    assert library.joined_names() == (("Burma", "Myanmar"),)
    act = library.journal.undo()
    assert act is not None
    assert act.label == "joined the names “Burma” and “Myanmar”"
    assert (list(library.name_rules.list()), library.joined_names()) == ([], ())
    library.journal.redo()
    assert list(library.name_rules.list()) == [ruling]


def test_the_last_word_counts_whatever_the_case(library: Library) -> None:
    library.name_rules.join("Burma", "Myanmar")
    library.name_rules.part("myanmar", "BURMA")
    assert library.name_rules.overrides().joined == frozenset()
    assert library.name_rules.overrides().parted == {("BURMA", "myanmar")}
    library.journal.undo()
    assert library.name_rules.overrides().joined == {("Burma", "Myanmar")}


def test_the_same_word_twice_is_one_act(library: Library) -> None:
    library.name_rules.part("Burma", "Myanmar")
    library.name_rules.part("Myanmar", "Burma")
    assert len(library.journal.history()) == 1


def test_forgetting_leaves_it_to_the_program(library: Library) -> None:
    library.name_rules.join("Burma", "Myanmar")
    library.name_rules.forget("burma", "myanmar")
    assert list(library.name_rules.list()) == []
    with pytest.raises(NotFound, match="nobody has joined or parted"):
        library.name_rules.forget("Burma", "Myanmar")


@pytest.mark.parametrize(
    ("one", "other"), [("Iraq", "iraq"), ("Iraq", "Iraq’s"), ("", "Iraq"), ("Iraq", "…"), ("x" * 201, "Iraq")]
)
def test_what_is_no_pair_of_spellings_is_refused(library: Library, one: str, other: str) -> None:
    with pytest.raises(LibraryError) as refusal:
        library.name_rules.join(one, other)
    assert "\n" not in str(refusal.value)
    assert library.journal.history() == []


def test_hostile_spellings_are_kept_as_words(library: Library) -> None:
    library.name_rules.join("a\x00b", "'); DROP TABLE naming; --")
    (ruling,) = library.name_rules.list()
    assert {ruling.one, ruling.other} == {"a\ufffdb", "'); DROP TABLE naming; --"}


def test_a_library_of_the_first_schema_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        migrations.migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        sql.executescript(
            """INSERT INTO act (id, label, reader, at, program) VALUES (1, 'made a tag', 'ana', '', '');
            UPDATE recording SET act_id = 1;
            INSERT INTO tag (path, colour, letter) VALUES ('actor/maliki', 'sky', 'M');
            UPDATE recording SET act_id = NULL"""
        )
    with Library.open(path, reader="ana") as library:
        library.name_rules.join("Burma", "Myanmar")
        assert [tag.path for tag in library.codebook.list()] == ["actor/maliki"]
        library.journal.undo()
        assert list(library.name_rules.list()) == []
        library.journal.undo()
        assert library.codebook.list() == []
