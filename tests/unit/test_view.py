"""The view shows what it is asked to show, stays full, and stays put while the layout grows around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span, Text
from texts.segment import passages
from tui.view.viewport import Viewport
from tui.view.visible_text import VisibleText

PASSAGES = 60
BODY = "\n\n".join(
    f"Passage {n} is here. It has a few more words. They fill some rows." for n in range(1, PASSAGES + 1)
)
SHOWN = VisibleText(Text("text", "Text", "", "", BODY, passages(BODY, furniture=False)))
offsets = st.integers(0, len(BODY) - 1)
heights = st.integers(1, 30)


def view_of(height: int = 10, columns: int = 24, place: int = 0) -> Viewport:
    return Viewport(SHOWN, columns=columns, height=height, place=place)


@given(offsets, heights, st.sampled_from(["near", "top", "middle", "bottom", 0, 3]))
def test_what_is_revealed_is_in_view(offset: int, height: int, where: str) -> None:
    view = view_of(height)
    view.reveal(offset, where)  # type: ignore[arg-type]
    assert view.holds(offset) or (isinstance(where, int) and where >= height)
    if where == "top":
        assert view.screen_row_of(offset) == 0
    if where == 3 and height > 3 and view.row_of(offset) - 3 >= view.row_of(0):
        assert view.screen_row_of(offset) == 3


@given(offsets, offsets, heights)
def test_near_moves_no_more_than_it_must(place: int, offset: int, height: int) -> None:
    view = view_of(height)
    view.reveal(place, "middle")
    before = view.place
    view.reveal(place)
    assert view.place == before
    view.reveal(offset)
    assert view.holds(offset)


@given(heights, st.lists(st.integers(-500, 500), max_size=6))
def test_the_view_stays_full_and_in_the_text(height: int, steps: list[int]) -> None:
    view = view_of(height)
    for step in steps:
        view.scroll_to(view.top + step)
        assert len(view.rows()) == height
        assert view.rows()[0].start == view.place


@given(heights, offsets)
def test_the_last_row_can_come_to_the_top_when_asked_for(height: int, offset: int) -> None:
    view = view_of(height)
    view.scroll_to(10_000, over=True)
    assert len(view.rows()) == 1
    assert view.rows()[0].after == len(BODY)


@given(offsets, heights)
def test_growing_changes_neither_view_nor_row_numbers(place: int, height: int) -> None:
    view = Viewport(SHOWN, columns=24, height=height, place=place)
    rows, number = view.rows(), view.row_of(place)
    while view.grow():
        pass
    assert view.layout.complete  # there are fewer rows than are kept ready
    assert (view.rows(), view.row_of(place)) == (rows, number)


def test_of_a_long_text_only_what_is_around_the_view_is_laid_out() -> None:
    body = "\n\n".join([BODY] * 200)
    shown = VisibleText(Text("long", "Long", "", "", body, passages(body, furniture=False)))
    view = Viewport(shown, columns=24, height=10, place=len(body) // 2)
    while not view.has_rows_ready:
        view.grow()
    rows = len(view.layout.rows)
    assert not view.grow(), "it is done"
    assert len(view.layout.rows) == rows
    assert not view.layout.at_top
    assert not view.layout.at_bottom
    assert 1_000 <= view.first <= rows - 1_000


@given(offsets, st.lists(st.tuples(st.integers(10, 90), heights), max_size=5))
def test_the_place_at_the_top_does_not_drift_with_sizes(offset: int, sizes: list[tuple[int, int]]) -> None:
    view = view_of()
    view.reveal(offset, "top")
    top = view.place
    for columns, height in sizes:
        view.fit(columns, height)
    view.fit(24, 10)
    assert view.place == top or view.rows()[-1].after == len(BODY)


def test_passages_and_sentences_in_view() -> None:
    view = view_of(height=7)
    first = SHOWN.text.passage(1).span
    rows = [row for row in view.rows() if row.start < first.end]
    assert view.passages()[0] == (1, 0, len(rows) - 1)
    assert view.passages()[1][:2] == (2, len(rows) + 1)
    assert view.sentences()[:2] == [0, BODY.index("It has")]


@pytest.mark.parametrize(("row", "column", "words"), [(0, 0, "P"), (0, 8, "1"), (0, 99, "It"), (-5, 1, "a")])
def test_cells_lead_to_offsets(row: int, column: int, words: str) -> None:
    view = view_of()
    offset = view.offset_at(row, column)
    if words == "It":
        assert offset == view.rows()[0].end - 1
    else:
        assert BODY[offset] == words


def test_a_click_between_two_passages_is_one_on_the_end_of_the_first() -> None:
    view = view_of()
    (row,) = (number for number, each in enumerate(view.rows()[:5]) if each.blank)
    assert view.offset_at(row, 3) == SHOWN.text.passage(1).span.end - 1


def test_a_view_without_height_shows_nothing_and_knows_rows() -> None:
    view = Viewport(SHOWN)
    assert view.rows() == view.passages() == view.sentences() == []
    assert view.row_of(100) > view.row_of(0)


def test_a_span_is_revealed_whole_where_it_fits() -> None:
    view = view_of(height=12)
    span = SHOWN.text.passage(30).span
    view.reveal(span)
    assert view.holds(span.start)
    assert view.holds(span.end - 1)
    assert view.reveal(Span(span.start, span.end)) is False
