"""The first and the last words of a string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.excerpt import first_words, last_words
from texts.tokens import is_letter_edge

MILL = "The old mill at Harrow burned to the ground on Monday"
FLOOD = "第三章 春天来了河边的柳树都发了芽孩子们在岸上放风筝老人们坐在桥头晒太阳"


@pytest.mark.parametrize(
    ("most", "first", "last"),
    [
        (12, "The old mill", "on Monday"),
        (13, "The old mill", "on Monday"),
        (60, MILL, MILL),
    ],
)
def test_words_are_whole(most: int, first: str, last: str) -> None:
    assert first_words(MILL, most) == first
    assert last_words(MILL, most) == last


def test_where_no_blank_is_near_letters_are_whole() -> None:
    assert first_words(FLOOD, 20) == FLOOD[:20]
    assert last_words(FLOOD[::-1], 20) == FLOOD[::-1][-20:]
    assert first_words("น้ำขึ้น", 5) == "น้ำ"
    assert last_words("น้ำขึ้น", 3) == "น"


def test_a_line_of_verse_ends_a_word_too() -> None:
    assert first_words("The mill,\nthe wheel", 13) == "The mill,\nthe"
    assert first_words("The mill,\nthewheelers", 12) == "The mill,"


@given(st.text(st.sampled_from("ab \n水é\u0301\u0e49")), st.integers(0, 40))
def test_no_letter_is_cut_and_half_of_what_fits_is_kept(words: str, most: int) -> None:
    first, last = first_words(words, most), last_words(words, most)
    assert words.startswith(first)
    assert words.endswith(last)
    assert max(len(first), len(last)) <= most or most >= len(words)
    assert is_letter_edge(words, len(first))
    assert is_letter_edge(words, len(words) - len(last))
    if words.isascii():
        assert min(len(first), len(last)) >= min(len(words), most // 2)
