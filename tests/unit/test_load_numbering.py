"""Lists and headings count as the word processor that made them shows it: in its numerals, from where it begins."""

from __future__ import annotations

import pytest
from formats import W, zip_of
from hypothesis import given
from hypothesis import strategies as st

from texts.load import load_bytes
from texts.load.symbols import symbol
from texts.load.wordstyles import numeral

ROMAN = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))


def worth(roman: str) -> int:
    """What a number in Roman numerals is: a letter before a greater one is taken off."""
    letters = [ROMAN[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(letters, [*letters[1:], 0], strict=True))


@given(st.integers(1, 3999))
def test_roman_numerals_are_worth_what_they_count(count: int) -> None:
    assert worth(numeral("lowerRoman", count)) == count
    assert not any(letter * 4 in numeral("lowerRoman", count) for letter in "ixc")


@pytest.mark.parametrize(
    ("form", "count", "shown"),
    [
        ("lowerRoman", 1, "i"), ("lowerRoman", 4, "iv"), ("lowerRoman", 9, "ix"), ("lowerRoman", 40, "xl"),
        ("lowerRoman", 90, "xc"), ("lowerRoman", 400, "cd"), ("lowerRoman", 900, "cm"),
        ("upperRoman", 1988, "MCMLXXXVIII"),
        ("lowerRoman", 3999, "mmmcmxcix"), ("lowerRoman", 4000, "4000"), ("upperRoman", 0, "0"),
        ("lowerLetter", 1, "a"), ("lowerLetter", 26, "z"), ("lowerLetter", 27, "aa"), ("upperLetter", 52, "ZZ"),
        ("lowerLetter", 53, "aaa"), ("lowerLetter", 0, "0"), ("lowerLetter", 26 * 9 + 2, "b" * 9),
        ("lowerLetter", 26 * 8 + 2, "b" * 9), ("lowerLetter", 26 * 7 + 2, "b" * 8),
        ("decimal", 12, "12"), ("ordinalText", 3, "3"), ("bullet", 3, ""), ("none", 3, ""),
    ],
)  # fmt: skip
def test_numerals(form: str, count: int, shown: str) -> None:
    assert numeral(form, count) == shown


def in_word(levels: str, *items: tuple[int, str]) -> list[str]:
    """How a DOCX shows the items of a list, each with its level from 0 and its words."""
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    content = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
        for level, words in items
    )
    document = f"<w:document {W}><w:body>{content}</w:body></w:document>"
    data = zip_of({"word/document.xml": document, "word/numbering.xml": numbering})
    return [line.strip() for line in load_bytes(data, "x.docx", furniture=False).body.split("\n")]


def level(number: int, form: str = "", words: str | None = None, start: str = "") -> str:
    """A level of a list in Word, from 0."""
    said = (
        ('<w:start w:val="{}"/>', start), ('<w:numFmt w:val="{}"/>', form), ('<w:lvlText w:val="{}"/>', words),
    )  # fmt: skip
    return f'<w:lvl w:ilvl="{number}">{"".join(each.format(value) for each, value in said if value)}</w:lvl>'


