"""DOCX: what is no plain run: symbols, formulas, ruby, initials, numbers, hidden words."""

from __future__ import annotations

import pytest
from formats import W, zip_of

from texts.load import LoadError, load_bytes

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def body(content: str, **parts: str) -> str:
    """The body of a document with this content, its words without marks of layout around them."""
    document = f"<w:document {W} {M}><w:body>{content}</w:body></w:document>"
    members = {"word/document.xml": document, **{f"word/{name}.xml": words for name, words in parts.items()}}
    return load_bytes(zip_of(members), "x.docx", furniture=False).body


def r(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(inside: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


@pytest.mark.parametrize(
    ("font", "place", "sign"),
    [
        ("Symbol", "F061", "α"), ("Symbol", "006D", "μ"), ("Symbol", "F0AE", "→"), ("Symbol", "F0B3", "≥"),
        ("Wingdings", "F04A", "☺"), ("Wingdings", "F0FC", "✓"), ("Wingdings", "F0E0", "→"), ("Webdings", "F0FF", "□"),
        ("Arial", "2192", "→"), ("Symbol", "zz", ""), ("Symbol", "FFFFFFFF", "□"),
    ],
)  # fmt: skip
def test_symbols(font: str, place: str, sign: str) -> None:
    found = body(p(r("a ") + f'<w:r><w:sym w:font="{font}" w:char="{place}"/></w:r>' + r(" b")))
    assert found == f"a {sign} b"


def test_words_that_are_set_in_a_symbol_font() -> None:
    assert body(p(r("\uf06d", '<w:rFonts w:ascii="Symbol"/>') + r("m"))) == "μm"


def test_numbers_above_the_line_stay_above_it() -> None:
    styles = (
        f"<w:styles {W}><w:style w:styleId='Up'><w:name w:val='up'/>"
        "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style></w:styles>"
    )
    up, of_style = '<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Up"/>'
    words = r("10") + r("6", up) + r(", 10") + r("−3", of_style) + r(", the 19") + r("th", up)
    assert body(p(words), styles=styles) == "10⁶, 10⁻³, the 19th"
    lowered = r("2", '<w:vertAlign w:val="subscript"/>') + r(
        "5", of_style + '<w:vertAlign w:val="baseline"/>'
    )
    assert body(p(r("H") + lowered), styles=styles) == "H25"


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("<m:f><m:num>1</m:num><m:den>2</m:den></m:f>", "1/2"),
        ("<m:f><m:num>a+b</m:num><m:den>c</m:den></m:f>", "(a+b)/c"),
        ("<m:sSup><m:e>x</m:e><m:sup>2</m:sup></m:sSup>", "x²"),
        ("<m:sSup><m:e>x</m:e><m:sup>kt</m:sup></m:sSup>", "x^kt"),
        ("<m:sSub><m:e>H</m:e><m:sub>2</m:sub></m:sSub>", "H₂"),
        ("<m:sSup><m:e>x</m:e><m:sup/></m:sSup>", "x"),
        ("<m:sSup><m:e>x</m:e><m:sup>-n</m:sup></m:sSup>", "x⁻ⁿ"),
        ("<m:sSup><m:e>x</m:e><m:sup>a+b</m:sup></m:sSup>", "x^(a+b)"),
        ("<m:sSub><m:e>x</m:e><m:sub>n</m:sub></m:sSub>", "x_n"),
        ("<m:sSub><m:e>x</m:e><m:sub>a+b</m:sub></m:sSub>", "x_(a+b)"),
        ("<m:sSubSup><m:e>x</m:e><m:sub>1</m:sub><m:sup>2</m:sup></m:sSubSup>", "x₁²"),
        ("<m:f><m:num>+</m:num><m:den>3.5</m:den></m:f>", "+/3.5"),
        ("<m:rad><m:deg/><m:e>2</m:e></m:rad>", "√2"),
        ("<m:rad><m:deg>3</m:deg><m:e>a+b</m:e></m:rad>", "³√(a+b)"),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>a</m:e><m:e>b</m:e></m:d>',
            "[a|b",
        ),
        ("<m:d><m:e>a</m:e></m:d>", "(a)"),
        ("<m:nary><m:e>a</m:e></m:nary>", "a"),
    ],
)
def test_formulas_on_one_line(formula: str, words: str) -> None:
    for letters in ("a+b", "kt", "-n", "3.5", "+", "1", "2", "3", "a", "b", "c", "n", "x", "H"):
        formula = formula.replace(f">{letters}<", f"><m:r><m:t>{letters}</m:t></m:r><")
    assert body(p(r("= ") + f"<m:oMath>{formula}</m:oMath>" + r("."))) == f"= {words}."


