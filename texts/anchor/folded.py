"""A body as it is compared: typography folded away, with the way back to the body.

Curly and straight quotation marks, the dashes, `…` and `...`, and every stretch of white space are each made one, so
that a text saved by another tool, or wrapped at another width, is no other text. Letters keep their accents.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from texts.model import Span
from texts.segment import paragraphs

_BLANKS = "\n\t\v\f\r\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(_BLANKS, " "),
    }
)
"""What is folded one code point for one."""

_UNEVEN = re.compile(r"  +|--+|…|[\u00ad\u200b\u2060\ufeff]")
"""What then is not: stretches of white space, dashes typed as hyphens, ellipses, and marks that nobody sees."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def fold_typography(words: str) -> str:
    """Words with their typography folded and no blanks at their ends."""
    return Folded(words).text.strip()


def without_case(words: str) -> str:
    """Words in lower case, code point for code point."""
    lower = words.lower()
    if len(lower) != len(words):  # İ has a lower case of two code points
        lower = "".join(low if len(low := c.lower()) == 1 else c for c in words)
    return lower


class Folded:
    """A body with its typography folded. Spans of either form can be carried to the other."""

    def __init__(self, body: str) -> None:
        """Fold a body; linear in its length."""
        alike = body.translate(_ALIKE)
        pieces: list[str] = []
        # Where the stretches start in which both forms run evenly, in the body and in the folded text.
        self._body_starts, self._text_starts, self._lengths = [0], [0], list[int]()
        done = written = 0
        for uneven in _UNEVEN.finditer(alike):
            start, end = uneven.span()
            stands_for = _folded(uneven.group())
            pieces += alike[done:start], stands_for
            written += start - done + len(stands_for)
            done = end
            self._lengths.append(start - self._body_starts[-1])
            self._body_starts.append(end)
            self._text_starts.append(written)
        pieces.append(alike[done:])
        self._lengths.append(len(alike) - done)
        self.body = body
        self.text = "".join(pieces)

    @cached_property
    def key(self) -> str:
        """The text without case, code point for code point: what is searched."""
        return without_case(self.text)

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs of the body, in the folded text."""
        return [self.into(span) for span in paragraphs(self.body)]

    @property
    def lines(self) -> list[Span]:
        """The lines of the body that are not blank, in the folded text."""
        return [self.into(Span(*line.span())) for line in _LINE.finditer(self.body)]

    def into(self, span: Span) -> Span:
        """A span of the body, in the folded text."""
        return self._carry(span, self._body_starts, self._text_starts)

    def back(self, span: Span) -> Span:
        """A span of the folded text, in the body."""
        return self._carry(span, self._text_starts, self._body_starts)

    def _carry(self, span: Span, here: list[int], there: list[int]) -> Span:
        """Carries both edges over; an edge inside something uneven moves outwards."""
        k = bisect_right(here, span.start) - 1
        start = there[k] + min(span.start - here[k], self._lengths[k])
        k = max(0, bisect_left(here, span.end) - 1)
        offset = span.end - here[k]
        end = there[k] + offset if offset <= self._lengths[k] else there[k + 1]
        return Span(start, max(start, end))


def _folded(uneven: str) -> str:
    """What stands in the folded text for something uneven."""
    match uneven[0]:
        case "…":
            return "..."
        case " " | "-":
            return uneven[0]
    return ""
