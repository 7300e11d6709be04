"""Folding: case, accents, quotes and dashes taken away, so that spellings can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from texts.model import Span

APOSTROPHES = "'’ʼ‘`"
_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)

_ALIKE = {
    **dict.fromkeys(APOSTROPHES + "‚‛‹›′´", "'"),
    **dict.fromkeys('"“”„‟«»″', '"'),
    **dict.fromkeys("-‐‑‒–—―−", "-"),
}
"""What a keyboard has one sign for and a printer several."""

_ASCII_ALIKE = str.maketrans({**dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f", " "), "`": "'"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


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


class Folded(NamedTuple):
    """A string folded, with the way back to where each of its characters came from."""

    text: str
    """The folded string."""
    offsets: Sequence[int]
    """For each code point of `text` the offset of its source, and at last the length of the source."""

    def source(self, start: int, end: int) -> Span:
        """The part of the source that `text[start:end]` came from, whole characters only.

        It covers all of a character that unfolds to several (ß → ss), and the accents that stand after a letter.
        """
        if start == end:
            return Span(self.offsets[start], self.offsets[start])
        last = self.offsets[end - 1]
        while self.offsets[end] == last:
            end += 1
        return Span(self.offsets[start], self.offsets[end])


def fold_text(string: str, *, case: bool = True, accents: bool = True) -> Folded:
    """A string as it is searched for exact words: quotes, dashes and blanks made one, accents off, and case too.

    `case=False` keeps capitals apart from small letters, `accents=False` letters with a mark from those without:
    each is then one character (NFKC), however it was written. Invisible characters (soft hyphens, joiners)
    disappear; runs of blanks keep their length.
    """
    if not accents and not string.isascii():
        return _with_accents(string, case)
    beyond = set(_BEYOND_ASCII.findall(string)) if not string.isascii() else set()
    if all(len(_fold_character(c, case)) == 1 for c in beyond):
        even = _BEYOND_ASCII.sub(lambda c: _fold_character(c[0], case), string) if beyond else string
        even = even.translate(_ASCII_ALIKE)
        return Folded(even.casefold() if case else even, range(len(string) + 1))
    pieces = [_fold_character(c, case) for c in string]
    offsets = [start for start, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), [*offsets, len(string)])


def _with_accents(string: str, case: bool) -> Folded:
    starts = [start for start, c in enumerate(string) if start == 0 or not unicodedata.combining(c)]
    pieces = [_fold_letter(string[start:end], case) for start, end in pairwise((*starts, len(string)))]
    offsets = [start for start, piece in zip(starts, pieces, strict=True) for _ in piece]
    return Folded("".join(pieces), [*offsets, len(string)])


@lru_cache(1 << 16)
def _fold_letter(letter: str, case: bool) -> str:
    """What a letter is compared as, with the marks on it; a sign that is none has no marks to keep."""
    composed = unicodedata.normalize("NFKC", letter)
    if not composed[:1].isalpha():
        return "".join(_fold_character(c, case) for c in letter)
    return unicodedata.normalize("NFC", composed.casefold()) if case else composed


@lru_cache(1 << 16)
def _fold_character(character: str, case: bool) -> str:
    """What one character is compared as; empty for accents and for what nobody sees."""
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    alike = "".join(_ALIKE.get(c, c) for c in plain)
    return alike.casefold() if case else alike
