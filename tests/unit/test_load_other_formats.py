"""MHTML, RTF and ODT: each told by its first bytes, whatever its name, with its structure kept."""

from __future__ import annotations

import pytest
from formats import zip_of
from hypothesis import given
from hypothesis import strategies as st

from texts.load import LoadError, load_bytes

MHTML = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/a
Subject: =?utf-8?Q?The=20mole?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="--abc"

----abc
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/a

<!DOCTYPE html><html><head><meta charset=3D"utf-8"></head><body><h1>The=
 mole</h1><p>The board=E2=80=99s answer, and the har=
bour master.</p></body></html>

----abc
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=

----abc--
"""
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Arial;}}{\stylesheet{\s1 heading;}}"
    rb"{\info{\title The mole}{\author Ann Ash}{\operator nobody}}"
    rb"\pard\outlinelevel0 One\par\pard Caf\'e9 and \u8217?s \u-10179?\u-8704? \f1 \'cf\'f0\f0  end"
    rb"{\super\chftn{\footnote\pard \chftn  A note.}} goes on.\par"
    rb" Second \v hidden\v0 one\line line.{\*\unknown no}{\pict 00ff}\par"
    rb"\trowd a\cell b\cell\row\trowd c\cell d\cell\row}"
)
# What they are called is all that counts.
OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:dc="d" xmlns:style="s"'
CONTENT = f"""<office:document-content {OFFICE}><office:body><office:text>
<text:tracked-changes><text:changed-region><text:p>deleted</text:p></text:changed-region></text:tracked-changes>
<text:h text:outline-level="2">The   head</text:h>
<text:p>Words<text:s text:c="2"/>and<text:tab/>more<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>A note.</text:p></text:note-body></text:note> go <text:span>on</text:span>.
<office:annotation><text:p>comment</text:p></office:annotation></text:p>
<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>
</text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>
<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
<text:p>A line,<text:line-break/>a line.</text:p></office:text></office:body></office:document-content>"""
SAID = "<dc:title>The mole</dc:title><dc:creator>Ann Ash</dc:creator>"
META = f"<office:document-meta {OFFICE}>{SAID}</office:document-meta>"
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "meta.xml": META}


LISTS = f"""<office:document-content {OFFICE}><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Quotations"/>
<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="L2">
<text:list-level-style-number text:level="1" style:num-format="I" text:start-value="4"/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>
</office:automatic-styles><office:body><office:text>
<text:h text:outline-level="1">Head</text:h>
<text:list text:style-name="L1" xml:id="l1"><text:list-header><text:p>before</text:p></text:list-header>
<text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>two</text:p><text:p>goes on</text:p>
<text:list><text:list-item><text:p>anew</text:p></text:list-item></text:list></text:list-item></text:list>
<text:p text:style-name="P1">Said <text:span text:style-name="T1">hidden</text:span>so.</text:p>
<text:list text:continue-list="l1"><text:list-item><text:p>three</text:p></text:list-item></text:list>
<text:h text:outline-level="1">Next</text:h>
<text:list text:style-name="L1"><text:list-item text:start-value="9"><text:p>nine</text:p></text:list-item></text:list>
<text:list text:style-name="L2"><text:list-item><text:p>four</text:p><text:list><text:list-item><text:p>deeper</text:p>
</text:list-item></text:list></text:list-item></text:list>
</office:text></office:body></office:document-content>"""
OUTLINE = f"""<office:document-styles {OFFICE}><office:styles><text:outline-style>
<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>
</office:styles></office:document-styles>"""


def test_odt_counts_lists_and_headings_as_they_are_shown() -> None:
    text = load_bytes(zip_of(ODT | {"content.xml": LISTS, "styles.xml": OUTLINE}), "x", furniture=False)
    assert text.body == (
        "# 1. Head\n\n  before\n1. one\n  (a) deep\n2. two\n  goes on\n  (a) anew\n\n> Said so.\n\n3. three"
        "\n\n# 2. Next\n\n9. nine\n\nIV four\n  IV.1 deeper"
    )


@pytest.mark.parametrize("name", ["x.mhtml", "x.txt", "x"])
def test_mhtml_is_the_page_that_it_is(name: str) -> None:
    text = load_bytes(MHTML, name, furniture=False)
    assert (text.title, text.source) == ("The mole", "https://example.org/a")
    assert text.body == "# The mole\n\nThe board’s answer, and the harbour master."


def test_mhtml_that_says_only_once_where_it_comes_from_is_believed() -> None:
    for said in (
        b"Content-Location: https://example.org/a\n\n",
        b"Snapshot-Content-Location: https://example.org/a\n",
    ):
        text = load_bytes(MHTML.replace(said, b"\n" if said.endswith(b"\n\n") else b""), "x.mhtml")
        assert text.source == "https://example.org/a"


def test_mhtml_without_a_page_is_refused() -> None:
    with pytest.raises(LoadError, match="holds no page"):
        load_bytes(MHTML.replace(b"text/html\nContent-T", b"text/css\nContent-T"), "x.mhtml")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"; charset=koi8-r", "Мир и труд"),
        (b'; charset="windows-1251"', "нЙТ Й ФТХД"),
        (b"; charset=none-such", None),
        (b"", None),
    ],
)
def test_mhtml_may_say_the_encoding_of_its_page(said: bytes, words: str | None) -> None:
    bare = MHTML.replace(b'<meta charset=3D"utf-8">', b"").replace(
        b"text/html\n", b"text/html" + said + b"\n"
    )
    quoted = "Мир и труд".encode("koi8-r").hex("=").upper()
    data = bare.replace(b"The board=E2=80=99s answer, and the har=\nbour master.", f"={quoted}".encode())
    body = load_bytes(data, "x.mhtml", furniture=False).body
    assert body.startswith("# The mole\n\n")
    if words is not None:
        assert body.casefold() == f"# The mole\n\n{words}".casefold()


def test_the_encoding_that_a_reader_names_goes_before_what_mhtml_says() -> None:
    data = MHTML.replace(b"text/html\n", b"text/html; charset=koi8-r\n")
    assert "board’s" in load_bytes(data, "x.mhtml", furniture=False, encoding="utf-8").body


def test_a_page_names_itself_before_the_letter_that_it_came_in() -> None:
    head = b'<title>A quay</title><link rel=3Dcanonical href=3D"https://example.org/b">'
    text = load_bytes(MHTML.replace(b"<head>", b"<head>" + head), "x.mhtml", furniture=False)
    assert (text.title, text.source) == ("A quay", "https://example.org/b")
    text = load_bytes(
        MHTML.replace(b"https://example.org/a", b"cid:frame@mhtml.blink"), "x.mhtml", furniture=False
    )
    assert text.source == "x.mhtml"


@pytest.mark.parametrize("name", ["x.rtf", "x.txt", "x.doc"])
def test_rtf(name: str) -> None:
    text = load_bytes(RTF, name, furniture=False)
    assert (text.title, text.author) == ("The mole", "Ann Ash")
    assert text.body == (
        "# One\n\nCafé and ’s 😀 Пр end¹ goes on.\n\nSecond one\nline.\n\na | b\nc | d\n\n¹ A note."
    )


def test_odt() -> None:
    text = load_bytes(zip_of(ODT), "x", furniture=False)
    assert (text.title, text.author) == ("The mole", "Ann Ash")
    assert text.body == (
        "## The head\n\nWords  and more¹ go on.\n\n- one\n  - deep\n- two\n\na | b\n\nA line,\na line.\n\n¹ A note."
    )


def test_formulas_of_an_odt_stand_in_their_line() -> None:
    line = (
        '<text:p>where <draw:frame> <draw:object xlink:href="./Object 1"/> <draw:image xlink:href="r"/></draw:frame> '
        'is known <draw:frame><draw:object xlink:href="./Object 2"/></draw:frame>.</text:p></office:text>'
    )
    content = CONTENT.replace("</office:text>", line).replace(
        OFFICE, f'{OFFICE} xmlns:draw="w" xmlns:xlink="x"'
    )
    formula = (
        '<?xml version="1.0"?><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>a</mi><mo>=</mo>'
        '<mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><annotation encoding="StarMath 5.0">a = 1 over 2</annotation>'
        "</semantics></math>"
    )
    chart = f"<office:document-content {OFFICE}><text:p>chart</text:p></office:document-content>"
    members = {"content.xml": content, "Object 1/content.xml": formula, "Object 2/content.xml": chart}
    text = load_bytes(zip_of(ODT | members), "x", furniture=False)
    assert "where a = 1/2 is known ." in text.body


def test_signs_of_symbol_fonts_in_an_odt_are_read_as_they_are_seen() -> None:
    content = f"""<office:document-content {OFFICE} xmlns:svg="v"><office:font-face-decls>
