"""What a page's own stylesheets hide is no part of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.load import load_bytes
from texts.load.blocks import body_of_blocks
from texts.load.markup import page_of
from texts.load.stylesheets import Stylesheets, linked_styles, own_styles

WORDS = "<p>It began at dawn, when the boats came in.</p>"


@pytest.mark.parametrize(
    ("sheet", "element", "is_hidden"),
    [
        (".no { display: none }", '<p class="side no">x', True),
        (".no { display: none }", '<p class="note">x', False),
        ("p.no, .other {visibility:hidden}", '<p class="no">x', True),
        ("p.no {visibility:hidden}", '<div class="no">x', False),
        ("#gone{DISPLAY:NONE}", '<p id="gone">x', True),
        ("/* .no { } */ .no { color: red; display: none !important }", '<p class="no">x', True),
        (".no { display: none } .no { display: block }", '<p class="no">x', False),
        (".no { display: none !important } .no { display: block }", '<p class="no">x', True),
        (".tab { display: none } .tab.open { display: block }", '<p class="tab open">x', False),
        (".tab { display: none } .tab.open { display: block }", '<p class="tab">x', True),
        (".tab.open { display: block } #t { display: none }", '<p id="t" class="tab open">x', True),
        (".no { display: none }", '<p class="no" style="display: block">x', False),
        ("@media print { .no { display: none } }", '<p class="no">x', False),
        ("@media screen { .no { display: none } }", '<p class="no">x', True),
        (".menu:hover .no { display: none }", '<p class="no">x', False),
        (".a > .no { display: none }", '<p class="no">x', False),
        ("body { visibility: hidden } p { display: none }", "<p>x", False),
        (".no { display: none", '<p class="no">x', True),
    ],
)
def test_an_element_is_hidden_by_the_rule_that_counts(sheet: str, element: str, is_hidden: bool) -> None:
    page = page_of(f"{WORDS}{element}</p>", "page.html", Stylesheets([sheet]))
    assert (len(page.blocks) == 1) is is_hidden


def test_a_saved_page_leaves_out_what_it_hides() -> None:
    page = f"""<!doctype html><title>Dawn</title><style media="print">.print {{ display: none }}</style>
<style>.no {{ display: none }}</style><body>{WORDS}<p class="no">Seen by nobody.</p>
<p class="print">Seen by all.</p><p>Then the <span class="no">not </span>others came, one by one.</p>"""
    for furniture in (True, False):
        body = load_bytes(page.encode(), "page.html", furniture=furniture).body
        assert "nobody" not in body
        assert "Then the others" in body
        assert "Seen by all" in body


def test_a_page_that_hides_most_of_itself_was_to_be_shown_by_a_program() -> None:
    page = f'<style>.page {{ display: none }}</style><p>Wait.</p><div class="page">{WORDS}</div>'
    assert "dawn" in load_bytes(page.encode(), "page.html", furniture=False).body


def test_stylesheets_are_found_where_they_stand() -> None:
    source = """<STYLE type="text/css">a</STYLE ><style/><style media=print>b</style><style media="all">c</style>
<link rel="stylesheet" href="d.css"><link href='e.css' rel=stylesheet media="print">
<link rel="icon" href="f.png"><style>g"""
    assert list(own_styles(source)) == ["a", "c"]
    assert list(linked_styles(source)) == ["d.css"]


@given(st.text(alphabet="{}.#abno:;display none!important@media screen,/*\"'\\\n", max_size=80))
def test_any_stylesheet_can_be_read(sheet: str) -> None:
    styles = Stylesheets([f"{sheet} none"])
    assert styles.hides("p", {"class": "a no", "id": "b"}) in (True, False)


@pytest.mark.parametrize(
    ("sheet", "element", "items"),
    [
        (".a { list-style-type: lower-alpha }", '<ol class="a"><li>x<li>y</ol>', "a. x\nb. y"),
        (".a { list-style: upper-roman inside }", '<ol class="a"><li>x</ol>', "I. x"),
        ("ol.a { list-style: none }", '<ol class="a"><li>x</ol>', "- x"),
        (".a { list-style: none }", '<ol class="a" style="list-style: decimal"><li>x</ol>', "1. x"),
        (
            ".a { list-style: decimal } .a { list-style-type: lower-roman }",
            '<ul class="a"><li>x</ul>',
            "i. x",
        ),
        (".a { list-style: lower-greek }", '<ol class="a" type="a"><li>x</ol>', "a. x"),
        (".b .a { list-style: none }", '<ol class="a"><li>x</ol>', "1. x"),
    ],
)
def test_lists_are_numbered_as_a_rule_says(sheet: str, element: str, items: str) -> None:
    page = page_of(element, "page.html", Stylesheets([sheet]))
    assert body_of_blocks(page.blocks, "page.html") == items


@pytest.mark.parametrize("picture", ["none.png", "'none.png'", "/square.gif", "a.disc"])
def test_the_name_of_a_picture_does_not_say_how_a_list_is_numbered(picture: str) -> None:
    page = f"<style>.r {{ list-style: url({picture}) upper-roman }}</style><ol class=r><li>one<li>two</ol>"
    assert load_bytes(page.encode(), "x.html").body == "I. one\nII. two"
