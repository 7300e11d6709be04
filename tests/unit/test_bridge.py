"""The lines between the panes."""

from hypothesis import given
from hypothesis import strategies as st

from tui.view.bridge_lines import BridgeCell, Tie, Weight, draw


def rows(*ties: Tie, width: int = 9, height: int = 8) -> list[str]:
    return ["".join(cell.character for cell in row) for row in draw(ties, width, height)]


def test_passages_on_one_row_are_tied_by_a_straight_line() -> None:
    assert rows(Tie(1, 1, Weight.STRONG), height=3) == [" " * 9, "─" * 9, " " * 9]


def test_a_tie_goes_down_in_a_lane() -> None:
    assert rows(Tie(0, 2, Weight.STRONG), height=3) == ["────╮    ", "    │    ", "    ╰────"]


def test_linked_ties_are_heavy_and_weak_ones_dotted() -> None:
    assert "━" in rows(Tie(0, 0, Weight.LINKED))[0]
    assert "┄" in rows(Tie(0, 0, Weight.WEAK))[0]


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
