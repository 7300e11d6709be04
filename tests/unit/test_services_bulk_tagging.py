"""Tagging many places in one act."""

from pathlib import Path

import pytest

from store.library import Library, LibraryError
from store.services.bulk_tagging import tag_places
from texts.load import load_bytes
from texts.model import Span


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library.db", reader="tester") as library:
        library.texts.add(load_bytes(b"one two three four\n", "a.txt", slug="a"))
        library.texts.add(load_bytes(b"five six seven\n", "b.txt", slug="b"))
        yield library


def test_places_of_several_texts_are_tagged_and_one_undo_takes_it_back(library: Library) -> None:
    there = library.highlights.mark("a", Span(4, 7), note="mine")
    places = [("a", Span(0, 3)), ("a", Span(4, 7)), ("b", Span(0, 4)), ("a", Span(0, 3))]
    assert tag_places(library, places, "number", "tagged 3 hits") == 3
    found = library.highlights.find()
    assert [(each.quote, each.tags) for each in found] == [(q, ("number",)) for q in ("one", "two", "five")]
    assert library.highlights.get(there.id).note == "mine", "a highlight that is there gets the tag"
    assert library.journal.history(1)[0].label == "tagged 3 hits"
    library.journal.undo()
    assert library.highlights.find() == [there]


def test_a_place_that_is_none_tags_nothing_at_all(library: Library) -> None:
    with pytest.raises(LibraryError):
        tag_places(library, [("a", Span(0, 3)), ("b", Span(0, 999))], "number", "tagged")
    assert library.highlights.find() == []
    assert library.journal.history(1)[0].label.startswith("added")
