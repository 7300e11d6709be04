"""Page chrome is told from the article, and what is no page loses nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.boilerplate.libraries import between_notices, stated
from texts.segment import passages

SHARED = Path(__file__).parents[3] / "shared"

ARTICLE = [
    "The port reopened on Monday after eleven days, and the first ships were unloaded before dawn. Few of the men "
    "who had walked out were on the quay.",
    "Officials say that the new contract settles most of what was in dispute, but the union has not yet put it to "
    "its members. A vote is expected within the week.",
    "“We were promised a hearing. We were given a notice,” said one of the crane drivers, who asked not to be named "
    "because the talks are still going on.",
    "What comes next",
    "Nobody expects the matter to end there. The grain trade has already moved part of its business to harbours "
    "farther along the coast, and some of it will not return.",
    "“Will it?” the minister was asked.",
    "“It will,” she said.",
    "The committee meets again in spring, when the first figures for the season are due and both sides will have "
    "to show what they have made of the truce.",
]
TITLE = "Quiet returns to the quay, for now"
AUTHOR = "Jane Doe is a reporter at the Harbour Gazette"

HEADS = [
    [],
    ["Share"],
    ["Home", "News", "Sport", "Opinion"],
    ["Skip to main content", "Menu", "Sign in"],
    ["Subscribe", "Harbour Gazette", "Monday 3 March"],
]
TAILS = [
    [],
    [
        "Sign up to our free newsletters",
        "Get it straight to your inbox:",
        "You can unsubscribe at any time by "
        "clicking the link in the footer of our emails. We use a service whose terms of use apply to what you send.",
    ],
    ["Read next", "Ten recipes for winter", "Why cats stare", "The best shoes of the year"],
    [
        "React Now",
        "Latest stories",
        "Sales Manager",
        "£40000 per annum: a reputable firm within the leisure i...",
    ],
    ["3 comments", "Related articles", "A bridge too low", "© The Harbour Gazette. All rights reserved."],
    [f"Headline number {n} without a stop" for n in range(12)],
    [
        "Most read",
        *[
            line
            for n in range(6)
            for line in (
                f"Story {n}",
                f"A teaser that runs on for story {n}, with a "
                "full sentence that is long enough to pass for a paragraph of its own.",
            )
        ],
    ],
]


def furniture(paragraphs: list[str]) -> list[str]:
    body = "\n\n".join(paragraphs)
    return [body[p.span.start : p.span.end] for p in passages(body) if p.is_furniture]


@pytest.mark.parametrize("head", HEADS, ids=lambda head: " ".join(head)[:20] or "none")
@pytest.mark.parametrize("tail", TAILS, ids=lambda tail: tail[0][:20] if tail else "none")
def test_chrome_around_an_article_is_furniture_and_nothing_else(head: list[str], tail: list[str]) -> None:
    assert furniture([*head, TITLE, *ARTICLE, AUTHOR, *tail]) == head + tail


def test_chrome_between_title_and_article_is_furniture() -> None:
    assert furniture([TITLE, "By Jane Doe", "Share", "Tweet", *ARTICLE]) == ["Share", "Tweet"]


def test_a_button_within_the_article_is_furniture() -> None:
    assert furniture([TITLE, *ARTICLE[:3], "Advertisement", *ARTICLE[3:]]) == ["Advertisement"]


def novel(seed: int, chapters: int) -> list[str]:
    """A short novel: a title page with contents, chapters with headings, dialogue, letters, ornaments."""
    chance = random.Random(seed)
    parts = ["THE QUAY", "A Novel", "by Ann Ash"]
    parts += [f"Chapter {n}. In which the tide turns" for n in range(1, chapters + 1)]
    for n in range(1, chapters + 1):
        parts += [f"CHAPTER {n}", "In which the tide turns"]
        for _ in range(30):
            kind = chance.random()
            if kind < 0.4:
                parts.append(" ".join(["She went down to the water and looked out."] * chance.randint(2, 12)))
            elif kind < 0.9:
                parts.append(
                    chance.choice(["“Yes.”", "“No!” he cried.", "“And then?”", "He was silent.", "“Why—”"])
                )
            else:
                parts.append(chance.choice(["* * *", "My dear Tom,", "Yours, Ann", "THE HARBOUR INN"]))
    return [*parts, "THE END"]


@pytest.mark.parametrize("seed", range(5))
def test_a_book_loses_nothing_not_even_its_contents(seed: int) -> None:
    book = novel(seed, 40)
    assert sum(map(len, book)) > 120_000
    assert furniture(book) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_short_story_loses_nothing(seed: int) -> None:
    assert furniture([part for part in novel(seed, 3) if not part.startswith("Chapter")]) == []


NOT_PAGES = {
    "verses": [f"And it came to pass on day {n}, that they went up;" for n in range(3000)],
    "stanzas": ["The sea is calm\nthe tide is full\nthe moon lies fair", "No stop at all\nin any line"] * 20,
    "list": [f"Item {n}" for n in range(50)],
    "mostly a list": [*(f"Item {n}" for n in range(80)), ARTICLE[0], *(f"Item {n}" for n in range(80))],
    "letter": [
        "Valletta, 3 March 1871",
        "My dear Tom,",
        *ARTICLE[:3],
        "Your friend,",
        "Ann",
        "P.S. Burn this",
    ],
    "essay called Search": ["Search", *ARTICLE],
    "play": [
        "Enter ANN and TOM",
        *[line for n in range(40) for line in ("ANN", "Who goes there?", "TOM", ARTICLE[0])],
    ],
    "paper": [
        TITLE,
        "Jane Doe",
        "Abstract",
        *ARTICLE,
        "References",
        *["Doe, J. (1999). On quays. Press."] * 20,
    ],
    "Markdown": ["# Quay", "## Contents", *["- a link"] * 10, *ARTICLE, "## Share", "Subscribe", "Read more"],
    "one line": ["Hello"],
    "notice in a book": [TITLE, *ARTICLE, "© 1999 Ann Ash"],
}


@pytest.mark.parametrize("kind", NOT_PAGES)
def test_what_is_no_page_loses_nothing(kind: str) -> None:
    assert furniture(NOT_PAGES[kind]) == []


LINES = st.sampled_from([*ARTICLE, TITLE, AUTHOR, *(line for part in (*HEADS, *TAILS) for line in part)])


@given(st.lists(LINES, min_size=1, max_size=40))
def test_something_is_always_left(paragraphs: list[str]) -> None:
    assert len(furniture(paragraphs)) < len(paragraphs)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared with the client's articles is not here")
@pytest.mark.parametrize(
    ("name", "starts", "count", "buttons"),
    [
        ("000_619a4869cd16a413.txt", {9: "First of all", 14: "Iran has the potential"}, 20, 0),
        (
            "001_cd5b7b0d9770d0f4.txt",
            {1: "Iraq crisis", 6: "Moreover, Washington", 9: "Shashank Joshi"},
            9,
            1,
        ),
    ],
)
def test_the_articles_of_the_client(name: str, starts: dict[int, str], count: int, buttons: int) -> None:
    body = (SHARED / "texts" / name).read_text(encoding="utf-8")
    found = passages(body)
    numbered = {p.number: p.span for p in found if p.number is not None}
    assert len(numbered) == count
    for number, start in starts.items():
        assert body.startswith(start, numbered[number].start)
    inner = [p for p in found if p.is_furniture and p.span.start < numbered[count].start]
    assert len(inner) == buttons
    assert all(p.is_furniture for p in found if p.span.start > numbered[count].start)


def test_the_notices_of_project_gutenberg_are_furniture() -> None:
    body = "\n\n".join(
        [
            "The Project Gutenberg eBook of The Mole",
            "This eBook is for the use of anyone anywhere at no cost.",
            "Title: The Mole\n       and its light",
            "Author: A. Writer",
            "*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***",
            "Produced by Some Body and the Online Distributed Proofreading Team",
            "THE MOLE",
            ARTICLE[0],
            "End of the Project Gutenberg EBook of The Mole, by A. Writer",
            "*** END OF THE PROJECT GUTENBERG EBOOK THE MOLE ***",
            "Section 1. General terms of use and redistributing electronic works.",
        ]
    )
    kept = [body[p.span.start : p.span.end] for p in passages(body) if not p.is_furniture]
    assert kept == ["THE MOLE", ARTICLE[0]]
    assert stated(body) == ("The Mole and its light", "A. Writer", "")


def test_who_writes_about_project_gutenberg_keeps_the_words() -> None:
    body = "\n\n".join([ARTICLE[0], "I read it on Project Gutenberg, as one does.", ARTICLE[0]])
    assert not any(p.is_furniture for p in passages(body))
    assert stated(body) == ("", "", "")


def test_a_box_in_the_middle_of_prose_does_not_end_the_article() -> None:
    body = "\n\n".join(["The council meets", *[ARTICLE[0]] * 4, "Subscribe to our newsletter", ARTICLE[0]])
    assert [body[p.span.start : p.span.end] for p in passages(body) if p.is_furniture] == [
        "Subscribe to our newsletter"
    ]


FORM = [
    "Skip past newsletter promotion",
    "Sign up to Harbour Weekly",
    "Free weekly newsletter",
    "All that comes in with the tide",
    "Enter your email address",
    "Privacy Notice: our letters may hold advertisements. If you have no account with us, one is made for you, so "
    "that the letter can be sent. You may fill in the rest of it whenever you like, or not at all, as most readers "
    "do, who have better things to do by the sea. For more of this see our Privacy Policy, which was made by a lawyer.",
    "after newsletter promotion",
]
PARAGRAPHS = [words for words in ARTICLE if len(words) >= 100]


@pytest.mark.parametrize("above", [1, 2, 3])
@pytest.mark.parametrize("tail", [[], ["Topics", "Share", "Reuse this content"]])
def test_a_form_in_an_article_takes_none_of_it(above: int, tail: list[str]) -> None:
    assert furniture([TITLE, *PARAGRAPHS[:above], *FORM, *PARAGRAPHS[above:], *tail]) == FORM + tail


def test_a_form_below_an_article_begins_what_is_no_article() -> None:
    teasers = [
        line
        for n in range(3)
        for line in (f"Story {n}", f"A teaser of story {n}. {'And so it goes on. ' * 6}")
    ]
    assert furniture([TITLE, *ARTICLE, *FORM, *teasers]) == [*FORM, *(line.strip() for line in teasers)]


def test_buttons_between_the_few_paragraphs_of_an_article_take_none_of_them() -> None:
    one, two, three = sorted(PARAGRAPHS[:3], key=len, reverse=True)
    assert furniture([TITLE, one, "Advertisement", two, "Advertisement", three]) == ["Advertisement"] * 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Startseite|Politik|Anmelden", "Artikel teilen|Datenschutzerklärung|Impressum"),
        ("Accueil|Politique|Se connecter", "Partager cet article|À lire aussi|Mentions légales"),
        ("Inicio|Política|Iniciar sesión", "Compartir en Facebook|Suscríbete|Aviso legal"),
        ("Cronaca|Politica|Accedi", "Condividi su Facebook|Leggi anche|Tutti i diritti riservati"),
    ],
)
def test_chrome_is_known_in_other_languages(before: str, after: str) -> None:
    body = "\n\n".join([*before.split("|"), "El título", *[ARTICLE[0]] * 4, *after.split("|")])
    kept = [body[p.span.start : p.span.end] for p in passages(body) if not p.is_furniture]
    assert kept == ["El título", *[ARTICLE[0]] * 4]


def test_a_list_and_ornaments_within_an_article_cost_it_nothing() -> None:
    items = [*(f"- item number {number} of what was agreed" for number in range(12)), "* * *", "1999"]
    article = [*ARTICLE[:6], *items, *ARTICLE[6:]]
    assert furniture([TITLE, *article, AUTHOR, *TAILS[1]]) == TAILS[1]


def test_a_long_page_whose_prose_is_short_of_a_book_s_is_a_page_still() -> None:
    prose = [f"{ARTICLE[number % 2]} That was day {number}." for number in range(300)]
    tail = [
        "3 comments",
        "Related articles",
        *(f"Headline number {n} without a stop, {'and on ' * 12}and off" for n in range(800)),
    ]
    assert sum(map(len, prose)) < 120_000 < sum(map(len, [*prose, *tail]))
    assert furniture([TITLE, *prose, *tail]) == tail


@pytest.mark.parametrize("line", ["By Jane Doe and Richard Roe", "Monday 3 March 2024, 10:15"])
def test_the_title_is_not_the_line_that_says_who_or_when(line: str) -> None:
    assert furniture(["Share", "Menu", "Quiet", line, *ARTICLE]) == ["Share", "Menu"]


def test_ornaments_below_an_article_are_none_of_it() -> None:
    assert furniture([TITLE, *ARTICLE, "* * *", *TAILS[1]]) == ["* * *", *TAILS[1]]


def test_a_call_of_eighty_characters_between_two_paragraphs_is_a_button() -> None:
    call = "Sign up to our free newsletters and get them straight to your inbox every morning at six"[:80]
    assert furniture([TITLE, *ARTICLE[:2], call, *ARTICLE[2:]]) == [call]


CALL = "Read more: what the harbour master said when the cranes stopped moving one morning in May, and what came of it"


@pytest.mark.parametrize("length", [60, 80, 81, len(CALL)])
@pytest.mark.parametrize("place", [1, 2, 3, 4, 7])
def test_a_call_within_an_article_takes_none_of_it(length: int, place: int) -> None:
    call = CALL[:length].strip()
    assert not set(furniture([TITLE, *ARTICLE[:place], call, *ARTICLE[place:]])) - {call}


@pytest.mark.parametrize("length", [60, 80, 81, len(CALL)])
@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("head", [[], HEADS[1]], ids=["no head", "head"])
def test_with_chrome_below_it_too_the_beginning_stays(length: int, place: int, head: list[str]) -> None:
    call = CALL[:length].strip()
    lost = furniture([*head, TITLE, *ARTICLE[:place], call, *ARTICLE[place:], *TAILS[1]])
    assert not set(lost) & {TITLE, *ARTICLE[:place]}
    assert {*head, *TAILS[1]} <= set(lost)


def prose(length: int) -> str:
    """A paragraph of so many characters that ends a sentence."""
    return ("the tide " * length)[: length - 2] + "y."


FOOT = TAILS[1]
"""Chrome in several paragraphs that nobody would take for anything else."""


@pytest.mark.parametrize(
    ("line", "cost"),
    [
        ("Nine ways to cook a fish", 120),
        ("The Quay\nHarbour Street", 120),
        ("Sport", 120),
        ("Advertisement", 200),
        ("Copyright 2024 The Harbour Gazette", 360),
        (CALL, 360),
    ],
    ids=["headline", "address", "menu", "button", "legal", "call"],
)
def test_an_article_goes_on_where_the_prose_outweighs_the_line(line: str, cost: int) -> None:
    aside = {line} if line == "Advertisement" else set()
    assert furniture([prose(900), line, prose(cost), *FOOT]) == [line, prose(cost), *FOOT]
    assert set(furniture([prose(900), line, prose(cost + 1), *FOOT])) == {*aside, *FOOT}


def chrome_is_seen(paragraphs: list[str]) -> bool:
    """Whether what a page ends with is told from its article; all or nothing of it is."""
    lost = furniture([*paragraphs, *FOOT])
    assert lost in ([], FOOT)
    return bool(lost)


def test_a_text_of_more_paragraphs_than_a_page_has_is_none() -> None:
    page = [prose(400), *["“Yes.”"] * (3000 - 1 - len(FOOT))]
    assert chrome_is_seen(page)
    assert not chrome_is_seen([*page, "“No.”"])


def test_prose_of_a_book_makes_a_text_none() -> None:
    rest = 120_000 - 59_000 - len(FOOT[-1])  # which ends as a sentence does
    assert chrome_is_seen([prose(59_000), prose(rest - 1)])
    assert not chrome_is_seen([prose(59_000), prose(rest)])


def test_without_a_long_paragraph_there_is_no_article() -> None:
    assert chrome_is_seen([prose(100), *["“Yes.”"] * 40])
    assert not chrome_is_seen([prose(99), *["“Yes.”"] * 40])


def test_an_article_that_is_a_fifth_of_its_text_is_one() -> None:
    listing = [*FOOT, "Prices", "x" * (400 * 4 - sum(map(len, FOOT)) - len("Prices"))]
    assert furniture([prose(400), *listing]) == listing
    assert furniture([prose(400), *listing[:-1], listing[-1] + "x"]) == []


def headlines(count: int, length: int) -> list[str]:
    """So many lines with headlines, and so many characters altogether."""
    lines = [f"Headline number {number}" for number in range(count)]
    return [*lines[:-1], lines[-1] + " and on" + "x" * (length - sum(map(len, lines)) - len(" and on"))]


def test_eight_headlines_are_a_sidebar_and_seven_are_not() -> None:
    for count, is_sidebar in ((7, False), (8, True), (9, True)):
        for page in ([prose(400), *headlines(count, 300)], [*headlines(count, 300), prose(400)]):
            lost = furniture(page)
            assert (len(lost) >= count - 1) is is_sidebar  # one of those above it is its title
            assert prose(400) not in lost


def test_headlines_are_a_sidebar_only_where_the_article_is_the_larger_part() -> None:
    assert furniture([prose(400), *headlines(8, 600)]) == headlines(8, 600)
    assert furniture([prose(400), *headlines(8, 601)]) == []


def test_headlines_are_a_sidebar_only_where_they_outnumber_the_rest() -> None:
    assert furniture([prose(400), *headlines(8, 300), *["* * *"] * 7]) == [*headlines(8, 300), *["* * *"] * 7]
    assert furniture([prose(400), *headlines(8, 300), *["* * *"] * 8]) == []


def test_what_menus_say_counts_among_headlines() -> None:
    assert furniture([prose(400), *headlines(7, 300), "Sport"]) == [*headlines(7, 300), "Sport"]


def test_a_long_paragraph_that_speaks_of_newsletters_is_about_them() -> None:
    box = [
        "You can unsubscribe from it. " + prose(320 - 29),
        "You can unsubscribe from it. " + prose(321 - 29),
    ]
    assert furniture([*ARTICLE, box[0]]) == [box[0]]
    assert furniture([*ARTICLE, box[1]]) == []


@pytest.mark.parametrize(
    ("tail", "is_chrome"),
    [
        (["Advertisement"], True),
        (["Subscribe today", "* * *"], True),
        (["Politics", "News"], True),
        (["© 2024", "News"], True),
        (["© 2024"], False),
        (["News"], False),
        (["Ann Ash, who saw it"], False),
    ],
)
def test_two_words_of_chrome_that_prove_nothing_prove_it_together(tail: list[str], is_chrome: bool) -> None:
    assert furniture([*ARTICLE, *tail]) == (tail if is_chrome else [])


def test_a_title_stands_within_three_lines_above_its_article() -> None:
    above = ["Share", "Menu", "Search"]
    assert furniture([*above, TITLE, "Essay", "Long read", *ARTICLE]) == above
    assert furniture([*above, TITLE, "Essay", "Comment", "Long read", *ARTICLE]) == [
        *above,
        TITLE,
        "Essay",
        "Comment",
    ]


def test_buttons_calls_and_notices_between_title_and_article_are_not_counted() -> None:
    between = ["Share", "Subscribe today", "© 2024", "* * *"]
    assert furniture(["Menu", "Search", TITLE, *between, "Essay", *ARTICLE]) == ["Menu", "Search", "Share"]


def test_a_line_that_says_who_is_the_title_where_there_is_no_other() -> None:
    assert furniture(["Share", "Share", "By Jane Doe", *ARTICLE]) == ["Share", "Share"]


def test_an_author_line_stands_within_two_below_the_article() -> None:
    assert furniture([*ARTICLE, "The quay", AUTHOR, *FOOT]) == FOOT
    assert furniture([*ARTICLE, "The quay", "At dawn", AUTHOR, *FOOT]) == [
        "The quay",
        "At dawn",
        AUTHOR,
        *FOOT,
    ]
    assert furniture([*ARTICLE, "The quay", *FOOT]) == ["The quay", *FOOT]


def gutenberg(
    before: int, *, start: str = "*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***"
) -> list[str]:
    """The paragraphs of a book that so many paragraphs precede, the line at which it starts among them."""
    return [*(f"Line {number} of the header" for number in range(before - 1)), start, "THE MOLE", *ARTICLE]


@pytest.mark.parametrize(
    "start",
    [
        "*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***",
        "***START OF THIS PROJECT GUTENBERG EBOOK***",
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
    ],
)
def test_a_header_ends_within_a_hundred_paragraphs(start: str) -> None:
    for before, ends in ((1, 1), (2, 2), (99, 99), (100, 100), (101, 0)):
        book = gutenberg(before, start=start)
        assert between(book) == (ends, len(book))


def between(paragraphs: list[str]) -> tuple[int, int]:
    """The first paragraph that is not the library's, and the one after the last."""
    body = "\n\n".join(paragraphs)
    return between_notices(body, [p.span for p in passages(body)])


