"""An archive in memory: its bodies as they are asked for, and what is asked of its highlights and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from entries import AT, highlight_entry, text_entry

from store.errors import LibraryError
from store.exchange.archive import (
    Archive,
    Bodies,
    LinkEntry,
    Sorting,
    TextEntries,
    TextEntry,
    headers,
    highlights_of,
    links_of,
    text_of,
)
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.records import Anchor

BODY = "The old mill burned down."


class Asked(TextEntries):
    """Texts that remember which of them was asked for."""

    def __init__(self, texts: Sequence[TextEntry]) -> None:
        self._texts = {text.slug: text for text in texts}
        self.asked: list[str] = []

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[TextEntry]:
        return iter(self._texts.values())

    def __getitem__(self, place: Any) -> Any:
        return list(self._texts.values())[place]

    def named(self, slug: str) -> TextEntry | None:
        self.asked.append(slug)
        return self._texts.get(slug)


def test_the_body_of_a_version_is_by_default_the_last() -> None:
    versions = (version_of("first"), version_of("second"), version_of("third"))
    bodies = Bodies(
        Archive((text_entry("mill", BODY, versions=versions), text_entry("bare", "", versions=())))
    )
    assert [bodies.of("mill", version) for version in (None, 1, 2, 3)] == [
        "third",
        "first",
        "second",
        "third",
    ]
    assert bodies.of("bare", None) is bodies.of("bare", 1) is bodies.of("gone", None) is None


@pytest.mark.parametrize(("more", "read_again"), [(0, 0), (1, 1)])
def test_bodies_that_were_asked_for_last_stay_in_memory_up_to_a_size(more: int, read_again: int) -> None:
    sizes = {"a": 3_000_000, "b": 3_000_000, "c": 2_000_000 + more}
    texts = Asked(
        [text_entry(slug, "")._replace(versions=(version_of("x" * n),)) for slug, n in sizes.items()]
    )
    bodies = Bodies(Archive(texts))
    for slug in (*sizes, *reversed(sizes)):
        assert bodies.of(slug, None) == "x" * sizes[slug]
    assert len(texts.asked) == 3 + read_again
    assert bodies.of("c", 1) == "x" * sizes["c"]


def test_one_body_stays_however_long_it_is() -> None:
    texts = Asked([text_entry("a", "")._replace(versions=(version_of("x" * 8_000_001),))])
    bodies = Bodies(Archive(texts))
    assert bodies.of("a", None) == bodies.of("a", 1)
    assert texts.asked == ["a"]


def test_of_two_long_bodies_the_one_that_was_asked_for_last_stays() -> None:
    texts = Asked([text_entry(slug, "")._replace(versions=(version_of("x" * 5_000_000),)) for slug in "ab"])
    bodies = Bodies(Archive(texts))
    for slug in "abba":
        assert bodies.of(slug, None) is not None
    assert texts.asked == ["a", "b", "a"]


def test_texts_are_found_by_name_and_have_headers_without_bodies() -> None:
    texts = (text_entry("mill", BODY), text_entry("fire", "A fire."))
    for archive in (Archive(texts), Archive(Asked(texts))):
        assert text_of(archive, "fire") == texts[1]
        assert text_of(archive, "gone") is None
        found = headers(archive)
        assert list(found) == ["mill", "fire"]
        assert [version.body for version in found["mill"].versions] == [""]
        assert found["mill"].versions[0].sha256 == texts[0].versions[0].sha256
    assert list(Asked(texts).slugs()) == ["mill", "fire"]


def test_highlights_are_asked_for_by_text_order_and_uid() -> None:
    entries = (
        highlight_entry("a", "mill", BODY, (9, 12), (0, 3), created="2026-01-03T00:00:00Z", tags=("x", "y")),
        highlight_entry("b", "mill", BODY, (0, 7), created="2026-01-02T00:00:00Z", star=True, reader="bo"),
        highlight_entry("c", "mill", BODY, created="2026-01-02T00:00:00Z", anchor=Anchor.ORPHAN, tags=("x",)),
        highlight_entry("d", "fire", BODY, (4, 7), version=2),
        highlight_entry("e", "mill", BODY, (0, 3), (9, 11), created="2026-01-01T00:00:00Z"),
    )
    found = highlights_of(Archive(highlights=entries))

    def uids(sorting: Sorting, **more: Any) -> str:
        return "".join(entry.uid for entry in found.of("mill", sorting, **more))

    assert uids(Sorting.MADE) == "abce"
    assert uids(Sorting.TIME) == "ebca"
    assert uids(Sorting.PLACE) == "ceab"
    assert uids(Sorting.MADE, orphans=True) == "c"
    assert uids(Sorting.MADE, orphans=False) == "abe"
    assert list(found.of("gone", Sorting.PLACE)) == []
    assert list(found.named(["e", "gone", "a"])) == ["e", "a"]
    assert (len(found), found[1], found[3:]) == (5, entries[1], entries[3:])
    assert list(found.uids()) == ["a", "b", "c", "d", "e"]
    assert found.readers() == {"ana", "bo"}
    assert found.uses() == {"x": 2, "y": 1}
    assert found.versions() == {("mill", 1), ("fire", 2)}
    assert found.starred()
    assert not highlights_of(Archive(highlights=entries[:1])).starred()
    assert highlights_of(Archive(highlights=found)) is found


def test_links_are_asked_for_by_either_end_and_come_once_in_their_order() -> None:
    ends = ("ab", "bc", "aa", "cd")
    links = [LinkEntry(each, each[0], each[1], "same", False, "", "ana", AT, AT) for each in ends]
    found = links_of(Archive(links=links))
    for asked, met in (("a", "ab aa"), ("ba", "ab bc aa"), ("d", "cd"), ("x", ""), ("", "")):
        assert [link.uid for link in found.at(asked)] == met.split()
    assert (len(found), found[0], list(found.uids())) == (4, links[0], list(ends))
    assert links_of(Archive(links=found)) is found


@pytest.mark.parametrize("beside", [False, True])
def test_two_highlights_of_one_uid_are_refused_also_where_one_is_only_mentioned(beside: bool) -> None:
    one, other = (highlight_entry("a", "mill", BODY, part) for part in ((0, 3), (4, 7)))
    archive = Archive((text_entry("mill", BODY),), highlights=(one,), mentioned=(other,) if beside else ())
    archive = archive if beside else archive._replace(highlights=(one, other))
    with pytest.raises(LibraryError) as error:
        check(archive)
    assert str(error.value) == "highlights[1].uid: highlights[0] has “a” already"