<style:font-face style:name="Symbol1" svg:font-family="'Symbol'"/></office:font-face-decls><office:automatic-styles>
<style:style style:name="T1"><style:text-properties style:font-name="Symbol1"/></style:style>
<style:style style:name="T2" style:parent-style-name="T1"/>
</office:automatic-styles><office:body><office:text>
<text:p>5 <text:span text:style-name="T2">\uf06d</text:span>m, <text:span>\uf06d</text:span></text:p>
</office:text></office:body></office:document-content>"""
    assert load_bytes(zip_of(ODT | {"content.xml": content}), "x", furniture=False).body == "5 μm, \uf06d"


@pytest.mark.parametrize(
    "shape", ["draw:frame><draw:text-box", "draw:g><draw:custom-shape", "draw:custom-shape"]
)
def test_what_stands_in_a_frame_of_a_paragraph_comes_after_it(shape: str) -> None:
    ends = "></".join(part for part in reversed(shape.replace(">", "").split("<")))
    box = f"<{shape}><text:p>In a box.</text:p><text:p>And on.</text:p></{ends}>"
    item = f"<text:list-item><text:p>item{box}</text:p></text:list-item>"
    line = f"<text:p>{box}Around{box}.</text:p><text:list>{item}</text:list>"
    content = f'<office:document-content {OFFICE} xmlns:draw="w"><office:body><office:text>{line}' + (
        "</office:text></office:body></office:document-content>"
    )
    boxed = "In a box.\n\nAnd on."
    text = load_bytes(zip_of(ODT | {"content.xml": content}), "x", furniture=False)
    assert text.body == f"Around.\n\n{boxed}\n\n{boxed}\n\n- item\n\n{boxed}"


@pytest.mark.parametrize("hidden", ['text:display="none"', 'text:display="condition" text:is-hidden="true"'])
def test_a_section_of_an_odt_that_is_hidden_is_left_out(hidden: str) -> None:
    content = f"""<office:document-content {OFFICE}><office:body><office:text><text:p>Seen.</text:p>
