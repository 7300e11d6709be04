"""FB2: books of FictionBook, told by their first element, alone or in a ZIP."""

from __future__ import annotations

import pytest
from formats import zip_of

from texts.load import LoadError, load_bytes

ABOUT = """<description><title-info><author><first-name>Anna</first-name><middle-name>B.</middle-name>
<last-name>Ash</last-name></author><author><nickname>moth</nickname></author><book-title>Мол</book-title>
<annotation><p>A blurb.</p></annotation></title-info>
<document-info><author><nickname>scanner</nickname></author></document-info></description>"""


def book(content: str, notes: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<!-- made by hand -->'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'
        f"{ABOUT}<body>{content}</body>"
        f'<body name="notes"><title><p>Notes</p></title>{notes}</body>'
        '<binary id="i" content-type="image/png">QUJD</binary></FictionBook>'
    ).encode(encoding)


def body(content: str, notes: str = "") -> str:
    return load_bytes(book(content, notes), "x.fb2", furniture=False).body


@pytest.mark.parametrize("name", ["x.fb2", "x.xml", "x"])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_the_first_element_tells_and_title_and_authors_are_those_of_the_book(
    name: str, encoding: str
) -> None:
    text = load_bytes(book("<section><p>Море молчало.</p></section>", encoding=encoding), name)
    assert (text.title, text.author, text.body) == ("Мол", "Anna B. Ash, moth", "Море молчало.")


def test_a_book_may_be_packed_alone() -> None:
    packed = zip_of({"Мол.FB2": book("<section><p>Words.</p></section>").decode()})
    assert load_bytes(packed, "x.fb2.zip").body == "Words."
    two = zip_of({name: book("<section><p>Words.</p></section>").decode() for name in ("a.fb2", "b.fb2")})
    with pytest.raises(LoadError, match="holds 2 books"):
        load_bytes(two, "x.zip")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "<title><p>Ash</p><p>Мол</p></title><section><title><p>One</p></title><p>A.</p>"
            "<section><title><p>Two</p></title><p>B.</p></section></section>",
            "# Ash Мол\n\n## One\n\nA.\n\n### Two\n\nB.",
        ),
        (
            "<section><section><p>A <emphasis>b</emphasis>\n c.</p></section><empty-line/></section>",
            "A b c.",
        ),
        (
            "<section><p>A.</p><subtitle>* * *</subtitle><subtitle>Later</subtitle><p>B.</p></section>",
            "A.\n\n* * *\n\n## Later\n\nB.",
        ),
        (
            "<section><poem><title><p>Song</p></title><stanza><v>First,</v><v>second.</v></stanza>"
            "<stanza><v>Third.</v></stanza><text-author>A. A.</text-author></poem></section>",
            "## Song\n\nFirst,\nsecond.\n\nThird.\n\nA. A.",
        ),
        (
            "<section><epigraph><p>Said.</p><text-author>X</text-author></epigraph>"
            "<cite><p>Quoted.</p></cite><p>A.</p></section>",
            "> Said.\n\n> X\n\n> Quoted.\n\nA.",
        ),
        (
            "<section><table><tr><th>Year</th><th>Mole</th></tr><tr><td>1822</td><td>yes</td></tr></table>"
            '<image l:href="#i"/><p>10<sup>6</sup> and H<sub>2</sub>O<image l:href="#i"/></p></section>',
            "Year | Mole\n1822 | yes\n\n10⁶ and H2O",
        ),
    ],
)
def test_what_stands_in_a_book_keeps_its_shape(content: str, words: str) -> None:
    assert body(content) == words


def test_notes_stand_at_the_end_in_the_order_of_their_calls() -> None:
    call = '<a l:href="#{0}" type="note">[{0}]</a>'
    notes = "".join(
        f'<section id="{id}"><title><p>{id}</p></title>{inside}</section>'
        for id, inside in (
            ("a", "<p>Of a.</p><p>More.</p>"),
            ("b", f"<p>Of b{call.format('c')}.</p>"),
            ("c", "<p>Of c.</p>"),
            ("d", "<p>Of d.</p>"),
        )
    )
    text = f"<section><p>One{call.format('b')} two{call.format('a')}, again{call.format('b')}.</p></section>"
    assert body(text, notes) == "One¹ two², again¹.\n\n¹ Of b³.\n\n² Of a.\n\nMore.\n\n³ Of c.\n\nOf d."


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        (
            '<section id="a"><title><p>1</p></title><section><p>In it.</p></section></section>',
            "¹ In it.",
        ),
        ('<section id="a"><p>One.</p></section><section id="a"><p>Two.</p></section>', "¹ One.\n\nTwo."),
        (
            '<p>Before.</p><section><title><p>Ash</p></title><p>By none.</p></section><section id="a"><p>Of a.</p>'
            '<section id="b"><p>Of b.</p></section></section><section id="c"/>',
            "¹ Of a.\n\nBefore.\n\n# Ash\n\nBy none.\n\nOf b.",
        ),
    ],
)
def test_no_words_of_notes_are_lost(notes: str, words: str) -> None:
    assert body('<p>One<a l:href="#a">[1]</a>.</p>', notes) == f"One¹.\n\n{words}"


def test_a_file_that_macos_packs_beside_a_book_is_none() -> None:
    packed = zip_of({"a.fb2": book("<p>Words.</p>").decode(), "__MACOSX/._a.fb2": "x"})
    assert load_bytes(packed, "x.zip").body == "Words."


def test_paragraphs_of_a_cell_stay_apart() -> None:
    assert body("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>") == "a b | c"


def test_a_damaged_book_is_refused_in_one_line() -> None:
    with pytest.raises(LoadError, match="damaged"):
        load_bytes(book("<section><p>One</section>"), "x.fb2")
    with pytest.raises(LoadError, match="empty"):
        load_bytes(book("<section/>"), "x.fb2")