def test_ruby_leaves_the_base() -> None:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{r('とうきょう')}</w:rt><w:rubyBase>{r('東京')}</w:rubyBase></w:ruby>"
    assert body(p(f"<w:r>{ruby}</w:r>" + r("へ行く。"))) == "東京へ行く。"


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    deleted = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    assert body(p(r("The board met "), deleted) + p(r("and heard."))) == "The board met and heard."
    assert body(p(r("The end"), deleted)) == "The end"
    assert body(p(r("a "), deleted) + p(r("b "), deleted) + p(r("c"))) == "a b c"


def test_a_large_initial_is_the_first_letter_of_its_word() -> None:
    initial = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert body(p(r("D"), initial) + p(r("rop cap."))) == "Drop cap."


STYLES = f"""<w:styles {W}><w:style w:styleId="Hid"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="Son"><w:name w:val="son"/><w:basedOn w:val="Hid"/></w:style>
<w:style w:styleId="Out"><w:name w:val="out"/><w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:styleId="Head"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""


@pytest.mark.parametrize(
    ("look", "is_there"),
    [
        ('<w:rStyle w:val="Hid"/>', False),
        ('<w:rStyle w:val="Son"/>', False),
        ('<w:rStyle w:val="Out"/>', True),
        ('<w:rStyle w:val="Hid"/><w:vanish w:val="false"/>', True),
        ("<w:vanish/>", False),
    ],
)
def test_words_that_a_style_hides(look: str, is_there: bool) -> None:
    assert ("secret" in body(p(r("a ") + r("secret", look) + r(" b")), styles=STYLES)) is is_there


def test_a_style_of_paragraphs_hides_all_but_what_says_otherwise() -> None:
    content = p(r("secret") + r("shown", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Hid"/>') + p(r("a"))
    assert body(content, styles=STYLES) == "shown\n\na"


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/><w:pStyle w:val="Head"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_numbers_of_headings_and_lists_as_the_document_shows_them() -> None:
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    content = (
        p(r("Definitions"), '<w:pStyle w:val="Head"/>')
        + p(r("first"), item.format(1))
        + p(r("second"), item.format(1))
        + p(r("Scope"), '<w:pStyle w:val="Head"/>')
        + p(r("third"), item.format(1))
    )
    found = body(content, styles=STYLES, numbering=NUMBERING)
    shown = "## Article I Definitions I.a) first I.b) second ## Article II Scope II.a) third"
    assert " ".join(found.split()) == shown


def test_the_document_is_where_the_package_says() -> None:
    relation = '<Relationships><Relationship Type="{}" Target="{}"/></Relationships>'
    hidden = r("secret", '<w:rStyle w:val="Hid"/>')
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relation.format(f"{REL}/officeDocument", "word/document2.xml"),
        "word/document2.xml": f"<w:document {W}><w:body>{p(r('a') + hidden)}</w:body></w:document>",
        "word/_rels/document2.xml.rels": relation.format(f"{REL}/styles", "/word/looks.xml"),
        "word/looks.xml": STYLES,
    }
    for name in ("x.docx", "x"):
        assert load_bytes(zip_of(members), name).body == "a"


def test_comments_are_left_out_with_a_word() -> None:
    comment = '<w:comment w:id="0" w:author="A"><w:p/></w:comment>'
    for count, words in ((0, []), (1, ["1 comment left out"]), (2, ["2 comments left out"])):
        members = {
            "word/document.xml": f"<w:document {W}><w:body>{p(r('a'))}</w:body></w:document>",
            "word/comments.xml": f"<w:comments {W}>{comment * count}</w:comments>",
        }
        told: list[str] = []
        load_bytes(zip_of(members), "x.docx", remark=told.append)
        assert [each.partition(":")[0] for each in told] == words


def test_documents_of_another_format_in_it_are_told() -> None:
    def document(content: str) -> bytes:
        return zip_of({"word/document.xml": f"<w:document {W}><w:body>{content}</w:body></w:document>"})

    told: list[str] = []
    text = load_bytes(
        document(p(r("Before.")) + "<w:altChunk/>" + p(r("After."))), "x.docx", remark=told.append
    )
    assert text.body == "Before.\n\nAfter."
    assert told == ["left out 1 document of another format: open it in Word and save it once more"]
    with pytest.raises(
        LoadError, match="only holds 2 documents of another format: open it in Word and save it"
    ):
        load_bytes(document("<w:altChunk/><w:altChunk/>"), "x.docx")
