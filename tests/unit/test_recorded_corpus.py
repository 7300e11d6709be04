"""Which passages of a corpus are looked at as a pair: whoever changes how shared words are weighed sees which."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest
from recorded import same_as_recorded

from tests.unit.test_corpus_shared_words import corpus, words_of
from texts.corpus.content_words import hash_of
from texts.corpus.shared_words import Candidates, Lookup, SharedWords, Words, best_of, fingerprints


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


def held_by(count: int, *holders: int) -> list[list[str]]:
    """Passages with four words each of their own, and of each of the others as many as are said, from the first on."""
    return [
        [f"own{n}-{k}" for k in range(4)] + [f"in{held}" for held in holders if n < held]
        for n in range(count)
    ]


def looked_up(lookup: Lookup) -> list[object]:
    """All that is known of words, or phrases, of some passages; what holds for many in a row once."""
    rarity = [[float(value), len(list(group))] for value, group in groupby(lookup.rarity.round(4).tolist())]
    others = (lookup.starts, lookup.columns, lookup.posting_starts, lookup.postings, lookup.reach)
    return [rarity, *(column.tolist() for column in others)]


def everything(columns: SharedWords) -> list[object]:
    """All that is known of the passages of a corpus."""
    floats = (columns.norms, columns.lengths, columns.chance[0], columns.chance[-1])
    return [
        looked_up(columns.words),
        looked_up(columns.phrases),
        *(each.tolist() for each in floats),
        columns.size,
    ]


def told(found: Candidates) -> list[list[float]]:
    """All columns of candidates."""
    return [[round(float(value), 3) for value in column] for column in found]


def test_how_rare_words_are_by_how_many_passages_have_them() -> None:
    """A word of more than half of a hundred passages is as common in any number; of fewer passages nothing tells."""
    made: dict[str, object] = {}
    for count in (3, 99, 100, 101):
        held = [1, 2, 3, 4, 8, 49, 50, 51, 52, 90]
        columns = SharedWords.of(words_of(held_by(count, *held)))
        rarity = dict(
            zip(columns.words.columns.tolist(), columns.words.rarity[columns.words.columns], strict=True)
        )
        words = {hash_of(f"in{one}"): f"in{one}" for one in held}
        numbers = np.unique([hash_of(word) for each in held_by(count, *held) for word in each])
        made[f"{count}"] = {
            words[number]: round(float(rarity[place]), 4)
            for place, number in enumerate(numbers.tolist())
            if number in words
        }
        made[f"chance of {count}"] = [columns.chance[:, place].round(4).tolist() for place in (0, count - 1)]
    same_as_recorded("corpus/rarity", made)


def test_what_is_known_of_the_passages_of_a_corpus() -> None:
    passages = [
        *corpus(4, (1, 3), ["orchard", "brick"]),
        ["a", "few"],
        [],
        ["orchard", "brick", "orchard", "brick"],
    ]
    given = words_of(passages)
    made: dict[str, object] = {"all": everything(SharedWords.of(given))}
    made["two ask"] = everything(SharedWords.of(given, asks=2))
    made["some answer"] = everything(SharedWords.of(given, answers=np.arange(7) % 2 == 0))
    made["none"] = everything(SharedWords.of(words_of([])))
    same_as_recorded("corpus/known", made)


def test_what_passages_have_in_common() -> None:
    """All columns of what is found, and of the partners that words and phrases give."""
    made: dict[str, object] = {}
    for count, quote in (
        (12, ["orchard", "brick", "surveyor"]),
        (60, ["orchard", "brick", "surveyor", "crooked"]),
    ):
        passages = corpus(count, (1, 4, 9), quote)
        passages += [
            [*passages[2][:11], *quote[:2]],
            [*passages[2][5:16], *passages[3][:9]],
            quote,
            quote[:3],
            quote * 4,
        ]
        given, whole = words_of(passages), len(passages)
        for asks in (None, 6):
            columns = SharedWords.of(given, asks=asks)
            last = whole if asks is None else asks
            made[f"{count} {asks}"] = told(columns.candidates(0, last))
            asking = np.arange(whole) % 3 != 1
            made[f"{count} {asks} some"] = told(columns.candidates(0, last, asking))
            for name, lookup in (("words", columns.words), ("phrases", columns.phrases)):
                parts = list(columns.partners(lookup, 0, last, np.ones(whole, bool)))
                made[f"{count} {asks} {name}"] = told(Candidates.joined(parts))
    same_as_recorded("corpus/partners", made)


def test_the_best_partners_are_kept_of_equals_the_first() -> None:
    owners = np.array([0] * 14 + [1] * 2 + [4] * 13)
    sums = np.array([*[1.0] * 3, *[2.0] * 10, 0.5, 0.1, 0.2, *np.arange(13)[::-1]])
    assert best_of(owners, sums).tolist() == [0, 1, *range(3, 13), 14, 15, *range(16, 28)]


def test_what_tells_the_words_of_a_passage_from_any_others() -> None:
    given = words_of([["a", "b", "c", "d"], ["a", "b", "c"], ["a", "b", "c", "d"], ["d", "c", "b", "a"]])
    one, few, same, turned = fingerprints(given)
    assert few == b""
    assert one == same != turned
    assert len(one) == len(turned) == 16
