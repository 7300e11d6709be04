"""Positions of other programs, whatever they count, are found in the body."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from store.merge.counting import PositionCount, code_points, other_counts, utf_16
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
