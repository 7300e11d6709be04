"""The page: well-formed, sealed, and the bodies in it letter for letter whatever is marked, noted or named."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from entries import AT, highlight_entry, text_entry
from exported import exported
from hypothesis import given
from hypothesis import strategies as st

from store.codebook import PALETTE
from store.exchange import html
from store.exchange.archive import (
    Archive,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
)
from store.exchange.html import PageSection, PageTable
from store.exchange.html.html_escaping import colour_class, stylesheet
from store.exchange.render_model import anchor
from store.records import Anchor
from texts.model import Span
from texts.visible import visible

HOSTILE = (
    """<script>alert(1)</script><img src=//evil.example/x onerror=alert(1)> "' & </p> <!-- ]]> &amp; \u202e"""
)
VOID = {"meta", "input", "br", "hr"}


def text(slug: str, body: str, *, furniture: bool = False, title: str = "", author: str = "") -> TextEntry:
    entry = text_entry(slug, body, title=title or f"Title of {slug}", author=author)
    return entry._replace(versions=(entry.versions[0]._replace(furniture=furniture),))


def highlight(uid: str, on: TextEntry, *parts: Span, **changes: object) -> HighlightEntry:
    return highlight_entry(uid, on.slug, on.versions[-1].body, *parts, **changes)


def link(left: str, right: str, kind: str = "supports", note: str = "") -> LinkEntry:
    return LinkEntry(f"{left}-{right}", left, right, kind, kind == "same", note, "ana", AT, AT)


def written(archive: Archive, *sections: PageSection) -> str:
    return exported(html.write_archive, archive, sections).decode()


