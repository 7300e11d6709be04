"""Words of today find their old spellings: in Tyndale's English, Luther's German, old French, and Latin.

The lists were made by hand, and the rules mended after each: docs/languages.md has what was found before that. Of
the other books they hold what those have of the words, which stands here as a text of its own.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from texts.search import Searchable, search
from texts.search.build import build_index
from texts.segment import passages
from texts.tokens import WORD

DATA = Path(__file__).parent / "data" / "old-spelling"
OLD_ENGLISH = "vnto vpon haue hym the lyfe thynge wyth vs sayd whiche selfe thyne worde\n\n"


class Expected(NamedTuple):
    """What a word of today is in an old text."""

    word: str
    spellings: frozenset[str]
    other_forms: frozenset[str]


def lists() -> dict[str, list[Expected]]:
    """For each book its words."""
    found: dict[str, list[Expected]] = {}
    book: list[Expected] = []
    for line in (DATA / "tyndale-words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            book = found[line.removeprefix("## ")] = []
        elif line and line[0] != "#":
            word, _, forms = line.partition(":")
            spellings, _, others = forms.partition("|")
            book.append(Expected(word, frozenset(spellings.split()), frozenset(others.split())))
    return found


def searchable(body: str) -> Searchable:
    found = passages(body, furniture=False)
    return Searchable("old", body, build_index(body, found), found)


def found_in(text: Searchable, body: str, word: str) -> Counter[str]:
    return Counter(body[slice(*hit.span)].lower() for hit in search(word, [text]))


def recall_and_precision(body: str, words: list[Expected]) -> tuple[float, float]:
    """Means over the words: the share of their spellings that are found, and of what is found that is the word."""
    text = searchable(body)
    stands = Counter(map(str.lower, WORD.findall(body)))
    recalls, precisions = [], []
    for word, spellings, other_forms in words:
        there = {form: stands[form] for form in spellings if stands[form]}
        if not there:
            continue
        got = found_in(text, body, word)
        recalls.append(sum(min(got[form], number) for form, number in there.items()) / sum(there.values()))
        right = sum(number for form, number in got.items() if form in spellings | other_forms)
        precisions.append(right / got.total() if got else 1.0)
    return sum(recalls) / len(recalls), sum(precisions) / len(precisions)


def test_ninety_words_of_today_are_found_in_tyndales_john() -> None:
    words = lists()["John 1-5"]
    assert len(words) == 90
    recall, precision = recall_and_precision((DATA / "tyndale-john.txt").read_text(encoding="utf-8"), words)
    assert recall >= 0.98
    assert precision >= 0.99


@pytest.mark.parametrize(
    ("book", "number", "least"),
    [
        ("Matthew", 90, 0.93),
        ("Acts", 90, 0.93),
        ("Luke", 56, 0.93),
        ("Mark", 75, 0.93),
        ("New Testament and Pentateuch, first list", 73, 0.93),
        ("New Testament and Pentateuch, second list", 78, 0.9),
        ("Geneva (1599): Genesis, 1 Samuel, Luke", 72, 0.93),
    ],
)
def test_the_words_of_more_books_are_found_among_their_spellings(
    book: str, number: int, least: float
) -> None:
    words = lists()[book]
    forms = sorted({form for word in words for form in word.spellings | word.other_forms})
    recall, precision = recall_and_precision(OLD_ENGLISH + " ".join(forms), words)
    assert len(words) == number
    assert recall >= least
    assert precision >= 0.9


LUTHER = "Vnd er thet zween Brüder auff / vnd jm ward das Liecht. Seyn Theil vmb vns jn die Herrligkeit bey jnen vber."
FRENCH = "Il estoit roy, et la mesme feste; tousjours avoit nostre maistre receu la nuict, estre soubs luy."
LATIN = "Sicut enim ejus uinea, quae est jam; ergo dixit illi: nichil autem, quod sunt ejus celi. Sicut enim quod."


@pytest.mark.parametrize(
    ("body", "word", "spelt"),
    [
        (LUTHER, "und", "vnd"),
        (LUTHER, "ihm", "jm"),
        (LUTHER, "Licht", "Liecht"),
        (LUTHER, "sein", "Seyn"),
        (LUTHER, "Teil", "Theil"),
        (LUTHER, "um", "vmb"),
        (LUTHER, "uns", "vns"),
        (LUTHER, "Herrlichkeit", "Herrligkeit"),
        (LUTHER, "über", "vber"),
        (FRENCH, "était", "estoit"),
        (FRENCH, "roi", "roy"),
        (FRENCH, "fête", "feste"),
        (FRENCH, "même", "mesme"),
        (FRENCH, "toujours", "tousjours"),
        (FRENCH, "maître", "maistre"),
        (FRENCH, "reçu", "receu"),
        (FRENCH, "nuit", "nuict"),
        (LATIN, "eius", "ejus"),
        (LATIN, "vinea", "uinea"),
        (LATIN, "iam", "jam"),
        (LATIN, "nihil", "nichil"),
        (LATIN, "caeli", "celi"),
    ],
)
def test_a_word_of_today_finds_its_old_spelling_and_nothing_else(body: str, word: str, spelt: str) -> None:
    body = f"{body}\n\n{body}"
    assert found_in(searchable(body), body, word).keys() == {spelt.lower()}


TYNDALE = (
    "Yf ye thynke the loves vnto hym laufull, I haue nothinge; they were afrayed of the see and of the sonne, for as "
    "sone as he sawe the sepulcre he gaddred whiche leaues were widdred: lorde, folysshe neghbour? slepest thou? lyfe"
)


@pytest.mark.parametrize(
    ("word", "spelt"),
    [
        ("loaves", "loves"),
        ("lawful", "laufull"),
        ("nothing", "nothinge"),
        ("afraid", "afrayed"),
        ("sea", "see"),
        ("soon", "sone"),
        ("sepulchre", "sepulcre"),
        ("gathered", "gaddred"),
        ("withered", "widdred"),
        ("foolish", "folysshe"),
        ("neighbour", "neghbour"),
        ("sleep", "slepest"),
    ],
)
def test_a_word_of_today_finds_its_spelling_in_tyndale_and_nothing_else(word: str, spelt: str) -> None:
    assert found_in(searchable(TYNDALE), TYNDALE, word).keys() == {spelt}


def test_the_old_spelling_of_another_word_is_no_slip() -> None:
    assert not found_in(searchable(TYNDALE), TYNDALE, "large")


def test_an_old_spelling_that_is_a_word_of_today_is_left_alone_where_the_text_has_both() -> None:
    body = TYNDALE + " The sea, the sea! The loaves, the loaves!"
    assert found_in(searchable(body), body, "loaves").keys() == {"loaves"}


def test_a_text_of_today_is_searched_as_before() -> None:
    body = "The sonne and the son were born. They sat soon on a stone."
    assert found_in(searchable(body), body, "son").keys() == {"son"}
