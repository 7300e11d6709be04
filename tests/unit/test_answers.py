"""What the other text says about a sentence: its own relations, helped by those of its passage."""

import pytest

from texts.articles import articles
from texts.model import Span
from texts.relate import Side, relate
from texts.segment import sentences
from tui.relating import answers

EDITORIAL, ANALYSIS = articles()


@pytest.fixture(scope="module")
def relations():
    return relate(EDITORIAL, ANALYSIS)


def sentence(text, number: int, words: str) -> Span:
    spans = sentences(text.body, text.passage(number).span)
    return next(span for span in spans if words in text.quote(span))


def test_the_sentence_about_sistani_finds_its_counterpart(relations) -> None:
    best = answers(relations, Side.LEFT, sentence(EDITORIAL, 9, "Sistani"), 5)[0]
    assert best.right == 6
    assert "Sistani" in ANALYSIS.quote(best.right_sentence)


def test_it_works_from_the_right_as_from_the_left(relations) -> None:
    assert answers(relations, Side.RIGHT, sentence(ANALYSIS, 6, "Sistani"), 5)[0].left == 9


def test_the_passage_speaks_for_a_sentence_that_says_little(relations) -> None:
    little = sentence(EDITORIAL, 7, "Yet black flags")
    own = {each.right: each.score for each in relations.related_to_span(Side.LEFT, little, None)}
    best = answers(relations, Side.LEFT, little, 5)[0]
    assert best.right == relations.for_left(7)[0].right
    assert best.score > own.get(best.right, 0)


def test_answers_are_best_first_and_stay_within_0_and_100(relations) -> None:
    for passage in EDITORIAL.numbered:
        found = [each.score for each in answers(relations, Side.LEFT, passage.span, 20)]
        assert found == sorted(found, reverse=True)
        assert all(0 <= score <= 100 for score in found)


def test_furniture_is_not_asked(relations) -> None:
    chrome = next(passage for passage in EDITORIAL.passages if passage.is_furniture)
    assert answers(relations, Side.LEFT, chrome.span, 5) == []
