"""Folding: case, accents, quotes and dashes taken away, so that spellings can be compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ‘`"
_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)


@lru_cache(1 << 18)
def fold_word(word: str) -> str:
    """A word as it is compared: no accents, no case, no apostrophes, no possessive, no dots of initials.

    Shi’ite → shiite, Maliki’s → maliki, U.S. → us. May be empty, and may be longer or shorter than the word.
    """
    word = word.replace(".", "")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    word = word.casefold()
    if len(word) > 2 and word[-1] == "s" and word[-2] in APOSTROPHES:
        word = word[:-2]
    return word.translate(_NO_APOSTROPHES)


def is_acronym(word: str) -> bool:
    """Whether a word as written is an acronym: US, NATO, U.S."""
    return "." in word or (1 < len(word) <= 5 and word.isupper() and word.isalpha())
