"""Small files of many formats and languages, each with what is right of it: paragraphs, words, hits, pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from texts.load import load_bytes
from texts.model import Text
from texts.relate import relate
from texts.search import Mode, Searchable, search
from texts.search.build import build_index
from texts.segment import words

DATA = Path(__file__).parent / "data" / "formats-and-languages"
COLUMNS = Path(__file__).parents[3] / "shared/cases/formats-and-languages/load/three-columns.pdf"


def loaded(name: str, *, furniture: bool = True) -> Text:
    return load_bytes((DATA / name).read_bytes(), name, furniture=furniture)


def passages(name: str) -> list[str]:
    text = loaded(name)
    return [text.quote(passage.span) for passage in text.numbered]


def hits(text: Text, query: str, mode: Mode) -> list[str]:
    searchable = Searchable(text.slug, text.body, build_index(text.body, text.passages), text.passages)
    return [text.quote(hit.span) for hit in search(query, [searchable], mode=mode)]


@pytest.mark.parametrize(
    ("file", "query", "times"),
    [
        ("ta.txt", "வார்த்தை", 3),
        ("bn.txt", "বাক্য", 3),
        ("bn.txt", "ঈশ্বর", 2),
        ("my.txt", "နှုတ်ကပတ်တော်", 2),
        ("th.txt", "พระเจ้า", 2),
        ("km.txt", "ព្រះបន្ទូល", 2),
        ("hi.txt", "में", 2),
        ("bo.txt", "བཀའ", 3),
        ("ar.txt", "الكلمة", 2),
        ("he.txt", "אלהים", 2),
    ],
)
@pytest.mark.parametrize("mode", [Mode.FUZZY, Mode.EXACT])
def test_a_word_is_found_as_often_as_it_stands_in_its_file(
    file: str, query: str, times: int, mode: Mode
) -> None:
    assert len(hits(loaded(file, furniture=False), query, mode)) == times


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("he-pointed.txt", "he-plain.txt"),
        ("ar-vocalised.txt", "ar-plain.txt"),
        ("zh-union.txt", "zh-union-spaced.txt"),
        ("zh-union.txt", "zh-wenli.txt"),
    ],
)
def test_each_passage_is_related_to_its_own_in_another_script_or_wording(left: str, right: str) -> None:
    relations = relate(loaded(left, furniture=False), loaded(right, furniture=False))
    numbers = range(1, len(relations.left.numbered) + 1)
    assert [relations.for_left(number, 0, 1)[0].right for number in numbers] == list(numbers)
    assert [relations.for_right(number, 0, 1)[0].left for number in numbers] == list(numbers)


def test_a_docx_is_read_as_it_is_shown() -> None:
    found = passages("docx-many.docx")
    whole = "\n".join(found)
    assert "Paragraph mark deleted: first half second half of one paragraph." in found
    assert "東京へ行く。" in found
    assert "Half is 1/2 and square x²." in found
    assert "sym☺bol" in whole
    assert "greekαalpha" in whole
    assert "secret" not in whole
    assert [part for part in found if part[0] in "#12"] == [
        "## Article 1 Definitions", "1.1 In this Treaty, veto means no.", "## Article 2 Scope",
        "2.1 Obligation of all parties.",
    ]  # fmt: skip


def test_an_epub_is_read_as_it_is_shown() -> None:
    found = passages("epub-many.epub")
    whole = "\n".join(found)
    assert "The council refused the plan. It voted twice.¹ Then it rose.²" in found
    assert "Formula a = 1/2 here." in found
    assert "THE drop cap word. In the beginning." in found
    assert "old color new. struck kept." in found
    assert "Second poem line one,\nSecond poem line two;" in found
    assert "Pg 13" not in whole
    assert "hidden" not in whole


def test_a_stanza_is_one_passage_whatever_the_white_space_in_its_html() -> None:
    assert passages("stanza-pretty.html") == [
        "# Verse",
        "April is the cruellest month, breeding\nLilacs out of the dead land, mixing",
        "Memory and desire, stirring\nDull roots with spring rain.",
    ]


def test_the_last_paragraph_behind_a_call_to_subscribe_is_the_articles() -> None:
    text = loaded("furniture-last-paragraph.txt")
    furniture = [text.quote(passage.span) for passage in text.passages if passage.is_furniture]
    assert furniture == ["Subscribe to our newsletter"]


@pytest.mark.parametrize(("name", "number"), [("indent.txt", 3), ("indent2.txt", 3), ("verse.pdf", 4)])
def test_paragraphs_are_told_by_their_indents_and_lines(name: str, number: int) -> None:
    assert len(passages(name)) == number


def test_lines_of_a_sonnet_stay_lines() -> None:
    assert passages("verse.pdf")[1].startswith(
        "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\n"
    )


def test_headers_of_a_page_are_no_passages_and_its_title_is() -> None:
    found = passages("libreoffice.html")
    assert loaded("libreoffice.html").title == "Reconstruction and its discontents"
    assert found[0] == "# Reconstruction and its discontents"
    assert not {"Journal of Close Reading", "Page 1"} & set(found)


@pytest.mark.parametrize(("name", "number"), [("hyph2.txt", 1), ("hyph4.txt", 3)])
def test_words_that_line_ends_have_broken_are_whole(name: str, number: int) -> None:
    text = loaded(name)
    assert len(text.numbered) == number
    for word, times in {
        "government": 2,
        "election": 1,
        "minister": 1,
        "independent": 1,
        "well-known": 1,
    }.items():
        assert len(hits(text, word, Mode.EXACT)) == times


def test_columns_come_one_after_the_other() -> None:
    if not COLUMNS.exists():
        pytest.skip("the page with three columns is not beside the project")
    text = load_bytes(COLUMNS.read_bytes(), COLUMNS.name)
    body = text.body
    order = [
        body.index(words) for words in ("northern Iraq by", "Although the Americans", "genuine rapprochement")
    ]
    assert order == sorted(order)


HINDI = "भारत ने कहा कि वह हिन्दी में बोलेगी और दिल्ली की सीमा पर शांति रहेगी।"
ARABIC = "قال الرئيس إنّ الجمهوريـــة ستـــــبقى في بغداد، وإنّ الحكومة لن تغادر المدينة."


@pytest.mark.parametrize("mode", [Mode.FUZZY, Mode.EXACT, Mode.WORD])
@pytest.mark.parametrize(
    ("body", "query", "quote"),
    [
        (HINDI, "हिन्दी", "हिन्दी"),
        (HINDI, "दिल्ली", "दिल्ली"),
        (ARABIC, "الجمهورية", "الجمهوريـــة"),
        (ARABIC, "ستبقى", "ستـــــبقى"),
    ],
)
def test_vowel_signs_belong_to_words_and_tatweel_does_not_matter(
    body: str, query: str, quote: str, mode: Mode
) -> None:
    assert hits(load_bytes(body.encode(), "x.txt"), query, mode) == [quote]


def test_words_of_hindi_are_counted_whole() -> None:
    text = load_bytes(HINDI.encode(), "x.txt")
    assert len(words(text.body, text.passages[0].span)) == 15
