"""The words of a list's filter that mean themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.records import Anchor, Highlight
from texts.model import Span
from tui.view.filters import Condition, Filter, taken_apart


def highlight(number: int, *tags: str, text: str = "editorial", **facts: object) -> Highlight:
    made = Highlight(
        number, "", text, (Span(0, 1),), "q", "", "", tags, "", False, "Ann Bee", "", "", Anchor.EXACT, 100.0
    )
    return made._replace(**facts)


SHELF = [
    highlight(1, "actor/maliki", star=True),
    highlight(2, "actor", note="Whose?"),
    highlight(3, "actors", text="analysis", anchor=Anchor.CHANGED),
    highlight(4, text="analysis", anchor=Anchor.ORPHAN, reader="Žofie"),
]


def left(typed: str) -> list[int]:
    words, meets = Filter(SHELF, linked={1, 4})(typed)
    assert not words, "these tests type nothing but conditions"
    return [each.id for each in SHELF if meets(each.id)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("starred", [1]),
        ("Noted", [2]),
        ("-noted", [1, 3, 4]),
        ("untagged", [4]),
        ("-tagged", [4]),
        ("changed", [3]),
        ("orphan", [4]),
        ("exact linked", [1]),
        ("tag:actor", [1, 2]),
        ("tag:actors", [3]),
        ("tag:act", [1, 2, 3]),
        ("tag:actor/", [1]),
        ("tag:actor/mal", [1]),
        ("tag:maliki", []),
        ("-tag:actor", [3, 4]),
        ("text:analysis", [3, 4]),
        ("TEXT:Ana", [3, 4]),
        ('reader:"ann bee"', [1, 2, 3]),
        ('reader:"ann', [1, 2, 3]),
        ("reader:zofie", [4]),
        ("text:editorial -starred", [2]),
        ("tag:", [1, 2, 3, 4]),
    ],
)
def test_conditions_narrow_exactly(typed: str, ids: list[int]) -> None:
    assert left(typed) == ids


def test_a_tag_that_only_has_others_below_it_means_those() -> None:
    _, meets = Filter([highlight(1, "place/iran"), highlight(2, "places")])("tag:place")
    assert [meets(1), meets(2)] == [True, False]


def test_what_is_no_condition_is_left_for_the_list() -> None:
    assert taken_apart('sistani starred "noted" colour:red -x').words == "sistani noted colour:red -x"


def test_conditions_are_taken_apart() -> None:
    assert taken_apart('-tag:"new york" orphan').conditions == (
        Condition("tag", "new york", turned=True),
        Condition("orphan"),
    )


@given(st.text() | st.text('tag:reader-" starred/ab'))
def test_anything_can_be_typed(typed: str) -> None:
    words, meets = Filter(SHELF)(typed)
    assert {meets(each.id) for each in SHELF} <= {True, False}
    assert '"' not in words
