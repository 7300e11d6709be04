"""Headings of a text, told from its paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Text
from texts.outline import outline
from texts.segment import passages

PROSE = "This is a paragraph of the article, long enough to be taken for one, with a full stop where it ought to end."


def headings(*paragraphs: str) -> list[tuple[int, str]]:
    body = "\n\n".join(paragraphs)
    text = Text("t", "", "", "", body, passages(body, furniture=False))
    return [(each.level, each.words) for each in outline(text)]


def test_titles_and_cross_headings() -> None:
    found = headings(
        "The mill burns", "By Ada Quill", PROSE, "What the mayor said", PROSE, "Who pays?", PROSE
    )
    assert found == [(1, "The mill burns"), (3, "What the mayor said"), (3, "Who pays?")]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("## The river", 2),
        ("CHAPTER IV", 2),
        ("Chapter 12: In which nothing happens", 2),
        ("Book the Second", 1),
        ("XIV.", 2),
        ("第三回", 2),
        ("Kapitel 3", 2),
    ],
)
def test_what_says_that_it_is_a_heading(words: str, level: int) -> None:
    assert headings(PROSE, words, "Short line", PROSE)[0] == (level, words.lstrip("# "))


def test_short_lines_in_a_row_are_no_headings() -> None:
    verse = ["O wild west wind", "Thou breath of autumn", "Thou from whose presence", "The leaves are driven"]
    assert headings(PROSE, *verse) == []
    assert headings("A poem", *verse) == [(1, "A poem")]


@given(st.lists(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=60), max_size=8))
def test_headings_are_paragraphs_in_order(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    text = Text("t", "", "", "", body, passages(body))
    starts = [each.passage.span.start for each in outline(text)]
    assert starts == sorted(set(starts))
