"""Names that an older library keeps with their accents as characters of their own are the names that are typed now."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.exchange.snapshot import HighlightFilter, snapshot_in_memory
from store.library import Library
from store.merge import merge
from store.services.agreement import compare_readers, readers_in
from store.text_names import text_meant
from texts.load import load_bytes
from texts.model import Span

JOSE, RECIT, ECHO = "José", "Récit", "écho"


def older(library: Library) -> None:
    """Writes the names of a library as they were kept before they were composed."""
    apart: Callable[[str], str] = lambda name: unicodedata.normalize("NFD", name)  # noqa: E731
    library.connection.raw.create_function("apart", 1, apart)
    for table, column in (
        ("highlight", "reader"), ("note", "reader"), ("link", "reader"), ("link", "kind"), ("dismissed", "reader"),
        ("text", "title"), ("naming", "one"), ("naming", "other"),
    ):  # fmt: skip
        library.connection.raw.execute(f"UPDATE {table} SET {column} = apart({column})")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader=JOSE) as library:
        for slug in ("one", "two"):
            library.texts.add(load_bytes(f"The mill of {slug} burned.".encode(), f"{slug}.txt", slug=slug))
        library.texts.edit("one", title=RECIT)
        left = library.highlights.mark("one", Span(0, 8))
        right = library.highlights.mark("two", Span(0, 8))
        library.links.add(left.id, right.id, kind=ECHO)
        library.links.dismiss("one", Span(0, 8), "two", Span(0, 8))
        library.notes.write("a note", "one")
        library.name_rules.join("Orléans", "Genève")
        older(library)
        yield library


def test_what_a_reader_made_is_found_under_the_name_that_is_typed(library: Library) -> None:
    assert [each.text for each in library.highlights.find(reader=JOSE)] == ["one", "two"]
    assert not library.highlights.find(reader="Jose")
    mine = library.notes.mine("one")
    assert mine is not None
    assert mine.words == "a note"
    assert library.notes.by("Jose\u0301", "one") == mine
    chosen = snapshot_in_memory(library, HighlightFilter(reader=JOSE))
    assert (len(chosen.highlights), len(chosen.notes), len(chosen.dismissed)) == (2, 1, 1)
    others = snapshot_in_memory(library, HighlightFilter(reader="Jose"))
    assert (len(others.highlights), len(others.notes), len(others.dismissed)) == (0, 0, 0)


def test_a_reader_is_one_before_and_after(library: Library) -> None:
    assert library.highlights.mark("one", Span(0, 8)).id == 1
    library.highlights.mark("one", Span(4, 8))
    assert readers_in(library) == {JOSE: 3}
    library.notes.write("a new note", "one")
    assert [note.words for note in library.notes.list()] == ["a new note"]
    with Library.open(library.connection.path, reader="ana") as ana:
        ana.highlights.mark("one", Span(0, 8))
    assert compare_readers(library, "ana", JOSE).agreement.marked.highlights.other == 2


def test_a_kind_of_link_a_title_and_joined_names_are_one_before_and_after(library: Library) -> None:
    assert library.links.add(1, 2, kind=ECHO).id == 1
    assert library.links.kinds().count(ECHO) == 1
    assert text_meant(library, RECIT) == "one"
    library.name_rules.join("Geneve", "Orléans")
    assert len(library.name_rules.list()) == 1


def test_what_comes_back_composed_is_there_already(library: Library, tmp_path: Path) -> None:
    archive = snapshot_in_memory(library)
    with Library.open(tmp_path / "other.db", reader="ana") as newer:
        merge(newer, archive)
        back = snapshot_in_memory(newer)
    assert back.notes[0].reader == JOSE
    merged = merge(library, back._replace(unsaid=frozenset({"uid"})))
    assert not merged.conflicts
    assert [len(library.highlights.find()), library.links.count(), len(library.notes.list())] == [2, 1, 1]
