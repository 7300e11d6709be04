"""References to highlights in notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.commands.link_commands import references


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("", ()),
        ("See [[12]].", (12,)),
        ("[[3]] against [[ 12 ]], and [[3]] again", (3, 12)),
        ("[[twelve]] [12] [[]] [[1 2]] [[-1]]", ()),
        ("[[" + "9" * 19 + "]]", ()),
        ("[[١٢]]", ()),
        ("[[[7]]]", (7,)),
    ],
)
def test_ids_in_double_brackets_are_found_in_order_each_once(note: str, found: tuple[int, ...]) -> None:
    assert references(note) == found


@given(
    st.lists(st.integers(0, 10**18 - 1), unique=True),
    st.text(st.characters(exclude_characters="[]"), max_size=9),
)
def test_what_is_written_is_found(numbers: list[int], between: str) -> None:
    assert references(between.join(f"[[{number}]]" for number in numbers)) == tuple(numbers)
