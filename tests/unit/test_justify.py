"""Justified rows fill the column without a hole, and every offset keeps its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Passage, Span, Text
from texts.prose import is_running
from texts.segment import passages
from tui.view.cells import as_shown, cells_of
from tui.view.justify import MOST_ADDED, UNSTRETCHED, JustifiedRow, stretch
from tui.view.marks import Mark, Marks
from tui.view.overlay import Overlay
from tui.view.paint import MARGIN, Painter, gutter_width
from tui.view.palette import DARK
from tui.view.visible_text import VisibleText
from tui.view.wrap import NARROWEST, DisplayRow, Layout, Wrapper

PIECES = [
    "word ",
    "a ",
    "longerword ",
    "it’s ",
    "end.  ",
    *"abc.,—” ",
    "\n",
    "\n\n",
    "世",
    "界 ",
    "\u3000",
    "e\u0301 ",
    " \u0301",
    "👨\u200d👩 ",
    "🇺🇸 ",
    " 👍🏻",
    "[b] ",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
lines = st.lists(st.sampled_from([each for each in PIECES if "\n" not in each]), max_size=20).map("".join)
columns = st.integers(NARROWEST, 40)

PROSE = (
    "The committee met in the long room above the harbour, where the windows look out over the ships, and for two "
    "hours nobody spoke of the letter that each of them had read on the way. When the chairman rose at last the "
    "lamps had been lit and the rain had begun again."
)


def layout_of(body: str, width: int, *, furniture: bool = False) -> Layout:
    text = Text("text", "Text", "", "", body, passages(body, furniture=furniture))
    return Layout(Wrapper(VisibleText(text), justified=True), width)


def rows_of(layout: Layout) -> Iterator[tuple[int, DisplayRow, JustifiedRow]]:
    for number in range(len(layout.rows)):
        row = layout.row(number)
        yield number, row, layout.stretch(row)


def painted(layout: Layout, number: int, overlay: Overlay | None = None, marks: tuple[Mark, ...] = ()) -> str:
    """The cells of the text column of a row, as they are drawn."""
    gutter = gutter_width(len(layout.shown.text.numbered))
    width = gutter + layout.columns + MARGIN
    strip = Painter(layout, Marks(marks), overlay or Overlay(Span(-1, -1)), DARK, width).paint(number)
    assert strip.cell_length == sum(cells_of(segment.text) for segment in strip) == width
    return strip.text[gutter:]


@given(lines, columns)
def test_a_row_is_stretched_to_the_column_or_left_as_it_is(line: str, width: int) -> None:
    found = stretch(f"xx{line}", 2, 2 + len(line), width)
    assert found == UNSTRETCHED or cells_of(line) + found.cells == width
    for place in found.places:
        assert line[place - 2] == " "
        assert 0 <= found.at(place) <= MOST_ADDED
    assert found.cells == sum(found.at(place) for place in range(2, 2 + len(line)))


@given(bodies, columns)
def test_what_is_drawn_fills_the_column_and_says_the_same_words(body: str, width: int) -> None:
    layout = layout_of(body, width)
    for number, row, found in rows_of(layout):
        drawn, words = painted(layout, number), as_shown(body[row.start : row.end])
        assert drawn.split() == words.split()
        if found.places:
            assert cells_of(drawn.rstrip()) == layout.columns
        else:
            assert drawn.rstrip() == words.rstrip()


@given(bodies, columns)
def test_every_offset_has_a_cell_that_leads_back_to_it(body: str, width: int) -> None:
    layout = layout_of(body, width)
    for _, row, found in rows_of(layout):
        cells = 0
        for offset in range(row.start, row.end):
            if layout.shown.snap_to_grapheme(offset) != offset:
                continue
            column = layout.column_of(row, offset)
            assert column >= cells
            cells = column
            reached = layout.offset_at(row, column)
            assert reached == offset or cells_of(body[offset]) == 0
            for within in range(found.at(offset)):
                assert layout.offset_at(row, column + 1 + within) == offset
        if found.places:
            assert layout.column_of(row, row.end) == layout.columns


@given(bodies, columns, st.integers(0, 200), st.sampled_from(["§", "§§"]))
def test_labels_and_marks_stand_where_their_words_do(body: str, width: int, place: int, label: str) -> None:
    layout = layout_of(body, width)
    offset = layout.shown.snap_to_grapheme(place)
    number = layout.row_of(offset)
    row = layout.row(number)
    if not row.start <= offset < row.end:
        return
    rest = layout.stretch(row).shown(body, offset, row.end)
    labelled = painted(layout, number, Overlay(Span(-1, -1), labels={offset: label}))
    assert labelled.rstrip().endswith(rest.rstrip())
    marked = painted(layout, number, marks=(Mark(1, (Span(offset, offset + 5),), "green", ""),))
    assert marked == painted(layout, number)


def test_gaps_are_widened_evenly_and_not_always_the_same_ones() -> None:
    line = "one two three four five"
    found = stretch(line, 0, len(line), 26)
    assert found.shown(line, 0, len(line)) == "one two  three  four  five"
    added = {
        tuple(found.at(place) for place in found.places)
        for start in range(4)
        for found in (stretch("x" * start + line, start, start + len(line), 24),)
    }
    assert added == {(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)}


@pytest.mark.parametrize(
    ("line", "width"),
    [
        ("two words", 14),
        ("one", 5),
        ("exactly it", 10),
        ("a\u3000b", 5),
        ("a\tb", 7),
        ("a \u0301b", 5),
        ("", 4),
    ],
)
def test_what_would_tear_a_hole_or_a_grapheme_stays(line: str, width: int) -> None:
    assert stretch(line, 0, len(line), width) == UNSTRETCHED


def test_the_last_row_of_a_passage_and_a_broken_word_stay() -> None:
    layout = layout_of(f"{PROSE}\n\n{PROSE}", 40)
    for _, row, found in rows_of(layout):
        passage = layout.shown.passages[row.passage].span
        full = row.end - row.start == layout.columns
        assert bool(found.places) == (row.after != passage.end and not row.blank and not full)
    broken = layout_of("a b " + "c" * 30 + " d e f g.", 10)
    assert [bool(found.places) for _, _, found in rows_of(broken)] == [False] * len(broken.rows)


KEPT = {
    "verse": "The tide goes out, the tide comes in, and all the gulls are loud and lean;\nAnd where the harbour wall",
    "a list": "- the letters that came from the harbour master, and their answers\n- the minutes of the meetings",
    "an item": "3. The letters that came from the harbour master, and their answers, which nobody had ever read.",
    "a quotation": "> The letters that came from the harbour master, and their answers, which nobody had ever read.",
    "a headline": "The letters that came from the harbour master and who did not read them",
}


@pytest.mark.parametrize("body", KEPT.values(), ids=KEPT)
def test_what_is_no_running_prose_stays(body: str) -> None:
    assert not is_running(body)
    one = Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    layout = Layout(Wrapper(VisibleText(one), justified=True), 30)
    assert len(layout.rows) > 2
    assert not any(found.places for _, _, found in rows_of(layout))


def test_page_chrome_stays_and_prose_wrapped_by_hand_is_justified() -> None:
    chrome = Text("t", "", "", "", PROSE, (Passage(Span(0, len(PROSE)), None),))
    layout = Layout(Wrapper(VisibleText(chrome), justified=True), 40)
    assert not any(found.places for _, _, found in rows_of(layout))
    by_hand = re.sub(r"(.{70,80}) ", r"\1\n", PROSE)
    layout = Layout(
        Wrapper(
            VisibleText(Text("t", "", "", "", by_hand, (Passage(Span(0, len(by_hand)), 1),))), justified=True
        ),
        40,
    )
    assert all(cells_of(painted(layout, number).rstrip()) == 40 for number in range(len(layout.rows) - 1))


def test_without_justification_nothing_is_looked_at() -> None:
    layout = Layout(
        Wrapper(VisibleText(Text("t", "", "", "", PROSE, (Passage(Span(0, len(PROSE)), 1),)))), 40
    )
    assert all(found is UNSTRETCHED for _, _, found in rows_of(layout))
