"""Rows show all of a text, in order, nowhere wider than the column, and know which offsets they show."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Passage, Span, Text
from texts.prose import flows, keeps_lines, wrapped_width
from texts.segment import passages
from tui.view.cells import WHITE_SPACE, cells_of, graphemes
from tui.view.visible_text import VisibleText
from tui.view.wrap import BLOCK, NARROWEST, Layout, Wrapper

PIECES = [
    *"abcdefg.,-—’“” ",
    "  ",
    "word ",
    "longerword",
    "\n",
    "\n\n",
    "\t",
    "世",
    "界",
    "。",
    "「",
    "\u3000",
    "é",
    "e\u0301",
    " \u0301",
    "ש",
    "👨\u200d👩\u200d👧",
    "❤\ufe0f",
    "🇺🇸",
    "🇺",
    "👍🏻",
    "\u200d",
    "\ufe0f",
    "क्षि",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)
columns = st.integers(NARROWEST, 40)


def text_of(body: str) -> Text:
    return Text("text", "Text", "", "", body, passages(body, furniture=False))


def layout_of(body: str, width: int) -> Layout:
    return Layout(Wrapper(VisibleText(text_of(body))), width)


def row_ends(layout: Layout) -> list[int]:
    return [*layout.rows[1:], layout.shown.end]


@given(bodies, columns)
def test_rows_follow_one_another_through_every_passage(body: str, width: int) -> None:
    layout = layout_of(body, width)
    starts = list(layout.rows)
    assert starts == sorted(set(starts))
    assert starts[0] == layout.shown.start
    for index, passage in enumerate(layout.shown.passages):
        rows = [n for n in range(len(starts)) if layout.row(n).passage == index and not layout.row(n).blank]
        assert layout.row(rows[0]).start == passage.span.start
        assert [layout.row(n).first for n in rows] == [True] + [False] * (len(rows) - 1)
        shown = "".join(body[layout.row(n).start : layout.row(n).end] for n in rows)
        assert re.sub(r"[ \t\n\u3000]", "", shown) == re.sub(
            r"[ \t\n\u3000]", "", body[passage.span.start : passage.span.end]
        )


@given(bodies, columns)
def test_no_row_is_wider_than_the_column(body: str, width: int) -> None:
    layout = layout_of(body, width)
    for number in range(len(layout.rows)):
        row = layout.row(number)
        assert cells_of(body[row.start : row.end]) <= width


@given(bodies, columns)
def test_no_row_begins_inside_a_grapheme(body: str, width: int) -> None:
    layout = layout_of(body, width)
    for number in range(len(layout.rows)):
        row = layout.row(number)
        span = layout.shown.passages[row.passage].span
        if not row.blank and span.start < span.end:
            starts = {span.start + start for start, _ in graphemes(body[span.start : span.end])}
            assert row.start in starts


@given(bodies, columns)
def test_every_offset_is_on_its_row_and_found_again_by_its_cell(body: str, width: int) -> None:
    layout = layout_of(body, width)
    ends = row_ends(layout)
    for offset in range(layout.shown.start, layout.shown.end):
        number = layout.row_of(offset)
        row = layout.row(number)
        assert row.start <= offset < ends[number]
        if row.start <= offset < row.end and layout.shown.snap_to_grapheme(offset) == offset:
            column = layout.column_of(row, offset)
            if layout.shown.grapheme(offset).start < layout.shown.grapheme(offset).end:
                found = layout.offset_at(row, column)
                assert layout.column_of(row, found) == column or cells_of(body[offset]) == 0


@given(bodies, columns, st.integers(0, 200), st.integers(1, 5))
def test_a_window_has_the_rows_of_the_whole_and_grows_to_it(
    body: str, width: int, around: int, rows: int
) -> None:
    whole = layout_of(body, width)
    window = Layout(Wrapper(whole.shown), width, around=around, rows=rows)
    assert window.holds(min(max(around, whole.shown.start), max(whole.shown.start, whole.shown.end - 1)))
    first = whole.rows.index(window.rows[0])
    assert whole.rows[first : first + len(window.rows)] == window.rows
    while not window.complete:
        window.grow_up(3)
        window.grow_down(3)
    assert window.rows == whole.rows
    assert window.above == first


@given(bodies, columns, st.integers(-300, 300))
def test_reach_lays_out_the_row_it_is_asked_for(body: str, width: int, number: int) -> None:
    whole = layout_of(body, width)
    window = Layout(Wrapper(whole.shown), width, around=len(body) // 2, rows=1)
    first = whole.rows.index(window.rows[0])
    wanted = min(max(first + number, 0), len(whole.rows) - 1)
    reached = window.reach(number)
    assert window.rows[reached] == whole.rows[wanted]


def test_a_row_takes_all_the_words_that_fit() -> None:
    body = "one two three four five six seven eight"
    layout = layout_of(body, 13)
    rows = [layout.row(n) for n in range(len(layout.rows))]
    assert [body[row.start : row.end] for row in rows] == ["one two three", "four five six", "seven eight"]


def test_spaces_hang_over_the_end_of_a_row() -> None:
    body = "abcdefghij   klm"
    layout = layout_of(body, 10)
    assert [body[layout.row(n).start : layout.row(n).end] for n in range(2)] == ["abcdefghij", "klm"]
    assert layout.row_of(12) == 0
    assert layout.column_of(layout.row(0), 12) == 10


def test_a_blank_row_parts_passages() -> None:
    layout = layout_of("one\n\ntwo\n\n\n\nthree", 20)
    assert [layout.row(n).blank for n in range(len(layout.rows))] == [False, True, False, True, False]


def test_words_of_hindi_are_broken_at_blanks_alone() -> None:
    body = "राजा विराट और महारथी द्रुपद भी हैं तथा परमाणु पाण्डव सेना में खड़ी हुई"
    for columns in range(12, 40):
        layout = layout_of(body, columns)
        assert all(body[start - 1] == " " for start in layout.rows[1:])


def test_wide_characters_break_anywhere_but_not_before_a_full_stop() -> None:
    body = "世界世界世。界"
    layout = layout_of(body, 10)
    assert [body[layout.row(n).start : layout.row(n).end] for n in range(2)] == ["世界世界", "世。界"]


def test_a_tab_takes_as_many_cells_as_it_is_drawn_with() -> None:
    layout = layout_of("a\tb", 20)
    row = layout.row(0)
    assert layout.column_of(row, 2) == 5
    assert [layout.offset_at(row, column) for column in range(6)] == [0, 1, 1, 1, 1, 2]
    joined = layout_of("a\u200d\tb", 20)
    assert joined.column_of(joined.row(0), 3) == 5
    assert joined.shown.snap_to_grapheme(2) == 2, "a joiner does not take a tab in"


WRAPPED = """The committee met in the long room above the harbour, where the windows look
out over the ships, and for two hours nobody spoke of the letter that each of
them had read on the way. When the chairman rose at last the lamps had been
lit and the rain had begun again."""

VERSE = """The tide goes out, the tide comes in,
the gulls are loud and lean;
and where the harbour wall is thin
the water comes between."""


SET_IN = """The bridge is up, the toll is paid,
  The children laugh upon the grade,
