"""Texts on their way into a corpus, and the shard that some of them become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Passage, Span

if TYPE_CHECKING:
    from texts.corpus.content_words import WordNumbers
    from texts.corpus.corpus_texts import CorpusText
    from texts.corpus.sections import Section

BETWEEN = "\n\n"
"""What parts the texts of a shard."""


class NewText(NamedTuple):
    """A text ready to be written."""

    known: CorpusText
    sha256: str
    words: int
    sections: Sequence[tuple[Section, WordNumbers]]

    def body(self) -> str:
        """All of it."""
        return "".join(section.body for section, _ in self.sections)


def shard_of(texts: Sequence[NewText]) -> tuple[str, list[Passage]]:
    """The body of a shard of some texts, and its passages."""
    bodies, whole, at = [], [], 0
    for text in texts:
        for section, _ in text.sections:
            shift = at + section.start
            whole += [
                Passage(Span(piece.span.start + shift, piece.span.end + shift), piece.number)
                for piece in section.pieces
            ]
        bodies.append(text.body())
        at += len(bodies[-1]) + len(BETWEEN)
    return BETWEEN.join(bodies), whole
