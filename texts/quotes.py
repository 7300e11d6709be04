"""Where a text says these words: the places of a quote as somebody typed or pasted it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from texts.model import Span, Text
from texts.tokens import is_letter_edge, is_whole
from texts.typography import fold_body, fold_typography


def places(text: Text, quote: str, *, passage: int | None = None) -> list[Span]:
    """All places of the quote in the order of the text, without overlaps; in one passage where it is named.

    A break of lines is as good as a blank, and a straight quotation mark or dash as a printed one, unless the
    text has the quote letter for letter. Whole words go before parts of words: `Iran` does not mean the first
    half of `Iranian` where the text says `Iran` too. No letter is parted from its marks. Raises IndexError for a
    passage that is not there.
    """
    within = Span(0, len(text.body)) if passage is None else text.passage(passage).span
    quote = unicodedata.normalize("NFC", quote.strip())
    if not quote:
        return []
    literal = list(_literal(text.body, quote, within))
    if whole := _whole(text.body, literal):
        return whole
    typographic = list(_typographic(text.body, quote, within))
    return _whole(text.body, typographic) or literal or typographic


def _whole(body: str, spans: list[Span]) -> list[Span]:
    """Those of the spans that cut no word."""
    return [span for span in spans if is_whole(body, *span)]


def _literal(body: str, quote: str, within: Span) -> Iterator[Span]:
    """Where the quote stands letter for letter."""
    for match in re.compile(re.escape(quote)).finditer(body, *within):
        span = Span(*match.span())
        if is_letter_edge(body, span.start) and is_letter_edge(body, span.end):
            yield span


def _typographic(body: str, quote: str, within: Span) -> Iterator[Span]:
    """Where the quote stands in whatever quotation marks, dashes and blanks."""
    folded = fold_body(body[within.start : within.end])
    for found in _literal(folded.text, fold_typography(quote), Span(0, len(folded.text))):
        start, end = folded.back(found)
        yield Span(within.start + start, within.start + end)
