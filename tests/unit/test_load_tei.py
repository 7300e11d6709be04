"""TEI: editions as they are read, told by their first element."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.archives import unhurried
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
        (
            "10<hi rend='superscript'>6</hi>, x<hi rend='sup'>2</hi>, y<hi rend='support'>3</hi>",
            "10⁶, x², y3",
        ),
        ("the gov-\n<lb break='no'/>ernment", "the government"),
        ("der Kai⸗<lb/>ſer", "der Kaiſer"),
        ("the har-<lb/>bour", "the harbour"),
        ("the al-<lb/>Qaeda", "the al-Qaeda"),
        ("a well-<lb/>known man, well-known here", "a well-known man, well-known here"),
        ("a well-<pb/>known man", "a well-known man"),
        ("a well-<lb break='no'/>known man, well-known here", "a wellknown man, well-known here"),
        (
            "the har-<lb/>bour, a mill-<lb/>wheel</p><p>Mill-wheels: a mill-wheel",
            "the harbour, a mill-wheel\n\nMill-wheels: a mill-wheel",
        ),
        ("under<pb n='45' break='no'/>stood", "understood"),
        ("it <pb n='45'/>is", "it is"),
        ("under<pb n='45'/>stood. <pb/>Yes.<pb/>No", "understood. Yes. No"),
        ("the har-<pb n='45'/>bour", "the harbour"),
        ("the har-<lb/><pb n='45'/><fw>HEAD</fw><lb/>bour", "the harbour"),
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
        == "He said:\n\nOne,\ntwo.\n\nand left."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>a<ptr target='#n'/> b <ref target='#n'>[1]</ref></p><note xml:id='n'>N</note>", "a¹ b ¹\n\n¹ N"),
        ("<p>see <ref target='#n'>note 1</ref></p><note xml:id='n'>N</note>", "see note 1\n\n¹ N"),
        ("<p>a<anchor xml:id='x'/> b</p><div><note target='#x'>N</note></div>", "a¹ b\n\n¹ N"),
        ("<p>a<anchor xml:id='x'/> b<note target='#x'>N</note></p>", "a b¹\n\n¹ N"),
        ("<p>a<ptr target='#p'/> <ptr/></p>", "a"),
        ("<p>a<note/> b</p>", "a¹ b\n\n¹"),
    ],
)
def test_notes_are_called_by_pointers_and_anchors_too(content: str, words: str) -> None:
    assert body(content) == words


def test_letters_that_the_edition_declares_are_read() -> None:
    declared = "<charDecl><char xml:id='thorn'><mapping type='standard'>þ</mapping></char></charDecl>"
    data = edition("<p><g ref='#thorn'/>orn <g ref='#ash'/>and <g ref='#thorn'>th</g>e</p>")
    data = data.replace(b"</fileDesc>", f"</fileDesc>{declared}".encode())
    assert load_bytes(data, "x.xml", furniture=False).body == "þorn and the"


NAMES = (
    "div", "p", "lg", "l", "list", "item", "label", "table", "row", "cell", "head", "quote", "q", "cit", "bibl",
    "sp", "speaker", "stage", "opener", "salute", "closer", "epigraph", "titlePage", "byline", "hi", "said", "seg", "u",
    "castItem", "entry", "sense", "figure", "floatingText", "body", "unheard",
)  # fmt: skip


def _element(name: str, parts: list[str]) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"


TREES = st.recursive(
    st.just("w "),
    lambda inner: st.builds(_element, st.sampled_from(NAMES), st.lists(inner, max_size=4)),
    max_leaves=30,
)


@unhurried
@given(st.lists(TREES, max_size=5))
@example(["<table><row>w </row></table>"])
def test_whatever_elements_words_stand_in_all_are_read_in_their_order(trees: list[str]) -> None:
    count = itertools.count()
    content = re.sub("w ", lambda _: f"w{next(count)} ", "".join(trees) + "<p>w </p>")
    words = body(content)
    assert re.findall(r"w\d+", words) == re.findall(r"w\d+", content)
    assert not re.search(r"w\d+w", words)


def test_entities_of_its_own_are_refused() -> None:
    with pytest.raises(LoadError, match="entities of its own"):
        load_bytes(b'<!DOCTYPE TEI [<!ENTITY a "b">]>' + edition("<p>&a;</p>").split(b"-->")[1], "x.tei")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<lg><l>One,</l><pb n='4'/><l>two.</l><lb/><l>three.</l></lg>", "One,\ntwo.\nthree."),
        ("<lg><l>One.</l></lg><lg><l>Two.</l></lg>", "One.\n\nTwo."),
        (
            "<p>a <list><item>b</item></list> c <quote>d</quote> e <quote><p>f</p></quote></p>",
            "a\n\n- b\n\nc d e\n\n> f",
        ),
        ("<cit><quote><p>a</p></quote><bibl>B</bibl></cit>", "> a\n\nB"),
        ("<q><p>a</p><q><p>b</p></q></q><p>c</p>", "> a\n\n> > b\n\nc"),
        ("<list><head>Ships</head><item>one</item></list>", "Ships\n\n- one"),
        (
            "<list><label>oar</label><item>a paddle</item><label>2.</label><item>b</item></list>",
            "- oar\n  a paddle\n2. b",
        ),
        (
            "<list><item><p>a</p><p>b</p></item><item>c<list><item>d</item></list>e</item></list>",
            "- a\n  b\n- c\n  - d\n  e",
        ),
        ("<table><head>Tolls</head><row><cell><p>a</p><p>b</p></cell></row></table>", "Tolls\n\na b"),
        ("<figure><head>The weir</head><figDesc>x</figDesc></figure>", "The weir"),
        ("<opener><dateline>Harrow</dateline><salute>Sir,</salute></opener><p>a</p>", "Harrow\n\nSir,\n\na"),
        ("<closer>I am, <salute>yours,</salute> <signed>A.</signed></closer>", "I am, yours, A."),
        ("<epigraph><cit><quote>a</quote><bibl>B</bibl></cit></epigraph>", "a\n\nB"),
        ("<epigraph><q>a</q></epigraph>", "a"),
        (
            "<castList><castItem><role>Ann</role>, <roleDesc>a miller</roleDesc></castItem></castList>",
            "Ann, a miller",
        ),
        (
            "<entry><form><orth>oar</orth></form> <sense n='1'><def>a paddle</def></sense></entry>",
            "oar\n\na paddle",
        ),
        ("<u who='#a'>Hm, <pause/>yes.</u><u>No.</u>", "Hm, yes.\n\nNo."),
        (
            "<listBibl><head>Read</head><bibl>Ash, <title>Oars</title></bibl></listBibl>",
            "# Read\n\nAsh, Oars",
        ),
        ("<p>a</p><gap/><p>b</p>", "a\n\n[…]\n\nb"),
        ("<p>a <said>b <lg><l>c</l></lg> d</said> e</p>", "a b\n\nc\n\nd e"),
        ("<lg><l>a</l><app><lem><l>b</l></lem><rdg><l>c</l></rdg></app><l>d</l></lg>", "a\nb\nd"),
        ("<app><rdg><p>a</p></rdg><rdg><p>b</p></rdg></app>", "a"),
        ("<p>x <app><rdgGrp><rdg>a</rdg><rdg>b</rdg></rdgGrp></app></p>", "x a"),
        (
            "<table><row><cell/><cell/></row><row><cell>a</cell><cell/></row><head>x</head></table>",
            "a |\n\nx",
        ),
        ("<p>a<space/>b<space/> c</p>", "a b c"),
        (
            "<p>one<note>N<note>M</note></note> two<note><p>O</p><p>P</p></note></p>",
            "one¹ two²\n\n¹ N³\n\n² O\n\nP\n\n³ M",
        ),
        ("<note>N</note><p>a</p>", "a\n\n¹ N"),
        ("<p>a <choice/> b</p>", "a b"),
        ("<head>A</head><div1><head>B</head><div2><head>C</head></div2></div1>", "# A\n\n# B\n\n## C"),
        ("<div8><head>A</head></div8>", "# A"),
    ],
)
def test_what_an_edition_is_made_of(content: str, words: str) -> None:
    assert body(content) == words


def test_one_place_with_two_readings_is_told_as_one() -> None:
    told: list[str] = []
    load_bytes(edition("<p>a <choice><sic>b</sic><corr>c</corr></choice></p>"), "x.xml", remark=told.append)
    assert [words.partition(" it")[0] for words in told] == ["at 1 place"]
    load_bytes(edition("<p>a <app><lem>b</lem><rdg>c</rdg></app></p>"), "x.xml", remark=told.append)
    assert len(told) == 1  # of an app each reading is given the lemma


def test_only_the_statement_of_titles_names_an_edition() -> None:
    series = "<seriesStmt><title>Series</title><author>Ed</author></seriesStmt>"
    title = "<respStmt><author>Not</author></respStmt><title>A <hi>mole</hi></title><title>B</title>"
    statement = f"<titleStmt>{title}</titleStmt>"
    data = f"<TEI><teiHeader>{series}{statement}</teiHeader><text><body><p>a</p></body></text></TEI>".encode()
    text = load_bytes(data, "x.xml")
    assert (text.title, text.author) == ("A mole", "")
    statement = statement.replace(
        "<title>B", "<author>Ann  <name>Ash</name></author><author/><author>Ben</author><title>B"
    )
    data = f"<TEI><teiHeader>{statement}</teiHeader><text><body><p>a</p></body></text></TEI>".encode()
    assert load_bytes(data, "x.xml").author == "Ann Ash, Ben"