@pytest.mark.parametrize(
    "makers",
    [
        ["Produced by Ann Ash"],
        ["E-text prepared by Ann Ash", "and the Online Distributed Proofreading Team"],
        ["Transcribed by Ann Ash", "Created by Bo", "Etext produced by Cy"],
    ],
)
def test_who_made_the_file_is_of_the_header(makers: list[str]) -> None:
    book = gutenberg(3)
    assert between([*book[:3], *makers, *book[3:]]) == (3 + len(makers), len(book) + len(makers))
    assert between([*book[:4], *makers, *book[4:]]) == (3, len(book) + len(makers))


def test_a_book_ends_where_the_library_says_so_first() -> None:
    foot = [
        "End of Project Gutenberg’s The Mole, by A. Writer",
        "*** END OF THE PROJECT GUTENBERG EBOOK ***",
        "Terms",
    ]
    book = gutenberg(3)
    assert between([*book, *foot]) == (3, len(book))
    assert between([*book, *foot[1:]]) == (3, len(book))
    assert between([*ARTICLE, *foot]) == (0, len(ARTICLE))
    for only in foot[:2]:  # in small letters or in capitals
        assert between([*ARTICLE, only]) == (0, len(ARTICLE))


@pytest.mark.parametrize(
    "foot",
    [
        "Ende dieses Projekt Gutenberg Etextes Die Mole, von A. Schreiber",
        "Ende dieses Project Gutenberg E-Books Die Mole",
        "Fin du Projet Gutenberg de Le môle",
        "Fin de l'EBook du Project Gutenberg de Le môle",
        "Fine dell'etext Project Gutenberg Il molo",
        "Fin del Proyecto Gutenberg El muelle",
        "Einde van het Project Gutenberg EBook De pier",
    ],
)
def test_a_book_may_end_in_its_own_language(foot: str) -> None:
    book = gutenberg(3)
    assert between([*book, foot, "*** END OF THE PROJECT GUTENBERG EBOOK ***"]) == (3, len(book))
    said = "Fine words on Project Gutenberg are written at the end of the day."
    assert between([*book, said, *ARTICLE, foot])[1] == len(book) + 1 + len(ARTICLE)


