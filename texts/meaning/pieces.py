"""What of a text is put into vectors: its sentences, each known by a digest of its words.

A passage needs no vector of its own. The mean of its sentences, the longer ones counting more, did as well in three
languages (docs/meaning.md), takes half the time, and a sentence that an update left as it was keeps its vector.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from texts.languages.sentences import sentences
from texts.languages.telling import effective_language
from texts.model import Span, Text

KEY_BYTES = 16
_LONGEST = 1200
"""Code points of a piece: what the model reads at once. A longer sentence is cut between words."""
MOST_PIECES = 120
"""Of one passage: findings count its sentences, and pairs of them, in one byte. More are joined."""
_SURROGATES = re.compile("[\0\ud800-\udfff]")
_HAS_WORDS = re.compile(r"[^\W_]")


class Piece(NamedTuple):
    """A sentence, or a part of a very long one, that has words."""

    passage: int
    """Index of its passage among the numbered ones, from 0."""
    span: Span
    words: str
    """What the model reads."""

    @property
    def key(self) -> bytes:
        """A digest of the words."""
        return key_of(self.words)


def clean(string: str) -> str:
    """The string as a model may read it: white space made single, no U+0000 and no half of a surrogate pair."""
    return " ".join(_SURROGATES.sub(" ", string).split())


def key_of(words: str) -> bytes:
    """A digest of clean words, `KEY_BYTES` long."""
    return hashlib.blake2b(words.encode(), digest_size=KEY_BYTES).digest()


def pieces_of(text: Text) -> list[Piece]:
    """The pieces of the numbered passages of a text, in order; rules and other passages without a letter have none."""
    language = effective_language(text)
    return [
        Piece(index, span, words)
        for index, passage in enumerate(text.numbered)
        for span in _spans(text.body, passage.span, language)
        if _HAS_WORDS.search(words := clean(text.quote(span)))
    ]


def _spans(body: str, passage: Span, language: str) -> Sequence[Span]:
    found = [part for sentence in sentences(body, passage, language) for part in _cut(body, sentence)]
    at_once = -(-len(found) // MOST_PIECES)
    if at_once <= 1:
        return found
    groups = (found[first : first + at_once] for first in range(0, len(found), at_once))
    return [Span(group[0].start, group[-1].end) for group in groups]


def _cut(body: str, span: Span) -> Iterator[Span]:
    """A span in parts that are not too long, cut at blanks where there are any."""
    start = span.start
    while span.end - start > _LONGEST:
        blank = body.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = blank if blank > 0 else start + _LONGEST
        yield Span(start, end)
        start = end + (blank > 0)
    yield Span(start, span.end)
