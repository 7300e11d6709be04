"""Of very many texts those are weighed that the index of words tells to be likely, and what is near is among them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.compare import likely_near as module
from texts.compare.likely_near import likely_near
from texts.compare.similarity import BagOfWords, Roots, Usage, near
from texts.lexicon import background, rarity
from texts.search import Searchable
from texts.search.build import build_index
from texts.search.shard import Shard, TextWords, merged, shard_of
from texts.segment import passages

SUBJECTS = (
    "Harrow mill wheel river",
    "Sistani Baghdad cabinet vote",
    "sugar eggs oven flour",
    "sonata violin tempo",
)
ENDINGS = ("arrow", "illet", "onder", "unken", "apsel", "irgle", "eddin", "ossom")
FILLER = [f"{first}{vowel}{last}" for first in "bdfgklmnprstvwz" for vowel in "aeiou" for last in ENDINGS]


def source(slug: str, body: str) -> Searchable:
    parts = passages(body, furniture=False)
    return Searchable(slug, body, build_index(body, parts), parts)


@pytest.fixture(scope="module")
def texts() -> list[Searchable]:
    """A hundred texts on four subjects in turn."""
    chance = random.Random(7)
    found = []
    for number in range(100):
        subject = SUBJECTS[number % 4].split()
        prose = (" ".join(chance.sample(FILLER, 12) + chance.sample(subject, 2)) for _ in range(6))
        found.append(source(f"text-{number:03}", "\n\n".join(prose)))
    return found


def usage_of(texts: list[Searchable]) -> Usage:
    told = [TextWords(number, each.index.words(), len(each.passages)) for number, each in enumerate(texts)]
    return Usage([shard_of(told[:60]), merged([shard_of(told[60:80]), shard_of(told[80:])])])


def likely(one: Searchable, texts: list[Searchable], most: int = 5, passage: int | None = None) -> set[int]:
    return likely_near(one, range(len(texts)), usage_of(texts), most=most, passage=passage)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FEWEST", 16)
    monkeypatch.setattr(module, "_TIMES", 1)


def test_texts_on_the_same_subject_are_likely(texts: list[Searchable]) -> None:
    asked = source("asked", "The mill at Harrow.\n\nIts wheel in the river.")
    found = likely(asked, texts)
    assert len(found) <= 16
    assert {number % 4 for number in found} == {0}


def test_what_is_nearest_of_all_is_among_them(texts: list[Searchable]) -> None:
    usage, kept = usage_of(texts), 0
    for one in texts[:8]:
        found = {texts[number].slug for number in likely(one, texts, most=40)}
        kept += sum(each.text in found for each in near(one, texts, most=8, usage=usage))
    assert kept >= 60, "of 64"


def test_a_text_that_quotes_one_passage_is_likely(texts: list[Searchable]) -> None:
    quoted, chance = "Nobody carved a barn as Tomas Reyl carved it.", random.Random(8)
    prose = [" ".join(chance.sample(FILLER, 12)) for _ in range(30)]
    book = source("book", f"Bake it.\n\n{quoted}")
    assert 100 in likely(source("asked", "\n\n".join([*prose, quoted])), [*texts, book])
    assert 100 not in likely(source("asked", "\n\n".join(prose)), [*texts, book])


def test_one_passage_may_be_asked_about(texts: list[Searchable]) -> None:
    asked = source("asked", "The mill at Harrow, its wheel.\n\nSistani and the cabinet.")
    assert {number % 4 for number in likely(asked, texts, passage=2)} == {1}


def test_nothing_is_likely_where_no_word_is_shared_and_all_of_a_few_are(texts: list[Searchable]) -> None:
    assert likely(source("asked", "Quite another matter."), texts) == set()
    assert likely(texts[0], texts[:9]) == set(range(9))
    assert likely(source("asked", "and the of"), texts) == set()


def test_rarity_goes_by_all_texts_of_the_library(texts: list[Searchable]) -> None:
    few = texts[:3]
    words = [each.words for each in near(texts[4], few, usage=usage_of(texts))]
    assert words == [each.words for each in near(texts[4], few, usage=usage_of(texts))]
    alone, among = near(texts[4], few), near(texts[4], few, usage=usage_of(texts))
    assert [each.similarity for each in alone] != [each.similarity for each in among]
    shard = shard_of([TextWords(1, ["mill"], 1)])
    assert isinstance(shard, Shard)
    found = Usage([shard]).texts_with(["river", "mill"])
    assert [(word, list(numbers)) for word, numbers in found] == [("mill", [1])]


def test_a_root_is_as_rare_as_the_texts_with_any_of_its_words_are_few() -> None:
    told = [["wheel"], ["wheels", "zorm"], ["wheel", "wheels"], ["wheel"], ["zorm"], []]
    one = source("asked", "Wheel, wheels, zorm.")
    roots = Roots()
    BagOfWords(one, roots)
    shards = [shard_of([TextWords(number, words, 1)]) for number, words in enumerate(told)]
    weights = dict(zip(roots.names, Usage(shards).weights(roots), strict=True))
    share = background().share
    assert weights["wheel"] == rarity(6, 5, share("wheel"))
    assert weights["zorm"] == rarity(6, 2, share("zorm"))
    shards = shards[:3]  # two of three use `wheel`, two `wheels`: no more than all
    weights = dict(zip(roots.names, Usage(shards).weights(roots), strict=True))
    assert weights["wheel"] == rarity(3, 3, share("wheel"))


def test_a_text_that_has_two_forms_of_a_word_is_no_likelier_for_that() -> None:
    texts = [source(f"text-{number}", "wheel" if number < 20 else "wheel wheels") for number in range(40)]
    assert likely(source("asked", "Wheel, wheels."), texts) < set(range(20)), "equals in their order"


@given(
    st.lists(st.sets(st.text("ab\u05d0\ud800", min_size=1, max_size=3), max_size=6), min_size=1, max_size=6)
)
def test_texts_that_use_a_word_are_counted_over_all_shards(vocabularies: list[set[str]]) -> None:
    told = [TextWords(number, sorted(words), 1) for number, words in enumerate(vocabularies)]
    usage = Usage([shard_of(told[:2]), shard_of(told[2:])])
    wanted = ["a", "ab", "b\u05d0", "\ud800", "aaa", "zz"]
    found = {
        word: count
        for words, counts in usage.counts(wanted)
        for word, count in zip(words, counts.tolist(), strict=True)
    }
    assert found == {word: sum(word in each for each in vocabularies) for word in wanted}
    holding: dict[str, list[int]] = {}
    for word, numbers in usage.texts_with(wanted):
        holding.setdefault(word, []).extend(numbers)
    having = {word: [n for n, each in enumerate(vocabularies) if word in each] for word in wanted}
    assert holding == {word: numbers for word, numbers in having.items() if numbers}
