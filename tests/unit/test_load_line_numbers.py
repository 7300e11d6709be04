"""Numbers beside every few lines of verse, in the margin of a page, are left out; those of tables are not."""

from __future__ import annotations

import pytest

from texts.load.layout import LayoutLine
from texts.load.line_numbers import without_line_numbers
from texts.load.reflow import paragraphs


def at(words: str, left: float, right: float, row: int) -> LayoutLine:
    bottom = 700 - 12.0 * row
    return LayoutLine(words, left, right, bottom, bottom + 10, 10)


VERSE = [
    at(f"A line of verse {'and more ' * (row % 3)}", 100, 240 + 30 * (row % 3), row) for row in range(24)
]


def left_out(*numbers: LayoutLine) -> list[str]:
    page = [*VERSE, *numbers]
    kept = without_line_numbers(page)
    assert [line for line in page if line in kept] == list(kept)
    return [line.words for line in page if line not in kept]


@pytest.mark.parametrize("first", [5, 95, 110])
@pytest.mark.parametrize("shape", ["{}", "[{}]", "({})"])
def test_numbers_in_a_margin_that_count_lines_are_left_out(first: int, shape: str) -> None:
    said = [(shape.format(first + 5 * n), 4 + 5 * n) for n in range(4)]
    wide = {words: 5 * len(words) for words, _ in said}
    words = [words for words, _ in said]
    assert left_out(*(at(one, 400 - wide[one], 400, row) for one, row in said)) == words
    assert left_out(*(at(one, 60, 60 + wide[one], row) for one, row in said)) == words


def test_a_number_that_counts_no_lines_stays() -> None:
    assert left_out(at("5", 395, 400, 4), at("10", 390, 400, 8)) == []  # four lines on
    assert left_out(at("5", 395, 400, 4), at("10", 350, 360, 9)) == []  # not below
    assert left_out(at("5", 60, 65, 4)) == []  # one alone
    assert left_out(at("5", 242, 247, 3), at("10", 242, 252, 8)) == []  # no white before it
    assert left_out(at("5", 395, 400, 4), at("five", 380, 400, 9)) == []


def test_numbers_of_every_line_stay_which_may_be_those_of_a_table() -> None:
    assert left_out(*(at(str(row + 1), 60, 65, row) for row in range(9))) == []
    assert left_out(*(at(str(5 * row), 390, 400, row) for row in range(9))) == []


@pytest.mark.parametrize(("first", "step"), [(12, 2), (13, 3), (1914, 2), (1912, 4)])
def test_years_and_pages_beside_entries_of_a_few_lines_stay(first: int, step: int) -> None:
    assert left_out(*(at(str(first + step * n), 60, 80, step * n) for n in range(4))) == []


@pytest.mark.parametrize(("first", "step"), [(12, 4), (1915, 5), (1910, 10)])
def test_numbers_of_lines_count_by_three_or_more_and_high_ones_by_fives(first: int, step: int) -> None:
    said = [(first + step * n, step * n) for n in range(2)]
    assert left_out(*(at(str(one), 60, 80, row) for one, row in said)) == [str(one) for one, _ in said]


def test_the_first_line_may_have_its_number() -> None:
    said = [(1, 0), (5, 4), (10, 9)]
    assert left_out(*(at(str(one), 60, 70, row) for one, row in said)) == ["1", "5", "10"]


def test_numbers_of_both_margins_do_not_count_together() -> None:
    narrow = [at("ab", 200, 210, row) for row in (4, 9)]
    page = [narrow[0], at("5", 300, 305, 4), at("10", 300, 305, 9), at("c", 400, 420, 9)]
    assert without_line_numbers(page) == page


@pytest.mark.parametrize("furniture", [True, False])
def test_numbers_of_lines_are_kept_where_every_paragraph_is_wanted(furniture: bool) -> None:
    page = [*VERSE, at("25", 390, 400, 4), at("30", 390, 400, 9)]
    lines = [line for block in paragraphs([page], furniture=furniture) for line in block.lines]
    assert any("25" in line for line in lines) is not furniture
