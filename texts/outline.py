"""The headings of a text: titles, chapters, cross-headings, as far as they can be told from the paragraphs themselves.

A paragraph is a heading where its writer marked it so (`## The river`), where it says so (`Chapter 3`), or where it is
a short line without a full stop and prose follows. Of short lines in a row, such as verse or a list, only the last can
be one, and the first of a text, its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from texts.byline import byline
from texts.model import Passage, Text
from texts.prose import is_headline

_MARKED = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_NUMBER = r"(?:\d{1,4}|[IVXLC]{1,8}|[ivxlc]{1,8}|the \w+|one|two|three|four|five|six|seven|eight|nine|ten)"
_PART = re.compile(
    rf"(?:act|book|part|volume|buch|teil|livre|partie|libro|parte)\s+{_NUMBER}\b", re.IGNORECASE
)
_CHAPTER = re.compile(
    rf"(?:canto|chapter|epistle|letter|psalm|scene|section|brief|kapitel|chant|chapitre|scène|capítulo|capitolo|глава)"
    rf"\s+{_NUMBER}\b|(?:[IVXLC]{{1,7}}|§\s*\d{{1,4}})\.?$|第[0-9一二三四五六七八九十百千]{{1,6}}[章回節节篇卷]|פרק\s",
    re.IGNORECASE,
)
_LONGEST = 160
"""Characters that a heading has at most."""
_BELOW = 3
"""Level of a heading that says nothing of its own."""


class Heading(NamedTuple):
    """A paragraph that says what follows."""

    passage: Passage
    level: int
    """1 for a title or a part, 2 for a chapter, 3 for what stands below; as marked with `#` in Markdown."""
    words: str
    """In one line, without the marks of Markdown."""


def heading_level(body: str, passages: Sequence[Passage], index: int) -> int:
    """The level of a paragraph as a heading, from 1; 0 where it is none. `passages` are those that are shown."""
    passage = passages[index]
    start, end = passage.span
    if passage.is_furniture or not 0 < end - start <= _LONGEST:
        return 0
    words = body[start:end]
    said = _said_level(words)
    if said or "\n" in words or not is_headline(words) or byline(words):
        return said
    if passage.number == 1:
        return 1
    return _BELOW if _prose_follows(body, passages, index) else 0


def _said_level(words: str) -> int:
    """The level of a paragraph that itself says to be a heading; 0 where it says nothing of the kind."""
    marked = _MARKED.match(words)
    if marked:
        return len(marked[1])
    if "\n" in words or len(words) > _LONGEST // 2:
        return 0
    return 1 if _PART.match(words) else 2 if _CHAPTER.match(words) else 0


def _prose_follows(body: str, passages: Sequence[Passage], index: int) -> bool:
    """Whether the next paragraph of the article, author lines aside, is no short line as well."""
    for following in passages[index + 1 : index + 4]:
        words = body[following.span.start : following.span.end]
        if not following.is_furniture and not byline(words):
            return not is_headline(words) or bool(_MARKED.match(words))
    return False


def outline(text: Text) -> list[Heading]:
    """The headings of a text, in their order."""
    found = []
    for index, passage in enumerate(text.passages):
        level = heading_level(text.body, text.passages, index)
        if level:
            words = " ".join(_MARKED.sub("", text.quote(passage.span)).split())
            found.append(Heading(passage, level, words))
    return found
