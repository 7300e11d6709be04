"""Saved pages: the article out of its page, in the shape that the page gives it, and nothing fetched."""

from __future__ import annotations

import socket
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.load import LoadError, load_bytes
from texts.load.markup import page_of
from texts.visible import visible

FIRST = (
    "It began at dawn, when the first of the boats came in and nobody on the quay knew yet what it carried."
)
LAST = (
    "And so it ended, at last, as the people of the town had said it would from the very first of those days."
)
ARTICLE = f"""<article><h1>A plea from the quay</h1><p class=byline>By Ann Ash</p><p>{FIRST}</p>
<h2>The second part</h2><p>Then came the others, one after another, until the harbour was full; they said little.</p>
<ul><li>One thing that was found in the hold of the ship<li>Another <b>thing</b></ul>
<ol start=3><li>Third<li>Fourth<ul><li>nested</ul></ol>
<blockquote><p>Nobody had told us that the sea could be so quiet in the month of March.</p></blockquote>
<p>The sea is quiet,<br>the boats are in,<br><br>nobody counts<br>the fish</p>
<pre>Line one
    line two indented</pre>
<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Anna</td><td>12</td></tr></table><p>{LAST}</p></article>"""
PAGE = f"""<!doctype html><html><head><meta charset=utf-8><title>A plea from the quay | The Harbour Times</title>
<meta name=author content="Ann Ash"><link rel=canonical href="https://example.org/quay">
<script>var a = "<p>no</p>"</script>
</head><body><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>{ARTICLE}
<aside><h3>Most read</h3><ul><li><a href=1>Ten things about boats</a></ul></aside>
<footer>© 2020 Harbour Times. All rights reserved.</footer><img src="http://example.org/x.png"></body></html>"""


def body(html: str | bytes, name: str = "page.html", **given: bool) -> str:
    return load_bytes(html if isinstance(html, bytes) else html.encode(), name, **given).body  # type: ignore[arg-type]


def whole(html: str) -> str:
    return body("<!doctype html><body>" + html, furniture=False)


def test_the_article_is_taken_out_of_its_page_in_its_shape() -> None:
    text = load_bytes(PAGE.encode(), "page.html")
    assert (text.title, text.author, text.source) == (
        "A plea from the quay",
        "Ann Ash",
        "https://example.org/quay",
    )
    assert text.body.startswith(f"# A plea from the quay\n\n{FIRST}\n\n## The second part\n\nThen came")
    assert "\n\n- One thing that was found in the hold of the ship\n- Another thing\n\n" in text.body
    assert "\n\n3. Third\n4. Fourth\n  - nested\n\n" in text.body
    assert "\n\n> Nobody had told us that the sea" in text.body
    assert "\n\nThe sea is quiet,\nthe boats are in,\n\nnobody counts\nthe fish\n\n" in text.body
    assert "\n\nLine one\n    line two indented\n\nShip | Crew\nAnna | 12\n\n" in text.body
    assert text.body.endswith(LAST)
    assert not any(chrome in text.body for chrome in ("Home", "Most read", "rights reserved", "var a"))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            'The boat went under<span class="pagenum">45</span>neath the bridge.',
            "The boat went underneath the bridge.",
        ),
        ('He under<span class="pagenum">[Pg 46]</span>stood, and went.', "He understood, and went."),
        ('A <span epub:type="pagebreak">7</span>short line.', "A short line."),
    ],
)
def test_a_short_paragraph_with_the_number_of_a_page_in_it_belongs_to_the_article(
    html: str, words: str
) -> None:
    page = PAGE.replace(f"<p>{FIRST}</p>", f"<p>{FIRST}</p>\n<p>{html}</p>")
    assert page != PAGE
    assert f"{FIRST}\n\n{words}\n\n" in body(page)