class Page(HTMLParser):
    """Walks a page: that its tags are balanced, and what its bodies and marks say."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.bodies: list[str] = []
        self.marked: dict[str, str] = defaultdict(str)
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
        if dict(attrs).get("class") == "body":
            self.bodies.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [attributes.get("class") for _, attributes in self.open]
        if "body" not in classes or "cards" in classes:
            return
        self.bodies[-1] += data
        for tag, attributes in self.open:
            if tag == "mark":
                self.marked[attributes["data-of"] or ""] += data


BODY = "A headline\n\nThe first paragraph names Tehran,\nand has two lines.\n\nThe second one answers it."
LEFT, RIGHT = text("left", BODY, author="A. Author"), text("right", BODY + " Twice.")
FULL = Archive(
    texts=(LEFT, RIGHT),
    tags=(TagEntry("actor/tehran", "orange", "T", "the *capital*"), TagEntry("claim", "blue", "C")),
    highlights=(
        highlight("one", LEFT, Span(12, 34), tags=("actor/tehran", "claim"), note="**bold** <b>raw</b>", star=True),
        highlight("two", LEFT, Span(22, 60), tags=("claim",)),
        highlight("three", RIGHT, Span(0, 10), Span(20, 30)),
        highlight("lost", RIGHT, Span(2, 5), anchor=Anchor.ORPHAN, quote="words that are gone", note="still here"),
    ),
    links=(link("one", "three", note="because"), link("two", "lost", "same")),
    notes=(NoteEntry("n", None, "on all", "ana", AT, AT), NoteEntry("m", "left", "on the left", "ana", AT, AT)),
)  # fmt: skip


def test_the_page_is_well_formed_and_has_each_name_once() -> None:
    page = Page(written(FULL))
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))


def test_every_way_inside_the_page_leads_somewhere() -> None:
    page = Page(written(FULL))
    names = {attributes.get("id") for _, attributes in page.elements}
    ways = {attributes["href"] for tag, attributes in page.elements if tag == "a" and "href" in attributes}
    assert ways
    assert {(way or "").removeprefix("#") for way in ways} <= names


def test_nothing_is_fetched_and_only_the_styles_and_scripts_of_the_page_are_allowed() -> None:
    source = written(FULL._replace(texts=(LEFT._replace(source="https://example.org/a"), RIGHT)))
    page = Page(source)
    for tag, attributes in page.elements:
        assert not {"src", "style", "srcset", "action", "data"} & attributes.keys()
        assert tag not in {"link", "img", "iframe", "base", "object", "form"}
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    (policy,) = [
        a["content"] or "" for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "url(" not in inside
        assert "@import" not in inside


def test_what_is_hostile_is_text_wherever_it_stands() -> None:
    left, right = text("left", HOSTILE, title=HOSTILE, author=HOSTILE), text("right", "Words.")
    archive = Archive(
        texts=(left._replace(source=HOSTILE), right),
        tags=(TagEntry(HOSTILE, HOSTILE, "<", HOSTILE),),
        highlights=(
            highlight(HOSTILE, left, Span(0, 9), tags=(HOSTILE,), note=HOSTILE, reader=HOSTILE),
            highlight("b", right, Span(0, 5), anchor=Anchor.ORPHAN, quote=HOSTILE),
        ),
        links=(link(HOSTILE, "b", HOSTILE, HOSTILE),),
        notes=(NoteEntry("n", None, HOSTILE, "ana", AT, AT),),
    )
    page = Page(written(archive, PageSection("s", HOSTILE, (PageTable(HOSTILE, (HOSTILE,), ((HOSTILE,),)),))))
    assert page.bodies[0] == visible(HOSTILE)
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "img" not in {tag for tag, _ in page.elements}
    assert "\u202e" not in written(archive)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://example.org", "data:text/html,x"])
def test_a_note_keeps_its_markdown_but_no_address_works(address: str) -> None:
    note = f"*so* [click]({address}) ![see]({address}) <{address}>"
    archive = FULL._replace(highlights=(highlight("one", LEFT, Span(0, 4), note=note),), links=())
    source = written(archive)
    assert "<em>so</em>" in source
    assert f"[click]({address})" in source


def test_links_are_told_in_words_for_those_who_cannot_see_lines() -> None:
    source = written(FULL)
    assert f'<li data-left="{anchor("one")}" data-right="{anchor("three")}" data-kind="supports"' in source
    assert "← supports" in source
    assert "same ↔" in source


def test_an_orphan_is_shown_with_its_words_and_its_note() -> None:
    source = written(FULL)
    assert "Not in the text any more" in source
    assert "words that are gone" in source
    assert "still here" in source


def test_furniture_is_told_apart_and_has_no_number() -> None:
    entry = text("left", "First.\n\nSecond.")
    version = entry.versions[0]._replace(overrides=((0, True),), furniture=False)
    source = written(Archive(texts=(entry._replace(versions=(version,)),)))
    assert '<p class="passage furniture" dir="auto">First.</p>' in source
    assert '<p class="passage" dir="auto" data-n="1">Second.</p>' in source


def test_passages_say_their_language_as_readers_have_said_it_or_as_it_is_told() -> None:
    told = text("left", "Das ist die Mühle, und sie steht nicht mehr.")
    said = text("right", "Amen.")._replace(language="la")
    elements = Page(written(Archive(texts=(told, said)))).elements
    passages = [attributes for _, attributes in elements if "passage" in (attributes.get("class") or "")]
    assert [attributes["lang"] for attributes in passages] == ["de", "la"]


def test_of_several_texts_the_two_with_most_links_come_first() -> None:
    third = text("third", "Words of a third text.")
    archive = FULL._replace(texts=(RIGHT, third, LEFT))
    page = Page(written(archive))
    sides = [a["class"] for tag, a in page.elements if tag == "article"]
    assert sides == ["text left", "text other", "text right"]
    assert [a.get("id") for tag, a in page.elements if tag == "select"] == ["left", "right"]


def test_without_links_between_texts_the_first_two_come_first() -> None:
    within = FULL.highlights[:2]
    texts = (LEFT, RIGHT, text("third", "Words of a third text."))
    page = Page(written(FULL._replace(texts=texts, highlights=within, links=(link("one", "two"),), notes=())))
    assert [a["class"] for tag, a in page.elements if tag == "article"] == [
        "text left", "text right", "text other",
    ]  # fmt: skip


def test_a_text_alone_is_no_pair() -> None:
    assert '<body class="single">' in written(Archive(texts=(LEFT,)))
    assert '<body class="pair">' in written(Archive(texts=(LEFT, RIGHT)))


def test_a_section_can_be_put_below() -> None:
    table = PageTable("Names", ("left", "right"), (("Maliki", "al-Maliki"),))
    source = written(FULL, PageSection("names", "Names across the texts", (table,)))
    assert '<section id="s-names"><h2>Names across the texts</h2>' in source
    assert '<td dir="auto">al-Maliki</td>' in source


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert written(FULL) == written(FULL)


def test_an_empty_library_gives_a_page_that_says_so() -> None:
    assert "An empty library" in written(Archive())


def test_the_whole_texts_follow_each_other_without_a_bridge() -> None:
    out = io.BytesIO()
    assert html.write_in_turn(FULL, out) == 4
    page = Page(out.getvalue().decode())
    assert page.bodies == [BODY, BODY + " Twice."]
    assert "svg" not in {tag for tag, _ in page.elements}


@pytest.mark.parametrize("colour", PALETTE)
def test_a_letter_can_be_read_on_every_colour(colour: str) -> None:
    rule = re.search(rf"\.{colour_class(colour)} {{ --c: (\d+) (\d+) (\d+); --on: (#\w+); }}", stylesheet())
    assert rule is not None
    assert contrast([int(rule[n]) for n in (1, 2, 3)], list(bytes.fromhex(rule[4][1:]))) >= 4.5


def contrast(one: list[int], other: list[int]) -> float:
    """As WCAG 2 defines it."""

    def luminance(channels: list[int]) -> float:
        red, green, blue = (
            c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


bodies = st.text(st.sampled_from("ab .\n<&>\"'’é\u00a0\u05d0*#"), max_size=80).map(visible)


@given(body=bodies, places=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=8))
def test_without_its_tags_the_page_gives_the_body_back_and_marks_hold_their_words(
    body: str, places: list[tuple[int, int]]
) -> None:
    entry = text("left", body)
    spans = [Span(start, min(start + size, len(body))) for start, size in places if start < len(body)]
    highlights = tuple(highlight(str(n), entry, span, note="a *note*") for n, span in enumerate(spans))
    page = Page(written(Archive(texts=(entry,), highlights=highlights)))
    assert page.bodies == [body]
    for one, span in zip(highlights, spans, strict=True):
        assert "".join(page.marked[anchor(one.uid)].split()) == "".join(body[span.start : span.end].split())
    # All highlights can be reached, also one that holds nothing but blanks.
    assert sum(a.get("class", "").startswith("card ") for _, a in page.elements) == len(highlights)  # type: ignore[union-attr]
