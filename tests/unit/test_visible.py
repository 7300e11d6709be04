"""Nothing that a terminal would obey, hide or pile up gets through `visible`, and offsets never move."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.visible import MOST_MARKS, one_line, visible

# Format characters that have a shape of their own (Arabic and Syriac signs, Kaithi numbers), and the two joiners,
# without which Persian, Hindi and emoji fall apart.
KEPT_FORMAT = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, 0x200C, 0x200D}

ANY_TEXT = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\x1b\x9b\u202e\u200b\u0301\u200d\t\n\r")
)


def test_every_harmful_code_point_is_replaced() -> None:
    left = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in ("Cc", "Cf", "Cs")
        and visible(chr(point)) == chr(point)
        and point not in KEPT_FORMAT
        and chr(point) not in "\n\t"
    ]
    assert left == []


def test_letters_marks_spaces_and_signs_stay() -> None:
    changed = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point))[0] in "LNPSZ" and visible(chr(point)) != chr(point)
    ]
    # Line and paragraph separators end lines; the fillers are letters that show nothing.
    assert changed == ["0x2028", "0x2029", "0x3164", "0xffa0"]


@given(ANY_TEXT)
@example("a" + "\u0301" * 300)
@example("\u0301" * 20 + "\u200b" + "\u0301" * 20)
def test_length_stays_and_a_second_pass_changes_nothing(string: str) -> None:
    shown = visible(string)
    assert len(shown) == len(string)
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_one_line_is_one_line(string: str) -> None:
    assert len(one_line(string)) == len(string)
    assert len(one_line(string).splitlines()) <= 1
    assert "\t" not in one_line(string)


@pytest.mark.parametrize(
    ("string", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[2J\x1bc", "␛[2J␛c"),
        ("a\x9b6nb", "a\ufffd6nb"),
        ("rm \u202egpj.exe", "rm ␦gpj.exe"),
        ("zero\u200bwidth", "zero·width"),
        ("\U000e0041\U000e0042", "··"),
        ("co\u00adoperation", "co-operation"),
        ("\r\x0b\x0c\x7f\x08", "␍␋␌␡␈"),
        ("next\x85line\u2028break", "next\nline\nbreak"),
        ("name\udcff", "name\ufffd"),
        ("[/x] [@click=app.quit]", "[/x] [@click=app.quit]"),
    ],
)
def test_what_is_shown(string: str, shown: str) -> None:
    assert visible(string) == shown


@pytest.mark.parametrize(
    "string", ["👨‍👩‍👧‍👦 🇲🇹", "नमस्ते", "שָׁלוֹם", "می‌خواهم", "ﬁne İstanbul Straße", "ＡＢ　漢字", "e\u0301"]
)
def test_ordinary_text_of_any_script_stays(string: str) -> None:
    assert visible(string) == string


def test_marks_are_cut_where_they_pile_up() -> None:
    piled = "o" + "\u0302" * 300 + "k"
    assert visible(piled) == "o" + "\u0302" * MOST_MARKS + "·" * (300 - MOST_MARKS) + "k"


def test_what_is_not_looked_at_closely_does_no_harm() -> None:
    harmful = [point for point in range(sys.maxunicode + 1) if visible(chr(point)) != chr(point)]
    assert [point for point in harmful if visible(f"“a{chr(point)}b”")[2] == chr(point)] == []
    assert [point for point in harmful if visible(f"a\n{chr(point)}")[2] == chr(point)] == []
