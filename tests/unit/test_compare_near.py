"""Which of many texts are near to one: by the rarer words of their passages, the same in every run."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.compare.similarity import near
from texts.search import Searchable
from texts.search.build import build_index
from texts.segment import passages

WORDS = (
    "the",
    "mill",
    "burned",
    "at",
    "Harrow",
    "Monday",
    "mayor",
    "river",
    "wheel",
    "barn",
    "spring",
    "of",
    "and",
)


def source(slug: str, body: str) -> Searchable:
    """A text as search sees it, all of whose paragraphs are article."""
    parts = passages(body, furniture=False)
    return Searchable(slug, body, build_index(body, parts), parts)


MILL = source("mill", "The mill at Harrow burned on Monday.\n\nIts wheel was carved by Tomas Reyl.")
FIRE = source("fire", "A fire at Harrow: the mill burned.\n\nThe brewery lends its barn.")
CAKE = source("cake", "Beat the eggs with sugar.\n\nBake for an hour and let it cool.")
REYL = source("reyl", "Reyl’s workshop.\n\nNobody carved a wheel as Tomas Reyl carved it.")


def test_the_text_that_shares_rare_words_is_nearest_and_what_shares_none_is_left_out() -> None:
    found = near(MILL, [CAKE, REYL, FIRE])
    assert [each.text for each in found] == ["reyl", "fire"]
    assert {"Reyl", "carved", "wheel"} <= set(found[0].words)
    assert {"Harrow", "burned"} <= set(found[1].words)
    assert all(0 < each.similarity <= 100 for each in found)


def test_one_passage_may_be_asked_about() -> None:
    assert [each.text for each in near(MILL, [CAKE, REYL, FIRE], passage=1)] == ["fire"]
    assert [each.text for each in near(MILL, [CAKE, REYL, FIRE], passage=2)] == ["reyl"]


def test_a_copy_is_as_near_as_can_be() -> None:
    (copy, *_) = near(MILL, [FIRE, source("copy", MILL.body)])
    assert (copy.text, round(copy.similarity, 6)) == ("copy", 100)


def test_a_text_that_quotes_one_passage_is_among_the_few_chosen() -> None:
    chance = random.Random(5)
    words = [f"{first}{second}" for first in "bdfgklmn" for second in ("arrow", "illet", "onder", "unken")]
    quoted = "Nobody carved a wheel as Tomas Reyl carved it, in his workshop at Harrow."

    def prose(*more: str) -> str:
        return "\n\n".join([*(" ".join(chance.choices(words, k=20)) for _ in range(40)), *more])

    ours = source("ours", prose(quoted))
    others = [source(f"other{nth:02}", prose()) for nth in range(30)]
    book = source("book", "\n\n".join(["Beat the eggs with sugar.", quoted]))
    assert "book" not in [each.text for each in near(ours, [*others, book])][:8]
    assert "book" in [each.text for each in near(ours, [*others, book], most=8)]
    assert len(near(ours, [*others, book], most=8)) == 8


def test_furniture_brings_no_text_near() -> None:
    first, second = FIRE.passages
    chrome = Searchable("chrome", FIRE.body, FIRE.index, (first._replace(number=None), second))
    assert near(MILL, [chrome]) == []


@pytest.mark.parametrize("body", ["", "and the of", "…"])
def test_a_text_without_telling_words_is_near_to_nothing(body: str) -> None:
    assert near(source("empty", body), [FIRE]) == []
    assert near(FIRE, [source("empty", body)]) == []


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=2, max_size=5),
    st.randoms(),
)
def test_the_order_in_which_texts_come_makes_no_difference(bodies: list[str], rng: random.Random) -> None:
    one, *others = [source(f"text-{number}", body) for number, body in enumerate(bodies)]
    found = near(one, others)
    rng.shuffle(others)
    assert near(one, others) == found
    assert [each.similarity for each in found] == sorted((each.similarity for each in found), reverse=True)
