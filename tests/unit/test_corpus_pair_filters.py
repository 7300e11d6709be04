"""Which pairs of a file are listed: those asked for, one of each group, the best of them first."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from texts.corpus.pair_filters import PairFilter, best, first_of_groups, is_day
from texts.corpus.pairs import Pair, PairSide


def pair(left: PairSide, right: PairSide, score: float = 50, group: str = "") -> Pair:
    return Pair(left, right, score, group=group)


MILL = PairSide("mill-1863", 1, 0, 4, "Thaw", title="The Mill", path="prints\\old\\mill.txt", date="May 1863")
LATE = PairSide("late", 1, 0, 4, "thaw", title="Late News", path="new/late.txt", date="1866-05-12")
BARE = PairSide("bare", 1, 0, 4, "thaw")
PAIR = pair(MILL, LATE, 80, "c1")


@pytest.mark.parametrize("name", ["mill-1863", "the mill", "MILL.TXT", "prints\\old\\mill.txt", "late news"])
def test_a_text_is_asked_for_by_name_title_or_file(name: str) -> None:
    assert PairFilter(texts=(name,)).wants(PAIR)
    assert not PairFilter(texts=(name,)).wants(pair(BARE, BARE))


@pytest.mark.parametrize("name", ["", "mill", "old/mill.txt", "1863"])
def test_a_part_of_a_name_is_no_name(name: str) -> None:
    assert not PairFilter(texts=(name,)).wants(PAIR)


@pytest.mark.parametrize(
    ("texts", "is_wanted"),
    [
        (("The Mill", "late"), True),
        (("late", "The Mill"), True),
        (("late", "late"), False),
        (("late", "late.txt"), False),  # both are the one side
        (("late", "bare"), False),
        (("late", "late.txt", "mill.txt"), True),
        (("late", "mill.txt", "bare"), False),
    ],
)
def test_two_texts_stand_each_on_a_side(texts: tuple[str, ...], is_wanted: bool) -> None:
    assert PairFilter(texts=texts).wants(PAIR) is is_wanted


@pytest.mark.parametrize(
    ("since", "until", "is_wanted"),
    [
        ("1866", "", True),
        ("1866-05", "", True),
        ("1866-05-12", "", True),
        ("1866-05-13", "", False),
        ("1866-06", "", False),
        ("1867", "", False),
        ("", "1863", True),
        ("", "1863-01", True),  # some day of 1863 may be in it
        ("", "1862-12-31", False),
        ("1864", "1866-05-12", True),
        ("1864", "1866-05-11", False),  # the one is before it, the other after it
        ("1866", "1866", True),
    ],
)
def test_a_pair_has_a_text_of_the_days_asked_for(since: str, until: str, is_wanted: bool) -> None:
    wanted = PairFilter(since=since, until=until)
    assert wanted.wants(PAIR) is is_wanted
    assert wanted.wants(pair(LATE, MILL)) is is_wanted
    assert not wanted.wants(pair(BARE, BARE))


def test_a_year_is_four_digits_by_themselves() -> None:
    assert not PairFilter(since="1000").wants(pair(replace(BARE, date="No. 18630"), BARE))
    assert PairFilter(since="1000").wants(pair(replace(BARE, date="c. 1863?"), BARE))


def test_a_pair_is_wanted_for_all_that_is_asked() -> None:
    assert PairFilter(80, ("late",), "1866", "1866", "C1").wants(PAIR)
    assert PairFilter().wants(pair(BARE, BARE, 0))
    for wanted in (
        PairFilter(min_score=80.1),
        PairFilter(group="c"),
        PairFilter(80, ("late",), "1866", "1866", "c2"),
        PairFilter(80, ("late",), "1867", "", "c1"),
        PairFilter(80, ("bare",), "1866", "1866", "c1"),
    ):
        assert not wanted.wants(PAIR)


@pytest.mark.parametrize("words", ["1863", "1863-11", "1863-11-19"])
def test_a_year_a_month_and_a_day_are_days(words: str) -> None:
    assert is_day(words)


@pytest.mark.parametrize("words", ["", "863", "1863-1", "1863-11-19 ", "1863-11-19T00", "Nov 1863", "1863\n"])
def test_other_words_are_no_days(words: str) -> None:
    assert not is_day(words)


def test_of_a_group_the_first_is_told_and_of_no_group_all_are() -> None:
    pairs = [pair(BARE, BARE, score, group) for score, group in enumerate(("", "a", "", "b", "a", "b"))]
    assert [each.score for each in first_of_groups(pairs)] == [0, 1, 2, 3]


def test_the_best_come_first_and_equal_ones_in_their_order() -> None:
    chance = Random(5)
    pairs = [pair(BARE, BARE, chance.randrange(4), str(number)) for number in range(40)]
    for most in (0, 1, 7, 40, 50):
        assert list(best(iter(pairs), most)) == sorted(pairs, key=lambda each: -each.score)[:most]
