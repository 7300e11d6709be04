"""What a reader meets of the versions of a text."""

from pathlib import Path

import pytest

from store.library import Library
from store.records import Anchor
from store.services.versions import earlier_version, map_offset, needing_review
from texts.load import load_bytes
from texts.model import Span, Text

OLD = """The river rose in the night, and by morning the lower town stood under water.

The mayor said that nobody had been warned, though two letters had been sent in March.

A third of the harvest was lost, and the mill has not turned since.
"""
NEW = OLD.replace("nobody had been warned", "no one had been warned").replace(
    "A third of the harvest was lost, and the mill has not turned since.\n", ""
)


def text(body: str) -> Text:
    return load_bytes(body.encode(), "flood.txt", slug="flood")


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library.db", reader="tester") as library:
        library.texts.add(text(OLD))
        for quote in (
            "The river rose in the night",
            "said that nobody had been warned",
            "the mill has not turned",
        ):
            start = library.texts.get("flood").body.index(quote)
            library.highlights.mark("flood", Span(start, start + len(quote)))
        yield library


def test_changed_and_orphaned_highlights_are_unsettled_with_their_old_words(library: Library) -> None:
    report = library.texts.update("flood", text(NEW))
    old_quotes = {each.id: each.old_quote for each in report.highlights}
    changed, orphan = needing_review(library, "flood", old_quotes)
    assert (changed.highlight.anchor, orphan.highlight.anchor) == (Anchor.CHANGED, Anchor.ORPHAN)
    assert changed.old_quote == "said that nobody had been warned"
    assert changed.highlight.quote == "said that no one had been warned"
    assert orphan.old_quote == "the mill has not turned"


def test_without_the_report_the_version_before_is_asked_for_the_old_words(library: Library) -> None:
    library.texts.update("flood", text(NEW))
    changed, _ = needing_review(library, "flood", {})
    assert changed.old_quote == "said that nobody had been warned"


def test_confirmed_highlights_are_settled(library: Library) -> None:
    library.texts.update("flood", text(NEW))
    library.highlights.confirm([each.highlight.id for each in needing_review(library, "flood", {})])
    assert [each.highlight.anchor for each in needing_review(library, "flood", {})] == [Anchor.ORPHAN]


def test_an_earlier_version_has_a_name_that_no_text_can_have(library: Library) -> None:
    library.texts.update("flood", text(NEW))
    earlier = earlier_version(library, "flood", 1)
    assert earlier.slug == "flood@1"
    assert earlier.title.startswith("version 1 of 2")
    assert earlier.body == library.texts.version("flood", 1).body
    assert not library.texts.has(earlier.slug)


def test_a_reader_lands_on_the_sentence_they_were_in() -> None:
    start = OLD.index("A third")
    moved = "A new first line.\n\n" + OLD
    assert map_offset(OLD, moved, Span(start, start + 30)) == moved.index("A third")


def test_a_reader_whose_sentence_is_gone_lands_as_far_down() -> None:
    start = OLD.index("A third")
    landed = map_offset(OLD, NEW, Span(start, len(OLD) - 1))
    assert 0 < landed < len(NEW)


def test_a_reader_of_an_empty_text_lands_at_the_start() -> None:
    assert map_offset("", "something", Span(0, 0)) == 0
