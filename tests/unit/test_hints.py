"""Hint labels are short, all different, and none begins another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.view.hints import ALPHABET, in_order_of_nearness, label_places, labels, still_possible


@given(st.integers(0, 800), st.sampled_from([ALPHABET, "ab", "asdf"]))
def test_no_label_begins_another(count: int, alphabet: str) -> None:
    found = labels(count, alphabet)
    assert len(found) == len(set(found)) == count
    assert all(label and set(label) <= set(alphabet) for label in found)
    in_order = sorted(found)
    assert not any(after.startswith(before) for before, after in pairwise(in_order))


@given(st.integers(2, 600))
def test_labels_are_as_short_as_they_can_be_and_the_short_ones_first(count: int) -> None:
    found = labels(count)
    assert [len(label) for label in found] == sorted(len(label) for label in found)
    most = 1
    while len(ALPHABET) ** most < count:
        most += 1
    assert max(map(len, found)) == most


def test_as_many_as_the_alphabet_has_are_single_letters() -> None:
    assert labels(len(ALPHABET)) == list(ALPHABET)
    assert labels(1) == [ALPHABET[0]]


@given(st.lists(st.integers(), unique=True, max_size=200))
def test_typing_a_label_leaves_its_place_alone(places: list[int]) -> None:
    labelled = label_places(places)
    assert list(labelled.values()) == places
    for label, place in labelled.items():
        assert still_possible(labelled, label) == {label: place}
        assert still_possible(labelled, label[:1])[label] == place


def test_the_nearest_comes_first() -> None:
    assert in_order_of_nearness([10, 20, 30, 40], to=28) == [30, 20, 40, 10]


@pytest.mark.parametrize("alphabet", ["", "a", "aa", "abca"])
def test_an_alphabet_that_cannot_tell_places_apart_is_refused(alphabet: str) -> None:
    with pytest.raises(ValueError, match="two letters"):
        labels(3, alphabet)
