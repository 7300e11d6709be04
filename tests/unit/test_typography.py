"""Folding makes spellings comparable, and knows the way back to the body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.tokens import is_acronym
from texts.typography import fold_body, fold_text, fold_word


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Shi’ite", "shiite"),
        ("Qa'ida", "qaida"),
        ("Maliki’s", "maliki"),
        ("Moses'", "moses"),
        ("U.S.", "us"),
        ("Café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ինչպե՞ս", "ինչպես"),
        ("ߞߊ߲ߺߺ", fold_word("ߞߊ߲")),
        ("ᠮᠣᠩ\u180aᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ"),
        ("हिन्दी", "हिंदी"),
        ("मुम्बई", "मुंबई"),
        ("अङ्क", "अंक"),
        ("हिँदी", "हिंदी"),
        ("अन्न", "अन्न"),
        ("જન્મ", "જન્મ"),
        ("હિન્દી", "હિંદી"),
        ("അവന്\u200d", "അവൻ"),
        ("അവന്", "അവന്"),
        ("উত্\u200dসব", "উৎসব"),
        ("ﬁre", "fire"),
        ("is", "is"),
        ("’s", "s"),
        ("", ""),
    ],
)
def test_a_word_is_folded(word: str, folded: str) -> None:
    assert fold_word(word) == folded


@pytest.mark.parametrize(
    ("string", "folded"),
    [
        ("“Co–operation”", '"co-operation"'),
        ("the  mayor’s\n\thouse", "the  mayor's  house"),
        ("so\u00adft\u200bly", "softly"),
        ("Straße", "strasse"),
        ("«É»", '"e"'),
    ],
)
def test_a_text_is_folded_for_exact_search(string: str, folded: str) -> None:
    assert fold_text(string).text == folded


def test_marks_of_direction_make_no_other_text() -> None:
    assert fold_body("הנמל \u200f(\u202a1822\u202c)\u200e נסגר").text == "הנמל (1822) נסגר"


def test_case_is_kept_where_it_is_asked_for() -> None:
    assert fold_text("“Élan” US", case=False).text == '"Elan" US'


def test_what_unfolds_or_disappears_leads_back_to_whole_characters() -> None:
    eszett = fold_text("aßb")
    assert eszett.text == "assb"
    assert eszett.back(Span(1, 2)) == eszett.back(Span(2, 3)) == Span(1, 2)
    accent = fold_text("xe\u0301y")
    assert accent.text == "xey"
    assert accent.back(Span(1, 2)) == Span(1, 3)


def test_acronyms_are_told_by_dots_and_capitals() -> None:
    assert all(map(is_acronym, ("US", "U.S.", "NATO")))
    assert not any(map(is_acronym, ("us", "I", "Us", "TWELVE", "")))


@given(st.text(max_size=40))
def test_a_folded_word_does_not_change_when_folded_again_in_lower_case(word: str) -> None:
    assert fold_word(word) == fold_word(fold_word(word)) or fold_word(word).endswith("s")


@given(st.text(max_size=40), st.booleans())
def test_each_folded_character_has_a_source(string: str, case: bool) -> None:
    folded = fold_text(string, case=case)
    for k in range(len(folded.text)):
        span = folded.back(Span(k, k + 1))
        assert 0 <= span.start < span.end <= len(string)
        assert folded.text[k] in fold_text(string[span.start : span.end], case=case).text


@given(st.text("ab é’-–\n", max_size=40))
def test_what_keeps_its_length_keeps_its_offsets(string: str) -> None:
    folded = fold_text(string)
    assert len(folded.text) == len(string)
    assert all(folded.back(Span(k, k + 1)) == Span(k, k + 1) for k in range(len(string)))


@given(st.text("aZ09.'’s\u00e9", max_size=6))
def test_a_plain_word_is_folded_as_any_other(word: str) -> None:
    marked = f"{word}\u00e9"
    assert fold_word(marked) == fold_word(f"{word.lower()}\u00e9")
    if word.isascii() and word.isalnum():
        assert fold_word(marked) == f"{fold_word(word)}e"
