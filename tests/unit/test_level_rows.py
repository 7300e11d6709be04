"""Passages of two texts brought level by blank rows."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.view.level_rows import best_chain, fillers_for

PAIRS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8), st.integers(1, 99).map(float)), max_size=9)


def rises(chain: list[tuple[int, int]]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chain))


@given(PAIRS)
def test_the_chain_is_the_heaviest_that_rises_on_both_sides(pairs: list[tuple[int, int, float]]) -> None:
    weights: dict[tuple[int, int], float] = {}
    for left, right, weight in pairs:
        weights[left, right] = max(weight, weights.get((left, right), 0.0))
    chains = [
        sorted(chosen)
        for size in range(len(weights) + 1)
        for chosen in combinations(weights, size)
        if rises(sorted(chosen))
    ]
    heaviest = max(sum(weights[pair] for pair in chain) for chain in chains)
    found = best_chain(pairs)
    assert rises(found)
    assert sum(weights[pair] for pair in found) == heaviest


@given(
    PAIRS,
    st.lists(st.integers(1, 9), min_size=8, max_size=8),
    st.lists(st.integers(1, 9), min_size=8, max_size=8),
)
def test_what_is_filled_stands_level(
    pairs: list[tuple[int, int, float]], left_heights: list[int], right_heights: list[int]
) -> None:
    left, right = ([sum(heights[:at]) for at in range(8)] for heights in (left_heights, right_heights))
    chain = [(one - 1, two - 1) for one, two in best_chain(pairs)]
    fillers = fillers_for(left, right, chain)

    def row(starts: list[int], blank: dict[int, int], index: int) -> int:
        return starts[index] + sum(rows for behind, rows in blank.items() if behind < index)

    for one, two in chain:
        assert row(left, dict(fillers[0]), one) == row(right, dict(fillers[1]), two)
    assert all(rows > 0 for side in fillers for rows in side.values())


def test_only_one_side_is_filled_before_a_pair() -> None:
    assert fillers_for([0, 5, 9], [0, 3, 12], [(1, 0), (2, 2)]) == ({1: 8}, {-1: 5})
