"""Which passages of a corpus are looked at as a pair: whoever changes how shared words are weighed sees which."""

from __future__ import annotations

import numpy as np
import pytest
from recorded import same_as_recorded

from tests.unit.test_corpus_shared_words import corpus, words_of
from texts.corpus.shared_words import Candidates, SharedWords, Words


def shown(found: Candidates) -> list[list[float]]:
    """Left and right passage of each pair, and how far beyond chance it is."""
    rows = zip(found.lefts.tolist(), found.rights.tolist(), found.beyond.tolist(), strict=True)
    return [[left, right, round(float(beyond), 3)] for left, right, beyond in rows]


@pytest.mark.parametrize("size", [30, 200, 600])
def test_passages_that_quote_the_same(size: int) -> None:
    made: dict[str, object] = {}
    for count in range(2, 7):
        quote = ["orchard", "brick", "surveyor", "crooked", "supper", "lantern"][:count]
        for quoting in ((4, 17), (1, 2, 9), tuple(range(0, 30, 5))):
            given = words_of(corpus(size, quoting, quote))
            made[f"{count} of {len(quoting)}"] = shown(SharedWords.of(given).candidates(0, size))
    same_as_recorded(f"corpus/quoted-{size}", made)


def test_passages_that_share_a_row_of_common_words() -> None:
    chance = np.random.default_rng(1)
    numbers = chance.integers(0, 3_000, (2_000, 50))
    for length in range(3, 16):
        numbers[20 * length, 10 : 10 + length] = numbers[20 * length + 7, 30 : 30 + length]
    found = SharedWords.of(Words(numbers.ravel(), np.arange(2_001) * 50, np.arange(2_000)))
    same_as_recorded("corpus/rows", {"found": shown(found.candidates(0, 2_000))})
