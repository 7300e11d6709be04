"""How a paragraph ends: as finished prose, as a line that goes on, as a headline."""

from __future__ import annotations

import re

CLOSERS = "\"'”’»›)]}*_」』】）"
"""What may stand between the end of a sentence and the white space after it."""

SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
"""The numbers of notes."""

_STOPS = ".!?…。！？؟۔।॥｡"
_RUNS_ON = ",;—–-、，；،؛"
_FOOTNOTE = re.compile(rf"\s?(?:\[\d{{1,3}}\]|[{SUPERSCRIPTS}])+$")
_LAST_STOP = re.compile(rf"[{_STOPS}][{re.escape(CLOSERS)}]*(?=\s)")

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
