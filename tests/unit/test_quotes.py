"""Where a text says these words: whole words first, typography forgiven, never outside the text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from texts.model import Passage, Span, Text
from texts.quotes import places
from texts.tokens import is_letter_edge


def text_of(*paragraphs: str) -> Text:
    body = "\n\n".join(paragraphs)
    passages, start = [], 0
    for number, paragraph in enumerate(paragraphs, 1):
        passages.append(Passage(Span(start, start + len(paragraph)), number))
        start += len(paragraph) + 2
    return Text("t", "T", "", "", body, tuple(passages))


def said(text: Text, quote: str, passage: int | None = None) -> list[str]:
    return [text.quote(span) for span in places(text, quote, passage=passage)]


def test_every_place_in_the_order_of_the_text() -> None:
    text = text_of("The mill burned.", "The mill was rebuilt.")
    assert places(text, "The mill") == [Span(0, 8), Span(18, 26)]
    assert places(text, "The mill", passage=2) == [Span(18, 26)]


def test_whole_words_go_before_parts_of_words() -> None:
    assert places(text_of("Iranian oil, and Iran."), "Iran") == [Span(17, 21)]
    assert places(text_of("Iranian oil."), "Iran") == [Span(0, 4)]


def test_an_edge_that_is_no_letter_needs_no_word_edge() -> None:
    assert said(text_of("He said “no”at once."), "“no”") == ["“no”"]


def test_letter_for_letter_goes_before_the_typographic() -> None:
    text = text_of("It's one, it’s two, It’s three.")
    assert places(text, "It's") == [Span(0, 4)]
    assert said(text_of("It’s three."), "It's") == ["It’s"]


def test_a_break_of_lines_is_a_blank_and_so_is_one_between_passages() -> None:
    assert said(text_of("at arm’s\nlength"), "at arm's length") == ["at arm’s\nlength"]
    assert said(text_of("the end", "the start"), "end the start") == ["end\n\nthe start"]


def test_what_it_says_in_signs_of_a_regular_expression_is_words() -> None:
    assert said(text_of("costs (about) $3.50+ [sic]"), "(about) $3.50+ [sic]") == ["(about) $3.50+ [sic]"]
    assert places(text_of("costs 3950"), "3.50") == []


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_no_words_are_nowhere(nothing: str) -> None:
    assert places(text_of("a b"), nothing) == []


def test_a_passage_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        places(text_of("a"), "a", passage=2)


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=4), st.data())
def test_what_is_cut_out_between_letters_is_found(paragraphs: list[str], data: st.DataObject) -> None:
    text = text_of(*(unicodedata.normalize("NFC", each) for each in paragraphs))
    edges = [place for place in range(len(text.body) + 1) if is_letter_edge(text.body, place)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    quote = text.body[start:end].strip()
    # A blank that carries a mark is a letter; the strip would part the two.
    assume(is_letter_edge(text.body, text.body.index(quote, start)))
    found = places(text, quote)
    assert bool(found) == bool(quote)
    assert all(0 <= span.start < span.end <= len(text.body) for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
