"""TEI: editions as they are read, told by their first element."""

from __future__ import annotations

import pytest

from texts.load import LoadError, load_bytes

HEADER = """<teiHeader><fileDesc><titleStmt><title>The  Mole</title><author>Ann Ash</author></titleStmt></fileDesc>
</teiHeader>"""


def edition(content: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!-- made by hand --><TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}'
        f"<facsimile><graphic/></facsimile><text><body>{content}</body></text></TEI>"
    ).encode()


def body(content: str) -> str:
    return load_bytes(edition(content), "x.xml", furniture=False).body


def test_title_author_and_the_first_element_tell() -> None:
    for name in ("x.xml", "x", "x.txt"):
        text = load_bytes(edition("<p>Words.</p>"), name)
        assert (text.title, text.author, text.body) == ("The Mole", "Ann Ash", "Words.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("vn<lb break='no'/>to the <lb/>sea", "vnto the sea"),
        ("the gov-\n<lb break='no'/>ernment", "the government"),
        ("der Kai⸗<lb/>ſer", "der Kaiſer"),
        ("the har-<lb/>bour", "the harbour"),
        ("the al-<lb/>Qaeda", "the al- Qaeda"),
        ("under<pb n='45' break='no'/>stood", "understood"),
        ("it <pb n='45'/>is", "it is"),
        ("<choice><sic>teh</sic><corr>the</corr></choice> sea", "the sea"),
        ("<choice><orig>vp</orig><reg>up</reg></choice>", "up"),
        ("<choice><abbr>Mr</abbr><expan>Mister</expan></choice>", "Mister"),
        ("an <abbr>abbr.</abbr> alone", "an abbr. alone"),
        ("<app><lem>sea</lem><rdg>see</rdg></app>", "sea"),
        ("<app><rdg>first</rdg><rdg>second</rdg></app>", "first"),
        ("lost <gap reason='illegible'/> words", "lost […] words"),
        ("<fw>HEAD</fw>a <del>b</del><add>c</add> <unclear>d</unclear>", "a c d"),
        ("a <hi rend='it'>word</hi>,\n   <persName>Ann</persName>", "a word, Ann"),
    ],
)
def test_within_a_paragraph(content: str, words: str) -> None:
    assert body(f"<p>{content}</p>") == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<choice><sic>teh</sic><corr>the</corr></choice> sea", "teh sea"),
        ("<choice><reg>up</reg><orig>v<g>p</g></orig></choice>", "vp"),
        ("<choice><abbr>M<am>.</am></abbr><expan>M<ex>iste</ex>r</expan></choice>", "M."),
        ("<expan>M<ex>iste</ex>r</expan> alone", "Mr alone"),
        (
            "<choice><orig><choice><sic>vn</sic><corr>vnto</corr></choice></orig><reg>unto</reg></choice>",
            "vn",
        ),
        ("<app><lem>sea</lem><rdg>see</rdg></app>", "sea"),
        ("<choice><unclear>a</unclear><unclear>b</unclear></choice>", "a"),
    ],
)
def test_the_original_is_what_the_source_has(content: str, words: str) -> None:
    assert (
        load_bytes(edition(f"<p>{content}</p>"), "x.xml", furniture=False, reading="original").body == words
    )


def test_which_reading_was_taken_is_told_where_there_are_two() -> None:
    told: list[str] = []
    twice = edition(
        "<p><choice><orig>vp</orig><reg>up</reg></choice> <choice><sic>teh</sic><corr>the</corr></choice></p>"
    )
    load_bytes(twice, "x.xml", remark=told.append)
    load_bytes(twice, "x.xml", reading="original", remark=told.append)
    load_bytes(edition("<p>up</p>"), "x.xml", remark=told.append)
    assert told == [
        "at 2 places it has two readings: read regularised (--reading original takes the other)",
        "at 2 places it has two readings: read original (--reading regularised takes the other)",
    ]


def test_structure_is_kept() -> None:
    found = body(
        "<div type='part'><head>One</head><div><head>Two</head><p>A sentence.<note>A note.</note> It goes on.</p>"
        "<lg><l>A line,</l>\n<l>a line.</l></lg><l>loose,</l><l>lines.</l>"
        "<list><item>one<list><item>deep</item></list></item><item n='2.'>two</item></list>"
        "<table><row><cell>a</cell><cell>b</cell></row></table>"
        "<quote><p>Said so.</p></quote><sp><speaker>ANN</speaker><l>To be,</l><l>or not.</l></sp></div></div>"
    )
    assert found.split("\n\n") == [
        "# One",
        "## Two",
        "A sentence.¹ It goes on.",
        "A line,\na line.",
        "loose,\nlines.",
        "- one\n  - deep\n2. two",
        "a | b",
        "> Said so.",
        "ANN",
        "To be,\nor not.",
        "¹ A note.",
    ]


def test_verse_inside_a_paragraph_stands_on_its_own() -> None:
    assert (
        body("<p>He said: <lg><l>One,</l><l>two.</l></lg> and left.</p>")
        == "He said: and left.\n\nOne,\ntwo."
    )


def test_entities_of_its_own_are_refused() -> None:
    with pytest.raises(LoadError, match="entities of its own"):
        load_bytes(b'<!DOCTYPE TEI [<!ENTITY a "b">]>' + edition("<p>&a;</p>").split(b"-->")[1], "x.tei")