<text:section {hidden}><text:p>Hidden.</text:p></text:section></office:text></office:body></office:document-content>"""
    assert load_bytes(zip_of(ODT | {"content.xml": content}), "x", furniture=False).body == "Seen."


def test_a_flat_odt_is_the_same_document() -> None:
    packed = load_bytes(zip_of(ODT), "x", furniture=False)
    meta = f"<office:meta>{SAID}</office:meta>"
    flat = CONTENT.replace("office:document-content", "office:document").replace(
        "<office:body>", f"{meta}<office:body>"
    )
    formula = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
    for name in ("x.fodt", "x.xml", "x"):
        text = load_bytes(f'<?xml version="1.0"?>\n{flat}'.encode(), name, furniture=False)
        assert (text.title, text.author, text.body) == (packed.title, packed.author, packed.body)
    drawn = flat.replace(
        "A line,",
        f'<w:object xmlns:w="w">{formula}</w:object><w:image xmlns:w="w"><binary-data>QQ==</binary-data></w:image>',
    )
    assert "\n\n1/2\na line." in load_bytes(drawn.encode(), "x.fodt", furniture=False).body
    table = flat.replace("office:text>", "office:spreadsheet>")
    with pytest.raises(LoadError, match="but no text"):
        load_bytes(table.encode(), "x.fodt")


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("super 58%", "10⁶ m"),
        ("33% 58%", "10⁶ m"),
        ("sub 58%", "106 m"),
        ("-33% 58%", "106 m"),
        ("0% 100%", "106 m"),
    ],
)
def test_numbers_above_the_line_of_an_odt(position: str, words: str) -> None:
    content = f"""<office:document-content {OFFICE}><office:automatic-styles><style:style style:name="T1">
