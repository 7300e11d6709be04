"""The notices that digital libraries put before and after a book: headers, licences, and what they state of it.

Project Gutenberg says where its own words end and begin again (`*** START OF …`, `*** END OF …`; until 2004 `*END*THE
SMALL PRINT!`), and at the end once more in the language of the book; that of Australia draws a line below its header.
Google Books opens its scans with a page on their use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from texts.model import Span


def _later(expression: str, flags: int) -> Callable[[], re.Pattern[str]]:
    """Compiles an expression when it is first asked for: most texts have no such notice."""
    return cache(partial(re.compile, expression, flags))


_START = _later(
    r"^\s*\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG|^\*END\*? ?THE SMALL PRINT!",
    re.MULTILINE | re.IGNORECASE,
)
_END = _later(
    r"^\s*\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|^\s*End of (?:the |this )?Project Gutenberg(?:['’]s)?\b"
    r"|^\s*(?:Ende|Fine?|Fim|Einde)\b(?:\s(?:dieses|des|van|het|d[aeou]|del)\b|\s(?:de\s)?(?:l|dell)['’])?"
    r"(?:\s(?:het|d[aeou]|del)\b)?(?:\s?e-?(?:book|text)\s(?:du\s|de\s|del\s)?)?\s?Pro[gjy]\w{2,6} Gutenberg\b"
    r"|^\s*This site is full of FREE ebooks - Project Gutenberg Australia",
    re.MULTILINE | re.IGNORECASE,
)
_AUSTRALIA = _later(r"\bA Project Gutenberg of Australia e-?Book\b", re.IGNORECASE)
_LINE = _later(r"^\s*[-*_]{20,}\s*$", re.MULTILINE)
_MAKERS = _later(
    r"(?:E-?text |Etext )?(?:produced|prepared|transcribed|created) by\b|.{0,80}\bDistributed Proofread",
    re.IGNORECASE,
)
_GOOGLE = _later(
    r"(?:This is a digital copy of a book that was preserved|Google.{0,40}digital copy)", re.IGNORECASE
)
_GOOGLE_ENDS = _later(r"at\s+https?://books\.google\.com/?\s*$", re.IGNORECASE)
_FIELD = _later(r"^(Title|Author|Language):[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)

_SAID_AT_HEAD = ("gutenberg", "the small print!", "digital copy")
"""One of these is in each notice before a book, whatever its capitals."""
_HEADER_WITHIN = 100
"""Paragraphs from the head of a text in which a header ends."""

_HEAD = 40_000
"""Code points from the head of a body in which a header stands."""


class Stated(NamedTuple):
    """What a header says of the book; empty where it does not."""

    title: str = ""
    author: str = ""
    language: str = ""


def between_notices(body: str, spans: Sequence[Span]) -> tuple[int, int]:
    """The first paragraph of the book, and the one after its last; all of them where there is no notice."""
    first, last = 0, len(spans)
    opening = spans[:_HEADER_WITHIN]
    head = body[: opening[-1].end].casefold() if opening else ""
    for place, span in enumerate(opening if any(words in head for words in _SAID_AT_HEAD) else ()):
        if _START().search(body, *span):
            first = _after_makers(body, spans, place + 1)
        elif place < 10 and _AUSTRALIA().search(body, *span):
            lines = (k + 1 for k in range(place, min(place + 30, last)) if _LINE().search(body, *spans[k]))
            first = next(lines, first)
        elif place < 10 and _GOOGLE().match(body, *span):
            first = next(
                (
                    k + 1
                    for k in range(place, min(place + 30, last))
                    if _GOOGLE_ENDS().search(body, *spans[k])
                ),
                place + 1,
            )
    if "utenberg" in body[-_HEAD:] or "UTENBERG" in body[-_HEAD:]:
        last = next((k for k in range(first, len(spans)) if _END().search(body, *spans[k])), len(spans))
    return (first, last) if first < last else (0, len(spans))


def _after_makers(body: str, spans: Sequence[Span], place: int) -> int:
    """The place after the lines that say who made the file."""
    while place < len(spans) and _MAKERS().match(body, *spans[place]):
        place += 1
    return place


def stated(body: str) -> Stated:
    """What the header of Project Gutenberg says of the book."""
    head = body[:_HEAD]
    if "utenberg" not in head and "UTENBERG" not in head:
        return Stated()
    australian = _AUSTRALIA().search(head)
    start = _START().search(head) if australian is None else _LINE().search(head, australian.end())
    if start is None or "project gutenberg" not in head[: start.end() + 40].lower():
        return Stated()
    fields = {
        name.lower(): " ".join(words.split()) for name, words in _FIELD().findall(head[: start.start()])
    }
    return Stated(fields.get("title", ""), fields.get("author", ""), fields.get("language", ""))
