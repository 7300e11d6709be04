"""Short names for texts, and the words of their slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.load.titles import (
    SLUG_GOOD,
    guess_author,
    guess_title,
    numbered,
    short_slug,
    slugify,
    telling_stem,
)
from texts.segment import passages
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


@given(st.integers(0, 70))
def test_a_name_that_is_taken_gets_the_first_number_that_is_free(count: int) -> None:
    taken = {"mole", *(f"mole-{number}" for number in range(2, count + 1))} if count else set()
    asked: list[str] = []

    def is_taken(name: str) -> bool:
        asked.append(name)
        return name in taken

    assert numbered("mole", is_taken) == ("mole" if not count else f"mole-{max(2, count + 1)}")
    assert len(asked) <= 2 + 2 * count.bit_length()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("a-name-of-twenty-four-ab", "a-name-of-twenty-four-ab"),
        ("a-name-of-twenty-five-abc", "name-twenty-five"),
        ("漢字の長い長い長い長い長い長い長い長い長い文章", "text"),
    ],
)
def test_a_slug_of_more_than_twenty_four_characters_has_the_words_that_tell(name: str, slug: str) -> None:
    assert short_slug(name) == slug


@pytest.mark.parametrize(
    "stem",
    ["the-quay", "tides", "text-of-iran", "1863-news", "beef", "a1", "new-york", "1234x", "ab1c"],
)
def test_a_file_that_a_person_named_tells_something(stem: str) -> None:
    assert telling_stem(f"C/folder.d/{stem}.txt") == stem


@pytest.mark.parametrize(
    "stem",
    [
        "12",
        "000_619a48",
        "IMG_2041",
        "Untitled-3",
        "new document (2)",
        "tmpx7k",
        "deadbeefdeadbeef",
        "a1b2c3d4",
        "-",
    ],
)
def test_a_file_that_a_program_named_tells_nothing(stem: str) -> None:
    assert telling_stem(f"folder/{stem}.txt") == ""


def title_of(body: str, name: str = "1.txt") -> str:
    return guess_title(body, passages(body), name)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("By Ann Ash\n\nThe quay\n\nIt began.", "The quay"),
        ("By Ann Ash\n\nBy Bo Oak\n\nThe quay\n\nIt began.", "The quay"),
        ("By Ann Ash\n\nBy Bo Oak\n\nBy Cy Elm\n\nThe quay\n\nIt began.", "By Ann Ash"),
        ("The quay\nBy Ann Ash\nBy Bo Oak\n\nIt began.", "The quay"),
        ("The quay\nAt dawn\n\nIt began.", "The quay At dawn"),
        ("It began.\n\nThe quay", "It began."),
        ("- The quay\n\nIt began.", "The quay"),
        ("• The quay\n\nIt began.", "The quay"),
        ("one two three four five six seven eight.", "one two three four five six seven eight."),
        ("one two three four five six seven eight, nine.", "one two three four five six seven eight…"),
        ("x" * 201 + ".", "x" * 200 + "…"),
    ],
)
def test_a_title_is_a_headline_near_the_head_or_the_first_words(body: str, title: str) -> None:
    assert title_of(body) == title


def test_what_a_library_states_goes_before_what_the_page_says() -> None:
    start = "*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***"
    body = f"The file\n\nBy Bo Oak\n\nTitle: The Mole\n\nAuthor: Ann Ash\n\n{start}\n\nMOLES\n\nIt began."
    assert title_of(body) == "The Mole"
    assert guess_author(body, passages(body)) == "Ann Ash"
    nameless = body.replace("Author: Ann Ash", "Language: English")
    assert guess_author(nameless, passages(nameless)) == ""


def author_in(*paragraphs: str) -> str:
    body = "\n\n".join(paragraphs)
    return guess_author(body, passages(body))


PROSE = "It began at dawn."
LINE = "By Ann Ash"
LIFE = "Ann Ash is a reporter at the Gazette"


def test_an_author_is_named_in_the_first_four_paragraphs_or_the_last_two() -> None:
    assert author_in(PROSE, PROSE, PROSE, LINE, PROSE, PROSE, PROSE) == "Ann Ash"
    assert author_in(PROSE, PROSE, PROSE, PROSE, LINE, PROSE, PROSE) == ""
    assert author_in(PROSE, PROSE, PROSE, PROSE, PROSE, LIFE, PROSE) == "Ann Ash"
    assert author_in(PROSE, PROSE, PROSE, PROSE, LIFE, PROSE, PROSE) == ""
    assert author_in(LIFE, PROSE, PROSE) == ""  # what begins with somebody is not by her
    assert author_in(LIFE) == ""
    assert author_in("The quay\nBy Ann Ash", PROSE) == "Ann Ash"


def test_the_author_named_at_the_head_goes_before_the_one_at_the_end() -> None:
    assert author_in("By Bo Oak", PROSE, PROSE, LIFE) == "Bo Oak"
    assert author_in(PROSE, PROSE, PROSE, PROSE, "Bo Oak is a poet", LIFE) == "Ann Ash"


@pytest.mark.parametrize(("place", "is_found"), [(0, True), (3, True), (4, False)])
def test_an_author_line_stands_in_the_first_four_paragraphs(place: int, is_found: bool) -> None:
    paragraphs = [f"The harbour was full of boats on the morning of day {number}." for number in range(8)]
    paragraphs[place] = "By Ann Ash"
    body = "\n\n".join(paragraphs)
    assert guess_author(body, passages(body, furniture=False)) == ("Ann Ash" if is_found else "")
