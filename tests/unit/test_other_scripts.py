"""Which presses are letters of another script than the keys are written in."""

import pytest

from tui.keys.other_scripts import other_script, told_of_script


@pytest.mark.parametrize(
    ("press", "script"),
    [
        ("о", "Cyrillic"), ("Space d о", "Cyrillic"), ("λ", "Greek"), ("ש", "Hebrew"), ("ت", "Arabic"),
        ("ㅓ", "Korean"), ("ｊ", "full-width"), ("あ", "Japanese"), ("जे", ""), ("ज", "Devanagari"), ("ჯ", "Georgian"),
        ("ไ", "Thai"), ("j", ""), ("é", ""), ("ı", ""), ("ß", ""), ("Ctrl-j", ""), ("F5", ""), (",", ""), ("№", ""),
        ("", ""), ("ª", ""), ("µ", ""), ("ー", "Japanese"), ("々", "Chinese"), ("ｱ", "half-width"), ("ʻ", ""),
    ],
)  # fmt: skip
def test_the_script_of_a_press(press: str, script: str) -> None:
    assert other_script(press) == script
    assert (script in told_of_script(press)) if script else told_of_script(press, unless="x") == "x"
