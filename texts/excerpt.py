"""The first or the last words of a string, cut between words; between letters where no blank is near.

Scripts without blanks between words (Chinese, Thai) would lose all of it otherwise, or all but a chapter's number.
"""

from __future__ import annotations

from texts.tokens import is_letter_edge


def first_words(words: str, most: int) -> str:
    """The beginning of the words, of at most `most` code points; never so short that half of them are missing."""
    if len(words) <= most:
        return words
    for end in range(most, most // 2, -1):
        if words[end].isspace():
            return words[:end]
    return words[: _letter_edge(words, most, -1)]


def last_words(words: str, most: int) -> str:
    """The end of the words, likewise."""
    start = len(words) - most
    if start <= 0:
        return words
    for place in range(start - 1, start - 1 + most // 2):
        if words[place].isspace() and is_letter_edge(words, place + 1):
            return words[place + 1 :]
    return words[_letter_edge(words, start, 1) :]


def _letter_edge(words: str, offset: int, step: int) -> int:
    """The nearest offset in a direction at which no letter is parted from its marks."""
    while not is_letter_edge(words, offset):
        offset += step
    return offset