def test_the_header_of_the_australian_library_ends_with_a_line() -> None:
    head = [
        "Title: The Mole\nAuthor: A. Writer\n* A Project Gutenberg of Australia eBook *",
        "Produced by: Col",
        "-" * 40,
    ]
    foot = "This site is full of FREE ebooks - Project Gutenberg Australia"
    assert between([*head, *ARTICLE, foot]) == (3, 3 + len(ARTICLE))
    assert between([*head[:2], *ARTICLE]) == (0, 2 + len(ARTICLE))
    assert stated("\n\n".join([*head, *ARTICLE])) == ("The Mole", "A. Writer", "")
    assert stated("\n\n".join([*head[:2], *ARTICLE])) == ("", "", "")


def test_a_header_with_nothing_after_it_takes_nothing() -> None:
    assert between(gutenberg(3)[:3]) == (0, 3)
    assert between([*gutenberg(3)[:3], "*** END OF THE PROJECT GUTENBERG EBOOK ***"]) == (0, 4)


GOOGLE = "This is a digital copy of a book that was preserved for generations on library shelves."
GOOGLE_ENDS = "You can search through the full text of this book on the web at http://books.google.com/"


def test_the_page_that_google_books_puts_before_a_book_is_not_of_it() -> None:
    page = [GOOGLE, "Usage guidelines", "We encourage the use.", GOOGLE_ENDS]
    assert between([*page, *ARTICLE]) == (4, 4 + len(ARTICLE))
    assert between(["A book", *page, *ARTICLE]) == (5, 5 + len(ARTICLE))
    assert between([GOOGLE, *ARTICLE]) == (1, 1 + len(ARTICLE))


