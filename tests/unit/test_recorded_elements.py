"""How each element, attribute and control word of a format is read, where it may stand and where not.

Beside `test_recorded_reading`, whose files are drawn: here nothing is left to chance, and each answer is of one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from formats import W, zip_of
from recorded import same_as_recorded

from tests.unit.test_recorded_reading import O_STYLES, OFFICE, W_NOTES, W_NUMBERING, W_STYLES
from texts.load import LoadError, load_bytes

listed = str.split
TAGS = listed(
    "a abbr address app article aside audio b base bdi bdo big blockquote body br button canvas caption center cite"
    " code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure"
    " font footer form frame frameset h1 h3 h6 head header hr html i iframe img input ins kbd label legend li link"
    " main map mark math menu meta meter mfrac mi mn mo mroot mrow msqrt msub msubsup msup mtable mtd mtext mtr"
    " munder mover munderover menclose mfenced mphantom semantics annotation nav noembed noframes noscript object ol"
    " optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section"
    " select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th"
    " thead time title tr track tt u ul var video wbr xmp svg:title m:math m:mi"
)
PAGES = (
    "<p>One <{0}>two</{0}> three",
    "<div>One<{0}>two<p>three</p>four</{0}>five</div>",
    "<{0}><{0}>1</{0}><li>two</li></{0}>three",
    "<math><{0}><mi>x</mi><mn>2</mn><mo>+</mo></{0}></math>",
)
OF_ELEMENTS = (
    *(f"class={name}" for name in listed("stanza verse pagenum page-number lineno linenum poem katex-html sr-only")),
    *(f"class={name}" for name in listed("noteref footnote-ref mw-editsection visually-hidden hidden poetry lg")),
    *(f"id={name}" for name in listed("page_3 p3 pg12 page12 Page_iv fn1 x")),
    *(f"role={name}" for name in listed("doc-noteref doc-pagebreak doc-backlink note")),
    *(f"epub:type={name}" for name in listed("pagebreak noteref z3998:verse footnote")),
    *(f"style='{name}'" for name in ("display:none", "display: none", "visibility:hidden", "color:red")),
    *(f"style='list-style{name}'" for name in (":none", "-type: upper-roman", ": lower-alpha inside", ":disc")),
    *(f"title={name}" for name in ("header", "footer", "x")),
    *(f"type={name}" for name in "1aAiI"),
    *("hidden", "hidden=until-found", "start=4", "start=-1", "start=x", "value=7", "value=0", "reversed"),
    *("href=#n1", "href=#", "href=x.html", "name=page3", "alt=T", "alt=TH", "open", "colspan=2", "data-x=1"),
)  # fmt: skip
HOLDERS = (
    "<p>One <span {0}>2</span> three</p>", "<p>One<a {0}>3</a></p>", "<div {0}>2</div><p>three</p>",
    "<ol {0}><li>one</li><li>two</li></ol>", "<ul><li {0}>one</li></ul><ol><li {0}>two</li><li>three</li></ol>",
    "<p {0}>One<br>Two</p>",
    "<p><img {0}>he <sup {0}>2</sup> <br {0}>end</p>", "<table {0}><tr {0}><td {0}>1<td>2</table>",
)  # fmt: skip


def page_with(words: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body>{words}<p>The end.</p></body></html>".encode()


def pages() -> Iterator[tuple[str, bytes]]:
    for shape, tag in product(PAGES, TAGS):
        yield shape.format(tag), page_with(shape.format(tag))
    for shape, said in product(HOLDERS, OF_ELEMENTS):
        yield shape.format(said), page_with(shape.format(said))


CONTROLS = listed(
    "ansi mac pc pca ansicpg b i ul v deleted super sub nosupersub up dn par sect page line column tab cell row pard"
    " plain outlinelevel f deff fcharset cpg uc u emdash endash lquote rquote ldblquote rdblquote bullet emspace"
    " enspace qmspace zwj zwnj ltrmark rtlmark softline softpage nestcell nestrow intbl trowd footnote annotation"
    " atnid atnauthor pict object result header footer headerl headerf footerr fonttbl colortbl stylesheet info"
    " title author subject keywords listtext pntext field fldinst fldrslt bkmkstart shp shptxt sn sv nonshppict"
    " shppict listtable revtbl generator xe tc txe rxe chftn chpgn none"
)
FONTS = (
    r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset2 Symbol;}{\f8\fcharset128 Gothic;}}"
)


def rich_with(words: str) -> bytes:
    return rf"{{\rtf1\ansi{FONTS}{{\info{{\title T}}{{\author A}}}}{words}\par The end.}}".encode("cp1252")


def rich() -> Iterator[tuple[str, bytes]]:
    for word, number in product(CONTROLS, ("", "0", "1", "8", "9", "-1", "77", "1251", "55357")):
        for words in (
            rf"One {{\{word}{number} a\'e9\'83\'bf}} two.",
            rf"One\{word}{number} b\'e9\u960?\par c.\row",
        ):
            yield words, rich_with(words)
    for byte in range(0x20, 0x7F):
        yield f"escape {byte}", rich_with(f"One\\{chr(byte)}b two")
    for byte in range(0x80, 0x100, 3):
        yield (
            f"byte {byte}",
            rich_with(rf"One\'{byte:x}{{\f1 \'{byte:x}}}{{\f2 \'{byte:x}}}{{\f8 \'83\'{byte:x}}}"),
        )


PARTS = listed(
    "t r p ins del moveFrom moveTo hyperlink smartTag sdt sdtContent sdtPr fldSimple br cr tab ptab noBreakHyphen"
    " softHyphen sym delText instrText footnoteReference endnoteReference annotationRef commentReference"
    " commentRangeStart commentRangeEnd footnoteRef separator txbxContent pict object drawing AlternateContent Choice"
    " Fallback ruby rubyBase rt rPr pPr bookmarkStart proofErr customXml lastRenderedPageBreak dayShort pgNum"
    " oMath oMathPara tbl tr tc subDoc altChunk sectPr permStart"
)
AROUND = (
    "<w:p><w:r><w:t>One </w:t></w:r><w:{0}><w:r><w:t>two</w:t></w:r></w:{0}></w:p>",
    "<w:p><w:r><w:t>One </w:t><w:{0}>two</w:{0}></w:r></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="V"/></w:pPr><w:{0}>'
    '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>two</w:t></w:r></w:{0}></w:p>',
    "<w:{0}><w:p><w:r><w:t>two</w:t></w:r></w:p></w:{0}>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:{0}><w:tc><w:p><w:r><w:t>two</w:t></w:r></w:p></w:tc></w:{0}></w:tr></w:tbl>",
    '<w:p><w:r><w:{0} w:type="page" w:id="1" w:font="Symbol" w:char="61" w:instr=" PAGE "/><w:t>x</w:t></w:r></w:p>',
)
OF_RUNS = (
    *("vanish", "b", "webHidden", 'vanish w:val="0"', 'vanish w:val="false"', 'vanish w:val="1"', "specVanish"),
    *(f'vertAlign w:val="{name}"' for name in ("superscript", "subscript", "baseline")),
    *(f'rStyle w:val="{name}"' for name in "VHQ"),
    *(f'rFonts w:{name}="Symbol"' for name in ("ascii", "hAnsi", "cs")), "del", "moveFrom",
)  # fmt: skip
OF_PARAGRAPHS = (
    *(f'pStyle w:val="{name}"' for name in "HQTVLX"),
    *(f'outlineLvl w:val="{level}"' for level in (0, 1, 8, 9, "x")),
    *(f'framePr w:dropCap="{how}"' for how in ("drop", "margin", "none")),
    *("keepNext", "pageBreakBefore"),
)
LISTED = tuple(
    f'numPr><w:ilvl w:val="{level}"/><w:numId w:val="{which}"/></w:numPr><w:x'
    for level, which in product((0, 1, 2), (0, 1, 2, 3))
)


def word_with(words: str) -> bytes:
    return zip_of(
        {
            "word/document.xml": f"<w:document {W}><w:body>{words}"
            "<w:p><w:r><w:t>The end.</w:t></w:r></w:p></w:body></w:document>",
            "word/styles.xml": W_STYLES,
            "word/numbering.xml": W_NUMBERING,
            "word/footnotes.xml": W_NOTES,
        }
    )


def word() -> Iterator[tuple[str, bytes]]:
    for shape, part in product(AROUND, PARTS):
        yield shape.format(part), word_with(shape.format(part))
    for said, style in product(OF_RUNS, ("", "V")):
        run = f"<w:r><w:rPr><w:{said}/></w:rPr><w:t>a1</w:t></w:r><w:r><w:t>b</w:t></w:r>"
        words = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
        yield words, word_with(words)
    for one, other in product((*OF_PARAGRAPHS, *LISTED), (*OF_PARAGRAPHS[:6], *LISTED[1:6:2], "x")):
        run = "<w:r><w:t>Two</w:t></w:r>"
        words = (
            f"<w:p><w:pPr><w:{one}/><w:{other}/></w:pPr>{run}</w:p><w:p><w:pPr><w:{one}/></w:pPr>{run}</w:p>"
        )
        yield words, word_with(words)


WRITTEN = listed(
    "text:p text:h text:span text:a text:s text:tab text:line-break text:soft-page-break text:bookmark text:note"
    " text:note-citation text:note-body text:ruby text:ruby-base text:ruby-text text:list text:list-item"
    " text:list-header text:section text:page-number text:page-count text:hidden-text text:hidden-paragraph"
    " text:conditional-text text:tracked-changes text:changed-region text:deletion text:change text:change-start"
    " text:table-of-content text:index-body text:index-title text:alphabetical-index text:sequence text:date"
    " text:numbered-paragraph text:meta office:annotation office:annotation-end office:forms draw:frame draw:text-box"
    " draw:image draw:object draw:custom-shape draw:a table:table table:table-row table:table-cell"
    " table:covered-table-cell table:table-header-rows table:shapes"
)
WRITER = (
    "<text:p>One <{0}>two</{0}> three</text:p>",
    "<{0}><text:p>two</text:p><{0}><text:p>three</text:p></{0}></{0}>",
    "<text:list><text:list-item><{0}>two</{0}></text:list-item></text:list>",
    "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><{0}><text:p>2</text:p></{0}>"
    "</table:table-row></table:table>",
)
POSITIONS = ("super", "super 58%", "sub 58%", "33% 58%", "-33% 58%", "0% 100%", "0.0%", "33", "%", "", "5% x")
NUMBERED = tuple(
    f'style:num-format="{form}" {said}'
    for form, said in product(
        ("1", "a", "I", ""),
        (
            "",
            'text:start-value="3"',
            'style:num-prefix="("',
            'style:num-suffix=")"',
            'text:display-levels="3"',
        ),
    )
)


def writer_with(words: str, styles: str = O_STYLES) -> bytes:
    body = f"<office:body><office:text>{words}<text:p>The end.</text:p></office:text></office:body>"
    content = f"<office:document-content {OFFICE}>{styles}{body}</office:document-content>"
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def writer() -> Iterator[tuple[str, bytes]]:
    for shape, part in product(WRITER, WRITTEN):
        yield shape.format(part), writer_with(shape.format(part))
    for position in POSITIONS:
        style = f'<style:style style:name="U"><style:text-properties style:text-position="{position}"/></style:style>'
        words = '<text:p>a<text:span text:style-name="U">1</text:span></text:p>'
        yield (
            f"at {position}",
            writer_with(words, f"<office:automatic-styles>{style}</office:automatic-styles>"),
        )
    item = "<text:list-item><text:p>x</text:p>{0}</text:list-item>"
    inner = f"<text:list>{item.format('')}<text:list-item><text:p>y</text:p></text:list-item></text:list>"
    for said in NUMBERED:
        levels = "".join(f'<text:list-level-style-number text:level="{level}" {said}/>' for level in (1, 2))
        style = f'<text:list-style style:name="L">{levels}</text:list-style>'
        words = f'<text:list text:style-name="L">{item.format(inner)}{item.format("")}</text:list>'
        yield said, writer_with(words, f"<office:automatic-styles>{style}</office:automatic-styles>")


EDITED = listed(
    "ab abbr add addSpan am anchor app argument author back bibl body byline c caesura castList castItem cell choice"
    " cit closer corr damage date dateline del desc div div1 div3 docAuthor docTitle emph epigraph ex expan figDesc"
    " figure foreign formula front fw g gap gloss group head hi imprimatur item l label lb lem lg list listBibl"
    " metamark milestone name note num opener orig p pb pc persName placeName postscript q quote rdg rdgGrp ref reg"
    " restore role row rs s said salute seg sic signed soCalled sp space speaker spGrp stage subst supplied surplus"
    " table term text title titlePage titlePart trailer unclear w"
)
EDITION = (
    "<p>One <{0}>two</{0}> three</p>",
    "<{0}>One<p>two</p><{0}>three</{0}></{0}>",
    "<lg><l>One</l><{0}><l>two</l></{0}></lg>",
    "<list><head>H</head><{0}>one</{0}><item>two</item></list>",
    "<p>un<{0}/>der <{0} break='no' n='4' rend='sup' unit='page' type='page'/> way</p>",
    "<p>a <{0} place='margin' resp='#x' type='marginal' reason='lost' xml:id='n'>b</{0}> <ref target='#n'>1</ref></p>",
)


def edition() -> Iterator[tuple[str, bytes]]:
    for shape, tag in product(EDITION, EDITED):
        words = shape.format(tag)
        yield words, f"<TEI><text><body><div>{words}<p>The end.</p></div></body></text></TEI>".encode()


FORMATS = {
    "page": (pages, "x.html"),
    "rich": (rich, "x.rtf"),
    "word": (word, "x.docx"),
    "writer": (writer, "x.odt"),
    "edition": (edition, "x.xml"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_how_each_element_is_read(name: str) -> None:
    made_of, file = FORMATS[name]
    made: dict[str, object] = {}
    for said, data in made_of():
        told: list[str] = []
        try:
            text = load_bytes(data, file, furniture=False, title="x", remark=told.append)
        except LoadError as error:
            made[said] = str(error)
        else:
            made[said] = "\n".join((text.author, text.body.removesuffix("\n\nThe end."), *told)).lstrip("\n")
    same_as_recorded(f"elements/{name}", made)
