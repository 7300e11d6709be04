"""A name sounds alike in whatever script it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.languages.transliteration import (
    foreign_names,
    main_script,
    one_name,
    romanized,
    skeleton,
    sounds_alike,
)

ONE_NAME = (
    ("Sistani", "Систани", "西斯塔尼", "سيستاني", "Σιστάνι"),
    ("Maliki", "Малики", "Маліки", "马利基"),
    ("Baghdad", "Багдад", "بغداد", "Βαγδάτη"),
    ("Obama", "Обама", "奥巴马"),
    ("Nicodemus", "Никодим", "Νικόδημος"),
    ("Jerusalem", "Иерусалим"),
    ("Khamenei", "Хаменеи", "哈梅内伊"),
)
TWO_NAMES = (
    ("Iraq", "Иран"),
    ("Maliki", "Систани"),
    ("Baghdad", "Тегеран"),
    ("This", "Дом"),
    ("Obama", "马利基"),
)


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    first, *others = spellings
    assert [one_name(first, other) >= 0.6 for other in others] == [True] * len(others)


@pytest.mark.parametrize("names", TWO_NAMES)
def test_two_names_do_not(names: tuple[str, str]) -> None:
    assert one_name(*names) == 0


def test_chinese_renders_syllables_rather_than_its_own_reading() -> None:
    assert romanized("马利基") == "maliki"
    body = "教士西斯塔尼谈到了马利基。"
    assert [body[a:b] for a, b in foreign_names(body, 0, len(body))] == ["西斯塔尼", "马利基"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_how_alike_two_words_sound_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    mine, its = skeleton(one), skeleton(other)
    assert 0 <= sounds_alike(mine, its) <= 1
    assert sounds_alike(mine, its) == pytest.approx(sounds_alike(its, mine))
    assert sounds_alike(mine, mine) == bool(mine)


def test_the_script_of_most_letters_is_told_of_plain_and_of_other_words() -> None:
    assert [main_script(words) for words in ("The mill, 1866.", "1866.", "", "é mill", "Мельница a")] == [
        "LATIN",
        "",
        "",
        "LATIN",
        "CYRILLIC",
    ]


@pytest.mark.parametrize("sound", "abdfghjklmnprstvwxz")
def test_nothing_sounds_like_no_name(sound: str) -> None:
    assert sounds_alike("", sound) == sounds_alike(sound, "") == sounds_alike("", sound * 3) == 0.0
    assert sounds_alike("", "") == 0.0
    assert sounds_alike(sound, sound) == 1.0
