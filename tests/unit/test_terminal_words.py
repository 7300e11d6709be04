"""Words on a terminal: counted in cells, cut and filled up to a width, wrapped with marks."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.visible import one_line
from tui.cli.findings import end_of, start_of
from tui.cli.tabular import flow, side_by_side
from tui.cli.terminal import NARROW, cells, cut, has_colour, pad, pad_left, paint
from tui.view.cells import cells_of
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


@given(LINES.filter(lambda words: cells(words) <= 60))
def test_what_is_filled_up_is_so_wide(words: str) -> None:
    assert cells(pad(words, 60)) == cells(pad_left(words, 60)) == 60


@given(st.text(max_size=200), st.integers(1, 60))
def test_every_line_of_a_column_is_so_wide_and_no_word_is_lost(body: str, columns: int) -> None:
    lines = flow(body, Span(0, len(body)), [], columns)
    assert {cells(line) for line in lines} <= {columns}
    words = [one_line(word) for word in body.split()]
    if all(cells(word) <= columns for word in words):
        assert " ".join(lines).split() == " ".join(words).split()


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
