"""What a paragraph looks like: finished prose, a line that goes on, a headline, lines that stay for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, pairwise

from texts.lazy_pattern import lazy_pattern

CLOSERS = "\"'”’»›)]}*_」』】）》〉〕〗〙〛］｝｣﹂﹄︶︸︺︼︾﹀"
"""What may stand between the end of a sentence and the white space after it."""

SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
"""The numbers of notes."""

_STOPS = ".!?…。！？؟۔।॥｡"
_RUNS_ON = ",;—–-、，；،؛"
_FOOTNOTE = lazy_pattern(rf"\s?(?:\[\d{{1,3}}\]|[{SUPERSCRIPTS}])+$")
_LAST_STOP = lazy_pattern(rf"[{_STOPS}][{re.escape(CLOSERS)}]*(?=\s)")

_BEFORE_LETTERS = " \t\u3000\"'“‘„«‹([—–"
"""What a line of verse may have before its first letter: it is set in, or somebody speaks."""

_STAYS = lazy_pattern(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|>|\|)|.*\s\|\s")
"""A line of a list, a quotation or a table."""

_LOOKED_AT = 40
"""As many passages show how wide a text was wrapped."""

HEADLINE_MOST = 120
"""A headline has at most as many characters."""


def ends_sentence(string: str) -> bool:
    """Whether the string, without white space at its end, ends as a sentence does, quotes and notes aside."""
    if string[-1:] in _STOPS:
        return bool(string)
    tail = _FOOTNOTE.sub("", string[-12:]).rstrip(CLOSERS)
    return tail != "" and tail[-1] in _STOPS


def runs_on(string: str) -> bool:
    """Whether the string ends as a line of verse or a lead-in does that goes on in the next paragraph."""
    return string.rstrip(CLOSERS)[-1:] in _RUNS_ON and string != ""


def finished(string: str) -> int:
    """How many characters of the string stand in finished sentences."""
    if ends_sentence(string):
        return len(string)
    return max((stop.end() for stop in _LAST_STOP.finditer(string)), default=0)


def is_headline(string: str) -> bool:
    """Whether a paragraph could be a title: one short line with a letter in it, no statement, no lead-in.

    Questions and exclamations may be titles.
    """
    return (
        len(string) <= HEADLINE_MOST
        and "\n" not in string
        and any(character.isalpha() for character in string)
        and not runs_on(string)
        and (string.rstrip(CLOSERS)[-1:] in "!?" or not ends_sentence(string))
    )


def wrapped_width(passages: Iterable[str]) -> int:
    """How many columns wide a text was wrapped by hand, by its first passages of three lines and more.

    0 where as many of these keep their lines: the text is verse, or has no such passages.
    """
    several = list(islice((passage for passage in passages if passage.count("\n") > 1), _LOOKED_AT))
    widths = [max(map(len, passage.split("\n"))) for passage in several if flows(passage)]
    return sorted(widths)[len(widths) // 2] if 2 * len(widths) > len(several) else 0


def flows(string: str, width: int = 0) -> bool:
    """Whether the lines of a passage are prose that was wrapped by hand, so that its newlines read as spaces.

    Then not every line begins with a capital, set in or not, as verse does; no line could have taken the first word
    of the next one as well (one in ten may, where a word was changed since); and most breaks fall inside a sentence.
    Anything else is verse, an address, a list: its lines stay. Two capitals may be chance, as nouns have them in
    German: where the text was wrapped at a `width` (`wrapped_width`), two lines are prose if the first is as full.
    """
    lines = string.split("\n")
    if len(lines) < 2 or any(map(_STAYS.match, lines)):
        return False
    widest = max(map(len, lines))
    if all(map(_begins_with_capital, lines)):
        if len(lines) > 2 or not 0 < widest <= width + width // 10:
            return False
        widest = max(widest, width)
    breaks = len(lines) - 1
    with_room = at_sentence_end = 0
    for line, following in pairwise(lines):
        words = following.split(maxsplit=1)
        if not words:
            return False
        with_room += len(line.rstrip()) + 1 + len(words[0]) <= widest
        at_sentence_end += ends_sentence(line.rstrip())
    return with_room <= breaks // 10 and at_sentence_end <= breaks // 2


def _begins_with_capital(line: str) -> bool:
    return line.lstrip(_BEFORE_LETTERS)[:1].isupper()


def keeps_lines(string: str, width: int = 0) -> bool:
    """Whether a passage has several lines, each of which stays for itself; `width` as in `flows`."""
    return "\n" in string and not flows(string, width)


def is_running(string: str, width: int = 0) -> bool:
    """Whether a passage is running prose: no headline, no verse, nothing of a list, a quotation or a table.

    `width` as in `flows`.
    """
    return not (_STAYS.match(string) or is_headline(string) or keeps_lines(string, width))
