"""How made-up files are read, of all shapes of a format: who changes a reader sees what it reads otherwise.

The files are drawn from the elements of each format, sound and unsound, dozens of each. What is right in the answers
the tests of each format say; here stands that nothing else changes.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from formats import W, zip_of
from recorded import same_as_recorded

from tests.unit.test_load_encodings import OTHERS
from texts.load import LoadError, load_bytes
from texts.load.decode import decoded
from texts.load.layout import LayoutLine
from texts.load.plain import unwrapped
from texts.load.reflow import paragraphs
from texts.load.titles import guess_author, guess_title, short_slug, slugify, telling_stem
from texts.segment import passages
from texts.short_titles import short_title, telling_words

WORDS = (
    "the", "harbour", "board", "met.", "Nobody", "answered", "him,", "for", "12", "xiv", "a", "while", "3.", "*",
    "co-", "operate", "[4]", "Iran", "“Yes”", "—", "=", "²", "naïve", "and", "so", "on.", "水", "Ann", "I",
)  # fmt: skip
Draw = random.Random


def some(chance: Draw, most: int = 6) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def read(data: bytes, name: str) -> list[object]:
    """Title, author and body of a file, or why it is not read; what is told besides."""
    told: list[str] = []
    try:
        text = load_bytes(data, name, furniture=False, remark=told.append)
    except LoadError as error:
        return [str(error)]
    return [text.title, text.author, text.body, *told]


HTML_BLOCKS = (
    "p", "p", "p", "div", "div", "h1", "h2", "h4", "ul", "ol", "ol", "li", "li", "dl", "dt", "dd", "blockquote",
    "pre", "table", "tr", "td", "td", "th", "section", "figure", "figcaption", "hr", "header", "center", "menu",
    "aside",
)  # fmt: skip
HTML_INLINE = (
    "b", "span", "span", "sup", "sub", "q", "a", "br", "img", "ruby", "rt", "script", "math", "msup", "mfrac", "mi",
    "mn", "mo", "mroot", "msqrt", "msub", "msubsup", "del", "button", "title", "svg", "small", "ins", "wbr",
)  # fmt: skip
HTML_SAID = (
    "", "", "", "", 'class="stanza"', 'class="pagenum"', 'id="page_3"', 'hidden', 'style="display:none"',
    'start="4"', 'class="noteref"', 'epub:type="pagebreak"', 'title="header"', 'class="katex-html"', 'alt="T"',
    'value="7"', 'type="a"', 'class="lineno"', 'role="doc-noteref" href="#n"', 'class="verse"', 'type="I"',
    "reversed", 'class="mw-editsection"',
)  # fmt: skip


def page(chance: Draw, depth: int = 0) -> str:
    """Elements inside each other, some of them never closed."""
    pieces = []
    for _ in range(chance.randint(1, 5)):
        if depth > 3 or chance.random() < 0.35:
            pieces.append(some(chance, 3))
            continue
        tag = chance.choice(HTML_BLOCKS if chance.random() < 0.6 else HTML_INLINE)
        end = f"</{tag}>" if chance.random() < 0.8 else ""
        pieces.append(f"<{tag} {chance.choice(HTML_SAID)}>{page(chance, depth + 1)}{end}")
    return chance.choice(("", " ", "\n")).join(pieces)


def of_web(chance: Draw) -> bytes:
    head = chance.choice(("", "<title>A  page</title>", '<meta name="author" content="Ann"><title>B</title>'))
    return f"<!doctype html><html><head>{head}</head><body>{page(chance)}</body></html>".encode()


W_STYLES = f"""<w:styles {W}><w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="V"><w:name w:val="v"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="L"><w:name w:val="l"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>"""
W_NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/></w:lvl>
<w:lvl w:ilvl="1"><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""
W_NOTES = f"""<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:t> A note.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Two</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>"""
W_LOOKS = (
    "", "", "", '<w:pStyle w:val="H"/>', '<w:pStyle w:val="Q"/>', '<w:pStyle w:val="T"/>', '<w:pStyle w:val="V"/>',
    '<w:pStyle w:val="L"/>', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>',
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', '<w:numPr><w:numId w:val="0"/></w:numPr>',
    '<w:rPr><w:del/></w:rPr>', '<w:framePr w:dropCap="drop"/>', '<w:rPr><w:moveFrom/></w:rPr>',
    '<w:outlineLvl w:val="1"/>',
)  # fmt: skip
W_RUNS = (
    "", "", "", "<w:vanish/>", '<w:rFonts w:ascii="Symbol"/>', '<w:vertAlign w:val="superscript"/>',
    '<w:rStyle w:val="V"/>', '<w:rStyle w:val="V"/><w:vanish w:val="0"/>', '<w:vertAlign w:val="subscript"/>',
)  # fmt: skip
W_PARTS = (
    "<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', '<w:sym w:font="Symbol" w:char="F061"/>', "<w:noBreakHyphen/>",
    "<w:cr/>", '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="2"/>',
    "<w:footnoteReference w:id='9'/>", '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> PAGE </w:instrText>",
    '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>',
    "<w:instrText> REF x </w:instrText>",
    "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>",
)  # fmt: skip
W_AROUND = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "hyperlink",
    "smartTag",
    "sdt",
    "Fallback",
    "rt",
    "fldSimple w:instr='PAGE'",
)


def in_word(chance: Draw, depth: int = 0) -> str:
    """Paragraphs and tables of a DOCX."""
    pieces = []
    for _ in range(chance.randint(1, 5)):
        if depth < 2 and chance.random() < 0.15:
            cells = "".join(f"<w:tc>{in_word(chance, depth + 1)}</w:tc>" for _ in range(chance.randint(1, 3)))
            gone = chance.choice(("", "", "<w:trPr><w:del/></w:trPr>"))
            pieces.append(f"<w:tbl><w:tr>{gone}{cells}</w:tr></w:tbl>")
            continue
        runs = []
        for _ in range(chance.randint(1, 5)):
            words = f'<w:t xml:space="preserve">{some(chance, 3)} </w:t>'
            inside = chance.choice((words, words, words, chance.choice(W_PARTS)))
            run = f"<w:r><w:rPr>{chance.choice(W_RUNS)}</w:rPr>{inside}</w:r>"
            around = chance.choice(W_AROUND)
            runs.append(run if chance.random() < 0.75 else f"<w:{around}>{run}</w:{around.split(' ')[0]}>")
        pieces.append(f"<w:p><w:pPr>{chance.choice(W_LOOKS)}</w:pPr>{''.join(runs)}</w:p>")
    return "".join(pieces)


def of_word(chance: Draw) -> bytes:
    return zip_of(
        {
            "word/document.xml": f"<w:document {W}><w:body>{in_word(chance)}</w:body></w:document>",
            "word/styles.xml": W_STYLES,
            "word/numbering.xml": W_NUMBERING,
            "word/footnotes.xml": W_NOTES,
        }
    )


OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:draw="w" xmlns:fo="f"'
O_STYLES = """<office:automatic-styles><style:style style:name="Q" style:parent-style-name="Quotations"/>
<style:style style:name="T"><style:text-properties text:display="none"/></style:style><style:style style:name="S">
<style:text-properties style:font-name="Symbol"/></style:style><style:style style:name="U"><style:text-properties
style:text-position="super 58%"/></style:style><text:list-style style:name="L"><text:list-level-style-number
text:level="1" style:num-format="i" style:num-suffix="."/><text:list-level-style-number text:level="2"
style:num-format="1" text:display-levels="2"/></text:list-style><text:list-style style:name="B">
<text:list-level-style-bullet text:level="1"/></text:list-style></office:automatic-styles>"""
O_INLINE = (
    '<text:s text:c="3"/>', "<text:s/>", "<text:tab/>", "<text:line-break/>", "<text:bookmark/>",
    "<text:page-number>3</text:page-number>", "<text:hidden-text>no</text:hidden-text>",
    "<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note>",
    "<office:annotation><text:p>remark</text:p></office:annotation>",
    "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>",
    "<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>",
)  # fmt: skip


def line_of_writer(chance: Draw) -> str:
    pieces = []
    for _ in range(chance.randint(1, 4)):
        style = chance.choice("QTSUX")
        span = f'<text:span text:style-name="{style}">{some(chance, 2)}</text:span>'
        pieces.append(chance.choice((some(chance, 3), some(chance, 3), span, chance.choice(O_INLINE))))
    return " ".join(pieces)


def list_of_writer(chance: Draw, depth: int = 0) -> str:
    said = chance.choice(
        (
            'text:style-name="L"',
            'text:style-name="B"',
            "",
            'text:continue-numbering="true" text:style-name="L"',
        )
    )
    items = []
    for _ in range(chance.randint(1, 3)):
        inner = list_of_writer(chance, depth + 1) if depth < 2 and chance.random() < 0.3 else ""
        start = chance.choice(("", "", "", 'text:start-value="5"'))
        kind = chance.choice(("list-item", "list-item", "list-item", "list-header"))
        tag = chance.choice(("p", "p", "p", "h"))
        items.append(
            f"<text:{kind} {start}><text:{tag}>{line_of_writer(chance)}</text:{tag}>{inner}</text:{kind}>"
        )
    return f"<text:list {said}>{''.join(items)}</text:list>"


def of_writer(chance: Draw) -> bytes:
    pieces = []
    for _ in range(chance.randint(2, 7)):
        kind = chance.choice(("p", "p", "p", "h", "list", "table", "section", "quote"))
        line = line_of_writer(chance)
        level = chance.choice(
            ("", 'text:outline-level="2"', 'text:outline-level="9" text:is-list-header="true"')
        )
        cells = "".join(
            f"<table:table-cell><text:p>{line_of_writer(chance)}</text:p></table:table-cell>"
            for _ in range(3)
        )
        hidden = chance.choice(("", 'text:display="none"', 'text:is-hidden="true"'))
        pieces.append(
            {
                "p": f"<text:p>{line}</text:p>",
                "h": f"<text:h {level}>{line}</text:h>",
                "list": list_of_writer(chance),
                "table": f"<table:table><table:table-row>{cells}</table:table-row></table:table>",
                "section": f"<text:section {hidden}><text:p>{line}</text:p></text:section>",
                "quote": f'<text:p text:style-name="Q">{line}</text:p>',
            }[kind]
        )
    body = f"<office:body><office:text>{''.join(pieces)}</office:text></office:body>"
    content = f"<office:document-content {OFFICE}>{O_STYLES}{body}</office:document-content>"
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


TEI_BLOCKS = (
    "div", "div2", "p", "p", "p", "head", "lg", "l", "l", "list", "item", "table", "row", "cell", "quote", "q", "sp",
    "speaker", "note", "cit", "bibl", "ab", "epigraph", "fw", "figure", "opener",
)  # fmt: skip
TEI_INLINE = (
    "hi", "hi rend='sup'", "lb", "lb break='no'", "pb", "gap", "space", "choice", "sic", "corr", "abbr", "expan",
    "ex", "app", "lem", "rdg", "note", "del", "add", "foreign", "q", "unclear", "am", "orig", "reg",
)  # fmt: skip


def edition(chance: Draw, depth: int = 0) -> str:
    pieces = []
    for _ in range(chance.randint(1, 4)):
        if depth > 3 or chance.random() < 0.4:
            pieces.append(some(chance, 3))
            continue
        tag = chance.choice(TEI_BLOCKS if chance.random() < 0.6 else TEI_INLINE)
        pieces.append(f"<{tag}>{edition(chance, depth + 1)}</{tag.split(' ')[0]}>")
    return chance.choice(("", " ")).join(pieces)


def of_edition(chance: Draw) -> bytes:
    return f"<TEI><text><body><div>{edition(chance)}<p>End.</p></div></body></text></TEI>".encode()


RTF_WORDS = (
    r"\par ", r"\par ", r"\line ", r"\pard ", r"\cell ", r"\row ", r"\v ", r"\v0 ", r"\outlinelevel1 ", r"\u8364?",
    r"\'e9", r"\'cc", r"\f1 ", r"\f0 ", r"\plain ", r"\super ", r"\nosupersub ", r"\sub ", r"\tab ", r"\emdash ",
    r"\~", r"\_", r"\-", r"\uc2 ", r"\u-4034 ", r"{\footnote note }", r"{\*\annotation remark}", r"{\pict 00}",
    r"{\*\none x}", r"{\title A title}", r"\deleted ", r"\sect ", r"\b ", r"{\field{\*\fldinst PAGE}{\fldrslt 7}}",
    r"\ldblquote ", r"\bullet ", "\\\n",
)  # fmt: skip


def of_rtf(chance: Draw) -> bytes:
    head = (
        r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Symbol;}}{\info{\author Ann Ash}{\title The quay}}"
    )
    pieces = []
    for _ in range(chance.randint(4, 24)):
        one = chance.choice((f"{some(chance, 3)} ", chance.choice(RTF_WORDS), chance.choice(RTF_WORDS)))
        pieces.append(chance.choice((one, one, one, f"{{{one}{some(chance, 2)}}}")))
    return rf"{{\rtf1\ansi\ansicpg1252 {head}{''.join(pieces)}}}".encode("cp1252", "replace")


def of_markdown(chance: Draw) -> bytes:
    front = chance.choice(
        (
            "",
            "---\ntitle: 'A quay'\nauthor:\n- Ann\n- Tom\n---\n",
            '+++\ntitle = "B"\nauthors = ["C", "D"]\n+++\n',
        )
    )
    lines = [
        chance.choice(
            (
                "# *A* [link](x)",
                "Lined\n=====",
                "## Two",
                "```\n# no\n```",
                some(chance),
                "---",
                "  # In",
                "#no",
                "",
            )
        )
        for _ in range(chance.randint(1, 6))
    ]
    return (front + "\n".join(lines) + "\nEnd.").encode()


FORMATS: dict[str, tuple[Callable[[Draw], bytes], str, int]] = {
    "page": (of_web, "x.html", 160),
    "word": (of_word, "x.docx", 120),
    "writer": (of_writer, "x.odt", 100),
    "edition": (of_edition, "x.xml", 100),
    "rtf": (of_rtf, "x.rtf", 120),
    "markdown": (of_markdown, "x.md", 40),
}


@pytest.mark.parametrize("name", FORMATS)
def test_how_a_format_is_read(name: str) -> None:
    drawn, file, count = FORMATS[name]
    made: dict[str, object] = {str(seed): read(drawn(random.Random(seed)), file) for seed in range(count)}
    same_as_recorded(f"reading/{name}", made)


def printed(chance: Draw) -> list[LayoutLine]:
    """The lines of a page: columns, headings, items, verse, notes in small letters, a running head and a number."""
    top, lines = 760.0, []
    if chance.random() < 0.6:
        lines.append(LayoutLine("THE QUAY", 250, 320, top, top + 9, 9))
    columns = chance.choice(((60, 540), (60, 540), (60, 290, 310, 540), (60, 200, 220, 380, 400, 540)))
    for left, right in zip(columns[::2], columns[1::2], strict=True):
        top = chance.choice((720.0, 700.0))
        for _ in range(chance.randint(1, 4)):
            size = chance.choice((10.0, 10.0, 10.0, 8.0, 14.0))
            for line in range(chance.randint(1, 7)):
                words = some(chance, 9)
                begins = chance.choice(("", "", "", "", "• ", "1. ", "– ", "(a) "))
                ends = chance.choice((right, right, right, right - 40, right - 150))
                indent = chance.choice((0, 0, 0, 14)) if line else chance.choice((0, 14))
                lines.append(
                    LayoutLine(begins + words, left + indent, max(ends, left + 40), top, top + size, size)
                )
                top -= 1.2 * size
            top -= chance.choice((0, 6, 20))
    lines.append(LayoutLine(str(chance.randint(3, 9)), 290, 300, 30, 39, 9))
    return lines


@pytest.mark.parametrize("furniture", [True, False])
def test_how_lines_of_printed_pages_become_paragraphs(furniture: bool) -> None:
    made: dict[str, object] = {}
    for seed in range(28):
        chance = random.Random(seed)
        blocks = paragraphs([printed(chance) for _ in range(1 + seed % 4)], furniture=furniture)
        made[str(seed)] = [[block.kind.value, block.level, block.mark, *block.lines] for block in blocks]
    same_as_recorded(f"reading/printed-{furniture}", made)


def test_how_lines_of_plain_files_become_paragraphs() -> None:
    made: dict[str, object] = {}
    for seed in range(120):
        chance = random.Random(seed)
        lines = []
        for _ in range(chance.randint(2, 12)):
            ends = chance.choice(("", "", "", " har-", " gov¬", " Kai⸗", " well-", " -"))
            indent = chance.choice(("", "", "", "  ", "  ", "    ", "\t", "\u3000"))
            lines.append(f"{indent}{some(chance, chance.choice((3, 9, 9, 9)))}{ends}")
        made[str(seed)] = unwrapped("\n".join(lines))
    same_as_recorded("reading/plain", made)


def test_in_which_encoding_pieces_of_files_are_read() -> None:
    made: dict[str, object] = {}
    for encoding, words in OTHERS:
        data = words.encode(encoding)
        pieces = [data[start : start + length] for length in (7, 14, 30, 60) for start in (0, 6)]
        made[f"{encoding} {words[:9]}"] = [_decoded(piece) for piece in pieces]
    made["broken"] = [
        _decoded("naïve café, “so” it’s".encode()[start:] + b"\xff" * many)
        for start in (0, 3)
        for many in range(9)
    ]
    made["controls"] = [_decoded(b"ab\x01" * many + b"words of it " * 3) for many in range(1, 40, 3)]
    made["wide"] = [
        _decoded(f"words {'水' * many} é".encode(order))
        for many in range(4)
        for order in ("utf-16-le", "utf-16-be")
    ]
    made["NULs"] = [_decoded(b"words of it, and more " * 2 + b"\0" * many) for many in range(12)]
    same_as_recorded("reading/encodings", made)


def _decoded(data: bytes) -> list[object]:
    try:
        return list(decoded(data, "x.txt"))
    except LoadError as error:
        return [str(error)]


NAMES = (
    "a-chance_in-baghdad.txt", "IMG_2034.txt", "untitled.md", "9f86d081884c7d65.txt", "The Mole (2).html", "x.txt",
    "scan0007.pdf", "2014-06-12 Report of the Committee on Foreign Relations.docx", "tmpab12cd34.txt",
    "Ünïcode—name.txt", "chapter-1.txt", "水.txt",
)  # fmt: skip
HEADS = (
    "The Mole", "By Ann Ash", "by ANN ASH, Tuesday 3 March", "# A heading",
    "Why? Because the river never sleeps in spring",
    "Report of the committee: what it found, and what it did not find in the end", "12 March 2014",
    "A line that ends here.", "THE QUAY\nA novel\nby Ann Ash", "* * *", "“Nobody asked”",
    "Opinion: The late floods in northern Harrow by the river",
)  # fmt: skip
PROSE = "The port reopened on Monday after eleven days, and the first ships were unloaded before dawn by tired men."


def test_what_texts_are_called() -> None:
    made: dict[str, object] = {name: [telling_stem(name), short_slug(name), slugify(name)] for name in NAMES}
    for seed in range(60):
        chance = random.Random(seed)
        body = "\n\n".join(
            [
                *chance.sample(HEADS, chance.randint(0, 3)),
                PROSE,
                PROSE,
                *chance.sample(HEADS, chance.randint(0, 1)),
            ]
        )
        found = passages(body)
        name = chance.choice(NAMES)
        made[str(seed)] = [guess_title(body, found, name), guess_author(body, found)]
    made |= {
        f"short {head}": [short_title(head), list(telling_words(head)), short_slug(head)]
        for head in (*HEADS, *NAMES)
    }
    same_as_recorded("reading/names", made)
