"""Cells are counted as terminals count them, and no grapheme is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.tokens import is_letter_edge
from tui.settings import AUTO, TERMINALS
from tui.view.cells import (
    HABITS,
    cells_before,
    cells_of,
    count_as,
    cut,
    cut_start,
    fill,
    grapheme_around,
    graphemes,
    terminal_of,
    terminals_disagree,
)


@pytest.fixture(autouse=True)
def _standard_again() -> Iterator[None]:
    yield
    count_as("standard")


SIGNS = ("☺️", "👩‍💻", "क्षि", "हिन्दी", "👍🏽", "🇮🇶", "语")


@pytest.mark.parametrize(
    ("terminal", "cells"),
    [
        ("standard", (1, 4, 3, 5, 4, 2, 2)),
        ("tmux", (1, 2, 3, 5, 4, 2, 2)),
        ("konsole", (1, 2, 3, 5, 2, 2, 2)),
        ("kitty", (2, 4, 2, 3, 2, 2, 2)),
    ],
)
def test_cells_are_those_that_terminals_count(terminal: str, cells: tuple[int, ...]) -> None:
    count_as(terminal)
    assert tuple(map(cells_of, SIGNS)) == cells


@pytest.mark.parametrize("terminal", HABITS)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_grapheme_is_one_wherever_it_is_shown(terminal: str, sign: str) -> None:
    count_as(terminal)
    assert len(graphemes(sign)) == (2 if sign == "हिन्दी" else 1)
    for offset in range(len(sign)):
        start, end = grapheme_around(f"a{sign}b", offset + 1, 0, len(sign) + 2)
        assert (start, end) in {(first + 1, last + 1) for first, last in _spans(sign)}


def _spans(string: str) -> list[tuple[int, int]]:
    starts = [start for start, _ in graphemes(string)]
    return list(zip(starts, [*starts[1:], len(string)], strict=True))


@given(st.text("aहिन्दीक्षि語👍🏽☺️ \n\u200d", max_size=20))
def test_cells_add_up_and_no_grapheme_cuts_a_letter(string: str) -> None:
    for line in string.split("\n"):
        found = graphemes(line)
        assert sum(cells for _, cells in found) == cells_before(line)[-1]
        assert all(is_letter_edge(line, start) for start, _ in found)


@given(st.text(max_size=30) | st.text("हिन्दी 語☺️👩‍💻", max_size=30), st.integers(0, 40))
def test_cut_and_filled_strings_take_the_cells_they_may(string: str, cells: int) -> None:
    assert cells_of(cut(string, cells)) <= cells
    assert cells_of(fill(string, cells)) == cells
    if cells_of(string) <= cells:
        assert cut(string, cells) == string
        assert fill(string, cells).startswith(string)


def test_no_grapheme_is_cut_where_a_string_is() -> None:
    assert cut("हिन्दी", 4) == "हि…"
    assert cut("語語", 3) == "語…"
    assert fill("語語", 3) == "語 "
    assert cut("語語", 1) == "…"
    assert cut("語語", 0) == ""


def test_what_fits_is_whole_and_of_what_does_not_the_end_is_kept() -> None:
    assert [cut_start("語語a", cells) for cells in range(7)] == [
        "",
        "…",
        "…a",
        "…a",
        "…語a",
        "語語a",
        "語語a",
    ]
    assert [cut("語語a", cells) for cells in range(7)] == ["", "…", "…", "語…", "語…", "語語a", "語語a"]


def test_the_terminal_is_told_by_the_environment() -> None:
    assert terminal_of({}) == "standard"
    assert terminal_of({"TERM": "xterm-kitty"}) == "kitty"
    assert terminal_of({"KONSOLE_VERSION": "221203"}) == "konsole"
    assert terminal_of({"TMUX": "/tmp/tmux-0/default,1,0", "KITTY_WINDOW_ID": "1"}) == "tmux"


def test_the_setting_takes_what_is_known() -> None:
    assert (AUTO, *HABITS) == TERMINALS


@pytest.mark.parametrize(
    ("string", "disagree"),
    [
        ("mill", False),
        ("naïve Ærø", False),
        ("Ἀθήνα", False),
        ("“—”", False),
        ("ไทย", True),
        ("हिन्दी", True),
        ("e\u0301", True),
    ],
)
def test_terminals_disagree_about_scripts_with_marks_of_their_own(string: str, disagree: bool) -> None:
    assert terminals_disagree(string) is disagree
