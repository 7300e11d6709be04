"""Pages and books as they are read: what is hidden, in a margin, said twice or drawn is no part of the words."""

from __future__ import annotations

import pytest
from formats import epub_of

from texts.load import load_bytes, markup
from texts.load.blocks import body_of_blocks

EPUB = 'xmlns:epub="http://www.idpf.org/2007/ops"'


def body(content: str) -> str:
    page = f"<!doctype html><html {EPUB}><head><title>t</title></head><body>{content}</body></html>"
    return load_bytes(page.encode(), "x.html", furniture=False).body


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ('<aside id="n1"><p>Of a mill.</p><p>And more.</p></aside>', "¹ Of a mill.\n\nAnd more."),
        ('<aside id="n1"><p>“Of” a mill.</p></aside>', "¹ “Of” a mill."),
        ('<aside id="n1"><p>1. Of a mill.</p></aside>', "1. Of a mill."),
        ('<aside id="n1"><p>[1] Of a mill.</p></aside>', "[1] Of a mill."),
        ('<aside id="n1"><p><sup>1</sup> Of a mill.</p></aside>', "¹ Of a mill."),
        ('<aside id="n1"></aside><p>Of a mill.</p>', "Of a mill."),
        ('<aside id="n2"><p>Of a mill.</p></aside>', "Of a mill."),
        ('<ol><li id="n1">Of a mill.</li></ol>', "1. Of a mill."),
        ('<p id="n1">Of a mill.</p>', "¹ Of a mill."),
        ('<ol><li><p id="n1">Of a mill.</p></li></ol>', "1. Of a mill."),
        ('<ul><li id="n1">Of a mill.</li></ul>', "- ¹ Of a mill."),
        ('<aside id="n1"><h2>Notes</h2><p>1. Of a mill.</p></aside>', "## Notes\n\n1. Of a mill."),
        ('<p id="n1" hidden>Of a mill.</p><p>Other.</p>', "Other."),
    ],
)
@pytest.mark.parametrize("call", ["1", "<sup>1</sup>", "[1]"])
def test_a_note_that_is_called_begins_with_its_number(call: str, note: str, words: str) -> None:
    called = f'<p>A mill.<a role="doc-noteref" href="#n1">{call}</a></p>'
    assert body(f"{called}{note}") == f"A mill.¹\n\n{words}"


def test_what_a_note_before_it_leads_back_to_does_not_begin_with_its_number() -> None:
    note = '<p id="n1"><a role="doc-noteref" href="#c1">1</a> It grinds.</p>'
    called = '<p id="c1">A mill.<a role="doc-noteref" href="#n1">1</a></p>'
    assert body(f"{note}{called}") == "¹ It grinds.\n\nA mill.¹"


