"""What a word is, for everything that reads words: segmenting, search, relating, comparing, anchoring.

A word is a run of letters and digits with the marks on them, inner apostrophes and invisible format characters
included, or initials with their dots (U.S.). Scripts that set no blanks between words (Han, kana, Thai, Lao, Khmer,
Burmese, Tibetan) have a word for each character: found by characters, nothing is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from texts.lazy_pattern import lazy_pattern

_MARKS = """
300-36F 483-489 55B-55C 55E-55F 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 610-61A 64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED 711
730-74A 7A6-7B0 7EB-7F3 7FD 816-819 81B-823 825-827 829-82D 859-85B 898-89F 8CA-8E1 8E3-903 93A-93C
93E-94F 951-957 962-963 981-983 9BC 9BE-9CD 9D7 9E2-9E3 9FE-A03 A3C-A51 A70-A71 A75 A81-A83 ABC ABE-ACD
AE2-AE3 AFA-B03 B3C B3E-B57 B62-B63 B82 BBE-BCD BD7 C00-C04 C3C C3E-C56 C62-C63 C81-C83 CBC CBE-CD6
CE2-CE3 D00-D03 D3B-D3C D3E-D4D D57 D62-D63 D81-D83 DCA-DDF DF2-DF3 E31 E33-E3A E47-E4E EB1 EB3-EBC
EC8-ECD F18-F19 F35 F37 F39 F3E-F3F F71-F84 F86-F87 F8D-FBC FC6 102B-103E 1056-1059 105E-1060 1062-1064
1067-106D 1071-1074 1082-108D 108F 109A-109D 135D-135F 1712-1715 1732-1734 1752-1753 1772-1773 17B4-17D3
17DD 180A-180D 180F 1885-1886 18A9 1920-193B 1A17-1A1B 1A55-1A7F 1AB0-1ACE 1B00-1B04 1B34-1B44 1B6B-1B73
1B80-1B82 1BA1-1BAD 1BE6-1BF3 1C24-1C37 1CD0-1CD2 1CD4-1CE8 1CED 1CF4 1CF7-1CF9 1DC0-1DFF 200C-200D
20D0-20F0 2CEF-2CF1 2D7F 2DE0-2DFF 302A-302F 3099-309A A66F-A672 A674-A67D A69E-A69F A6F0-A6F1 A802 A806
A80B A823-A827 A82C A880-A881 A8B4-A8C5 A8E0-A8F1 A8FF A926-A92D A947-A953 A980-A983 A9B3-A9C0 A9E5
AA29-AA36 AA43 AA4C-AA4D AA7B-AA7D AAB0 AAB2-AAB4 AAB7-AAB8 AABE-AABF AAC1 AAEB-AAEF AAF5-AAF6 ABE3-ABEA
ABEC-ABED FB1E FE00-FE0F FE20-FE2F FF9E-FF9F 101FD 102E0 10376-1037A 10A01-10A0F 10A38-10A3F 10AE5-10AE6
10D24-10D27 10EAB-10EAC 10F46-10F50 10F82-10F85 11000-11002 11038-11046 11070 11073-11074 1107F-11082
110B0-110BA 110C2 11100-11102 11127-11134 11145-11146 11173 11180-11182 111B3-111C0 111C9-111CC
111CE-111CF 1122C-11237 1123E 112DF-112EA 11300-11303 1133B-1133C 1133E-1134D 11357 11362-11374
11435-11446 1145E 114B0-114C3 115AF-115C0 115DC-115DD 11630-11640 116AB-116B7 1171D-1172B 1182C-1183A
11930-1193E 11940 11942-11943 119D1-119E0 119E4 11A01-11A0A 11A33-11A39 11A3B-11A3E 11A47 11A51-11A5B
11A8A-11A99 11C2F-11C3F 11C92-11CB6 11D31-11D45 11D47 11D8A-11D97 11EF3-11EF6 16AF0-16AF4 16B30-16B36
16F4F 16F51-16F92 16FE4-16FF1 1BC9D-1BC9E 1CF00-1CF46 1D165-1D169 1D16D-1D172 1D17B-1D182 1D185-1D18B
1D1AA-1D1AD 1D242-1D244 1DA00-1DA36 1DA3B-1DA6C 1DA75 1DA84 1DA9B-1DAAF 1E000-1E02A 1E130-1E136 1E2AE
1E2EC-1E2EF 1E8D0-1E8D6 1E944-1E94A E0100-E01EF
"""
"""Marks (Unicode 15 categories Mn, Mc, Me), with the unassigned places between them, and what is none by category but
belongs to the letter before it: the joiners, the half-width voicing signs, the Thai and Lao vowel am, the stroke that
stretches Mongolian words, and the signs of Armenian that stand over the vowel that is asked, called or stressed."""

_UNSPACED = """
E01-E30 E32 E40-E46 E81-EB0 EB2 EBD-EC6 EDC-F00 F40-F6C F88-F8C 1000-102A 103F 1050-1055 105A-105D 1061
1065-1066 106E-1070 1075-1081 108E 1780-17B3 17D7 17DC 3005-3007 3021-3029 3031-3035 3038-303C 3041-3096
309D-309F 30A1-30FA 30FC-30FF 31F0-31FF 3400-4DBF 4E00-9FFF A9E0-A9E4 A9E6-A9EF A9FA-A9FE AA60-AA76 AA7A
AA7E-AA7F F900-FAD9 FF66-FF9D 16FE0-16FE1 16FE3 1AFF0-1B122 1B150-1B2FB 20000-2EBE0 2F800-2FA1D
30000-3134A
"""
"""Scripts that set no blanks between words; their digits, which make numbers, are not among them."""

_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONJOINING = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2"
"""Viramas of Devanagari, Bengali, Gujarati, Oriya, Telugu and Malayalam (UAX 29, GB9c), and what sets the next letter
below in Burmese and Khmer."""
_BELOW = r"(?:(?<=[\u1039])[\u1000-\u102a]|(?<=[\u17d2])[\u1780-\u17b3])"
_INITIALS = r"[A-Z]\.(?:[A-Z]\.)++"
_LETTER = r"[^\W_]"

APOSTROPHES = "'’ʼ‘`"
"""What joins two parts of a word."""

_HEBREW_JOINERS = '"״׳'  # between two Hebrew letters: צה״ל, ג׳ורג׳
_ASCII_LETTER = "[0-9A-Za-z]"  # which `re` tells in half of the time
# All beyond this is Latin, Greek and Cyrillic letters without loose marks, and signs that are in no word.
_COMPLEX = lazy_pattern(
    "[^\x00-\xac\xae-\xb6\xb8-\u02ff\u0370-\u0482\u048a-\u055a\u055d\u0560-\u0590\u1e00-\u1fff\u2000-\u200a\u2010-\u2027\u2030-\u205f\u2070-\u20cf\u2100-\u22ff]"
)

_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
JOINT = lazy_pattern(rf"(?:[-\u2010-\u2013\u05be]|[{_UNSEEN}]+)\n?")
"""What joins the parts of a compound, also over the end of a line: hyphens, and characters that nobody sees."""

LONGEST_CHAIN = 8
"""A chain of more parts is a list, not a compound."""

IN_RUN = lazy_pattern(rf"[{_UNSEEN}\u0f0b\u0f0c]+")
"""What may stand inside a run of a script without blanks: what nobody sees, and the dot between Tibetan syllables."""


def _ranges(table: str) -> str:
    """A table of ranges as the inside of a character class."""
    pairs = (pair.partition("-") for pair in table.split())
    return "".join(f"\\U{first:0>8}-\\U{last or first:0>8}" for first, _, last in pairs)


def _simple(letter: str) -> str:
    """A word without loose marks; it begins with a class, since that is what `re` looks for without trying to match."""
    return rf"{letter}(?:\.(?<=[A-Z]\.)(?:[A-Z]\.)++|{letter}*+(?:[{APOSTROPHES}]{letter}++)*+)"


def _full() -> str:
    marks, unspaced = _ranges(_MARKS), _ranges(_UNSPACED)
    letters = rf"[^\W_{unspaced}]++"
    joiner = (
        rf"(?:[{APOSTROPHES}]|(?<=[א-ת])[{_HEBREW_JOINERS}](?=[א-ת])|(?<=[lL])·(?=[lL])|[{_INVISIBLE}]++)"
    )
    spaced = rf"{letters}[{marks}]*+(?:{joiner}?{letters}[{marks}]*+)*+"
    character = rf"[{unspaced}][{marks}]*+"
    return rf"{_INITIALS}|{spaced}|{character}(?:{_BELOW}[{marks}]*+)*+"


class WordPattern:
    """Finds words, by the methods of a compiled regular expression.

    There are three expressions under it, which give the same wherever an earlier one will do: for ASCII, for most of
    Europe, and one that knows all scripts, which takes 20 ms to compile. Each is made when it is first needed.
    """

    def __init__(self, before: str = "", after: str = "") -> None:
        """`before` and `after` are expressions put before and after that of a word, as alternatives or additions."""
        self._before, self._after = before, after
        self._ascii, self._simple = (
            lazy_pattern(f"({before}(?:{_simple(letter)}){after})") for letter in (_ASCII_LETTER, _LETTER)
        )

    @cached_property
    def _all_scripts(self) -> re.Pattern[str]:
        return re.compile(f"({self._before}(?:{_full()}){self._after})")

    def _for(self, string: str) -> re.Pattern[str]:
        if string.isascii():
            return self._ascii
        return self._all_scripts if _COMPLEX.search(string) else self._simple

    def finditer(self, string: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The words of string[start:end], in order."""
        end = len(string) if end is None else end
        return self._for(string[start:end]).finditer(string, start, end)

    def findall(self, string: str) -> list[str]:
        """The words of a string as written."""
        pattern = self._for(string)
        if pattern.groups == 1:  # the whole, by which `split` keeps the words
            return pattern.findall(string)
        return [match[0] for match in pattern.finditer(string)]

    def count(self, string: str) -> int:
        """How many words a string has."""
        return len(self._for(string).findall(string))

    def search(self, string: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first word of string[start:end]."""
        return next(self.finditer(string, start, end), None)

    def match(self, string: str, start: int = 0) -> re.Match[str] | None:
        """The word that begins at an offset."""
        return self._for(string[start:]).match(string, start)

    def split(self, string: str) -> Sequence[str]:
        """What is between the words and the words, in turn; both ends are what is between."""
        return self._for(string).split(string)


WORD = WordPattern()
"""Finds words."""


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(f"[{_ranges(_MARKS)}]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_ranges(_UNSPACED)}]")


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that sets no blanks between words, so that it is a word by itself."""
    return letter >= "\u0e01" and _unspaced().match(letter) is not None


def is_letter_edge(string: str, offset: int) -> bool:
    """Whether no letter and its marks are cut at an offset; क्ष and other conjuncts are one letter."""
    if not 0 < offset < len(string) or string[offset] < "\u0300" or string[offset - 1] in "\n\t":
        return True
    after = string[offset]
    if _marks().match(after):
        return False
    first = offset - 1 - (string[offset - 1] == "\u200d")
    if first < offset - 1 and _is_pictograph(after) and _is_pictograph(string[max(0, first)]):
        return False
    return not (first > 0 and _conjoins(string[first - 1], string[first], after))


def _conjoins(before: str, mark: str, letter: str) -> bool:
    """Whether a mark that takes a vowel off joins two letters of its script, which has a block of 128, to one."""
    return mark in _CONJOINING and letter.isalpha() and ord(before) >> 7 == ord(mark) >> 7 == ord(letter) >> 7


def _is_pictograph(character: str) -> bool:
    return character >= "\u2190" and not character.isalnum()


def is_whole(string: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end of a part of a string."""
    return is_word_edge(string, start) and is_word_edge(string, end)


def is_word_edge(string: str, offset: int) -> bool:
    """Whether no word is cut at an offset; apostrophes and hyphens part words here."""
    if not 0 < offset < len(string):
        return True
    before, after = string[offset - 1], string[offset]
    if before.isascii() and after.isascii():
        return not (before.isalnum() and after.isalnum())
    if not is_letter_edge(string, offset):
        return False
    start = offset - 1
    while start and _marks().match(string, start):
        start -= 1
    before = string[start]
    return not (before.isalnum() and after.isalnum()) or any(map(_unspaced().match, (before, after)))


def is_acronym(word: str) -> bool:
    """Whether a word as written is an acronym: US, NATO, U.S."""
    return "." in word or (1 < len(word) <= 5 and word.isupper() and word.isalpha())
