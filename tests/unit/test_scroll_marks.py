"""Where in a text there is something, on so many rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.view.scroll_marks import SIGNS, ScrollMark, combined, row_at, rows_of


def test_what_says_more_hides_what_says_less() -> None:
    said = {ScrollMark.HIT: [15], ScrollMark.HIGHLIGHT: [15, 99], ScrollMark.RELATED: [0, 15]}
    marks = combined(rows_of(mark, offsets, 100, 10) for mark, offsets in said.items())
    assert [SIGNS[mark] for mark in marks] == ["·", "◆", *" " * 7, "▪"]


@given(st.integers(0, 500), st.integers(1, 60), st.integers(-5, 600))
def test_each_offset_has_a_row(length: int, height: int, offset: int) -> None:
    assert 0 <= row_at(offset, length, height) < height
    assert len(rows_of(ScrollMark.HIT, [offset], length, height)) == height


def test_no_rows_have_no_marks() -> None:
    assert rows_of(ScrollMark.HIT, [1], 10, 0) == ()
    assert combined([(), ()]) == ()