def test_the_page_of_google_books_stands_near_the_head_and_is_short() -> None:
    lines = [f"Line {number}" for number in range(40)]
    assert between([*lines[:9], GOOGLE, GOOGLE_ENDS, *ARTICLE])[0] == 11
    assert between([*lines[:10], GOOGLE, GOOGLE_ENDS, *ARTICLE])[0] == 0
    assert between([GOOGLE, *lines[:28], GOOGLE_ENDS, *ARTICLE])[0] == 30
    assert between([GOOGLE, *lines[:29], GOOGLE_ENDS, *ARTICLE])[0] == 1


FIELDS = "Title: The Mole\n\nAuthor: A. Writer\n\nLanguage: English\n\n"
START = "*** START OF THE PROJECT GUTENBERG EBOOK THE MOLE ***"


def test_a_header_states_title_author_and_language() -> None:
    assert stated(f"{FIELDS}{START}\n\nTHE MOLE") == ("The Mole", "A. Writer", "English")
    assert stated(f"{START}\n\n{FIELDS}") == ("", "", "")  # that is of the book
    assert stated(f"{FIELDS}Project Gutenberg") == ("", "", "")
    old = "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*"
    assert stated(f"{FIELDS}{old}\n\nTHE MOLE") == ("", "", "")  # nobody says whose header it is
    assert stated(f"The Project Gutenberg Etext\n\n{FIELDS}{old}\n\nTHE MOLE").title == "The Mole"


def test_a_header_stands_in_the_first_forty_thousand_characters() -> None:
    room = 40_000 - len(FIELDS) - len("*** START OF THE PROJECT GUTENBERG")
    assert stated(FIELDS + "\n" * room + START).title == "The Mole"
    assert stated(FIELDS + "\n" * (room + 1) + START).title == ""


@pytest.mark.parametrize("begin", [["“Yes.”"], []], ids=["speech", "prose alone"])
def test_an_article_without_a_title_that_a_call_cuts_loses_nothing(begin: list[str]) -> None:
    assert furniture([*begin, prose(150), CALL, prose(900), prose(300)]) == []


def test_prose_between_a_box_and_the_last_headlines_is_of_the_article() -> None:
    box = "Subscribe to our newsletter"
    assert furniture([prose(900), box, prose(100), *headlines(3, 100)]) == [box]
    assert furniture([prose(900), box, prose(100), *headlines(3, 100), *FOOT]) == [
        *(box, prose(100), *headlines(3, 100)),
        *FOOT,
    ]


def test_the_name_of_a_paper_above_its_button_is_none_of_the_article() -> None:
    assert furniture(["Harbour Gazette", "Subscribe", TITLE, *ARTICLE]) == ["Harbour Gazette", "Subscribe"]
