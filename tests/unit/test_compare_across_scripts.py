"""Names of two texts in two scripts: by sound and by place, and as the reader says."""

from __future__ import annotations

import pytest
from standin_vectors import text_of

from texts.compare import names, read
from texts.compare.across_scripts import one_in_two_scripts
from texts.naming import NO_OVERRIDES, Overrides

ENGLISH = (
    "The cleric Ali Sistani spoke on Friday about Nouri Maliki. Many in Baghdad heard Sistani, and Maliki answered.",
    "The president, Barack Obama, said that Iraq needs help.",
)
OTHERS = {
    "Russian": (
        "В пятницу Али Систани говорил о Нури Малики. Многие в Багдаде слышали Систани, а Малики ответил.",
        "Президент, Барак Обама, сказал, что нуждается в помощи Ирак.",
    ),
    "Chinese": ("教士西斯塔尼谈到了马利基。巴格达的许多人听到了。", "总统奥巴马说，他们需要帮助。"),
    "Arabic": ("تحدث سيستاني عن مالكي يوم الجمعة في بغداد", "قال الرئيس أوباما إن العراق بحاجة إلى مساعدة"),
}
EXPECTED = {
    "Russian": {
        "Sistani": "Систани",
        "Maliki": "Малики",
        "Baghdad": "Багдаде",
        "Iraq": "Ирак",
        "Barack Obama": "Барак Обама",
    },
    "Chinese": {"Sistani": "西斯塔尼", "Maliki": "马利基"},
    "Arabic": {"Sistani": "سيستاني", "Maliki": "مالكي", "Baghdad": "بغداد"},
}


def joined(other: str, overrides: Overrides = NO_OVERRIDES) -> list[set[str]]:
    """The spellings of each name that both texts have."""
    left, right = text_of("left", ENGLISH), text_of("right", OTHERS[other])
    found = names(read(left), read(right), overrides=overrides)
    for name in found:
        for spelling in name.spellings:
            assert {left.quote(span) for span in spelling.left} <= {spelling.written}
            assert {right.quote(span) for span in spelling.right} <= {spelling.written}
    return [{spelling.written for spelling in name.spellings} for name in found if name.is_shared]


@pytest.mark.parametrize("other", OTHERS)
def test_a_name_in_two_scripts_is_one_name(other: str) -> None:
    found = joined(other)
    missing = [pair for pair in EXPECTED[other].items() if not any(set(pair) <= group for group in found)]
    assert missing == []


def test_what_a_reader_parts_is_two_names() -> None:
    found = joined("Russian", Overrides().part("Sistani", "Систани"))
    assert not any({"Sistani", "Систани"} <= group for group in found)
    assert any({"Maliki", "Малики"} <= group for group in found)


def test_what_a_reader_joins_is_one_name_though_nothing_says_so() -> None:
    found = joined("Russian", Overrides().join("Baghdad", "Барак Обама"))
    assert any({"Baghdad", "Барак Обама"} <= group for group in found)


def test_where_names_stand_decides_between_those_that_sound_alike() -> None:
    left = {"jesus": {1, 2, 3}, "esaias": {9}}
    right = {"иисус": {1, 2, 3}, "исаия": {9}}
    related = [(1, 1), (2, 2), (3, 3), (9, 9)]
    assert set(one_in_two_scripts(left, right, related)) == {("jesus", "иисус"), ("esaias", "исаия")}


def test_names_that_only_sound_somewhat_alike_are_one_where_they_always_stand_together() -> None:
    left, right = {"john": {1, 2, 3, 4}}, {"иоанн": {1, 2, 3}}
    assert list(one_in_two_scripts(left, right)) == []
    assert set(one_in_two_scripts(left, right, [(n, n) for n in range(1, 5)])) == {("john", "иоанн")}


def test_names_that_never_stand_together_are_two() -> None:
    left, right = {"maliki": {1}}, {"малики": {5}}
    assert set(one_in_two_scripts(left, right)) == {("maliki", "малики")}
    assert list(one_in_two_scripts(left, right, [(1, 1), (5, 5)])) == []


@pytest.mark.parametrize(
    ("together", "apart", "are_one"), [(2, 0, False), (3, 0, True), (3, 2, True), (3, 3, False), (6, 4, True)]
)
def test_so_many_passages_and_most_of_those_with_either_have_to_have_both(
    together: int, apart: int, are_one: bool
) -> None:
    here = set(range(together + apart))
    left, right = {"john": here}, {"иоанн": set(range(together))}
    found = set(one_in_two_scripts(left, right, [(n, n) for n in here]))
    assert found == ({("john", "иоанн")} if are_one else set())
