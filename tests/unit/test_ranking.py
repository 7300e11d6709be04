"""Which of many choices a few typed letters mean."""

from hypothesis import given
from hypothesis import strategies as st

from tui.view.ranking import rank

TAGS = ["actor/maliki", "actor/sistani", "claim/legal", "place/tehran", "claim"]


def best(typed: str) -> str:
    return TAGS[rank(typed, TAGS)[0]]


def test_nothing_typed_keeps_the_order() -> None:
    assert rank("  ", TAGS) == [0, 1, 2, 3, 4]


def test_the_start_of_a_word_comes_first() -> None:
    assert best("sis") == "actor/sistani"
    assert best("claim") == "claim"


def test_every_typed_word_counts() -> None:
    assert best("act mal") == "actor/maliki"


def test_a_misspelt_word_is_still_found() -> None:
    assert best("systani") == "actor/sistani"


def test_what_is_nothing_like_it_is_left_out() -> None:
    assert rank("xyzzyq", TAGS) == []


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=20))
def test_each_choice_comes_at_most_once(typed: str, labels: list[str]) -> None:
    found = rank(typed, labels)
    assert len(set(found)) == len(found)
    assert set(found) <= set(range(len(labels)))
