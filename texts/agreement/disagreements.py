"""Where two readers disagree: the places to walk through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from texts.agreement.stretches import Codes, Stretch, joined
from texts.languages.sentences import sentences
from texts.languages.telling import effective_language
from texts.model import Span, Text


class Disagreement(NamedTuple):
    """Words of one sentence, or of sentences that are marked across, on which two readers do not say the same."""

    text: str
    """Slug."""
    passage: int
    """Number of the passage that holds it."""
    quote: str
    """Its words, from where the readers first differ to where they last do."""
    stretches: tuple[Stretch, ...]
    """In order; on the first and the last they differ, on those between them they may agree."""

    @property
    def span(self) -> Span:
        """From the start of the first stretch to the end of the last."""
        return Span(self.stretches[0].span.start, self.stretches[-1].span.end)

    @property
    def one(self) -> Codes:
        """What the one reader says, on all the stretches together."""
        return joined(*(stretch.one for stretch in self.stretches))

    @property
    def other(self) -> Codes:
        """What the other says; the same where the two only differ in how far it reaches."""
        return joined(*(stretch.other for stretch in self.stretches))


def places(text: Text, stretches: Sequence[Stretch]) -> list[Disagreement]:
    """The places of a text where its stretches, in order, tell a disagreement.

    Readers disagree on a stretch of which they say different things. Such stretches are one place where one begins in
    the sentence in which the one before ends, within a passage.
    """
    runs: list[slice] = []
    latest = (0, 0)
    for index, first, last in _disagreements(text, stretches):
        if first == latest:
            runs[-1] = slice(runs[-1].start, index + 1)
        else:
            runs.append(slice(index, index + 1))
        latest = last
    return [_place(text, tuple(stretches[run])) for run in runs]


_Sentence = tuple[int, int]
"""The number of a passage, and of a sentence in it from 1."""


def _disagreements(text: Text, stretches: Sequence[Stretch]) -> Iterator[tuple[int, _Sentence, _Sentence]]:
    """The index of each stretch on which the readers differ, and the sentences in which it begins and ends."""
    passage, starts = 0, list[int]()
    for index, stretch in enumerate(stretches):
        if stretch.one == stretch.other:
            continue
        if stretch.passage != passage:
            passage = stretch.passage
            found = sentences(text.body, text.passage(passage).span, effective_language(text))
            starts = [sentence.start for sentence in found]
        first, last = (bisect_right(starts, edge) for edge in (stretch.span.start, stretch.span.end - 1))
        yield index, (passage, first), (passage, last)


def _place(text: Text, run: tuple[Stretch, ...]) -> Disagreement:
    span = Span(run[0].span.start, run[-1].span.end)
    return Disagreement(text.slug, run[0].passage, text.quote(span), run)
