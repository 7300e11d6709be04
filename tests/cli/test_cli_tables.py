"""Tables, strips and word diffs on the terminal: they fit, and nothing of the texts is lost or added."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import article_text

from texts.compare import Covered, collate_passages, collate_versions
from texts.compare.tables import TableColumn
from texts.visible import visible
from tui.cli import tabular
from tui.cli.collation import collation_lines, differences
from tui.cli.overview import strip
from tui.cli.terminal import cells

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "miller",
            "ground",
            "corn",
            "sold",
            "flour",
            "town",
            "old",
            "days",
            "a",
            "東京",
            "he,",
            "“so”",
        ]
    ),
    max_size=40,
).map(" ".join)
CELLS = st.one_of(st.text(max_size=30), st.integers(-999, 99999), st.none())
QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture
def eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns without colours."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(tabular, "is_terminal", lambda: True)


@QUIET
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
@pytest.mark.usefixtures("eighty")
def test_a_table_fits_the_screen_and_has_a_line_for_each_row(
    rows: list[tuple[str | int | None, ...]],
) -> None:
    columns = [TableColumn(name, name) for name in ("one", "two", "three", "four")]
    lines = list(tabular.tabulated(columns, rows))
    assert len(lines) == len(rows) + 1
    assert all(cells(line) <= 80 and "\n" not in line for line in lines)


@pytest.mark.usefixtures("eighty")
def test_long_headings_give_way_and_numbers_are_whole() -> None:
    columns = [
        TableColumn("left", "a-very-long-slug-" * 3, True),
        TableColumn("right", "another-slug-" * 4, True),
    ]
    heading, line = tabular.tabulated([TableColumn("name", "name"), *columns], [("Iraq", 12345678, 9)])
    assert cells(heading) <= 80
    assert line.split() == ["Iraq", "12345678", "9"]


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=1, max_size=200), st.integers(-3, 90))
def test_a_strip_is_as_wide_as_there_is_room_and_shows_what_stands_alone(
    passages_: list[tuple[float, bool]], columns: int
) -> None:
    covered = [
        Covered(number, score, (1,) if has else ()) for number, (score, has) in enumerate(passages_, 1)
    ]
    shown = strip(covered, columns)
    assert len(shown) == max(1, min(columns, len(covered)))
    if len(shown) == len(covered):
        assert [sign == "·" for sign in shown] == [each.is_alone for each in covered]


def unmarked(lines: list[str]) -> str:
    """The letters of some lines without marks and white space: a line may break inside 東京."""
    return re.sub(r"\[-|-\]|\{\+|\+\}|<~|~>|\s", "", "".join(lines))


@QUIET
@given(WORDS, WORDS)
def test_side_by_side_both_sides_are_whole(left: str, right: str) -> None:
    one, other = article_text(left), article_text(right)
    lines = [line.split("│") for line in collation_lines(collate_passages(left, right), one, other, 100)]
    sides = [unmarked([line[side] for line in lines if len(line) > side]) for side in (0, 1)]
    assert sides == [unmarked([visible(left)]), unmarked([visible(right)])]
    narrow = list(collation_lines(collate_passages(left, right), one, other, 30))
    assert all(cells(line) <= 30 for line in narrow)


@QUIET
@given(WORDS, WORDS)
def test_changes_show_every_word_that_only_one_side_has(left: str, right: str) -> None:
    one, other = article_text(left), article_text(right)
    shown = "\n".join(differences(collate_versions(left, right), one, other, 60))
    for word in ("miller", "flour", "東京"):
        if (word in left) != (word in right):
            assert word in shown.replace("\n", "")
    if left == right:
        assert shown == ""


def test_off_the_screen_a_very_long_word_is_whole_and_widens_its_own_line_alone() -> None:
    columns = (TableColumn("name", "name"), TableColumn("times", "times", is_number=True))
    lines = list(tabular.tabulated(columns, [("x" * 3000, 1), ("short", 2)]))
    assert "x" * 3000 in lines[1]
    assert max(map(cells, (lines[0], lines[2]))) < 100