def test_notes_that_are_called_belong_to_the_article_and_what_is_beside_them_does_not() -> None:
    calls = '<a class="footnote-ref" href="#n1"><sup>1</sup></a><sup><a class="footnote-ref" href="#n2">*</a></sup>'
    notes = '<ol><li id="n1"><p>Of the mole.</p><p>And more.</p></li><li>No note.</li></ol><div id="n2">* A star.</div>'
    page = PAGE.replace(f"{LAST}</p>", f"{LAST}{calls}</p>").replace("</footer>", f"{notes}</footer>")
    assert body(page).endswith(f"{LAST}¹*\n\n1. Of the mole.\n  And more.\n\n* A star.")


@pytest.mark.parametrize(
    ("note", "words"),
    [
        # As Project Gutenberg has them.
        ('<p><a id="n1" href="#c1">[1]</a> Of the mole.</p>', "[1] Of the mole."),
        (
            '<div class="footnote"><p><a id="n1">[1]</a> Of the mole.</p><p>And more.</p></div>',
            "[1] Of the mole.\n\nAnd more.",
        ),
        (
            '<div class="footnote"><p id="n1">[1] Of the mole.</p><p>And more.</p></div>',
            "[1] Of the mole.\n\nAnd more.",
        ),
        # As Substack has them.
        (
            '<div class="box"><a id="n1" href="#c1">1</a><div><p>Of the mole.</p></div></div>',
            "1\n\nOf the mole.",
        ),
        ('<ol><li><a id="n1"></a>Of the mole.<p>And more.</p></li></ol>', "1. Of the mole.\n  And more."),
        ('<hr><a name="n1"></a><p>[1] Of the mole.</p>', "[1] Of the mole."),
        ('<p id="n1">[1] Of the mole.</p>', "[1] Of the mole."),
        (
            '<dl><dt id="n1">[1]</dt><dd>Of the mole.</dd><dt>[2]</dt><dd>No note.</dd></dl>',
            "[1]\n\nOf the mole.",
        ),
        ('<table><tr id="n1"><td>1</td><td>Of the mole.</td></tr></table>', "1 | Of the mole."),
        ('<table><tr><td id="n1">1</td><td>Of the mole.</td></tr></table>', "1 | Of the mole."),
        ('<ol><li id="n1">Of the mole:<ul><li>one</li></ul>two</li></ol>', "1. Of the mole:\n  - one\n  two"),
    ],
)
def test_notes_belong_to_the_article_however_a_page_names_them(note: str, words: str) -> None:
    call = '<a class="fnanchor" href="#n1">[1]</a>'
    page = PAGE.replace(f"{LAST}</p>", f"{LAST}{call}</p>").replace(
        "</footer>", f"{note}<p>No note.</p></footer>"
    )
    assert body(page).endswith(f"{LAST}¹\n\n{words}")


def test_cells_of_several_lines_belong_to_the_article() -> None:
    row = "<tr><td>Luke<br>1:4</td><td>Acts<br>1:1</td></tr>"
    page = f"<article><h1>Two books</h1><p>{FIRST}</p><table>{row}</table><p>{LAST}</p></article>"
    assert "\n\nLuke 1:4 | Acts 1:1\n\n" in body(page)
    more = page.replace(row, f"<tr><th>One</th><th>Other</th></tr>{row}<tr><td>Mark</td><td>Daniel</td></tr>")
    assert "\n\nOne | Other\nLuke 1:4 | Acts 1:1\nMark | Daniel\n\n" in body(more)


@pytest.mark.parametrize(
    "heading",
    [
        "<div class='mw-heading'><h2>History</h2><span class='mw-editsection'>[<a href='e'>edit</a>]</span></div>",
        "<h2><span>History</span><span class='mw-editsection'>[<a href='e'>edit</a>]</span></h2>",
        "<h2 id='h'><a href='#h'>History</a></h2>",
        "<header><h2>History</h2></header>",
        "<h2>History<a class='headerlink' href='#h'>¶</a></h2>",
    ],
)
def test_a_heading_inside_an_article_belongs_to_it(heading: str) -> None:
    prose = "The mole was built in the year 1822 of stone that was brought over from the islands in many small boats."
    aside = "<aside><h3>Most read</h3><ul><li><a href='a'>Storms</a></li><li><a href='b'>Tides</a></li></ul></aside>"
    page = (
        f"<html><body><h1>Mole</h1><div><p>{prose} One.</p>{aside}<p>{prose} Two.</p>{heading}<p>{prose} Three.</p>"
        f"<p>{prose} Four.</p></div></body></html>"
    )
    lines = load_bytes(page.encode(), "x.html").body.split("\n\n")
    assert [line for line in lines if not line.startswith("The mole")] == ["# Mole", "## History"]


