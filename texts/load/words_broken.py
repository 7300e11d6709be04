"""Words that were broken at the ends of lines, made whole: a hyphen is taken out only where it was put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from texts.lazy_pattern import lazy_pattern

_HYPHENS = "-\u2010"
_ALWAYS_BREAK = "\u00ac\u2e17"
"""What OCR and old German prints break words with, and nothing else."""
_HYPHENATED = lazy_pattern(rf"(?P<head>[^\W\d_]+)[{_HYPHENS}{_ALWAYS_BREAK}]$")
_JOINED_DASH = lazy_pattern(r"\S[-–—\u2010]$")
_FIRST_WORD = lazy_pattern(r"[^\W\d_]+")
_WORD = lazy_pattern(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")

# Words that are parts of compounds more often than the beginnings of words, and ends of words that they begin.
_COMPOUNDING = frozenset(
    ("all", "cross", "ex", "far", "full", "half", "high", "ill", "long", "low", "much", "non", "old", "self", "semi",
     "short", "so", "then", "well", "would", "three", "four", "five", "six", "seven", "eight", "nine", "twenty",
     "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
)  # fmt: skip
_ENDINGS = lazy_pattern(r"(?:e[drsn]|est|ing|ish|less|ly|ness|nesses|s|sense|some|ward|wards)")


class WordJoiner:
    """Makes one line of several; knows all words of the document, to tell hyphens from broken words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: Counter[str] = Counter()
        count = broken = 0
        for words in map(str.strip, lines):
            count += 1
            broken += bool(_HYPHENATED.search(words))
            self._known.update(_WORD.findall(_HYPHENATED.sub("", words).casefold()))
        # Where nothing breaks words, one line in a hundred or two still ends in the hyphen of a compound.
        self._breaks_words = broken > 0.02 * count

    def flow(self, lines: Iterable[str]) -> str:
        """The lines as one, words that were broken at their ends made whole."""
        whole = ""
        for line in lines:
            broken = _HYPHENATED.search(whole)
            following = _FIRST_WORD.match(line)
            if not whole:
                whole = line
            elif broken and following:
                one = whole[-1] in _ALWAYS_BREAK or self._is_one_word(broken["head"], following[0])
                whole = (whole[:-1] if one else whole) + line
            else:
                whole += ("" if _JOINED_DASH.search(whole) else " ") + line
        return whole

    def _is_one_word(self, head: str, tail: str) -> bool:
        """Whether a word was only broken: not if it stands elsewhere with its hyphen, or a name follows."""
        known = self._known
        whole, hyphenated = known[(head + tail).casefold()], known[f"{head}-{tail}".casefold()]
        if whole != hyphenated:
            return whole > hyphenated
        if not tail.islower() or (head.isupper() and len(head) > 1):
            return False
        if known[head.casefold()] and known[tail]:
            return False
        if head.casefold() in _COMPOUNDING and not _ENDINGS.fullmatch(tail):
            return False
        return self._breaks_words