@pytest.mark.parametrize(
    ("levels", "items", "shown"),
    [
        (level(0), [(0, "a"), (0, "b")], ["1. a", "2. b"]),
        (level(0, "upperLetter", "%1)", "3"), [(0, "a"), (0, "b")], ["C) a", "D) b"]),
        (level(0, start="0"), [(0, "a"), (0, "b")], ["0. a", "1. b"]),
        (level(0, start="x"), [(0, "a")], ["1. a"]),
        (level(0, "bullet", "·"), [(0, "a"), (0, "b")], ["- a", "- b"]),
        (level(0, "none", "Note:"), [(0, "a")], ["Note: a"]),
        (level(0, "none"), [(0, "a")], ["a"]),
        (level(0, "none", "§ %1"), [(0, "a")], ["§ a"]),
        (level(0, "bullet", "%1"), [(0, "a")], ["a"]),
        (level(0, words="x" * 58 + "%1)"), [(0, "a")], ["x" * 58 + "1 a"]),
        (level(0), [(0, "a"), (1, "b")], ["1. a", "- b"]),  # a level of which nothing is said
        (level(0) + level(1, words="%1.%2"), [(0, "a"), (1, "b"), (1, "c"), (0, "d"), (1, "e")],
         ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e"]),
        (level(0, start="4") + level(1, words="%1.%2"), [(1, "a"), (1, "b")], ["4.1 a", "4.2 b"]),
        (level(0) + level(1, "lowerRoman") + level(2, words="%1-%2-%3"), [(0, "a"), (1, "b"), (1, "c"), (2, "d")],
         ["1. a", "i. b", "ii. c", "1-ii-1 d"]),
        (level(1, words="%1.%2"), [(1, "a"), (1, "b")], ["1.1 a", "1.2 b"]),
    ],
)  # fmt: skip
def test_a_list_of_word_counts_as_its_levels_say(
    levels: str, items: list[tuple[int, str]], shown: list[str]
) -> None:
    assert in_word(levels, *items) == shown


ODF = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:xlink="x"'


def in_writer(levels: str, content: str) -> list[str]:
    """The lines that an ODT shows which has a list style L of these levels and this content."""
    styles = (
        f'<office:automatic-styles><text:list-style style:name="L">{levels}</text:list-style>'
        f'<text:list-style style:name="M">{number(1)}</text:list-style></office:automatic-styles>'
    )
    document = (
        f"<office:document-content {ODF}>{styles}<office:body><office:text>{content}</office:text></office:body>"
        "</office:document-content>"
    )
    data = zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": document})
    body = load_bytes(data, "x.odt", furniture=False).body
    return [line.strip() for line in body.split("\n") if line.strip()]


def number(level: int, form: str = 'style:num-format="1"', more: str = 'style:num-suffix="."') -> str:
    """A numbered level of a list in LibreOffice, from 1."""
    return f'<text:list-level-style-number text:level="{level}" {form} {more}/>'


def item(words: str, inside: str = "", more: str = "") -> str:
    return f"<text:list-item {more}><text:p>{words}</text:p>{inside}</text:list-item>"


def a_list(*items: str, more: str = 'text:style-name="L"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


A_AND_B = a_list(item("a"), item("b"))
NESTED = a_list(item("a", a_list(item("b"), item("c"), more="")), item("d", a_list(item("e"), more="")))


@pytest.mark.parametrize(
    ("levels", "content", "shown"),
    [
        (number(1), A_AND_B, ["1. a", "2. b"]),
        (number(1, 'style:num-format="i"', 'style:num-prefix="(" style:num-suffix=")"'), A_AND_B, ["(i) a", "(ii) b"]),
        (number(1, 'style:num-format="A"', 'text:start-value="3"'), A_AND_B, ["C a", "D b"]),
        (number(1, 'style:num-format="一, 二"'), A_AND_B, ["1. a", "2. b"]),
        (number(1, "", 'style:num-prefix="§" style:num-suffix=":"'), A_AND_B, ["§: a", "§: b"]),
        (number(1, 'style:num-format=""', ""), A_AND_B, ["a", "b"]),
        (number(1, more=f'style:num-prefix="{"x" * 61}"'), a_list(item("a")), [f"{'x' * 60}1 a"]),
        ('<text:list-level-style-bullet text:level="1"/>', A_AND_B, ["- a", "- b"]),
        ('<text:list-level-style-image text:level="1"/>', A_AND_B, ["- a", "- b"]),
        ("", A_AND_B, ["- a", "- b"]),
        (number(1) + number(2, more='text:display-levels="2"'), NESTED, ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e"]),
        (number(1) + number(2), NESTED, ["1. a", "1. b", "2. c", "2. d", "1. e"]),
        ('<text:list-level-style-bullet text:level="1"/>' + number(2, more='text:display-levels="2"'), NESTED,
         ["- a", "1 b", "2 c", "- d", "1 e"]),
        (number(2, more='text:display-levels="2"'), NESTED, ["- a", "1.1 b", "1.2 c", "- d", "2.1 e"]),
        (number(1) + number(2, more='text:display-levels="9"'), NESTED, ["1. a", "1.1 b", "1.2 c", "2. d", "2.1 e"]),
        (number(1), A_AND_B + A_AND_B, ["1. a", "2. b", "1. a", "2. b"]),
        (number(1), A_AND_B + a_list(item("c"), more='text:style-name="L" text:continue-numbering="true"'),
         ["1. a", "2. b", "3. c"]),
        (number(1), A_AND_B + a_list(item("c"), more='text:style-name="L" text:continue-numbering="false"'),
         ["1. a", "2. b", "1. c"]),
        (number(1), a_list(item("a"), more='text:style-name="L" xml:id="one"')
         + a_list(item("b"), more='text:style-name="M"')
         + a_list(item("c"), more='text:continue-list="one"'), ["1. a", "1. b", "2. c"]),
        (number(1), a_list(item("a"), item("b", more='text:start-value="7"'), item("c")), ["1. a", "7. b", "8. c"]),
        (number(1), a_list(item("a", more='text:start-value="0"')), ["0. a"]),
        (number(1), a_list(item("a", more='text:start-value="1000000"')), ["1. a"]),  # seven digits are none
        (number(1), a_list(item("a", more='text:start-value="²"')), ["1. a"]),
        (number(1), a_list("<text:list-item><text:h>a</text:h></text:list-item>", item("b")), ["# 1. a", "2. b"]),
        ("", a_list("<text:list-item><text:h>a</text:h></text:list-item>"), ["# a"]),
        (number(1), a_list("<text:list-item><text:p>a</text:p><text:p>b</text:p></text:list-item>", item("c")),
         ["1. a", "b", "2. c"]),
        (number(1), a_list("<text:list-header><text:p>a</text:p></text:list-header>", item("b")), ["a", "1. b"]),
    ],
)  # fmt: skip
def test_a_list_of_libreoffice_counts_as_its_style_says(levels: str, content: str, shown: list[str]) -> None:
    assert in_writer(levels, content) == shown


@pytest.mark.parametrize(
    ("form", "count", "words"),
    [
        ("lowerRoman", 0, "0"),
        ("lowerRoman", 1, "i"),
        ("upperRoman", 3999, "MMMCMXCIX"),
        ("upperRoman", 4000, "4000"),
        ("lowerLetter", 0, "0"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 53, "AAA"),
        ("lowerLetter", 209, "aaaaaaaaa"),
        ("lowerLetter", 235, "aaaaaaaaa"),
        ("bullet", 3, ""),
        ("none", 3, ""),
        ("decimal", 12, "12"),
    ],
)
def test_a_number_in_each_form(form: str, count: int, words: str) -> None:
    assert numeral(form, count) == words


@pytest.mark.parametrize(
    ("font", "place", "character"),
    [
        ("Arial", 0x1F, "□"),
        ("Arial", 0x20, " "),
        ("Arial", 0xD7FF, "\ud7ff"),
        ("Arial", 0xD800, "□"),
        ("Arial", 0xDFFF, "□"),
        ("Arial", 0xE000, "\ue000"),
        ("Arial", 0xEFFF, "\uefff"),
        ("Arial", 0xF000, "□"),
        ("Arial", 0xF0FF, "□"),
        ("Arial", 0xF100, "\uf100"),
        ("Arial", 0x10FFFF, "\U0010ffff"),
        ("Arial", 0x110000, "□"),
        (" SYMBOL ", 0x61, "α"),
        ("Symbol", 0xF061, "α"),
        ("Symbol", 0x20, " "),
        ("Symbol", 0x1F, "□"),
        ("Symbol", 0x7E, "∼"),
        ("Symbol", 0x7F, "□"),
        ("Symbol", 0xFE, "⎭"),
        ("Symbol", 0xFF, "□"),
        ("wingdings", 0x4A, "☺"),
        ("wingdings", 0x9F, "•"),
        ("wingdings", 0xA0, "□"),
    ],
)
def test_the_character_at_a_place_of_a_font(font: str, place: int, character: str) -> None:
    assert symbol(font, place) == character
