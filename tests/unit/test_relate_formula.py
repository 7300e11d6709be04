"""A question at the desk is answered by loops, two whole texts are related by columns: both by the same formula."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.lexicon import STOP_WORDS, Aliases
from texts.model import Span
from texts.relate import spans
from texts.relate.copied import copied_runs
from texts.relate.features import (
    Features,
    analyse,
    are_stop_words,
    phrase_rows,
    rarities,
    shares_at_large,
    word_weights,
)
from texts.relate.formula import combined, copied_surely, raised_by_copy, worth_in_run, worth_of_phrases
from texts.relate.passage_words import RootNumbers, WordReader, read_passage
from texts.relate.relate_records import Progress
from texts.relate.scoring import Scorer
from texts.relate.soft_links import soft_links
from texts.relate.spans import ScoringContext, Similarity, copied_from, links_of, similarities

ALIASES = Aliases([("Nablus", "Shechem")])
WORDS = "the of and Nouri Nuri Teheran Tehran Nablus Shechem river rivers wheel mill flour wolves wolf shepherd school"
SPELLINGS = ("nouri", "nuri", "teheran", "tehran", "iran", "iraq", "shia", "shiit", "hous", "horse", "river")
sentences = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12).map(
    lambda words: " ".join(words) + "."
)
characters = st.text("耶穌看見約翰門徒說的。、", max_size=40)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)


def laid_out(passages: list[str]) -> tuple[str, list[Span]]:
    """Passages as a body, and where each of them stands."""
    starts = [sum(len(passage) + 2 for passage in passages[:k]) for k in range(len(passages))]
    spans = [Span(start, start + len(passage)) for start, passage in zip(starts, passages, strict=True)]
    return "\n\n".join(passages), spans


class Weighed(NamedTuple):
    """What each word of a vocabulary weighs, and how rare it is."""

    weights: np.ndarray
    rarity: np.ndarray


def by_columns(
    question: str, passages: list[str], vocabulary: RootNumbers
) -> tuple[list[Similarity], Weighed]:
    """How alike the passages are to the question by `scoring`, and what each word weighs."""
    reader = WordReader(vocabulary)
    sides = [analyse(*laid_out(each), reader) for each in ([question], passages)]
    rarity = rarities(shares_at_large(vocabulary), sides)
    weights = word_weights(vocabulary, sides, rarity)
    stop_words = are_stop_words(vocabulary)
    used = [np.bincount(side.roots, minlength=len(vocabulary)) > 0 for side in sides]
    links = soft_links(vocabulary.roots(), *used, ALIASES, Progress())
    scorer = Scorer(
        Features.of(sides[0], weights, stop_words, links),
        Features.of(sides[1], weights, stop_words),
        phrase_rows(*sides, stop_words),
        worth_of_phrases=worth_of_phrases(vocabulary.roots()),
        copied=copied_runs(*sides, rarity, stop_words),
    )
    indices = np.arange(len(passages))
    scored = scorer.score((np.zeros_like(indices), indices), Progress())
    return [Similarity(*each) for each in zip(scored.scores, scored.right_segment, strict=True)], Weighed(
        weights, rarity
    )


def by_loops(
    question: str, passages: list[str], vocabulary: RootNumbers, weighed: Weighed
) -> list[Similarity]:
    reader, roots = WordReader(vocabulary, grow=False), vocabulary.roots()
    asked = read_passage(question, Span(0, len(question)), reader)
    body, spans = laid_out(passages)
    there = [read_passage(body, span, reader) for span in spans]
    here, used = ({roots[n]: n for each in some for n in each.numbers} for some in ([asked], there))
    links = links_of(here, used, ALIASES)
    context = ScoringContext(
        weighed.weights.tolist(),
        weighed.rarity.tolist(),
        {number for number, root in enumerate(roots) if root in STOP_WORDS},
        {here[root]: {used[other]: worth for other, worth in found.items()} for root, found in links.items()},
        worth_of_phrases(roots),
    )
    return similarities(asked, there, context, copied_from(asked, there, context))


@given(paragraphs, st.lists(paragraphs, min_size=1, max_size=5))
def test_loops_say_what_columns_say(question: str, passages: list[str]) -> None:
    vocabulary = RootNumbers()
    expected, weighed = by_columns(question, passages, vocabulary)
    found = by_loops(question, passages, vocabulary, weighed)
    assert [each.score for each in found] == pytest.approx([each.score for each in expected], abs=1e-5)


@given(characters, st.lists(characters, min_size=1, max_size=5))
def test_they_agree_on_scripts_without_blanks(question: str, passages: list[str]) -> None:
    vocabulary = RootNumbers()
    expected, weighed = by_columns(question, passages, vocabulary)
    found = by_loops(question, passages, vocabulary, weighed)
    assert [each.score for each in found] == pytest.approx([each.score for each in expected], abs=1e-5)


QUOTED = "the school by the river had flour of the mill and the wolves"


@given(st.lists(paragraphs, min_size=1, max_size=4), st.integers(0, 3), st.integers(3, 13), sentences)
def test_they_agree_on_what_is_quoted_in_a_longer_passage(
    passages: list[str], host: int, words: int, instead: str
) -> None:
    run = QUOTED.split()[:words]
    run[min(4, words - 1)] = instead.split(maxsplit=1)[0]
    quoting = f"{passages[host % len(passages)]} {' '.join(run)} {passages[0]}"
    vocabulary = RootNumbers()
    expected, weighed = by_columns(QUOTED, [*passages, quoting], vocabulary)
    found = by_loops(QUOTED, [*passages, quoting], vocabulary, weighed)
    assert [each.score for each in found] == pytest.approx([each.score for each in expected], abs=1e-5)


def test_phrases_are_worth_more_where_each_word_is_one_character() -> None:
    assert worth_of_phrases(["耶", "穌", "看", "見", "mill"]) > worth_of_phrases(["mill", "耶", "river"])


EVIDENCE = ("words", "phrases", "overlap", "sequence", "sentence")


@given(
    st.fixed_dictionaries({name: st.floats(0, 1, width=32) for name in EVIDENCE}), st.sampled_from([0.3, 0.8])
)
def test_the_formula_is_a_mean_and_takes_numbers_as_columns(evidence: dict[str, float], worth: float) -> None:
    one = combined(**evidence, worth_of_phrases=worth)
    assert min(evidence.values()) - 1e-9 <= one <= max(evidence.values()) + 1e-9
    columns = {name: np.array([0, value, 1], np.float32) for name, value in evidence.items()}
    found = combined(**columns, worth_of_phrases=worth)
    assert found.tolist() == pytest.approx([0, one, 1], abs=1e-6)


@given(st.floats(1, 20), st.floats(0, 5), st.booleans(), st.integers(1, 9))
def test_a_word_of_a_copied_run_is_worth_more_the_rarer_it_is_and_never_nothing(
    rarity: float, more: float, is_stop_word: bool, name: int
) -> None:
    light = worth_in_run(1.0, True, 1)
    worth = worth_in_run(rarity, is_stop_word, name)
    assert 0 < light / name <= worth
    assert worth <= worth_in_run(rarity + more, is_stop_word, name)
    assert worth_in_run(rarity, True, name) == light / name, "of a stop word nothing but that it is there"
    assert worth_in_run(9.0, False, 1) == pytest.approx(8.0)


@given(st.floats(0, 60), st.floats(0, 5), st.floats(0, 1))
def test_a_copied_run_raises_what_is_below_it_and_lowers_nothing(
    surprise: float, more: float, score: float
) -> None:
    assert 0 <= copied_surely(surprise) <= copied_surely(surprise + more) <= 1
    assert score <= raised_by_copy(score, surprise) <= raised_by_copy(score, surprise + more)
    assert raised_by_copy(score, 0.0) == score
    assert copied_surely(0.0) == 0


def test_a_part_of_a_passage_is_related_to_it_rather_than_to_one_like_it() -> None:
    whole = [
        "神はご自分のひとり子を与えるほどに世を愛された。",
        "それは彼を信じる者がみな永遠の命を持つためだ。",
    ]
    like = "弟子の一人でシモンの兄弟アンデレが言った。"
    text, own = (
        "ヨハネから聞いて彼に従った二人のうちの一人は、シモンの兄弟アンデレであった。",
        "うちの一人は、シモンの兄弟アンデレであった。",
    )
    vocabulary = RootNumbers()
    scored, _ = by_columns(own, [*whole, like, text], vocabulary)
    assert max(range(4), key=lambda at: scored[at].score) == 3


def test_both_name_the_sentence_that_answers() -> None:
    question = "The shepherd saw how the wolves came down to the river."
    passage = (
        "A new school was built of stone beside the mill. Wolves came to the river at night and he saw them."
    )
    vocabulary = RootNumbers()
    expected, weighed = by_columns(question, [passage], vocabulary)
    assert [each.segment for each in expected] == [1]
    assert [each.segment for each in by_loops(question, [passage], vocabulary, weighed)] == [1]


@given(*[st.sets(st.sampled_from(SPELLINGS))] * 2)
def test_words_of_a_question_are_linked_as_those_of_two_texts(asked: set[str], there: set[str]) -> None:
    roots = sorted(asked | there)
    used = (np.array([root in some for root in roots], bool) for some in (asked, there))
    columns = soft_links(roots, *used, ALIASES, Progress())
    expected = {
        (roots[left], roots[right]): pytest.approx(worth)
        for left, right, worth in zip(columns.left, columns.right, columns.worth, strict=True)
    }
    links = links_of(asked, there, ALIASES)
    assert {
        (root, other): worth for root, found in links.items() for other, worth in found.items()
    } == expected


@given(
    st.lists(st.sampled_from(["wolf", "Wolf", "wolves", "mill", " ", "é", "ẞ"])).map("".join),
    st.lists(st.sampled_from(["wolf", "wol", "mill", "il"]), max_size=3),
    st.integers(1, 30),
)
def test_a_word_is_found_wherever_the_body_is_cut(body: str, beginnings: list[str], piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "_PIECE", piece)
        found = spans._places(body, beginnings)
    small = body.lower()
    assert found == [
        [place for place in range(len(small)) if small.startswith(word, place)][: spans._OCCURRENCES]
        for word in beginnings
    ]
