"""The whole texts with highlights in place: without marks and footnotes the body is there, letter for letter."""

from __future__ import annotations

import re

from entries import AT, highlight_entry, text_entry
from exported import exported
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.archive import Archive, LinkEntry, TagEntry
from store.exchange.markdown import markdown_escaping, markdown_texts
from store.exchange.render_model import ArchiveReading
from store.records import Anchor
from texts.model import Span
from texts.visible import visible

BODY = "A headline\n\nThe first names Tehran,\nthen Baghdad.\n\nThe second one answers it."


def archive(body: str, *spans: Span, **changes: object) -> Archive:
    highlights = tuple(
        highlight_entry(f"uid {number}", "left", body, span, **changes) for number, span in enumerate(spans)
    )
    return Archive((text_entry("left", body, title="Left"),), highlights=highlights)


def marked(archive: Archive) -> str:
    text = next(iter(ArchiveReading(archive).texts()))
    standing = (
        markdown_texts.MarkdownMark(one.parts, number) for number, one in enumerate(text.standing(), 1)
    )
    return markdown_texts.marked(text.text, standing)


def written(archive: Archive) -> str:
    return exported(markdown_texts.write_archive, archive).decode()


def unmarked(markdown: str) -> str:
    """Without marks and numbers of footnotes, escapes as they were."""
    return re.sub(r"(\\.)|==|\[\^\d+\]", lambda found: found[1] or "", markdown, flags=re.DOTALL)


def test_words_are_marked_and_numbered() -> None:
    assert "The first names ==Tehran==[^1],\nthen" in marked(archive(BODY, Span(28, 34)))


def test_a_mark_stops_at_the_end_of_a_line_and_goes_on_in_the_next() -> None:
    start, end = BODY.index("Tehran"), BODY.index("second")
    assert "==Tehran,==\n==then Baghdad.==\n\n==The==[^1] second" in marked(archive(BODY, Span(start, end)))


def test_lines_of_verse_stay_lines_and_prose_wrapped_by_hand_flows() -> None:
    verse = "The tide goes out, the tide comes in,\nthe gulls are loud and lean;\nand where the wall is thin\nit comes."
    assert marked(archive(verse)) == verse.replace("\n", "\\\n")
    assert marked(archive(BODY)) == BODY


def test_passages_without_a_blank_line_between_them_do_not_run_together() -> None:
    lines = "Here is one that ends.\nHere is another one."
    assert marked(archive(lines)) == lines.replace("\n", "\\\n")


def test_overlapping_highlights_are_marked_once_and_end_where_they_end() -> None:
    assert "The ==first names[^1] Tehran==[^2]" in marked(archive(BODY, Span(16, 27), Span(22, 34)))


def test_highlights_that_touch_leave_no_four_signs_in_a_row() -> None:
    assert "==first[^1] names==[^2]" in marked(archive(BODY, Span(16, 21), Span(21, 27)))


def test_a_footnote_says_which_words_and_what_was_made_of_them() -> None:
    full = archive(BODY, Span(12, 49), Span(51, 54), tags=("actor/tehran",), note="one\n\ntwo", star=True)
    full = full._replace(
        tags=(TagEntry("actor/tehran"),),
        links=(LinkEntry("l", "uid 0", "uid 1", "supports", False, "", "ana", AT, AT),),
    )
    assert (
        "[^1]: “The first names Tehran, then Baghdad.” · #actor/tehran · ★\n    \n    one\n    \n    two\n    \n"
        "    - supports → “" in written(full)
    )


def test_a_link_names_the_footnote_of_its_other_end_in_whichever_text() -> None:
    one, other = "Wind and rain came.", "The storm was told of."
    ends = {
        "wind": ("one", (0, 4)),
        "rain": ("one", (9, 13)),
        "storm": ("two", (4, 9)),
        "told": ("two", (14, 18)),
    }
    marks = [
        highlight_entry(uid, slug, one if slug == "one" else other, span)
        for uid, (slug, span) in ends.items()
    ]
    gone = highlight_entry("gone", "one", one, (0, 2), anchor=Anchor.ORPHAN, quote="lost words")
    links = tuple(
        LinkEntry(f"{left} {right}", left, right, "supports", False, "", "ana", AT, AT)
        for left, right in (("rain", "told"), ("storm", "wind"), ("gone", "told"))
    )
    page = written(
        Archive((text_entry("one", one), text_entry("two", other)), highlights=(*marks, gone), links=links)
    )
    feet = dict(re.findall(r"^\[\^(\d+)\]: “(\w+)”", page, re.MULTILINE))
    assert sorted(feet.values()) == ["Wind", "rain", "storm", "told"]
    named = re.findall(r"“([\w ]+)” \(note (\d+)\)", page)
    assert {words for words, _ in named} == {"told", "rain", "storm", "Wind", "lost words"}
    assert all(feet[number] == words for words, number in named if words != "lost words")
    assert {number for words, number in named if words == "lost words"}.isdisjoint(feet)


def test_an_orphan_stands_below() -> None:
    lost = archive(BODY, Span(0, 3), anchor=Anchor.ORPHAN, quote="words that are gone", note="kept")
    assert marked(lost) == marked(archive(BODY))
    assert "## Not in the text any more\n\n“words that are gone”\n\nkept" in written(lost)


def test_a_number_before_a_bracket_makes_no_link() -> None:
    assert marked(archive("ab(c) d: e", Span(0, 2), Span(6, 7))) == "==ab==[^1]\\(c) ==d==[^2]\\: e"


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert written(archive(BODY, Span(0, 3))) == written(archive(BODY, Span(0, 3)))


bodies = st.text(st.sampled_from("ab1 .\n\t\\=[]^(:<#-*é\u00a0"), max_size=80).map(visible)


@given(body=bodies, places=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=8))
def test_without_the_marks_the_body_is_there(body: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(start + size, len(body))) for start, size in places if start < len(body)]
    shown = marked(archive(body, *spans))
    assert markdown_escaping.unplain(unmarked(shown)) == body
    assert "====" not in shown
    for number in range(1, len(spans) + 1):
        assert shown.count(f"[^{number}]") == 1
