"""A body as quotes are looked for in it: typography folded, without case, in paragraphs and lines."""

from __future__ import annotations

from functools import cached_property

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.segment import paragraphs
from texts.typography import Folded, fold_body, without_case

_LINE = lazy_pattern(r"\S(?:[^\n]*\S)?")


class FoldedBody(Folded):
    """A body with its typography folded. Spans of either form can be carried to the other."""

    def __init__(self, body: str) -> None:
        """Fold a body; linear in its length."""
        folded = fold_body(body)
        super().__init__(body, folded.text, folded.runs)

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