def test_without_furniture_every_paragraph_is_kept() -> None:
    kept = body(PAGE, furniture=False)
    assert all(
        words in kept for words in ("- Home\n- News", FIRST, LAST, "### Most read", "All rights reserved.")
    )
    assert "var a" not in kept


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, forbidden)
    assert FIRST in body(PAGE)


def test_a_missing_extra_says_which_command_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(
        LoadError, match=r"^reading HTML wants one more package, .*'close-reading-tui\[html\]'$"
    ):
        body(PAGE)
    assert FIRST in body(PAGE, furniture=False)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("  one <b>two</b>\n\tthree  ", "one two three"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("one&nbsp;two &amp; three &lt;p&gt; &copy &#8212;", "one\xa0two & three <p> © —"),
        ("hy\u00adphen zero\u200bwidth", "hyphen zerowidth"),
        ("<h1>A</h1><h3>B<br>C</h3>d", "# A\n\n### B C\n\nd"),
        ("<ul><li>a<li><p>b</p><p>c</p></ul><ul><li>d</ul>", "- a\n- b\n  c\n\n- d"),
        ("<ol><li>a<ol><li>b</ol>c<li>d</ol>", "1. a\n  1. b\n  c\n2. d"),
        ("<blockquote>a<blockquote>b<br>c</blockquote></blockquote>d", "> a\n\n> > b\n> > c\n\nd"),
        ("<div class='stanza'><p>a</p><p>b</p></div><div class=stanza><div>c</div>d</div>", "a\nb\n\nc\nd"),
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("x<sup>2</sup> <q>said</q>", "x² “said”"),
        ("<table><tr><td>a<td><b>b</b><tr><td><td>c</table>", "a | b\n| c"),
        ("<table><tr><td><p>one<p>two<td>three</table>", "one\n\ntwo\n\nthree"),
        ("<p>a</p><!-- <p>no</p> --><script>no</script><style>p{}</style><p>b", "a\n\nb"),
        ("<!-- <script> --><p>kept</p><script>no</script>", "kept"),
        ("a </div></p></ul> b", "a\n\nb"),
        ("is 1 < 2 and <3?", "is 1 < 2 and <3?"),
        ("<p>a</p>words <b at the end", "a\n\nwords"),
        ("<svg><title>no</title></svg>a", "a"),
        ("<p>a<button>no</button>b<textarea>no</textarea></p>", "ab"),
    ],
)
def test_the_shape_of_a_page(html: str, expected: str) -> None:
    assert whole(html).replace(" \n", "\n").lstrip() == expected


def test_a_head_that_nobody_closed_hides_nothing() -> None:
    assert body("<html><head><title>T<p>words", furniture=False) == "words"
    assert load_bytes(b"<html><head><title>T</title><p>words", "x.html", furniture=False).title == "T"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<meta charset="windows-1251"><p>Привет, мир', "cp1251"),
        ('<meta http-equiv=Content-Type content="text/html; charset=koi8-r"><p>Привет, мир', "koi8-r"),
        ("<?xml version='1.0' encoding='iso-8859-2'?><p>žluťoučký", "iso8859-2"),
        ("<meta charset=iso-8859-1><p>it’s", "cp1252"),
        ("<meta charset=nonsense><p>Größe", "utf-8"),
        ("<meta charset=utf-16><p>Größe", "utf-8"),
        ("<meta charset=cp1251><p>Größe", "utf-8-sig"),
        ("<html><p>Größe", "utf-16"),
        ("<p>Größe", "cp1252"),
    ],
)
def test_the_encoding_of_a_page(data: str, encoding: str) -> None:
    assert body(data.encode(encoding), furniture=False) == data.rpartition(">")[2]


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>",
        "<html lang=en>",
        "\ufeff \n<!doctype html>",
        "<?xml version='1.0'?><!-- saved --><html>",
    ],
)
@pytest.mark.parametrize("name", ["-", "page.txt", "page"])
def test_a_page_is_known_by_its_first_bytes(head: str, name: str) -> None:
    assert body(f"{head}<p>words &amp; more", name, furniture=False) == "words & more"


