"""A reader's word on names in the library: kept, changed, taken back; and an older library gets a place for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import migrations
from store.library import Library, LibraryError, NotFound


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana", clock=lambda: "2024-05-06T07:08:09Z") as library:
        yield library


def test_a_join_is_kept_and_undone(library: Library) -> None:
    ruling = library.naming.join("Myanmar", "  Burma ")
    assert ruling == ("Burma", "Myanmar", True, "ana", "2024-05-06T07:08:09Z")
    assert list(library.naming.list()) == [ruling]
    assert library.joined_names() == (("Burma", "Myanmar"),)
    act = library.journal.undo()
    assert act is not None
    assert act.label == "joined the names “Burma” and “Myanmar”"
    assert (list(library.naming.list()), library.joined_names()) == ([], ())
    library.journal.redo()
    assert list(library.naming.list()) == [ruling]


def test_the_last_word_counts_whatever_the_case(library: Library) -> None:
    library.naming.join("Burma", "Myanmar")
    library.naming.part("myanmar", "BURMA")
    assert library.naming.overrides().joined == frozenset()
    assert library.naming.overrides().parted == {("BURMA", "myanmar")}
    library.journal.undo()
    assert library.naming.overrides().joined == {("Burma", "Myanmar")}


def test_the_same_word_twice_is_one_act(library: Library) -> None:
    library.naming.part("Burma", "Myanmar")
    library.naming.part("Myanmar", "Burma")
    assert len(library.journal.history()) == 1


def test_forgetting_leaves_it_to_the_program(library: Library) -> None:
    library.naming.join("Burma", "Myanmar")
    library.naming.forget("burma", "myanmar")
    assert list(library.naming.list()) == []
    with pytest.raises(NotFound, match="nobody has joined or parted"):
        library.naming.forget("Burma", "Myanmar")


@pytest.mark.parametrize(
    ("one", "other"), [("Iraq", "iraq"), ("Iraq", "Iraq’s"), ("", "Iraq"), ("Iraq", "…"), ("x" * 201, "Iraq")]
)
def test_what_is_no_pair_of_spellings_is_refused(library: Library, one: str, other: str) -> None:
    with pytest.raises(LibraryError) as refusal:
        library.naming.join(one, other)
    assert "\n" not in str(refusal.value)
    assert library.journal.history() == []


def test_hostile_spellings_are_kept_as_words(library: Library) -> None:
    library.naming.join("a\x00b", "'); DROP TABLE naming; --")
    (ruling,) = library.naming.list()
    assert {ruling.one, ruling.other} == {"a\ufffdb", "'); DROP TABLE naming; --"}


def test_a_library_of_the_first_schema_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        with Library.open(path, reader="ana") as library:
            library.codebook.ensure("actor/maliki")
    with Library.open(path, reader="ana") as library:
        library.naming.join("Burma", "Myanmar")
        assert [tag.path for tag in library.codebook.list()] == ["actor/maliki"]
        library.journal.undo()
        assert list(library.naming.list()) == []
        library.journal.undo()
        assert library.codebook.list() == []
