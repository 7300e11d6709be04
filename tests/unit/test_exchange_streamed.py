"""What is read from a library while it is written is what an archive in memory would give, in every format."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange import FORMATS
from store.exchange.archive import (
    Archive,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    Sorting,
    highlights_of,
    links_of,
    text_of,
)
from store.exchange.snapshot import EVERYTHING, HighlightFilter, snapshot, snapshot_in_memory
from store.library import Library
from store.records import Highlight, Link, Note
from tests.support.archives import archives, unhurried
from tests.support.large_library import Size, make
from tests.support.libraries import libraries
from tests.support.whole_library import whole_library
from texts.model import Span, Text
from texts.segment import passages

WRITERS = {name: entry for name, entry in FORMATS.items() if not entry.rows}


@pytest.mark.parametrize(
    ("record", "first", "entry", "place"),
    [(Highlight, 3, HighlightEntry, 3), (Link, 4, LinkEntry, 3), (Note, 1, NoteEntry, 0)],
)
def test_what_is_taken_over_field_by_field_stands_in_the_same_order(
    record: type[Any], first: int, entry: type[Any], place: int
) -> None:
    """`snapshot` takes the rest of a record as it stands: a field that only one of them gets would shift it."""
    assert record._fields[first:] == entry._fields[place:]


def bytes_of(archive: Archive, format: str) -> bytes:
    """What a format writes."""
    entry = WRITERS[format]
    write: Callable[..., Any] = getattr(import_module(f"store.exchange.{entry.module}"), entry.writer)
    out = io.BytesIO()
    write(archive, out)
    return out.getvalue()


def same_bytes(library: Library, choice: HighlightFilter = EVERYTHING) -> None:
    """Each format writes the same from the library as from memory."""
    with library.reading():
        kept, whole = snapshot(library, choice), snapshot_in_memory(library, choice)
        for format in WRITERS:
            if whole.tags or format != "qdc":
                assert bytes_of(kept, format) == bytes_of(whole, format), format


@unhurried
@given(archives(), st.booleans())
def test_any_library_gives_the_same_bytes_either_way(archive: Archive, starred: bool) -> None:
    with libraries() as some, some.new(archive) as library:
        same_bytes(library)
        same_bytes(library, HighlightFilter(star=starred))
        if archive.texts:
            same_bytes(library, HighlightFilter(texts=(archive.texts[0].slug,)))


def test_many_more_than_are_read_at_a_time_come_the_same(tmp_path: Path) -> None:
    make(
        tmp_path / "large.db",
        Size(highlights=1700, texts=3, words=600, tags=40, links=300, tags_each=2, readers=3),
    )
    with Library.open(tmp_path / "large.db") as library:
        same_bytes(library)
        same_bytes(library, HighlightFilter(reader="ana"))
        same_bytes(library, HighlightFilter(tag="tag3", texts=("text-00002", "text-00000")))


def test_what_is_asked_of_kept_entries_is_what_memory_gives() -> None:
    with libraries() as some, some.new(whole_library()) as library, library.reading():
        kept, whole = snapshot(library), snapshot_in_memory(library)
        ours, theirs = highlights_of(kept), highlights_of(whole)
        assert list(ours.uids()) == list(theirs.uids())
        assert ours.readers() == theirs.readers()
        assert ours.uses() == theirs.uses()
        assert ours.versions() == theirs.versions()
        assert ours.starred() is theirs.starred() is True
        assert ours[1] == theirs[1]
        assert tuple(ours[1:3]) == tuple(theirs[1:3])
        for text in whole.texts:
            assert text_of(kept, text.slug) == text
            for sorting in Sorting:
                for orphans in (None, True, False):
                    asked = [list(each.of(text.slug, sorting, orphans=orphans)) for each in (ours, theirs)]
                    assert asked[0] == asked[1]
        uids = [entry.uid for entry in whole.highlights[:2]]
        assert ours.named([*uids, "unknown"]) == theirs.named([*uids, "unknown"])
        assert list(links_of(kept).at(uids)) == list(links_of(whole).at(uids))
        assert text_of(kept, "unknown") is text_of(whole, "unknown") is None


@pytest.mark.parametrize("format", WRITERS)
def test_an_empty_library_is_written(tmp_path: Path, format: str) -> None:
    with Library.open(tmp_path / "empty.db") as library, library.reading():
        if format != "qdc":
            assert bytes_of(snapshot(library), format) == bytes_of(Archive(), format)


@pytest.mark.parametrize("bare", [False, True])
def test_highlights_that_start_together_come_by_the_end_of_their_first_part(
    tmp_path: Path, bare: bool
) -> None:
    """A library has them by where they end, gaps or not."""
    body = "One two three four."
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.texts.add(Text("text", "Text", "", "", body, passages(body)))
        longer, shorter = (
            library.highlights.mark("text", parts).uid
            for parts in ([Span(0, 3), Span(8, 18)], [Span(0, 7), Span(8, 13)])
        )
        found = highlights_of(snapshot(library)).of("text", Sorting.PLACE, bare=bare)
        assert [entry.uid for entry in found] == [longer, shorter]
