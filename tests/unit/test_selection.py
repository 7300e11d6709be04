"""Selections cover whole graphemes, objects are what they say, and what grows shrinks again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span, Text
from texts.segment import passages
from tui.view.cells import graphemes
from tui.view.motions import Motions
from tui.view.selection import OBJECTS, Selection, find_object, inner_highlight
from tui.view.visible_text import VisibleText
from tui.view.wrap import Layout, Wrapper

PIECES = [
    "a",
    "b. ",
    "The word. ",
    "it’s ",
    "\n",
    "\n\n",
    "  ",
    "世",
    "。",
    "e\u0301",
    "👨\u200d👩",
    "🇺🇸",
    "“",
    "”",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
offsets = st.integers(0, 300)

PROSE = "One two, three. Four five.  Six.\n\nSeven eight nine. Ten."


def shown_of(body: str) -> VisibleText:
    return VisibleText(Text("text", "Text", "", "", body, passages(body, furniture=False)))


def quoted(body: str, span: Span | None) -> str | None:
    return None if span is None else body[span.start : span.end]


@given(bodies, offsets, offsets)
def test_a_selection_covers_both_edges_whichever_comes_first(body: str, anchor: int, head: int) -> None:
    shown = shown_of(body)
    selection = Selection(shown)
    selection.start("select", anchor)
    selection.move(head)
    low, high = sorted((shown.grapheme(anchor), shown.grapheme(head)))
    assert selection.span == Span(low.start, high.end)
    assert selection.other_edge() == shown.snap_to_grapheme(anchor)
    assert selection.span == Span(low.start, high.end)


@given(bodies, offsets, offsets)
def test_a_selection_knows_whether_it_has_just_started_and_which_way_it_reaches(
    body: str, anchor: int, head: int
) -> None:
    shown = shown_of(body)
    selection = Selection(shown)
    assert not selection.just_started
    selection.start("select", anchor)
    assert selection.just_started
    selection.other_edge()
    assert selection.just_started, "there was no other edge to go to"
    selection.move(head)
    assert not selection.just_started
    assert selection.reaches_on == (shown.snap_to_grapheme(anchor) <= shown.snap_to_grapheme(head))
    selection.start("select passages", head)
    assert not selection.just_started
    assert not selection.reaches_on
    selection.stop()
    selection.start("select", anchor)
    selection.put(shown.span(anchor))
    assert not selection.just_started


@given(bodies, offsets, offsets)
def test_selecting_passages_covers_them_whole(body: str, anchor: int, head: int) -> None:
    shown = shown_of(body)
    selection = Selection(shown)
    selection.start("select passages", anchor)
    selection.move(head)
    low, high = sorted((shown.snap_to_grapheme(anchor), shown.snap_to_grapheme(head)))
    assert selection.span == Span(shown.span(low).start, shown.span(high).end)


@given(bodies, offsets, st.sampled_from(sorted(OBJECTS)))
def test_objects_lie_in_the_text_and_only_grow_what_is_selected(body: str, offset: int, name: str) -> None:
    shown = shown_of(body)
    offset = shown.snap_to_grapheme(offset)
    selected: Span | None = None
    for _ in range(4):
        found = find_object(shown, name, offset, selected)
        assert 0 <= found.start <= found.end <= len(body)
        assert found.start <= offset
        if selected is not None:
            assert found.start == selected.start
            assert found.end >= selected.end
        selected = found


@given(bodies, offsets)
def test_growing_ends_with_the_whole_text_and_shrinking_leads_back(body: str, offset: int) -> None:
    shown = shown_of(body)
    selection = Selection(shown)
    grown: list[Span | None] = []
    while selection.span not in grown:
        grown.append(selection.span)
        selection.grow(offset)
    assert selection.span == (Span(shown.start, shown.end) if shown.end else Span(0, 0))
    for before, after in pairwise(grown[1:]):
        assert before is not None
        assert after is not None
        assert after.start <= before.start
        assert before.end <= after.end
        assert before != after
    while len(grown) > 1:
        grown.pop()
        selection.shrink(offset)
        assert selection.span == (grown[-1] if grown else None)


def test_objects() -> None:
    shown = shown_of(PROSE)
    at = PROSE.index("five")

    def find(name: str, offset: int = at) -> str:
        return PROSE[slice(*find_object(shown, name, offset, None))]

    assert find("iw") == "five"
    assert find("aw", PROSE.index("Four")) == "Four "
    assert find("is") == "Four five."
    assert find("as") == "Four five.  "
    assert find("ip") == "One two, three. Four five.  Six."
    assert find("ap") == "One two, three. Four five.  Six.\n\n"
    assert find("iw", PROSE.index(",")) == ", "
    assert find("as", PROSE.index("Ten")) == " Ten.", "with none behind, the space before"


def test_an_object_that_is_selected_goes_on_to_the_next() -> None:
    shown = shown_of(PROSE)
    first = find_object(shown, "is", 0, None)
    second = find_object(shown, "is", first.end - 1, first)
    assert quoted(PROSE, second) == "One two, three. Four five."
    passage = find_object(shown, "ip", 0, None)
    assert find_object(shown, "ip", 0, passage) == Span(0, len(PROSE))


def test_growing_from_a_word_and_back() -> None:
    shown = shown_of(PROSE)
    selection = Selection(shown)
    at = PROSE.index("five")
    rungs = [quoted(PROSE, selection.grow(at)) for _ in range(4)]
    assert rungs == ["five", "Four five.", "One two, three. Four five.  Six.", PROSE]
    assert [quoted(PROSE, selection.shrink(at)) for _ in range(4)] == [*rungs[2::-1], None]
    assert selection.mode == "read"


def test_growing_a_selection_over_two_sentences_takes_both() -> None:
    selection = Selection(shown_of(PROSE))
    selection.put(Span(PROSE.index("three"), PROSE.index("five")))
    assert quoted(PROSE, selection.grow(0)) == "One two, three. Four five."


def test_shrinking_what_was_selected_by_hand_goes_to_the_next_smaller_thing() -> None:
    selection = Selection(shown_of(PROSE))
    selection.put(Span(0, PROSE.index("Six")))
    assert quoted(PROSE, selection.shrink(PROSE.index("five"))) == "Four five."


def test_what_was_selected_last_is_remembered() -> None:
    selection = Selection(shown_of(PROSE))
    selection.put(Span(4, 7))
    selection.stop()
    assert selection.span is None
    assert selection.last == Span(4, 7)


def test_a_highlight_around_a_highlight_comes_next() -> None:
    spans = [Span(0, 40), Span(10, 20), Span(5, 30), Span(50, 60)]
    first = inner_highlight(spans, 12, None)
    assert first == Span(10, 20)
    assert inner_highlight(spans, 12, first) == Span(5, 30)
    assert inner_highlight(spans, 12, Span(5, 30)) == Span(0, 40)
    assert inner_highlight(spans, 45, None) is None


@given(bodies, offsets)
def test_words_are_found_from_any_offset_in_them(body: str, offset: int) -> None:
    shown = shown_of(body)
    offset = shown.snap_to_grapheme(offset)
    word = shown.word(offset)
    if word is not None:
        assert word.holds(offset)
        assert {shown.word(inside) for inside in range(*word)} == {word}
    after, before = shown.word_after(offset), shown.word_before(offset)
    assert after is None or after.start > offset
    assert before is None or before.start < offset
    spans = [p.span for p in shown.passages]
    assert all(any(s.start <= w.start and w.end <= s.end for s in spans) for w in (after, before, word) if w)


def test_a_word_is_found_in_a_passage_without_spaces() -> None:
    body = "x" * 50_000
    shown = shown_of(body)
    assert shown.word_before(49_000) is not None


@given(bodies)
def test_graphemes_cover_every_passage(body: str) -> None:
    shown = shown_of(body)
    for passage in shown.passages:
        start, end = passage.span
        starts = [start + place for place, _ in graphemes(body[start:end])]
        for first, last in pairwise([*starts, end]):
            assert {shown.grapheme(offset) for offset in range(first, last)} == {Span(first, last)}


HINDI = "भारत ने कहा कि वह हिन्दी में बोलेगी और दिल्ली की सीमा पर शांति रहेगी।"


def test_words_of_hindi_are_selected_whole() -> None:
    shown = shown_of(HINDI)
    for word, around in (("हिन्दी", "हिन्दी "), ("कि", "कि "), ("दिल्ली", "दिल्ली ")):
        at = HINDI.index(f" {word} ") + 1
        for offset in {place.start for place in map(shown.grapheme, range(at, at + len(word)))}:
            assert quoted(HINDI, find_object(shown, "iw", offset, None)) == word
            assert quoted(HINDI, find_object(shown, "aw", offset, None)) == around


def test_selecting_to_the_end_of_a_word_of_hindi_takes_all_of_it() -> None:
    shown = shown_of(HINDI)
    motions = Motions(Layout(Wrapper(shown), 40))
    start = HINDI.index("हिन्दी")
    selection = Selection(shown)
    selection.start("select", start)
    selection.move(motions.go("word_end", start, 1))
    assert quoted(HINDI, selection.span) == "हिन्दी"
