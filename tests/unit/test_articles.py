"""The articles that come with the program are what the program is shown on: their shape must hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from texts.articles import articles, tutorial
from texts.model import Text

EDITORIAL, ANALYSIS = articles()
BOTH = pytest.mark.parametrize("text", [EDITORIAL, ANALYSIS], ids=lambda text: text.slug)

CLIENT = Path(__file__).parents[2].parent / "shared" / "texts"
LONGEST_RUN = 5
NAMES = (
    "islamic state of iraq and the levant",
    "ali al-sistani",
    "supreme national security council",
    "office of security cooperation",
    "barack obama",
    "saddam hussein",
)


def quotes(text: Text) -> list[str]:
    """The words of each numbered passage: ¶1 is at index 0."""
    return [text.quote(passage.span) for passage in text.numbered]


def furniture(text: Text) -> list[str]:
    """The words of each paragraph of page chrome."""
    return [text.quote(passage.span) for passage in text.passages if passage.is_furniture]


def runs(prose: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words; a name counts as one word, since nobody can spell it another way."""
    folded = prose.casefold().replace("’", "'")
    for name in NAMES:
        folded = folded.replace(name, name.replace(" ", "_"))
    words = re.findall(r"[\w'-]+", folded)
    return {tuple(words[k : k + length]) for k in range(len(words) - length + 1)}


def test_there_are_two_with_names_as_in_the_files() -> None:
    assert [(text.slug, text.title, text.author) for text in articles()] == [
        ("editorial", "A chance in Baghdad", "Carmela Zerafa"),
        ("analysis", "Arm’s length, still", "Imran Haldane"),
    ]


@BOTH
def test_title_is_the_first_passage_and_author_opens_the_last(text: Text) -> None:
    assert quotes(text)[0] == text.title
    assert quotes(text)[-1].startswith(f"{text.author} is ")


@BOTH
def test_each_is_as_long_as_a_newspaper_article(text: Text) -> None:
    assert 700 <= sum(len(quote.split()) for quote in quotes(text)) <= 1_200


def test_passages_are_counted_as_the_documentation_shows_them() -> None:
    assert len(EDITORIAL.numbered) == 20
    assert len(ANALYSIS.numbered) == 10


@pytest.mark.parametrize(("text", "number"), [(EDITORIAL, 9), (ANALYSIS, 6)], ids=["editorial", "analysis"])
def test_sistani_is_in_one_passage_which_speaks_of_volunteers(text: Text, number: int) -> None:
    assert [k for k, quote in enumerate(quotes(text), start=1) if "Sistani" in quote] == [number]
    assert "volunteer" in text.quote(text.passage(number).span)
    assert not any("Sistani" in chrome for chrome in furniture(text))


def test_furniture_is_the_newsletter_form_under_the_editorial() -> None:
    chrome = " ".join(furniture(EDITORIAL))
    assert chrome.startswith("The Courier by letter")
    assert chrome.endswith("we send you nothing else.")


def test_furniture_is_the_share_line_and_all_below_the_author_of_the_analysis() -> None:
    chrome = furniture(ANALYSIS)
    assert chrome[0] == "Share"
    assert chrome[1] == "Have your say"
    assert ANALYSIS.body.rstrip().endswith(chrome[-1])
    assert any(len(line) >= 100 for paragraph in chrome for line in paragraph.splitlines())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nouri Maliki", "Nuri al-Maliki"),
        ("Ali al-Sistani", "Ali Sistani"),
        ("al-Qaeda", "al-Qa’ida"),
        ("Teheran", "Tehran"),
        ("Shi’ite", "Shia"),
    ],
)
def test_names_are_spelt_differently_in_the_two(one: str, other: str) -> None:
    assert one in EDITORIAL.body
    assert other not in EDITORIAL.body
    assert other in ANALYSIS.body
    assert one not in ANALYSIS.body


@BOTH
def test_typography_is_that_of_a_newspaper(text: Text) -> None:
    prose = " ".join(quotes(text))
    assert all(mark in prose for mark in "’“”–")
    assert not any(mark in prose for mark in "'\"—")


def test_cross_heading_is_a_short_line_without_a_full_stop() -> None:
    assert quotes(EDITORIAL)[14] == "Teheran can open doors that Washington cannot"


def test_tutorial_is_a_hundred_words_all_of_them_article() -> None:
    lesson = tutorial()
    assert not furniture(lesson)
    assert 90 <= len(lesson.body.split()) <= 125
    for key in ("Tab", "j", "k", ")", "Enter", "1", "9", "t", "c", "gr", "/", "?", "q"):
        assert re.search(rf"`{re.escape(key)}`", lesson.body), key


@pytest.mark.skipif(not CLIENT.is_dir(), reason="the client's articles are not beside this repository")
@pytest.mark.parametrize("text", [EDITORIAL, ANALYSIS, tutorial()], ids=lambda text: text.slug)
def test_no_sentence_is_borrowed_from_the_clients_articles(text: Text) -> None:
    theirs = " ".join(path.read_text(encoding="utf-8") for path in sorted(CLIENT.glob("*.txt")))
    assert not runs(text.body, LONGEST_RUN + 1) & runs(theirs, LONGEST_RUN + 1)