<style:text-properties style:text-position="{position}"/></style:style></office:automatic-styles><office:body>
<office:text><text:p>10<text:span text:style-name="T1">6</text:span> m</text:p></office:text></office:body>
</office:document-content>"""
    assert load_bytes(zip_of(ODT | {"content.xml": content}), "x", furniture=False).body == words


def test_numbers_of_pages_in_an_odt_are_no_words() -> None:
    fields = "on <text:page-number>3</text:page-number>of <text:page-count>9</text:page-count>it, a line,"
    packed = zip_of({**ODT, "content.xml": CONTENT.replace("A line,", fields)})
    assert "on of it, a line," in load_bytes(packed, "x", furniture=False).body


def test_an_odt_heading_of_no_level_is_of_the_first() -> None:
    content = CONTENT.replace('<text:h text:outline-level="2">', "<text:h>")
    assert load_bytes(zip_of(ODT | {"content.xml": content}), "x").body.startswith("# The head\n")


@pytest.mark.parametrize(
    "head", ["\\documentclass{article}\n", "% by hand\n\\documentclass[a4]{book}\n", "\\input texinfo\n"]
)
def test_latex_is_refused_in_a_line(head: str) -> None:
    with pytest.raises(LoadError, match="is a document in LaTeX: make a PDF"):
        load_bytes((head + "\\begin{document}Words.\\end{document}").encode(), "x.tex")


MAN = ".TH TUI 1\n.SH NAME\ntui \\- reads\n.SH DESCRIPTION\n.PP\nWords.\n"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (MAN, "a page in troff"),
        ('.\\" by hand\n.Dd May 1\n.Dt TUI 1\n.Sh NAME\n.Nm tui\n', "a page in troff"),
        (
            "<?xml version='1.0'?>\n<article><p>Words.</p></article>",
            "XML, but neither a page nor a TEI edition",
        ),
        (
            "\ufeff<!DOCTYPE book SYSTEM 'x'>\n<book>Words.</book>",
            "XML, but neither a page nor a TEI edition",
        ),
    ],
)
def test_markup_that_nobody_reads_is_refused_in_a_line(source: str, kind: str) -> None:
    with pytest.raises(LoadError, match=f"is {kind}: make plain text"):
        load_bytes(source.encode(), "x.txt")


@pytest.mark.parametrize(
    "source",
    [
        ".TH stands for a title in troff, and .SH for a heading.",
        "...and so on.\n.so it went\n.de facto\n",
        "A title\n=======\n\nWords in reStructuredText, with *emphasis* and `code`_.",
        "= A title\n\nWords in _AsciiDoc_.",
        "* A heading\n\nWords in /Org/.",
        "== A heading ==\n\n'''Words''' in a [[wiki]].",
        "<xml> is a word, and so is <!DOCTYPE.",
        "<? what is that ?>\n\nA question.",
    ],
)
def test_plain_words_are_never_refused_for_looking_like_markup(source: str) -> None:
    assert "".join(load_bytes(source.encode(), "x.txt").body.split()) == "".join(source.split())


_XML = '<?xml version="1.0" encoding="UTF-16"?>'


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "source",
    [
        "1\r\n00:00:00,000 --> 00:00:02,000\r\nThe words.\r\n",
        "WEBVTT\n\n00:00.000 --> 00:02.000\nThe words.\n",
        "[ti:Song]\n[00:00.00]The words.\n",
        f"{_XML}<FictionBook><body><section><p>The words.</p></section></body></FictionBook>",
        f"{_XML}<TEI><text><body><p>The words.</p></body></text></TEI>",
        f'{_XML}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:p>The words.</text:p></office:text></office:body></office:document>",
    ],
)
def test_formats_are_told_by_their_beginning_in_utf_16_too(source: str, encoding: str) -> None:
    data = f"\ufeff{source}".encode(encoding)
    assert load_bytes(data, "x").body.removeprefix("[0:00:00] ") == "The words."


@pytest.mark.parametrize(
    "source", [r"{\rtf1 The words.}", "Content-Type: multipart/related\r\n\r\nThe words."]
)
def test_formats_that_are_bytes_are_none_in_utf_16(source: str) -> None:
    assert "The words." in load_bytes(f"\ufeff{source}".encode("utf-16-le"), "x").body


def test_an_odt_with_bytes_before_it_is_read() -> None:
    assert load_bytes(b"before" + zip_of(ODT), "x.odt").title == "The mole"


def test_other_opendocument_files_are_refused_in_a_line() -> None:
    with pytest.raises(LoadError, match="is an OpenDocument file, but no text"):
        load_bytes(zip_of({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "x.ods")


@given(
    st.binary(max_size=200),
    st.sampled_from((RTF, MHTML, b"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\n")),
    st.integers(0, 800),
)
def test_whatever_stands_in_such_a_file_is_a_text_or_one_line(noise: bytes, sound: bytes, at: int) -> None:
    at = min(at, len(sound))
    told = ""
    try:
        body = load_bytes(sound[:at] + noise + sound[at:], "x", furniture=False).body
    except LoadError as refused:
        told = str(refused)
    else:
        assert body.strip()
    assert not told or told.isprintable()


def test_signs_of_symbol_fonts_in_an_rtf_are_those_that_are_seen() -> None:
    words = (
        rb"{\rtf1\ansi{\fonttbl{\f0 Times;}{\f1\froman\fcharset2 Symbol;}}"
        rb"\pard {\f1 a} first, 5 {\field{\*\fldinst SYMBOL 109}{\fldrslt\f1 m}}m, \f1 b\plain  last.\par"
        rb"{\listtext\u61623\'b7\tab}An item.\par}"
    )
    assert load_bytes(words, "x.rtf").body == "α first, 5 μm, β last.\n\n• An item."


@pytest.mark.parametrize(("count", "told"), [(1, "1 comment left out"), (2, "2 comments left out")])
def test_comments_of_an_rtf_are_counted(count: int, told: str) -> None:
    comment = rb"{\*\atnid R}{\*\atnauthor Rev}\chatn{\*\annotation\chatn a remark}"
    remarks: list[str] = []
    rtf = rb"{\rtf1\ansi\pard The mill" + comment * count + rb" stood.\par}"
    assert load_bytes(rtf, "x.rtf", remark=remarks.append).body == "The mill stood."
    assert remarks[0].startswith(told)


def rtf(words: str, encoding: str = "ascii") -> str:
    """The body of an RTF with this in it."""
    return load_bytes(rf"{{\rtf1\ansi {words}}}".encode(encoding), "x.rtf", furniture=False).body


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"a\par b\page c\sect d", "a\n\nb\n\nc\n\nd"),
        ("a\\\nb", "a\n\nb"),
        (r"a\line b\softline c", "a\nb\nc"),
        (r"a\~b\_c\-d\{e\}\\", "a b‑cd{e}\\"),
        (r"\ldblquote a\rdblquote\emdash b", "“a”—b"),
        (r"a{\v b}c{\deleted d}e\v f\v0 g", "aceg"),
        (r"a{\*\unknown b}c{\pict d}e{\xe f}", "ace"),
        (r"a{\header b\par c}d", "ad"),
        (r"a{\pict{\row b\cell}}c", "ac"),
        (r"a\u8364?b\u-4034*c", "a€b\uf03ec"),
        (r"\uc2\u8364??b\uc0\u8364 c", "€b€c"),
        (r"\uc20\u8364 0123456789x", "€x"),  # ten at most
        (r"\u-10179?\u-8690?", "\U0001f60e"),
        (r"a\u-8690?b", "a\ufffdb"),
        (r"a\u-10179?b", "ab"),
        (r"a\u-10240?\u-9216?b", "a\U00010000b"),  # the first pair, and the last one
        (r"a\u-9217?\u-8195?b", "a\U0010fffdb"),
        (r"a\u-9216?b", "a\ufffdb"),
        (r"a\u-8193?b", "a\ufffdb"),
        (r"a\u-8192?b", "a\ue000b"),
        (r"a\u-10241?b", "a\ud7ffb"),
        (r"\ansicpg1251 \'cc\'e8\'f0", "Мир"),
        (r"\ansicpg99999 \'e9", "é"),
        (r"\ansicpg0 \'e9", "é"),
        (r"\mac \'8e", "é"),
        (
            r"{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset0 B;}}\f0 \'cc\f1 \'e9{\f0 \'cc}\'e9\plain\'e9",
            "МéМéé",
        ),
        (r"{\fonttbl{\f0\fcharset1 A;}}\f0 \'e9", "é"),
        # Charsets of fonts decide, also where the document has another; 1 is that of the document.
        (r"\ansicpg1251{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset1 B;}}\f0 \'e9\f1 \'e9", "éй"),
        (r"\ansicpg1252{\fonttbl{\f0\fcharset238 A;}{\f1\fcharset161 B;}}\f0 \'b3\f1 \'e1", "łα"),
        (r"\ansicpg1251{\fonttbl{\f0\fcharset0\cpg1250 A;}{\f1\cpg1253\fcharset0 B;}}\f0 \'b3\f1 \'e1", "łα"),
        (r"{\fonttbl{\f0\fcharset204\cpg99999 A;}}\f0 \'cc", "М"),
        (r"{\fonttbl{\f0\fcharset130 A;}{\f1\fcharset255 B;}}\f0 \'88\'61\f1 \'82", "가é"),
        # \plain goes back to the font of \deff.
        (r"\deff1{\fonttbl{\f0\fcharset204 A;}{\f1\fcharset238 B;}}\f0 \'cc\plain \'b3", "Мł"),
        (r"{\fonttbl{\f0\fcharset204 A;}}\f0 \'cc\plain \'e9", "Мé"),
        (r"\pc \'82", "é"),
        (r"\pca \'9e", "×"),
        (
            r"\outlinelevel0 a\par\pard b\par\outlinelevel8 c\par\pard\outlinelevel9 d",
            "# a\n\nb\n\n###### c\n\nd",
        ),
        (r"a\cell b\cell\row c\cell d\cell\row\pard e", "a | b\nc | d\n\ne"),
        (r"a\cell\row b\par c\cell\row", "a\n\nb\n\nc"),
        (r"a\cell b\par c\cell\row", "a | b c"),
        (r"\cell\cell\row a", "a"),
        # Word and pandoc write the paragraphs of a cell so, LibreOffice its notes.
        (r"\pard\intbl a\par b\cell c\cell\row\pard d", "a b | c\n\nd"),
        (r"{{\pard\intbl a\par}\cell}{{\pard\intbl b\par}\cell}\row{\pard c\par}", "a | b\n\nc"),
        (r"\pard\intbl a\par\pard b", "a\n\nb"),
        (r"a\cell b\cell", "a | b"),  # without an end of the row
        (r"a\cell b", "a | b"),
        (r"a{\footnote b{\footnote c\footnote d", "a¹\n\n¹ b²\n\n² cd"),
        (r"a\cell b\cell{\footnote c\par d} e\cell\row", "a | b | ¹ e\n\n¹ c\n\nd"),
        (r"a{\super\chftn{\*\footnote\chftn  b}} c{\*\footnote\ftnalt d}", "a¹ c²\n\n¹ b\n\n² d"),
        (r"a{\*\none{\*\footnote b}{\shp{\*\shpinst{\shptxt c}}}}", "a"),
        (
            r"a{\shp{\*\shpinst\shpleft0{\sp{\sn b}{\sv 1}}{\shptxt c\par d}}{\shprslt e}}f\par g",
            "af\n\nc\n\nd\n\ng",
        ),
        (
            r"{\shp{\*\shpinst{\shptxt a}}}b{\shp{\*\shpinst{\sp c}}{\shprslt\par d\par}}e\par f",
            "be\n\na\n\nd\n\nf",
        ),
        (r"{\shp{\*\shpinst{\shptxt a}}}\pard\intbl b\cell\cell\row", "b a |"),
        (r"{\upr{a ?}{\*\ud{a \u1076?}}} b", "a д b"),
        (r"a{\footnote  b\par c} d{\footnote e}", "a¹ d²\n\n¹ b\n\nc\n\n² e"),
        (r"a{\pict{\footnote b}}", "a"),
        ("a}}}b", "ab"),
        (r"\LINE a\PAR b", "a\n\nb"),
        (r"10{\super 6}, 10\super -3\nosupersub 4, 10\super 5\plain 1", "10⁶, 10⁻³4, 10⁵1"),
        (r"H{\sub 2}O, 19{\super th}, 10\super 2\super0 3", "H2O, 19th, 10²3"),
    ],
)
def test_what_an_rtf_is_made_of(source: str, words: str) -> None:
    assert rtf(source) == words


def test_title_and_author_of_an_rtf_stand_in_a_group_of_their_own() -> None:
    data = rb"{\rtf1{\info{\title The  mole}{\author Ann{\b  Ash}}{\subject No}}words \title more}"
    text = load_bytes(data, "x.rtf")
    assert (text.title, text.author, text.body) == ("The mole", "Ann Ash", "words more")


def test_a_title_of_an_rtf_is_the_one_in_unicode() -> None:
    data = rb"{\rtf1{\info{\upr{\title ??}{\*\ud{\title \u1044?\u1072?}}}}words}"
    assert load_bytes(data, "x.rtf").title == "Да"


def test_an_rtf_is_as_deep_as_it_may_be_or_refused() -> None:
    assert rtf("{" * 499 + "a" + "}" * 499) == "a"
    with pytest.raises(LoadError, match="nested too deep: more than 500 groups"):
        rtf("{" * 500 + "a")


def test_spaces_of_an_odt_are_as_many_as_it_says() -> None:
    words = 'a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:s text:c="x"/>e<text:line-break/>f'
    body = f"<office:body><office:text><text:p>{words}</text:p></office:text></office:body>"
    content = f"<office:document-content {OFFICE}>{body}</office:document-content>"
    assert load_bytes(zip_of(ODT | {"content.xml": content}), "x", furniture=False).body == "a b   c d e\nf"
    many = content.replace('text:c="3"', 'text:c="1001"')
    assert f"b{' ' * 1000}c" in load_bytes(zip_of(ODT | {"content.xml": many}), "x", furniture=False).body