def test_a_text_about_html_is_no_page() -> None:
    assert body("A tag such as <html> opens a page.", "notes.txt") == "A tag such as <html> opens a page."


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "<p>",
                "<li>",
                "<ul>",
                "</ul>",
                "<td>",
                "<tr>",
                "<table>",
                "<pre>",
                "<br>",
                "</p>",
                "a",
                "<q>",
                "&",
                "<",
            ]
        )
    ).map("".join)
)
@example("<table><tr><td><table><tr><td>a</table>")
@example("<ul><li><table><tr><td>a<td></ul>b")
@example("<title>")
def test_any_page_is_a_harmless_text_or_one_clear_line(html: str) -> None:
    told = ""
    try:
        found = whole(html)
    except LoadError as error:
        told, found = str(error), "."
    assert told.isprintable()
    assert found.strip()
    assert found == visible(found)


@given(
    st.lists(
        st.text("abcdefgh ", min_size=1, max_size=30).map(str.strip).filter(bool), min_size=1, max_size=20
    )
)
def test_no_paragraph_is_lost(words: list[str]) -> None:
    html = "".join(f"<div><p>{one}</p></div>" for one in words)
    lines = [line for block in page_of(html, "").blocks for line in block.lines]
    assert lines == [" ".join(one.split()) for one in words]


@pytest.mark.parametrize(
    "number", ['<a name="p12">12</a>', '<a id="page_12">[12]</a>', '<span class="pn">12</span>']
)
def test_the_number_of_a_page_in_a_word_is_told_by_its_anchor_too(number: str) -> None:
    page = f"<html><body><p>They under{number}stood it at once, and said so to all.</p></body></html>"
    assert "They understood it at once" in load_bytes(page.encode(), "a.html").body


def test_a_number_that_an_anchor_only_leads_to_stays() -> None:
    page = '<html><body><p>See page <a href="#p12">12</a>, H<sub>2</sub>O and <a id="c1">1</a> more.</p></body></html>'
    assert "See page 12, H2O and 1 more." in load_bytes(page.encode(), "a.html").body


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["a", "b" * 300], "a | " + "b" * 300),
        (["a", "b" * 301], "a\n\n" + "b" * 301),
        (["a<br>b", "c"], "a b | c"),
        (["", "c"], "| c"),
        (["a", ""], "a |"),
        (["<h2>a</h2>", "c"], "## a\n\nc"),
        (["<ul><li>a</ul>", "c"], "- a\n\nc"),
        (["<p>a<p>b", "c"], "a\n\nb\n\nc"),
        (["a"], "a"),
    ],
)
def test_a_row_of_small_cells_is_a_line_and_any_other_lays_out_the_page(cells: list[str], words: str) -> None:
    row = "".join(f"<td>{cell}" for cell in cells)
    assert whole(f"<table><tr>{row}</table>") == words


def test_rows_of_one_table_stand_together_and_empty_ones_are_none() -> None:
    table = "<table><tr><td>a<td>b<tr><td><td><tr><td>c<td>d</table>"
    assert whole(table + table) == "a | b\nc | d\n\na | b\nc | d"
    assert whole(f"<blockquote>{table}</blockquote>") == "> a | b\n> c | d"
