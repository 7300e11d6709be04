"""Positions of other programs, whatever they count, are found in the body."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from entries import text_entry
from hypothesis import example, given
from hypothesis import strategies as st
from libraries import libraries

from store.exchange.archive import Archive, HighlightEntry
from store.merge import merge
from store.merge.counting import PositionCount, code_points, other_counts, utf_16
from store.records import Anchor
from texts.model import Span

WORDS = st.text("ab é\n😀字", max_size=40).map(lambda words: unicodedata.normalize("NFC", words))


COUNTED: dict[str, Callable[[str], int]] = {
    "code points": len,
    "units of UTF-16": lambda words: len(words.encode("utf-16-le")) // 2,
    "decomposed letters": lambda words: len(unicodedata.normalize("NFD", words)),
    "bytes of UTF-8": lambda words: len(words.encode()),
}


def ways(body: str) -> list[PositionCount]:
    return [code_points(body), utf_16(body), *other_counts(body)]


@given(WORDS, st.integers(0, 40), st.integers(0, 40))
@example("é" * 5000 + "b\n" * 3000, 7000, 9001)
def test_each_way_of_counting_comes_back_to_the_same_place(body: str, start: int, end: int) -> None:
    start, end = min(start, len(body)), min(end, len(body))
    for count in ways(body):
        form, _, lines = count.name.partition(", ")
        before = [body[:at].replace("\n", "\r\n") if lines else body[:at] for at in (start, end)]
        counted = [COUNTED[form](words) for words in before]
        marks = 0, 1, 3  # what a byte order mark is in any of them
        found = [count.spans([Span(counted[0] + mark, counted[1] + mark)]) for mark in marks]
        assert (Span(start, end),) in found, count.name


def test_no_two_ways_are_the_same() -> None:
    places = [Span(at, at + 1) for at in range(90)]
    assert len({count.spans(places) for count in ways("é\n😀" * 30)}) == len(ways("")) == 16


def test_a_place_inside_a_character_is_its_start_and_one_past_the_end_the_end() -> None:
    assert utf_16("a😀b").spans([Span(2, 3), Span(3, 99)]) == (Span(1, 2), Span(2, 3))
    assert utf_16("").spans([Span(0, 5)]) == (Span(0, 0),)


def placed(body: str, *marks: tuple[str, int]) -> list[int]:
    """Where words are found of which another program says where they start; the sure ones only."""
    entries = [
        HighlightEntry(
            f"f{number}", "mill", None, (Span(start, start + len(words)),), words, "", "", (), "", False,
            "", "", "", Anchor.EXACT, 100.0,
        )
        for number, (words, start) in enumerate(marks)
    ]  # fmt: skip
    text = text_entry("mill", body)
    with libraries() as made, made.new(Archive((text,))) as library:
        merge(library, Archive((text._replace(versions=()),), highlights=entries, counted_elsewhere=True))
        return [one.span.start for one in library.highlights.of("mill") if one.anchor is not Anchor.ORPHAN]


def test_of_two_ways_that_hold_as_much_the_likelier_one_is_taken() -> None:
    body = "éé——— tides tides."
    first, second = body.index("tides"), body.rindex("tides")
    decomposed, in_bytes = second + len("éé"), len(body[:first].encode())
    assert decomposed == in_bytes
    assert placed(body, ("tides", decomposed)) == [second]


@pytest.mark.parametrize(("words", "found"), [("tides", True), ("tide", False)])
def test_a_way_of_counting_is_told_by_five_letters_in_their_place(words: str, found: bool) -> None:
    body = f"éé {words} and {words} again."
    at = body.rindex(words)
    assert placed(body, (words, at + 2)) == ([at] if found else [])


@pytest.mark.parametrize(("elsewhere", "found"), [(1, 1), (2, 0)])
def test_a_way_of_counting_has_to_hold_half_of_what_nothing_else_finds(elsewhere: int, found: int) -> None:
    body = "éé tides and tides again, again, again."
    at = body.rindex("tides")
    other = [("again", 1)] * elsewhere
    assert placed(body, ("tides", at + 2), *other) == [at] * found