“And I, beneath the alder's shade,
  Row still.”"""


GERMAN = """Der Rat trat in dem langen Saal über dem Hafen zusammen, dessen hohe Fenster
auf die Schiffe hinausgehen, und zwei Stunden lang sprach niemand von jenem
Brief, den ein jeder auf dem Weg hierher gelesen hatte."""

TWO_NOUNS = """Als der Vorsitzende sich endlich erhob, brannten die Lampen, und der starke
Regen hatte wieder begonnen."""

COUPLET = """The tide goes out, the tide comes in,
And where the wall is thin the waters win."""


def test_two_lines_with_capitals_are_prose_where_the_first_is_as_full_as_the_text_is_wrapped() -> None:
    width = text_of(f"{GERMAN}\n\n{TWO_NOUNS}").wrapped_at
    assert width == max(map(len, GERMAN.split("\n")))
    assert flows(TWO_NOUNS, width)
    assert not keeps_lines(TWO_NOUNS, width)
    assert not flows(COUPLET, width), "its first line has room for the next word"
    assert not flows(f"{COUPLET}\n{COUPLET}", max(map(len, COUPLET.split("\n"))))
    assert not flows(TWO_NOUNS), "where nothing is known of the text"
    assert not flows(TWO_NOUNS, width // 2), "far longer than the lines of the text"
    assert not flows(TWO_NOUNS.replace(" starke", "."), width), "a sentence ends with the line"


@pytest.mark.parametrize(
    ("parts", "is_wrapped"),
    [
        ([GERMAN], True),
        ([GERMAN, VERSE], False),
        ([GERMAN, VERSE, WRAPPED], True),
        ([TWO_NOUNS, COUPLET], False),
        ([], False),
    ],
)
def test_a_text_is_wrapped_where_most_of_its_longer_passages_flow(parts: list[str], is_wrapped: bool) -> None:
    assert bool(wrapped_width(parts)) is is_wrapped


def test_the_desk_lets_two_such_lines_flow() -> None:
    layout = layout_of(f"{GERMAN}\n\n{TWO_NOUNS}", 400)
    assert len([row for row in map(layout.row, range(len(layout.rows))) if not row.blank]) == 2


@pytest.mark.parametrize(
    ("first", "is_prose"),
    [("one two threes", False), ("one two threess", True)],
    ids=["just room", "no room"],
)
def test_a_line_with_just_the_room_for_the_next_word_was_not_wrapped(first: str, is_prose: bool) -> None:
    assert flows(f"{first}\nfours and more words") == is_prose


def test_prose_wrapped_by_hand_flows_and_verse_keeps_its_lines() -> None:
    assert flows(WRAPPED)
    assert not flows(VERSE)
    assert not flows(SET_IN)
    one = Text("t", "", "", "", WRAPPED, (Passage(Span(0, len(WRAPPED)), 1),))
    layout = Layout(Wrapper(VisibleText(one)), 40)
    ends = [layout.row(n).end - layout.row(n).start for n in range(len(layout.rows) - 1)]
    assert min(ends) > 28, "no row ends where the hand ended a line"
    verse = Text("t", "", "", "", VERSE, (Passage(Span(0, len(VERSE)), 1),))
    layout = Layout(Wrapper(VisibleText(verse)), 72)
    assert [VERSE[layout.row(n).start : layout.row(n).end] for n in range(4)] == VERSE.split("\n")


def test_furniture_that_is_not_shown_has_no_rows() -> None:
    text = Text("t", "", "", "", "Share\n\nWords.\n\nMore", (
        Passage(Span(0, 5), None), Passage(Span(7, 13), 1), Passage(Span(15, 19), None),
    ))  # fmt: skip
    layout = Layout(Wrapper(VisibleText(text, furniture=False)), 40)
    assert list(layout.rows) == [7]
    assert VisibleText(text).start == 0


@pytest.mark.parametrize("body", ["", " ", "\n\n\n", "a", "世", "\u0301"])
def test_the_smallest_texts_have_one_row(body: str) -> None:
    layout = layout_of(body, 40)
    assert len(layout.rows) == 1
    assert layout.row_of(0) == 0
    assert layout.row(0).first
    assert not layout.row(0).blank


@pytest.mark.parametrize(
    "unit", ["word ", "x", "世界", "e\u0301 a"], ids=["words", "no space", "wide", "accents"]
)
def test_five_megabytes_in_one_line_open_in_a_window(unit: str) -> None:
    body = (unit * (5_000_000 // len(unit))).strip()
    text = Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    layout = Layout(Wrapper(VisibleText(text)), 72, around=2_500_000, rows=120)
    assert layout.holds(2_500_000)
    assert len(layout.rows) * 72 < 20 * BLOCK, "only the surroundings are wrapped"
    assert not layout.complete
    row = layout.row(layout.row_of(2_500_000))
    assert row.start <= 2_500_000
    assert cells_of(body[row.start : row.end]) <= 72


@given(st.sampled_from(["word ", "x", "世", "ab\ncd "]), columns)
def test_a_long_passage_in_blocks_loses_nothing_between_them(unit: str, width: int) -> None:
    body = (unit * (5 * BLOCK // len(unit))).strip()
    text = Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    layout = Layout(Wrapper(VisibleText(text)), width, around=len(body), rows=3)
    while layout.grow_up(1000):
        pass
    assert layout.rows[0] == 0
    assert list(layout.rows) == sorted(set(layout.rows))
    ends = row_ends(layout)
    for number in range(0, len(layout.rows), 97):
        assert not body[layout.row(number).end : ends[number]].strip(WHITE_SPACE)


def test_a_long_passage_is_cut_behind_a_line_else_behind_a_word_else_between_two_letters() -> None:
    pieces = ((("word " * 100)[:-1] + "\n") * (BLOCK // 100), "word " * BLOCK, "e\u0301\u0301" * BLOCK * 2)
    body = "".join(pieces)
    wrapper = Wrapper(VisibleText(Text("t", "", "", "", body, (Passage(Span(0, len(body)), 1),))))
    blocks = [0]
    while (following := wrapper.block_from(blocks[-1] + 1)) != wrapper.beyond:
        blocks.append(following)
    assert all(BLOCK <= end - start <= 2 * BLOCK + 1 for start, end in pairwise(blocks))
    assert [wrapper.block_at(offset) for offset in (0, blocks[1] - 1, blocks[1], len(body))] == [
        0,
        0,
        blocks[1],
        blocks[-1],
    ]
    of_lines = [start for start in blocks[1:] if start <= len(pieces[0])]
    of_words = [start for start in blocks if len(pieces[0]) < start <= len(pieces[0]) + len(pieces[1])]
    of_letters = [start for start in blocks if start > len(pieces[0]) + len(pieces[1])]
    assert {body[start - 1] for start in of_lines} == {"\n"}
    assert {body[start - 1] for start in of_words} == {" "}
    assert of_letters
    assert not any(body[start] == "\u0301" for start in of_letters), "no accent is cut off its letter"


@pytest.mark.parametrize(("length", "is_prose"), [(40, True), (44, True), (45, False)])
def test_a_first_line_may_be_a_tenth_fuller_than_the_text_is_wrapped(length: int, is_prose: bool) -> None:
    words = f"{'A' * length}\nBoats lay there"
    assert flows(words, 40) is is_prose
