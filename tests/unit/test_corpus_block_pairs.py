"""Candidates found block by block are those of the corpus in one piece, to the last digit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texts.corpus.block_pairs import (
    BlockWords,
    Whole,
    WordTally,
    best_partners,
    compared,
    count_phrases,
    count_words,
    found_between,
    prepared,
)
from texts.corpus.repeats import same_words
from texts.corpus.shared_words import FEWEST_PHRASES, MOST_PHRASES, Candidates, SharedWords, Words


def corpus(count: int, seed: int) -> Words:
    """Passages of common and rare words; many quote a few lines, some are the same as others."""
    chance = np.random.default_rng(seed)
    quotes = [chance.integers(5_000, 6_000, 8) for _ in range(6)]
    passages = []
    for _ in range(count):
        words = np.minimum(chance.zipf(1.3, chance.integers(2, 40)), 3_000)
        if chance.random() < 0.4:
            words = np.concatenate([words, quotes[chance.integers(6)][: chance.integers(3, 8)]])
        passages.append(passages[-1] if passages and chance.random() < 0.1 else words)
    starts = np.cumsum([0, *map(len, passages)])
    texts = np.sort(chance.integers(0, max(1, count // 3), count))
    return Words(np.concatenate(passages) * 0x9E3779B97F4A7 - (1 << 60), starts, texts)


def by_blocks(words: Words, telling: np.ndarray, cuts: list[int], asks: int | None) -> Candidates:
    """The candidates, found as a cluster finds them."""
    count = len(words.starts) - 1
    edges = sorted({0, count, *cuts} | ({asks} if asks else set()))
    given_blocks = []
    for start, end in pairwise(edges):
        first, last = words.starts[start], words.starts[end]
        mine = Words(words.numbers[first:last], words.starts[start : end + 1] - first, words.texts[start:end])
        given_blocks.append(BlockWords(mine, start, telling[start:end], asks is None or start >= asks))
    tallies = [count_words(block) for block in given_blocks]
    # Shares of the numbers are added up apart, as by tasks of their own.
    shares = zip(*(tally.parted(3) for tally, _ in tallies), strict=True)
    vocabulary = WordTally.sorted([WordTally.summed(parts) for parts in shares])
    vocabulary = vocabulary.only(vocabulary.held >= 2)
    whole = Whole(count, sum(each for _, each in tallies) / max(1, count), asks is None)
    phrases = WordTally.summed([count_phrases(block, vocabulary) for block in given_blocks])
    phrases = phrases.only((phrases.held >= FEWEST_PHRASES) & (phrases.held <= MOST_PHRASES))
    blocks = [prepared(block, vocabulary, phrases, whole) for block in given_blocks]
    ways = [
        (i, j)
        for i in range(len(blocks))
        for j in range(i, len(blocks))
        if asks is None or (edges[i] < asks <= edges[j])
    ]
    found = [
        found_between(blocks[i].to_find(), None if i == j else blocks[j].to_find(), whole) for i, j in ways
    ]
    best = [best_partners([each[k] for each in found]) for k in (0, 1)]
    if asks is None:
        best = [each.in_order() for each in best]
    parts = []
    for i, j in ways:
        mine = []
        for each in best:
            inside = (each.lefts >= edges[i]) & (each.lefts < edges[i + 1])
            inside &= (each.rights >= edges[j]) & (each.rights < edges[j + 1])
            mine.append(each.only(inside))
        parts.append(
            compared(blocks[i].to_compare(), None if i == j else blocks[j].to_compare(), mine, whole)
        )
    return Candidates.joined(parts)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 119), max_size=4), st.booleans())
@settings(max_examples=25, deadline=None)
def test_blocks_find_what_is_found_in_one_piece(seed: int, cuts: list[int], two: bool) -> None:
    words, asks = corpus(120, seed), 50 if two else None
    telling = same_words(words) == np.arange(120)
    whole = SharedWords.of(words, asks=asks, answers=telling).candidates(0, asks or 120, telling)
    for ours, theirs in zip(by_blocks(words, telling, cuts, asks), whole, strict=True):
        assert np.array_equal(ours, theirs)


def test_enough_passages_for_limits_to_be_met() -> None:
    """Words that are everywhere, passages that read all that they may, and more partners than are kept."""
    words = corpus(3_000, 7)
    telling = same_words(words) == np.arange(3_000)
    whole = SharedWords.of(words, answers=telling).candidates(0, 3_000, telling)
    assert len(whole.lefts) > 1_000
    for ours, theirs in zip(by_blocks(words, telling, [700, 1_900], None), whole, strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("shares", [1, 2, 7])
def test_shares_of_the_numbers_are_all_of_them(shares: int) -> None:
    numbers = np.unique(np.random.default_rng(2).integers(-(1 << 62), 1 << 62, 5_000))
    tally = WordTally(numbers, np.arange(5_000), np.arange(5_000))
    parts = tally.parted(shares)
    assert max(len(part.numbers) for part in parts) < 1.3 * 5_000 / shares
    for ours, theirs in zip(WordTally.sorted(parts), tally, strict=True):
        assert np.array_equal(ours, theirs)
