"""Candidates of a corpus: what is far beyond chance is found, whatever the blocks; what is repeated is told once."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texts.corpus.content_words import hash_of
from texts.corpus.repeats import pairs_of_same, repeats, same_words, told_once
from texts.corpus.shared_words import BEYOND_CHANCE, Candidates, Lookup, SharedWords, Words

COMMON = [f"common{n}" for n in range(2_000)]
RARE = [f"rare{n}" for n in range(400)]


def words_of(passages: list[list[str]], texts: list[int] | None = None) -> Words:
    """The words of passages, each a text of its own if nothing else is said."""
    numbers = [hash_of(word) for passage in passages for word in passage]
    starts = np.cumsum([0, *(len(passage) for passage in passages)])
    return Words(np.array(numbers, np.int64), starts, np.array(texts or range(len(passages)), np.int64))


def pairs(found: Candidates) -> list[tuple[int, int]]:
    return list(zip(found.lefts.tolist(), found.rights.tolist(), strict=True))


def corpus(count: int, quoting: tuple[int, ...], quote: list[str]) -> list[list[str]]:
    """Passages of common words and some of their own; some of them quote the same."""
    return [
        random.Random(n).choices(COMMON, k=20) + RARE[8 * n : 8 * n + 4] + (quote if n in quoting else [])
        for n in range(count)
    ]


def test_passages_that_share_rare_words_are_found_and_no_others() -> None:
    given_words = words_of(corpus(30, (4, 17), ["orchard", "brick", "surveyor", "crooked", "supper"]))
    found = SharedWords.of(given_words).candidates(0, 30)
    assert pairs(found) == [(4, 17)]
    assert found.beyond[0] > BEYOND_CHANCE


def test_passages_of_one_text_are_no_pair() -> None:
    quoting = corpus(30, (4, 17), ["orchard", "brick", "surveyor", "crooked", "supper"])
    texts = [0 if n in (4, 17) else n + 1 for n in range(30)]
    assert pairs(SharedWords.of(words_of(quoting, texts)).candidates(0, 30)) == []


def test_a_line_that_stands_below_most_passages_is_no_evidence() -> None:
    """Two passages with a quotation besides are found; and the line says something where two of many have it."""
    line = [f"notice{n}" for n in range(13)]
    quote = ["orchard", "brick", "surveyor", "crooked", "supper"]
    bodies = corpus(400, (4, 17), quote)
    for count in (400, 300):
        below = [each + line * (n < count) for n, each in enumerate(bodies)]
        assert pairs(SharedWords.of(words_of(below)).candidates(0, 400)) == [(4, 17)]
    two = [each + line * (n in (30, 31)) for n, each in enumerate(bodies)]
    assert {(4, 17), (30, 31)} <= set(pairs(SharedWords.of(words_of(two)).candidates(0, 400)))


def test_words_that_stand_together_count_more() -> None:
    """Ten words in a row that many passages have are a quotation in a long one; here and there they are chance."""
    chance = np.random.default_rng(1)
    together = chance.integers(0, 4_000, (10_000, 60))
    together[3, 20:30] = together[7, 40:50]
    apart = together.copy()
    apart[3] = chance.permutation(together[3])
    for numbers, expected in ((together, [(3, 7)]), (apart, [])):
        words = Words(numbers.ravel(), np.arange(10_001) * 60, np.arange(10_000))
        assert pairs(SharedWords.of(words).candidates(3, 4)) == expected


@given(st.integers(1, 40), st.lists(st.integers(0, 29), min_size=2, max_size=6, unique=True))
@settings(max_examples=30)
def test_the_blocks_make_no_difference(size: int, quoting: list[int]) -> None:
    given_words = words_of(corpus(30, tuple(quoting), [f"quoted{n}" for n in range(6)]))
    columns = SharedWords.of(given_words)
    whole = columns.candidates(0, 30)
    parts = Candidates.joined([columns.candidates(k, min(k + size, 30)) for k in range(0, 30, size)])
    assert pairs(parts) == pairs(whole)
    assert np.array_equal(parts.beyond, whole.beyond)
    assert set(pairs(whole)) == {(a, b) for a in quoting for b in quoting if a < b}


@given(st.sets(st.integers(0, 19), min_size=1, max_size=6))
@settings(max_examples=30)
def test_two_corpora_are_asked_one_of_the_other(quoting: set[int]) -> None:
    passages = corpus(20, tuple(quoting), [f"quoted{n}" for n in range(6)])
    found = SharedWords.of(words_of(passages), asks=10).candidates(0, 10)
    assert set(pairs(found)) == {(a, b) for a in quoting for b in quoting if a < 10 <= b}


def test_what_many_repeat_is_told_with_the_first_and_once_to_others() -> None:
    notice = [f"notice{n}" for n in range(12)]
    passages = [notice if n < 8 else [f"own{n}-{k}" for k in range(12)] for n in range(10)]
    passages[9] = [*notice, "answered", "twice"] + passages[9]
    given_words = words_of(passages)
    same = same_words(given_words)
    assert same.tolist() == [0] * 8 + [8, 9]
    columns = SharedWords.of(given_words, answers=np.asarray(same == np.arange(10)))
    found = Candidates.joined([columns.candidates(0, 10), pairs_of_same(same, given_words.texts)])
    groups = repeats(same, found)
    assert groups.sizes.tolist() == [8] * 8 + [1, 1]
    texts = given_words.texts
    told = pairs(told_once(found, groups, lambda one, other: texts[one] != texts[other], 3))
    assert told == [(0, 1), (0, 2), (0, 3), (0, 9)]


def test_a_corpus_without_words_has_no_candidates() -> None:
    empty = words_of([[], [], ["one"]])
    assert pairs(SharedWords.of(empty).candidates(0, 3)) == []
    assert pairs(SharedWords.of(words_of([])).candidates(0, 0)) == []


def candidates(*pairs: tuple[int, int, float]) -> Candidates:
    """Pairs of passages, and how alike the two are."""
    lefts, rights, cosine = (np.array(column) for column in zip(*pairs, strict=True))
    likeness = cosine.astype(np.float32)
    return Candidates(lefts, rights, likeness, likeness, likeness)


@pytest.mark.parametrize(
    ("cosines", "first"),
    [
        ((0.81, 0.81), [0, 0, 0, 3]),
        ((0.81, 0.79), [0, 0, 2, 3]),
        ((0.79, 0.81), [0, 1, 1, 3]),
        ((0.79, 0.79), [0, 1, 2, 3]),
    ],
)
def test_passages_four_fifths_alike_are_one_group_and_so_is_what_is_so_near_to_a_third(
    cosines: tuple[float, float], first: list[int]
) -> None:
    one, other = cosines
    groups = repeats(np.arange(4), candidates((0, 1, one), (1, 2, other)))
    assert groups.first.tolist() == first
    assert groups.sizes.tolist() == [first.count(each) for each in first]


def test_two_that_repeat_each_other_are_a_pair_and_three_a_group() -> None:
    groups = repeats(np.arange(5), candidates((0, 1, 0.9), (2, 4, 0.9), (3, 4, 0.9)))
    assert groups.first.tolist() == [0, 0, 2, 2, 2]
    lefts, rights = np.array([0, 2, 3, 0]), np.array([1, 4, 4, 2])
    assert groups.of_group(lefts, rights).tolist() == [False, True, True, False]
    found = candidates((0, 1, 0.9), (0, 3, 0.3), (1, 2, 0.5), (0, 4, 0.6))
    told = told_once(found, groups, lambda one, other: one != other, 1)
    assert pairs(told) == [(0, 1), (0, 4), (1, 2), (2, 3)]  # of the group its first with one other


@pytest.mark.parametrize(("holding", "kept"), [(1, 0), (2, 1), (100, 1), (101, 0)])
def test_phrases_of_two_to_a_hundred_passages_are_looked_up(holding: int, kept: int) -> None:
    passages = [[f"own{n}", *(["warm", "milk"] if n < holding else []), f"more{n}"] for n in range(102)]
    phrases = SharedWords.of(words_of(passages)).phrases
    assert len(phrases.rarity) == kept
    assert phrases.reach.tolist() == [holding] * kept


@pytest.mark.parametrize(
    ("reach", "looked_up"),
    [
        ((1_000, 500, 1), [0, 1]),
        ((1_000, 501, 1), [0]),
        ((1_501, 1, 1), [0]),
        ((0, 1_500, 1), [1]),
        ((0, 1_400, 100), [1, 2]),
    ],
)
def test_so_many_entries_are_read_and_those_of_the_rarest_word_always(
    reach: tuple[int, ...], looked_up: list[int]
) -> None:
    """Of a passage with these three words, and of one with none that is rare enough."""
    rarity = np.array([9.0, 8.0, 7.0, 3.9], np.float32)  # of one in fifty it is 3.912
    nothing = np.zeros(5, np.int64)
    lookup = Lookup(np.array([0, 3, 4]), np.arange(4), rarity, nothing, nothing, np.array([*reach, 1]))
    steps = [(owners.tolist(), places.tolist()) for owners, places in lookup.steps(0, 2, np.ones(2, bool))]
    assert steps == [([0] * len(looked_up), looked_up)]
    assert list(lookup.steps(0, 2, np.array([False, True]))) == []
