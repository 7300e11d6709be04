"""Words on a terminal: counted in cells, cut and filled up to a width, wrapped with marks."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.visible import one_line, visible
from tui.cli.findings import end_of, start_of
from tui.cli.flow import Styled, flow, flowed
from tui.cli.tabular import side_by_side
from tui.cli.terminal import NARROW, cells, cut, has_colour, pad, pad_left, paint
from tui.view.cells import cells_of, graphemes
from tui.view.cells import cut as cut_at_desk

LINES = st.text(max_size=60).map(one_line)
WIDE = "水車は燃えた"


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert cells("mill") == 4
    assert cells(WIDE) == 12
    assert cells("cafe\u0301") == 4


@given(st.text(st.sampled_from([*map(chr, NARROW), "a", " "])), st.integers(0, 80))
def test_what_is_not_looked_up_is_counted_and_cut_as_at_the_desk(words: str, columns: int) -> None:
    assert cells(words) == cells_of(words)
    assert cut(words, columns) == cut_at_desk(words, columns)


@given(LINES, st.integers(0, 80))
def test_what_is_cut_fits_and_what_fits_is_not_cut(words: str, columns: int) -> None:
    kept = cut(words, columns)
    assert cells(kept) <= columns
    assert (kept == words) == (cells(words) <= columns)


@given(LINES, st.integers(0, 80))
def test_context_fits_and_says_where_it_was_cut(words: str, columns: int) -> None:
    start, end = start_of(words, columns), end_of(words, columns)
    assert max(cells(start), cells(end)) <= columns
    if cells(words) > columns >= 1:
        assert start.endswith("…")
        assert words.startswith(start[:-1])
        assert end.startswith("…")
        assert words.endswith(end[1:])


@given(st.text(st.sampled_from("ab é水नि\u0301\u0e49"), max_size=60), st.integers(1, 40))
def test_context_parts_no_letter_from_its_marks_and_keeps_half_of_its_room(words: str, columns: int) -> None:
    start, end = start_of(words, columns), end_of(words, columns)
    edges = {place for place, _ in graphemes(words)} | {len(words)}
    if cells(words) > columns:
        assert {len(start) - 1, len(words) - len(end) + 1} <= edges
    if cells(words) > columns and words.isascii():
        assert min(len(start), len(end)) > columns // 2


@given(LINES.filter(lambda words: cells(words) <= 60))
def test_what_is_filled_up_is_so_wide(words: str) -> None:
    assert cells(pad(words, 60)) == cells(pad_left(words, 60)) == 60


BODIES = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["the mill ", "水車は燃えた、", "น้ำท่วมครั้งใหญ่", "हिन्दी में ", "x" * 70]), max_size=20
    ).map("".join),
)


@given(BODIES, st.integers(1, 60), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=5))
def test_every_line_of_a_column_is_so_wide_and_no_letter_is_lost(
    body: str, columns: int, edges: list[tuple[int, int]]
) -> None:
    marks = [Span(min(each), max(each)) for each in edges]
    lines = flow(body, Span(0, len(body)), marks, columns)
    assert {cells(line) for line in lines} <= {columns}
    words = "".join(visible(body).split())
    if all(wide <= columns for _, wide in graphemes(words)):
        assert "".join("".join(lines).split()) == words


def test_words_without_blanks_are_wrapped_and_each_mark_in_them_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.cli.terminal.has_colour", lambda: True)
    bold = "\x1b[1;4m{}\x1b[0m".format
    lines = flow(WIDE * 2, Span(0, 12), [Span(6, 8), Span(1, 2)], 10)
    assert lines == [f"水{bold('車')}は燃え", f"た{bold('水車')}は燃", "えた      "]


def test_signs_stay_with_the_words_that_they_stand_round() -> None:
    assert flowed([Styled("水車は"), Styled("燃", (), "[-", "-]"), Styled("えた")], 10) == [
        "水車は    ",
        "[-燃-]えた",
    ]


def test_marked_words_are_bold_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    body, marks = "the old mill burned", [Span(8, 12)]
    assert flow(body, Span(4, 19), marks, 20) == ["old mill burned     "]
    monkeypatch.setattr(sys, "stdout", Screen())
    assert flow(body, Span(4, 19), marks, 20) == ["old \x1b[1;4mmill\x1b[0m burned     "]


def test_columns_of_unequal_length_stand_side_by_side() -> None:
    assert side_by_side(["ab "], ["c", "d"], 3, " | ") == ["ab  | c", "    | d"]


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("tui.cli.terminal.is_terminal", lambda: True)
    assert not has_colour()
    assert paint("mill", "bold") == "mill"