def test_a_note_does_not_begin_with_the_word_that_it_explains() -> None:
    called = '<p>A <a role="doc-noteref" href="#n1">mill</a>.</p>'
    assert body(f'{called}<aside id="n1">It grinds.</aside>') == "A mill.\n\nIt grinds."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('under<span class="pagenum" id="Page_45">[Pg 45]</span>stood', "understood"),
        ('under<span class="pagenum"><a id="Page_45">[Pg 45]</a></span>stood', "understood"),
        ('re<span epub:type="pagebreak" role="doc-pagebreak">12</span>fused', "refused"),
        ('re<span role="doc-pagebreak" aria-label="12"/>fused', "refused"),
        ('he<span class="pageno">xiv</span> said', "he said"),
        ('re<span role="doc-pagebreak">12</span>fused', "refused"),
        ('twice.<a role="doc-noteref" href="#n1">1</a> Then', "twice.¹ Then"),
        ('a line<span class="linenum">10</span>', "a line"),
        ('<span class="pagenum">Not a number at all</span>', "Not a number at all"),
        ('ver<span class="pagenum">[S. 45]</span>kauft', "verkauft"),
        ('ver<span class="pagenum">[Seite 46/47]</span>kauft', "verkauft"),
        ('да<span class="pagenum">[стр. 50]</span>ли', "дали"),
        ('ca<span class="pagenum">[Pág. 53]</span>sa', "casa"),
        ('un<span class="pagenum">[fol. 12v]</span>der', "under"),
        ('un<span class="pagenum">-55-</span>der', "under"),
        ('<span class="pagenum">S. sagt</span>', "S. sagt"),
        ('<span class="pagenum">six</span>', "six"),
        ('un<span class="pagenum">[p. xii]</span>der', "under"),
        ('un<span class="pagenum">[Pgxii]</span>der', "under"),
        ('<span class="pb-3">1914–1918</span>', "1914–1918"),
        ('in <span class="number">12</span> days', "in 12 days"),
        ('twice.<a epub:type="noteref" href="#n1">1</a> Then', "twice.¹ Then"),
        ('twice.<a class="fnanchor" href="#f">[12]</a> Then', "twice.¹² Then"),
        ('twice.<sup><a epub:type="noteref" href="#n">2</a></sup> Then', "twice.² Then"),
        ('a <span hidden="hidden">no</span>b', "a b"),
        ('a <span style="color: red; display: none">no</span>b', "a b"),
        ('a <span style="visibility:hidden">no</span>b', "a b"),
        ('a <span style="color: red">yes</span> b', "a yes b"),
        ('<img src="t.png" alt="T"/>HE drop', "THE drop"),
        ('<img src="t.png" alt="A map"/>HE drop', "HE drop"),
        ('<img src="t.png" alt="T"/> a drop', "a drop"),
        ("old <del>colour</del><ins>color</ins> new", "old color new"),
        ("東京<ruby>都<rp>(</rp><rt>と</rt><rp>)</rp></ruby>へ", "東京都へ"),
        ('<a epub:type="noteref" href="#n">*</a>this', "*this"),
        ("10<sup>6</sup>, 10<sup>−6</sup>, 10<sup>-12</sup>", "10⁶, 10⁻⁶, 10⁻¹²"),
        ("Na<sup>+</sup>, Ca<sup>2+</sup>, SO<sub>4</sub><sup>2–</sup>", "Na⁺, Ca²⁺, SO4²⁻"),
        ("said<sup>1,2</sup> and<sup><a>3–5</a></sup>", "said¹,² and³–⁵"),
        ("the 19<sup>th</sup>, n<sup>o</sup> 1", "the 19th, no 1"),
        ("a <epub:switch><epub:case>b</epub:case><epub:default>x</epub:default></epub:switch> c", "a b c"),
    ],
)
def test_within_a_line(content: str, words: str) -> None:
    assert body(f"<p>{content}</p>") == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<ol start="3" type="a"><li>x<li value="7">y<li>z</ol>', "c. x\ng. y\nh. z"),
        ('<ol><li>a<ol type="I"><li>b<li>c</ol><li>d</ol>', "1. a\n  I. b\n  II. c\n2. d"),
        ('<ol type="circle"><li value="x">a</ol>', "1. a"),
        ('<ol style="margin: 0; list-style-type: upper-roman"><li>a<li>b</ol>', "I. a\nII. b"),
        ('<ol style="list-style: none"><li>a<li>b</ol>', "- a\n- b"),
        ('<ol type="a" style="color: red"><li>a</ol>', "a. a"),
        ('<ul><li value="4">a</ul>', "- a"),
        ('<ol start="0"><li>a</ol>', "0. a"),
        ('<ol start="999999"><li>a</ol>', "999999. a"),
        ('<ol start="1000000"><li>a</ol>', "1. a"),  # seven digits are none
        ('<ol start="²"><li>a</ol>', "1. a"),
        ('<ol start="-3"><li>a</ol>', "1. a"),
        ("<ol reversed><li>a<ol><li>x</ol><li>b</li></ol><ul><li>z</ul>", "2. a\n  1. x\n1. b\n\n- z"),
        ('<ol reversed start="9"><li>a<li>b</ol>', "9. a\n8. b"),
        ('<ul style="list-style: inside decimal"><li>a<li>b</ul>', "1. a\n2. b"),
        ('<ul style="list-style: none"><li>a</ul>', "- a"),
    ],
)
def test_numbers_of_items_as_the_page_shows_them(content: str, words: str) -> None:
    assert body(content) == words


def test_items_are_counted_ahead_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_AHEAD", 40)
    blocks = markup.page_of("<ol reversed><li>a<li>b</ol><p>x" * 3, "x.html").blocks
    counted = "2. a\n1. b\n\nx\n\n"
    assert body_of_blocks(blocks, "x.html") == f"{counted * 2}1. a\n2. b\n\nx"


