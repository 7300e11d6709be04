"""What a merge is going to write, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from entries import AT, highlight_entry, text_entry
from libraries import libraries

from store.errors import LibraryError
from store.exchange.archive import Archive, DismissedEntry, HighlightEntry, LinkEntry, NameEntry, NoteEntry
from store.exchange.foreign import version_of
from store.library import Library
from store.merge.plan import plan
from store.records import Anchor
from texts.model import Span

BODY = "The mole was built in the year of the flood."
LACKING = "the text is neither in the file nor in the library"
SPACED = "The  mole was built\nin the year of the flood."


@pytest.fixture
def library() -> Iterator[Library]:
    with libraries() as made, made.new(Archive((text_entry("letter", BODY),))) as library:
        yield library


def bare(slug: str) -> Archive:
    """An archive with a text of that name, without its body."""
    return Archive((text_entry(slug, "")._replace(versions=()),))


def a_link(left: str, right: str) -> LinkEntry:
    return LinkEntry(f"{left}-{right}", left, right, "same", False, "", "ana", AT, AT)


def in_text(uid: str, slug: str, **changes: object) -> HighlightEntry:
    return highlight_entry(uid, slug, BODY, (4, 8), version=None, **changes)


@pytest.mark.parametrize("respaced", [True, False])
def test_a_text_with_other_white_space_is_known_where_its_format_keeps_none(
    library: Library, respaced: bool
) -> None:
    made = plan(library, Archive((text_entry("letter", SPACED),), respaced=respaced))
    assert (made.report.texts, made.report.changes) == ((0, False) if respaced else (1, True))


def test_what_stands_in_a_text_that_is_nowhere_is_left_out_and_counted(library: Library) -> None:
    archive = Archive(
        texts=(*bare("letter").texts, *bare("nowhere").texts, *bare("empty").texts),
        highlights=(in_text("a", "letter"), in_text("b", "nowhere"), in_text("c", "nowhere")),
        links=(a_link("a", "b"), a_link("b", "c"), a_link("a", "d")),
        notes=(
            NoteEntry("n", "nowhere", "a note", "ana", AT, AT),
            NoteEntry("m", "letter", "kept", "", "", ""),
        ),
        mentioned=(in_text("d", "empty"),),
        dismissed=(
            DismissedEntry("letter", 1, Span(0, 3), "nowhere", 1, Span(0, 3), "ana", AT),
            DismissedEntry("letter", 1, Span(0, 3), "letter", 1, Span(9, 12), "ana", AT),
        ),
    )
    report = plan(library, archive).report
    assert report.left_out == (
        "2 highlights, 1 note, 2 links in “Title of nowhere” (nowhere): " + LACKING,
        "1 link in “Title of empty” (empty): " + LACKING,
    )
    counts = (report.texts, report.highlights, report.links, report.notes, report.dismissed)
    assert counts == (0, 1, 0, 1, 1)


def test_where_no_text_is_there_it_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError):
        plan(library, bare("nowhere")._replace(highlights=(in_text("a", "nowhere"),)))


@pytest.mark.parametrize(
    ("anchor", "quote", "orphans"),
    [(Anchor.EXACT, "mole", 0), (Anchor.EXACT, "no such words", 1), (Anchor.ORPHAN, "no such words", 0)],
)
def test_orphans_are_those_that_had_a_place_before(
    library: Library, anchor: Anchor, quote: str, orphans: int
) -> None:
    entry = in_text("a", "letter", anchor=anchor, quote=quote)
    report = plan(library, bare("letter")._replace(highlights=(entry,))).report
    assert (report.highlights, report.orphans) == (1, orphans)


def test_what_readers_say_of_names_is_new_known_or_disputed(library: Library) -> None:
    library.name_rules.join("Reyl", "Rile")
    library.name_rules.part("Harrow", "Barrow")
    names = (
        NameEntry("rile", "Reyl", True, "bo", AT),
        NameEntry("Reyl", "Rile", False, "bo", AT),
        NameEntry("Barrow", "Harrow", True, "bo", AT),
        NameEntry("Quill", "Quille", True, "bo", AT),
        NameEntry("Quille", "Quill", True, "bo", AT),
        NameEntry("Quille", "Quill", False, "bo", AT),
    )
    made = plan(library, Archive(names=names))
    assert made.names == names[3:4]
    assert made.report.names == 1
    assert made.report.conflicts == (
        "“Reyl” and “Rile” are one name here and two names there: yours stays",
        "“Barrow” and “Harrow” are two names here and one name there: yours stays",
        "“Quille” and “Quill” are one name here and two names there: yours stays",
    )


def test_a_version_that_a_known_text_gains_is_no_new_text(library: Library) -> None:
    versions = (version_of(BODY), version_of(f"{BODY} Then it fell."))
    longer = text_entry("letter", BODY, versions=versions)
    report = plan(library, Archive((longer, text_entry("other", "Other words.")))).report
    assert (report.texts, report.versions) == (1, 1)


def test_a_language_fills_what_is_empty(library: Library) -> None:
    for language, filled in (("", 0), ("fr", 1)):
        report = plan(library, Archive((text_entry("letter", BODY, language=language),))).report
        assert (report.filled, report.changes) == (filled, bool(filled))
