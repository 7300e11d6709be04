"""What the other text says about a sentence: its own relations, helped by those of its passage."""

import pytest

from store.services.relations import answers
from texts.articles import articles
from texts.languages.sentences import sentences
from texts.model import Span
from texts.relate import DEFAULT_SCORE, WhichText, relate

EDITORIAL, ANALYSIS = articles()


@pytest.fixture(scope="module")
def relations():
    return relate(EDITORIAL, ANALYSIS)


def sentence(text, number: int, words: str) -> Span:
    spans = sentences(text.body, text.passage(number).span)
    return next(span for span in spans if words in text.quote(span))


def test_the_sentence_about_sistani_finds_its_counterpart(relations) -> None:
    best = answers(relations, WhichText.LEFT, sentence(EDITORIAL, 9, "Sistani"), 5)[0]
    assert best.right == 6
    assert "Sistani" in ANALYSIS.quote(best.right_sentence)


def test_it_works_from_the_right_as_from_the_left(relations) -> None:
    assert answers(relations, WhichText.RIGHT, sentence(ANALYSIS, 6, "Sistani"), 5)[0].left == 9


def test_the_passage_answers_for_a_sentence_that_says_nothing(relations) -> None:
    little = sentence(EDITORIAL, 7, "Yet black flags")
    assert answers(relations, WhichText.LEFT, little, 5)[0].right == relations.for_left(7, 0)[0].right


def test_what_is_sure_stands_first_and_has_the_score_of_its_passages(relations) -> None:
    for passage in EDITORIAL.numbered:
        found = answers(relations, WhichText.LEFT, passage.span, 20)
        sure = [each.score >= DEFAULT_SCORE for each in found]
        assert sure == sorted(sure, reverse=True)
        of_passages = {each.right: each.score for each in relations.for_left(passage.number, 0)}
        assert {each.right: each.score for each in found}.items() >= of_passages.items()


def test_furniture_is_not_asked(relations) -> None:
    chrome = next(passage for passage in EDITORIAL.passages if passage.is_furniture)
    assert answers(relations, WhichText.LEFT, chrome.span, 5) == []