def test_what_a_picture_is_called_is_no_part_of_its_caption() -> None:
    assert (
        body('<figure><img alt="x"><figcaption>Map of it</figcaption></figure><p>b</p>') == "Map of it\n\nb"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<p>a</p><p style="display: none">no</p><p>b</p>', "a\n\nb"),
        ("<p>a<p hidden>no<p>b", "a\n\nb"),
        ("<p hidden>no<div>a</div><p>b", "a\n\nb"),
        ("<div><p hidden>no</div><p>b", "b"),
        ("<ol><li>a<li hidden>no<p>no</p><ul><li>no</ul><li>b</ol><p>c", "1. a\n2. b\n\nc"),
        ("<dl><dt hidden>no<dd>a<dd hidden>no</dl><p>b", "a\n\nb"),
        ("<table><tr><td>a<td hidden>no<td>b<tr><td hidden>no<tr><td>c<td>d</table>", "a | b\nc | d"),
    ],
)
def test_hidden_paragraphs_items_and_cells(content: str, words: str) -> None:
    assert body(content) == words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("<mi>a</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "a = 1/2"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x²"),
        ("<msub><mi>x</mi><mi>i</mi></msub>", "x_i"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "³√8"),
        ("<mfrac><mn>1</mn></mfrac>", "1"),
    ],
)
def test_formulas_once_and_on_one_line(formula: str, words: str) -> None:
    twice = f"<semantics><mrow>{formula}</mrow><annotation encoding='application/x-tex'>TEX</annotation></semantics>"
    assert body(f"<p>here <math>{twice}</math>.</p>") == f"here {words}."
    assert body(f"<p><span><math>{twice}</math></span><span class='katex-html'>a=12</span></p>") == words


@pytest.mark.parametrize("names", [("stanza", "verse"), ("lg", "l"), ("linegroup", "line")])
@pytest.mark.parametrize("between", ["", "\n  ", " "])
def test_a_stanza_is_one_passage_whatever_stands_between_its_lines(
    names: tuple[str, str], between: str
) -> None:
    line = '<div class="{}">{}</div>'
    lines = between.join(("", line.format(names[1], "The first,"), line.format(names[1], "the second."), ""))
    assert (
        body(f'<div class="{names[0]}">{lines}</div>' * 2)
        == "The first,\nthe second.\n\nThe first,\nthe second."
    )


def test_numbers_of_pages_that_are_paragraphs() -> None:
    assert (
        body('<p>One.</p><p class="pagenum">[Pg 3]</p><div class="page-number">4</div><p>Two.</p>')
        == "One.\n\nTwo."
    )
    assert body('<p class="pagenum">This is a paragraph.</p>') == "This is a paragraph."


def test_a_number_in_a_paragraph_or_a_part_that_has_one_itself_is_no_page() -> None:
    assert body('<h2 id="p3">1914–1918</h2><p>one</p>') == "## 1914–1918\n\none"
    assert body('<p id="p3">1914–1918</p><ul><li id="p4">12</li></ul>') == "1914–1918\n\n- 12"
    assert body('<p>one</p><p id="page3">3</p>two<span id="p4">4</span>') == "one\n\ntwo"


def test_running_heads_of_libreoffice_are_left_out() -> None:
    head, overlays = (f'<div title="{name}"><p>Page 1</p></div>' for name in ("header", "footer"))
    assert body(f"{head}<h1>The title</h1><p>Words.</p>{overlays}") == "# The title\n\nWords."


def test_books_likewise() -> None:
    chapter = 'It was under<span class="pagenum">[Pg 45]</span>stood.</p><div class="lg"><div class="l">A line,</div>\n'
    book = epub_of(f'{chapter}<div class="l">a line.</div></div><p>')
    assert load_bytes(book, "x.epub").body == "It was understood.\n\nA line,\na line."


def test_an_article_with_numbers_of_pages_in_it_is_found_whole() -> None:
    pytest.importorskip("trafilatura")
    sentence = (
        "The board met in the spring and heard what the engineer had to say about the stones, and under"
    )
    words = f'<p>{sentence}<span class="pagenum">[Pg {{}}]</span>stood it well enough to vote.</p>'
    page = (
        "<html><body><h1>The mole</h1>"
        + "".join(words.format(number) for number in range(10, 16))
        + "</body></html>"
    )
    text = load_bytes(page.encode(), "x.html")
    assert text.body.count("understood it well enough") == 6


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ('A.<sup><a href="#a">1</a>–<a href="#c">3</a></sup>', "A.¹–³"),
        ("Cl<sup>–</sup> and 10<sup>-3</sup>", "Cl⁻ and 10⁻³"),
        ('A note. <a class="footnote-back" role="doc-backlink" href="#r">↩︎</a>', "A note."),
        ('<span class="mw-cite-backlink"><b>^</b></span> A note.', "A note."),
        ('A note. <a class="reversefootnote">↩</a>', "A note."),
    ],
)
def test_calls_of_several_notes_are_a_range_and_ways_back_to_them_no_words(note: str, words: str) -> None:
    assert body(f"<p>{note}</p>") == words
