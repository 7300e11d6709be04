"""DOCX: paragraphs as readers see them: changes accepted, lists numbered, notes at the end."""

from __future__ import annotations

import io
import zipfile

import pytest

from texts.load import LoadError, load_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="Q"><w:name w:val="Intense Quote"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="L"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum><w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="upperLetter"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t xml:space="preserve"> See</w:t>
<w:footnoteReference w:id="3"/></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>Ibid.</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote></w:footnotes>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The quay</dc:title>
<dc:creator>Ann Ash</dc:creator></cp:coreProperties>"""


def docx(content: str, **more: str) -> bytes:
    """A document with these elements in its body."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{content}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": NOTES,
        "docProps/core.xml": CORE,
        **more,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return file.getvalue()


def p(inside: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def r(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    """A field as Word writes it; what it is to say may hold another one."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    said = instruction if "<" in instruction else f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return sign("begin") + said + sign("separate") + r(result) + sign("end")


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def item(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def body(content: str) -> str:
    return load_bytes(docx(content), "quay.docx").body


@pytest.mark.parametrize("name", ["quay.docx", "quay.txt", "-"])
def test_a_document(name: str) -> None:
    text = load_bytes(docx(p(r("One ") + r("and two.")) + p("") + p(r("Three."))), name)
    assert (text.title, text.author, text.body) == ("The quay", "Ann Ash", "One and two.\n\nThree.")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (p(r("A"), style("H1")) + p(r("B"), style("Mine")) + p(r("C"), style("T")), "# A\n\n# B\n\n# C"),
        (p(r("A"), style("Heading2")) + p(r("B"), style("Loop")), "## A\n\nB"),
        (p(r("said"), style("Q")), "> said"),
        (p(r("a"), style("L")) + p(r("b"), item(1)) + p(r("c")) + p(r("d"), item(1)), "- a\n- b\n\nc\n\n- d"),
        (
            "".join(p(r("x"), item(2, level)) for level in (0, 1, 1, 2, 0, 1)),
            "3. x\n  i. x\n  ii. x\n    A. x\n4. x\n  i. x",
        ),
        (p(r("not a list"), item(0)), "not a list"),
        (p(r("sea,") + "<w:r><w:br/></w:r>" + r("boats")), "sea,\nboats"),
        (p(r("a") + '<w:r><w:br w:type="page"/><w:tab/></w:r>' + r("b")), "a  b"),
        (
            p(
                r("kept")
                + f"<w:ins>{r(' new')}</w:ins><w:del>{r(' old')}</w:del><w:moveFrom>{r('x')}</w:moveFrom>"
            ),
            "kept new",
        ),
        (p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>" + r("seen")), "seen"),
        (p("<w:r><w:instrText>PAGE</w:instrText></w:r>" + f"<w:hyperlink>{r('link')}</w:hyperlink>"), "link"),
        (p(r("see ") + field(" PAGE \\* MERGEFORMAT ", "3") + r("here")), "see here"),
        (p(r("of ") + field("numpages", "10") + f'<w:fldSimple w:instr="PAGE">{r("4")}</w:fldSimple>'), "of"),
        (p(field(" REF chapter ", "the mill") + r(" and ") + field("PAGEREF mill", "12")), "the mill and 12"),
        (p(field(f" IF {field('PAGE', '1')} = 1 ", "first") + r("!")), "first!"),
        (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("lost")) + p(r("found")), "found"),
        (p(r("a") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("b")), "ab"),
        (p(f'<w:fldSimple w:instr=" AUTHOR ">{r("Ada")}</w:fldSimple>'), "Ada"),
        (p(r("hy") + "<w:r><w:softHyphen/></w:r>" + r("phen")), "hyphen"),
        (
            "<w:tbl><w:tr><w:tc>" + p(r("a")) + p(r("b")) + "</w:tc><w:tc>" + p(r("c")) + "</w:tc></w:tr>"
            "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(r("gone")) + "</w:tc></w:tr>"
            "<w:tr><w:tc>"
            + p(r("d"))
            + "</w:tc><w:tc>"
            + p("")
            + "</w:tc><w:tc>"
            + p(r("e"))
            + "</w:tc></w:tr></w:tbl>",
            "a b | c\nd |  | e",
        ),
        ("<w:tbl><w:tr><w:tc>" + p(r("a")) + p(r("b")) + "</w:tc></w:tr></w:tbl>", "a\n\nb"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + p(r("held")) + "</w:sdtContent></w:sdt>", "held"),
        (
            p(r("a") + "<w:r><w:pict><w:txbxContent>" + p(r("box")) + "</w:txbxContent></w:pict></w:r>"),
            "a\n\nbox",
        ),
    ],
)
def test_the_shape_of_a_document(content: str, expected: str) -> None:
    assert body(content) == expected


def test_notes_stand_at_the_end_with_their_numbers_even_where_they_call_each_other() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert body(p(r("It began.") + call)) == "It began.¹\n\n¹ See²\n\n² Ibid.¹"
    assert body(p(r("It began.") + call.replace('"2"', '"99"'))) == "It began.¹"


@pytest.mark.parametrize(
    "missing", ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "docProps/core.xml"]
)
def test_a_document_may_do_without_its_other_parts(missing: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(docx(p(r("words"), item(2)))))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            if name != missing:
                archive.writestr(name, source.read(name))
    assert "words" in load_bytes(file.getvalue(), "quay.docx").body


def test_a_level_with_a_number_of_thousands_of_digits_is_the_first_one() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx(p(r("words"), item(1))))) as source,
        zipfile.ZipFile(file, "w") as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, content.replace(b'w:ilvl="0"', b'w:ilvl="' + b"1" * 5000 + b'"'))
    assert load_bytes(file.getvalue(), "quay.docx").body == "- words"


def test_an_empty_document_and_one_that_is_no_archive_are_refused() -> None:
    with pytest.raises(LoadError, match="is empty"):
        body(p(""))
    with pytest.raises(LoadError, match="is damaged"):
        load_bytes(b"only words", "quay.docx")
