"""Presses of a keyboard that is set to another script than the keys are written in."""

from __future__ import annotations

import unicodedata

_NAMES = {
    **dict.fromkeys(("LATIN", "MICRO", "MODIFIER", "FEMININE", "MASCULINE"), ""),
    "ARABIC": "Arabic",
    "ARMENIAN": "Armenian",
    "CJK": "Chinese",
    "CYRILLIC": "Cyrillic",
    "DEVANAGARI": "Devanagari",
    "FULLWIDTH": "full-width",
    "GEORGIAN": "Georgian",
    "GREEK": "Greek",
    "HALFWIDTH": "half-width",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew",
    "HIRAGANA": "Japanese",
    "IDEOGRAPHIC": "Chinese",
    "KATAKANA": "Japanese",
    "KATAKANA-HIRAGANA": "Japanese",
}
"""By the first word of a letter's name in Unicode, which for most scripts is that of the script."""


def other_script(press: str) -> str:
    """The name of the script of the letter that a press gives, the last of a sequence; empty for Latin and no letter.

    Where on a keyboard a letter stands is not told by it: о is on j of a Russian one, and on o of a Serbian one, so
    that no letter is taken for that of another script.
    """
    letter = press.rpartition(" ")[2]
    if len(letter) != 1 or not letter.isalpha() or letter.isascii():
        return ""
    script = unicodedata.name(letter, "LATIN").partition(" ")[0]
    return _NAMES.get(script, script.capitalize())


def told_of_script(press: str, unless: str = "") -> str:
    """What is to be done where a press of another script does nothing; `unless` for any other press."""
    script = other_script(press)
    return f"your keyboard writes {script} letters, keys are Latin: switch it" if script else unless
