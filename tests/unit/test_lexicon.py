"""The lexicon knows which words are one word and which only look alike."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.lexicon import (
    PLACES,
    STOP_WORDS,
    Aliases,
    are_two_words,
    background,
    may_vary,
    rarity,
    root,
    roots_of,
    spelling_similarity,
    stem,
)
from texts.typography import fold_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gave", "giving"),
        ("children", "child"),
        ("brethren", "brothers"),
        ("seeketh", "seeks"),
        ("spake", "spoke"),
        ("mobilising", "mobilize"),
        ("colours", "color"),
        ("centres", "center"),
        ("theatre", "theater"),
        ("organisation", "organizations"),
    ],
)
def test_forms_of_one_word_have_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nazareth", "nazared"),
        ("twentieth", "twentied"),
        ("hour", "hor"),
        ("court", "cort"),
        ("paris", "pariz"),
        ("plea", "play"),
        ("country", "counter"),
    ],
)
def test_different_words_keep_their_own_roots(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_irregular_forms_leave_stop_words_alone() -> None:
    assert [word for word in STOP_WORDS if root(word) not in (word, stem(word))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("nouri", "nuri"), ("teheran", "tehran"), ("sistani", "seestani"), ("jeruzalem", "jerusalem")],
)
def test_spellings_of_one_name_are_alike_and_one_word(one: str, other: str) -> None:
    assert spelling_similarity(root(one), root(other)) > 0.7
    assert not are_two_words(root(one), root(other), both_used_by_both=False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iran", "iraq"),
        ("sunni", "sunday"),
        ("austria", "australia"),
        ("niger", "nigeria"),
        ("plea", "play"),
        ("country", "counter"),
        ("slovakia", "slovenia"),
    ],
)
def test_words_that_only_look_alike_are_kept_apart(one: str, other: str) -> None:
    left, right = root(one), root(other)
    assert not spelling_similarity(left, right) or are_two_words(left, right, both_used_by_both=False)


def test_names_that_both_texts_use_are_kept_apart() -> None:
    assert are_two_words("elijah", "elisha", both_used_by_both=True)


def test_known_aliases_name_the_same() -> None:
    aliases = Aliases()
    assert aliases.same(root(fold_word("Shi’ite")), root("shia"))
    assert aliases.same(root(fold_word("Qa’ida")), root("qaeda"))
    assert not aliases.same(root("iran"), root("iraq"))
    assert not aliases.same("shia", "shia")


def test_a_reader_adds_aliases_and_joins_groups() -> None:
    aliases = Aliases([("Daesh", "Caliphate"), ("Nablus", "Shechem")])
    assert aliases.same(root("nablus"), root("shechem"))
    assert aliases.same(root("isis"), root("caliphate"))


def test_an_alias_in_capitals_is_not_the_stop_word() -> None:
    assert "us" not in Aliases([("US", "Columbia")]).of(root("columbia"))
    assert "us." in Aliases([("US", "Columbia")]).of(root("columbia"))


def test_places_stand_as_words_and_as_roots() -> None:
    assert {"iran", "iraq", "philippines", root("philippines")} <= PLACES


def test_background_counts_are_shares_of_its_passages() -> None:
    counted = background()
    assert counted.passages > 10_000
    assert all(0 < count <= counted.passages for count in counted.counts.values())
    assert counted.share("the") > counted.share("zzz") > 0
    assert counted.is_ordinary(root("children"))
    assert not counted.is_ordinary("sistani")


@given(st.integers(1, 10**6), st.data(), st.floats(0, 1))
def test_a_word_says_less_the_more_passages_have_it(passages: int, data: st.DataObject, share: float) -> None:
    fewer = data.draw(st.integers(0, passages - 1))
    assert rarity(passages, fewer, share) >= rarity(passages, fewer + 1, share) >= 1


@given(st.lists(st.text(max_size=12).map(fold_word)))
def test_many_words_have_the_roots_that_each_has(words: list[str]) -> None:
    words += ["gave", "children", "seeketh", "teeth", "colours", "theatre", "mobilised", "rises", ""]
    assert roots_of(words) == [root(word) for word in words]


@given(st.text(max_size=30))
def test_any_word_has_a_root(word: str) -> None:
    assert isinstance(root(fold_word(word)), str)


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20), st.booleans())
def test_similarity_and_two_words_do_not_depend_on_the_side(one: str, other: str, both: bool) -> None:
    assert spelling_similarity(one, other) == pytest.approx(spelling_similarity(other, one))
    assert are_two_words(one, other, both_used_by_both=both) == are_two_words(
        other, one, both_used_by_both=both
    )


@given(st.text(max_size=12))
def test_what_may_vary_is_a_long_word_of_letters(word: str) -> None:
    if may_vary(word):
        assert len(word) >= 4
        assert not word[0].isdigit()
        assert word not in STOP_WORDS


def test_the_lexicon_is_light() -> None:
    code = "import sys, texts.lexicon, texts.relate; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
