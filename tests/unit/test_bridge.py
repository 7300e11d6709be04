"""The lines between the panes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.view.bridge_lines import BridgeCell, Tie, Weight, draw, sureness


def rows(*ties: Tie, width: int = 9, height: int = 8) -> list[str]:
    return ["".join(cell.character for cell in row) for row in draw(ties, width, height)]


def test_passages_on_one_row_are_tied_by_a_straight_line() -> None:
    assert rows(Tie(1, 1, Weight.STRONG), height=3) == [" " * 9, "─" * 9, " " * 9]


def test_a_tie_goes_down_in_a_lane() -> None:
    assert rows(Tie(0, 2, Weight.STRONG), height=3) == ["────╮    ", "    │    ", "    ╰────"]


@pytest.mark.parametrize(
    ("weight", "down", "up"),
    [
        (Weight.WEAK, ["┄┄┄┄╮    ", "    ┆    ", "    ╰┄┄┄┄"], ["    ╭┄┄┄┄", "    ┆    ", "┄┄┄┄╯    "]),
        (Weight.STRONG, ["────╮    ", "    │    ", "    ╰────"], ["    ╭────", "    │    ", "────╯    "]),
        (Weight.LINKED, ["━━━━┓    ", "    ┃    ", "    ┗━━━━"], ["    ┏━━━━", "    ┃    ", "━━━━┛    "]),
    ],
)
def test_linked_ties_are_heavy_and_weak_ones_dotted(weight: Weight, down: list[str], up: list[str]) -> None:
    assert rows(Tie(0, 2, weight), height=3) == down
    assert rows(Tie(2, 0, weight), height=3) == up
    assert rows(Tie(0, 0, weight), height=1) == [down[0][0] * 9]


def test_ties_that_share_rows_go_down_in_lanes_of_their_own() -> None:
    assert rows(Tie(0, 3, Weight.STRONG), Tie(1, 2, Weight.STRONG), Tie(5, 7, Weight.STRONG)) == [
        "───╮     ",
        "────╮    ",
        "   │╰────",
        "   ╰─────",
        "         ",
        "────╮    ",
        "    │    ",
        "    ╰────",
    ]


@pytest.mark.parametrize(
    ("tie", "row", "label"),
    [
        pytest.param(Tie(1, 1, Weight.WEAK, True, "sure 75"), 2, " sure 75 ", id="below a straight one"),
        pytest.param(Tie(1, 3, Weight.WEAK, True, "sure 75"), 4, " sure 75 ", id="below its right end"),
        pytest.param(Tie(1, 9, Weight.WEAK, True, "↓¶12"), 5, "    ↓¶12 ", id="at the edge below"),
        pytest.param(Tie(3, -1, Weight.WEAK, True, "↑¶2"), 0, "     ↑¶2 ", id="at the edge above"),
        pytest.param(Tie(5, 5, Weight.WEAK, True, "sure 75"), 5, " sure 75 ", id="on the last row"),
        pytest.param(Tie(1, 1, Weight.WEAK, True, "very sure"), 2, "    sure ", id="too long: its last word"),
        pytest.param(
            Tie(1, 1, Weight.WEAK, True, "unmistakable"), 2, "unmistak ", id="one word: its beginning"
        ),
    ],
)
def test_a_label_stands_below_the_end_or_towards_what_is_out_of_sight(tie: Tie, row: int, label: str) -> None:
    cells = draw([tie], 9, 6)[row]
    at = len(label) - len(label.lstrip())
    assert "".join(cell.character for cell in cells)[at:8] == label[at:8]
    assert all(cell.emphasized for cell in cells[at:8])


@pytest.mark.parametrize(
    ("score", "words"), [(0.2, "sure <1"), (1, "sure 1"), (74.6, "sure 75"), (100, "sure 100")]
)
def test_a_score_is_told_in_at_most_eight_cells(score: float, words: str) -> None:
    assert sureness(score) == words


def test_a_lit_tie_lies_over_others_and_carries_its_label() -> None:
    cells = draw([Tie(3, 3, Weight.LINKED), Tie(1, 5, Weight.WEAK, True, "91")], 9, 8)
    assert cells[3][4].emphasized
    assert "91" in "".join(cell.character for cell in cells[6])


def test_an_end_out_of_sight_runs_off_the_edge() -> None:
    drawn = rows(Tie(2, 99, Weight.STRONG, True, "↓¶12"), height=6)
    assert "↓¶12" in drawn[-1]
    assert all(row.strip() for row in drawn[2:])


ties = st.builds(
    Tie, st.integers(-5, 30), st.integers(-5, 30), st.sampled_from(Weight), st.booleans(), st.text(max_size=6)
)


@given(st.lists(ties, max_size=12), st.integers(0, 12), st.integers(0, 24))
def test_the_bridge_always_has_its_size(given_ties: list[Tie], width: int, height: int) -> None:
    drawn = draw(given_ties, width, height)
    assert len(drawn) == height
    assert all(len(row) == width and all(isinstance(cell, BridgeCell) for cell in row) for row in drawn)
