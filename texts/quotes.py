"""Where a text says these words: the places of a quote as somebody typed or pasted it."""

from __future__ import annotations

import re

from texts.model import Span, Text

_ALIKE = ("'’‘ʼ`", '"“”„«»', "-‐‑‒–—")
"""Characters that a keyboard and a printer write differently."""


def places(text: Text, quote: str, *, passage: int | None = None) -> list[Span]:
    """All places of the quote in the order of the text, without overlaps; in one passage where it is named.

    A break of lines is as good as a blank, and a straight quotation mark or dash as a printed one, unless the
    text has the quote letter for letter. Whole words go before parts of words: `Iran` does not mean the first
    half of `Iranian` where the text says `Iran` too. Raises IndexError for a passage that is not there.
    """
    within = Span(0, len(text.body)) if passage is None else text.passage(passage).span
    quote = quote.strip()
    if not quote:
        return []
    literal, typographic = re.escape(quote), _pattern(quote)
    for pattern in (_whole(literal, quote), _whole(typographic, quote), literal, typographic):
        found = [Span(*match.span()) for match in re.compile(pattern).finditer(text.body, *within)]
        if found:
            return found
    return []


def _pattern(quote: str) -> str:
    return r"\s+".join("".join(map(_letter, word)) for word in quote.split())


def _letter(character: str) -> str:
    alike = next((group for group in _ALIKE if character in group), None)
    return f"[{re.escape(alike)}]" if alike else re.escape(character)


def _whole(pattern: str, quote: str) -> str:
    """The pattern, not inside words: only an edge of the quote that is a letter can be inside one."""
    before = r"(?<!\w)" if quote[0].isalnum() else ""
    after = r"(?!\w)" if quote[-1].isalnum() else ""
    return f"{before}{pattern}{after}"
