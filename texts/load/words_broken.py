"""Words that were broken at the ends of lines, made whole: a hyphen is taken out only where it was put in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from texts.lazy_pattern import lazy_pattern

_HYPHENS = "-\u2010"
_ALWAYS_BREAK = "\u00ac\u2e17"
"""What OCR and old German prints break words with, and nothing else."""
_HYPHENATED = lazy_pattern(
    rf"(?P<head>(?P<before>(?:[^\W\d_]+[{_HYPHENS}])*)(?P<last>[^\W\d_]+))[{_HYPHENS}{_ALWAYS_BREAK}]$"
)
_JOINED_DASH = lazy_pattern(r"\S[-–—\u2010]$")
_AGAIN = lazy_pattern(rf"[{_HYPHENS}](?=[^\W\d_])")
"""The hyphen of a compound that some languages write once more where the line begins."""
_LONGEST_WORD = 200
"""Characters."""
_PART = lazy_pattern(rf"[{_HYPHENS}]")
_WORD = lazy_pattern(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")

# Words that are parts of compounds more often than the beginnings of words, and ends of words that they begin.
_COMPOUNDING = frozenset(
    ("all", "cross", "ex", "far", "full", "half", "high", "ill", "long", "low", "much", "non", "old", "self", "semi",
     "short", "so", "then", "well", "would", "three", "four", "five", "six", "seven", "eight", "nine", "twenty",
     "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
     "arrière", "avant", "demi", "garde", "peut", "porte", "vice")
)  # fmt: skip
_ENDINGS = lazy_pattern(
    r"(?:e[drsn]|est|ing|ish|less|ly|ness|nesses|s|sense|some|ward|wards"
    r"|feuilles?|ment|r(?:ai|as?|ons|ez|ont|ais|ait|ions|iez|aient))"
)
_INVERTED = lazy_pattern(r"(?:il|elle)s?")
"""What French asks with behind a verb in t or d; no syllable of its own begins so behind these."""


class WordJoiner:
    """Makes one line of several; knows all words of the document, to tell hyphens from broken words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: Counter[str] = Counter()
        count = broken = 0
        goes_on = False
        for words in map(str.strip, lines):
            whole = _WORD.sub("", words, 1) if goes_on and _WORD.match(words) else words
            goes_on = bool(_HYPHENATED.search(words))
            count += 1
            broken += goes_on
            self._known.update(_WORD.findall(_spelt(_HYPHENATED.sub("", whole))))
        # Where nothing breaks words, one line in a hundred or two still ends in the hyphen of a compound.
        self._breaks_words = broken > 0.02 * count

    def flow(self, lines: Iterable[str]) -> str:
        """The lines as one, words that were broken at their ends made whole."""
        done: list[str] = []
        whole = ""
        for line in lines:
            if len(whole) > 2 * _LONGEST_WORD:  # what is looked at is its end
                done.append(whole[:-_LONGEST_WORD])
                whole = whole[-_LONGEST_WORD:]
            broken = _HYPHENATED.search(whole)
            if not whole:
                whole = line
            elif broken and _AGAIN.match(line):
                whole += line[1:]
            elif broken and (following := _WORD.match(line)):
                one = whole[-1] in _ALWAYS_BREAK or self._is_one_word(broken, following[0])
                whole = (whole[:-1] if one else whole) + line
            else:
                whole += ("" if _JOINED_DASH.search(whole) else " ") + line
        return "".join((*done, whole))

    def _is_one_word(self, broken: re.Match[str], following: str) -> bool:
        """Whether a word was only broken: not if it stands elsewhere with its hyphen, or a name follows."""
        known, head = self._known, broken["last"].casefold()
        tail = _PART.split(following, maxsplit=1)[0]
        compound, rest_of_it = (_spelt(part) for part in (broken["head"], following))
        for first, rest in ((compound, rest_of_it), (head, tail.casefold())):
            whole, hyphenated = known[first + rest], known[f"{first}-{rest}"]
            if whole != hyphenated:
                return whole > hyphenated
        if not tail.islower() or (broken["last"].isupper() and len(head) > 1):
            return False
        if broken["before"] and (len(head) == 1 or known[head]):
            return False
        if (known[head] and known[tail]) or (head[-1] in "td" and _INVERTED.fullmatch(tail)):
            return False
        is_compound = head in _COMPOUNDING and not _ENDINGS.fullmatch(tail)
        return self._breaks_words and not is_compound


def _spelt(words: str) -> str:
    """The words as they are counted: folded, with one kind of hyphen."""
    return words.casefold().replace("\u2010", "-")
