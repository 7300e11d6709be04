"""Short names for texts, and the words of their slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.load.titles import SLUG_GOOD, slugify
from texts.short_titles import SHORT, short_title, short_titles, telling_words


@pytest.mark.parametrize(
    ("title", "short", "words"),
    [
        ("The mill burns", "The mill burns", "mill burns"),
        ("Mill crisis: Old rivals will meet a common foe at the weir", "Mill crisis", "Mill crisis"),
        ("The late floods in northern Harrow by the river", "The late floods", "late floods"),
        ("Opinion: The late floods in northern Harrow by the river", "The late floods", "late floods"),
        ("Chapter 1: The Boy Who Lived in a house by the river", "The Boy Who Lived", "Boy Lived"),
        (
            "Report of the Committee on Foreign Relations 2014",
            "Report of the Committee",
            "Report Committee 2014",
        ),
        (
            "Histoire de la Révolution de 1789 à nos jours",
            "Histoire de la Révolution",
            "Histoire Révolution 1789",
        ),
        ("伊拉克危機：昔日宿敵將面對共同的敵人，一個相當長的標題需要縮短才行嗎", "伊拉克危機", "伊拉克危機"),
        (
            "Why? Because the river never sleeps in spring",
            "Because the river never sleeps",
            "river never sleeps",
        ),
    ],
)
def test_a_title_is_shortened_where_it_means_the_least_loss(title: str, short: str, words: str) -> None:
    assert short_title(title) == short
    assert " ".join(telling_words(title)) == words


def test_different_titles_stay_different() -> None:
    genesis = ["Genesis: King James Version of the Bible", "Genesis: Luther 1545, in his own spelling"]
    assert short_titles(genesis) == ["King James Version", "Luther 1545"]
    reports = [f"Report of the committee on rivers {year}" for year in (2013, 2014)]
    assert short_titles(reports) == reports


@given(st.text(max_size=120))
def test_a_short_title_is_short_and_made_of_the_title(title: str) -> None:
    short = short_title(title)
    assert len(short) <= SHORT
    assert "\n" not in short
    assert short_title(short) == short
    assert 1 <= len(slugify(" ".join(telling_words(title)))) <= 2 * SLUG_GOOD


@given(st.lists(st.text(max_size=60), max_size=6, unique=True))
def test_short_titles_are_as_many_as_titles(titles: list[str]) -> None:
    assert len(short_titles(titles)) == len(titles)
