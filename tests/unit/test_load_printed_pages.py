"""Pages of a plain text, parted by form feeds: what runs along them is left out, paragraphs go on over their edges."""

from __future__ import annotations

from itertools import pairwise

import pytest

from texts.load import load_bytes

WORDS = ("harbour", "engineer", "mayor", "winter", "spring")


def page(number: int, word: str, *, head: str = "", foot: str = "") -> str:
    """A page on which a sentence ends that the page before has begun, and another one begins."""
    body = f"that the {word} of the town would not last.\n\nThe board met about the {word}, and heard"
    return f"{head.format(number)}{body}{foot.format(number)}\n"


def read(pages: list[str], *, furniture: bool = True) -> tuple[list[str], list[str]]:
    """The paragraphs, and what is told."""
    told: list[str] = []
    text = load_bytes("\f".join(pages).encode(), "x.txt", furniture=furniture, remark=told.append)
    return text.body.split("\n\n"), told


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("THE MOLE OF 1822      {}\n", ""),
        ("THE MOLE OF 1822      {}\n\n", "\n\n         - {} -"),
        ("THE MOLE\n\n", ""),
        ("", "\n\n                  {}"),
    ],
)
def test_what_runs_along_pages_is_left_out_and_told(head: str, foot: str) -> None:
    pages = [page(number, word, head=head, foot=foot) for number, word in enumerate(WORDS, 12)]
    paragraphs, told = read(pages)
    assert paragraphs == [
        "that the harbour of the town would not last.",
        *(
            f"The board met about the {before}, and heard\nthat the {word} of the town would not last."
            for before, word in pairwise(WORDS)
        ),
        "The board met about the spring, and heard",
    ]
    count = 5 * (bool(head) + bool(foot))
    assert told == [
        f"{count} lines at the edges of pages left out, running heads and numbers (--no-furniture keeps them)"
    ]


def test_nothing_is_left_out_where_every_paragraph_is_wanted() -> None:
    paragraphs, told = read([page(1, word, head="THE MOLE {}\n\n") for word in WORDS], furniture=False)
    assert sum("THE MOLE" in paragraph for paragraph in paragraphs) == len(WORDS)
    assert told == []


@pytest.mark.parametrize("title", ["CHAPTER {}", "{}", "SONNET {}\n\nby nobody"])
def test_titles_of_chapters_and_poems_are_no_running_heads(title: str) -> None:
    pages = [f"{title.format(number)}\n\nThe {word} was mild.\n" for number, word in enumerate(WORDS, 1)]
    paragraphs, told = read(pages)
    assert paragraphs == "\n\n".join(map(str.rstrip, pages)).split("\n\n")
    assert told == []


def test_a_line_that_comes_back_inside_the_text_stays() -> None:
    pages = [f"and the {word} went home,\nand so did we all,\nas the day is long, and" for word in WORDS]
    paragraphs, told = read(pages)
    assert "\n\n".join(paragraphs).count("as the day is long, and") == len(WORDS)
    assert told == []


def test_of_two_pages_nothing_is_left_out_and_a_sentence_that_ends_with_one_ends_there() -> None:
    assert read(["A\n\nThe mayor came.\n", "A\n\nHe sat.\n"])[0] == ["A", "The mayor came.", "A", "He sat."]
    assert read(["The mayor came.\n", "Part two\n"])[0] == ["The mayor came.", "Part two"]
    assert read(["The mayor came,\n", "and sat.\n"])[0] == ["The mayor came,\nand sat."]


def test_a_title_alone_on_its_page_does_not_go_on() -> None:
    assert read(["THE HARBOUR\n", "\nCHAPTER 1\n\nThe mayor came.\n"])[0] == [
        "THE HARBOUR",
        "CHAPTER 1",
        "The mayor came.",
    ]
    assert read(["THE HARBOUR\n\nby a friend of the town\n", "To Anna\n", "The mayor came.\n"])[0] == [
        "THE HARBOUR",
        "by a friend of the town",
        "To Anna",
        "The mayor came.",
    ]


LAST_WORDS = ["The mayor came home."]


@pytest.mark.parametrize(
    ("pages", "going_on", "is_gone"), [(3, 1, True), (3, 0, False), (6, 2, True), (7, 2, False)]
)
def test_heads_run_where_a_third_of_the_pages_end_inside_a_paragraph(
    pages: int, going_on: int, is_gone: bool
) -> None:
    made = [
        f"THE MOLE {number}\n\n{'the' if 1 < number <= going_on + 1 else 'The'} {WORDS[number % 5]} was mild"
        f"{', and' if number <= going_on else '.'}\n"
        for number in range(1, pages + 1)
    ]
    paragraphs, told = read(made)
    assert sum("THE MOLE" in paragraph for paragraph in paragraphs) == (0 if is_gone else pages)
    assert bool(told) is is_gone


def test_a_number_that_runs_along_two_of_four_pages_is_left_out() -> None:
    pages = ["the mayor, and\n", "the board, and\n\n12\n", "the sea\n\n\n14\n\n", "and the sky"]
    assert read(pages)[1] == [
        "2 lines at the edges of pages left out, running heads and numbers (--no-furniture keeps them)"
    ]


@pytest.mark.parametrize(("letters", "goes_on"), [(85, True), (84, False)])
def test_a_last_line_as_full_as_others_goes_on_whatever_begins_the_next_page(
    letters: int, goes_on: bool
) -> None:
    page = f"{'x' * 100}\n{'y' * letters}\n"
    assert read([page, "Then he sat.\n"])[0] == (
        [f"{page}Then he sat."] if goes_on else [page.strip(), "Then he sat."]
    )


def test_one_full_line_alone_does_not_go_on() -> None:
    assert read([f"x\n{'y' * 20}\n", "Then he sat.\n"])[0] == [f"x\n{'y' * 20}", "Then he sat."]


@pytest.mark.parametrize(
    ("last", "first", "goes_on"),
    [("the har-", "Bour", True), ("the har", "Bour", False), ("the har", "bour", True)],
)
def test_a_hyphen_or_a_small_letter_goes_on(last: str, first: str, goes_on: bool) -> None:
    page = f"{'x' * 100}\n{last}"
    assert len(read([page, f"{first} it was.\n"])[0]) == 1 + (not goes_on)


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("THE MOLE\n\nthe {}\nof it, and", "the {}\nof it, and"),  # a blank line parts it
        ("THE MOLE\nthe {}\nof it, and", None),  # a line among others
        ("THE MOLE 9\nthe {}\nof it, and", "the {}\nof it, and"),  # a number tells it
        ("and the {}\nof it, and\n\nTHE MOLE", "and the {}\nof it, and"),
        ("and the {}\nof it, and\nTHE MOLE", None),
        ("and the {}\nof it, and\nTHE MOLE 9", "and the {}\nof it, and"),
    ],
)
def test_which_lines_at_an_edge_may_run_along(page: str, kept: str | None) -> None:
    pages = [page.format(word) for word in WORDS]
    paragraphs, told = read(pages)
    assert bool(told) is (kept is not None)
    assert "\n\n".join(paragraphs).count("THE MOLE") == (0 if kept else len(WORDS))
