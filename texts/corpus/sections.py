"""Cuts texts into sections, which are related at one go: neither a book nor a page without an end fills the memory.

Sections follow each other without a gap; a text that is short enough is one section. A passage that is longer than any
paragraph is cut into pieces, which are related each for itself and all keep the number of the passage.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from texts.model import Passage, Passages, Span, Text

if TYPE_CHECKING:
    from texts.corpus.corpus_texts import CorpusText

MOST_PASSAGES = 128
"""Passages of a section: what two such sections say is related within a second."""
MOST_CHARACTERS = 200_000
"""Characters after which a section ends with the passage."""
LONGEST_PIECE = 3_000
"""Characters of a passage at most, some 500 words: a quotation of fifty is little of one that is longer."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some passages of a text in a row."""

    start: int
    """Offset of the section into the body of its text."""
    body: str
    """The words of the section."""
    pieces: Passages
    """Its passages, furniture too: offsets into the body of the section, numbers of the text; 0 on furniture."""

    def as_text(self, name: str, language: str = "") -> Text:
        """The section as a text with passages numbered from 1: what relating takes."""
        numbered = [piece for piece in self.pieces if piece.number is not None]
        passages = Passages(
            array("I", (piece.span.start for piece in numbered)),
            array("I", (piece.span.end for piece in numbered)),
            array("I", range(1, len(numbered) + 1)),
        )
        return Text(name, "", "", "", self.body, passages, language)

    def numbers(self) -> list[int]:
        """For each passage of `as_text` the number that it has in the whole text."""
        return [piece.number for piece in self.pieces if piece.number is not None]


def sections_of(text: Text) -> Iterator[Section]:
    """The sections of a text in order; one that is empty where it has no passages."""
    body = text.body
    pieces = list(_pieces(body, text.passages))
    start, first = 0, 0
    while True:
        last = _end_of(pieces, first)
        end = pieces[last].span.start if last < len(pieces) else len(body)
        inside = pieces[first:last]
        yield Section(
            start,
            body[start:end],
            Passages(
                array("I", (piece.span.start - start for piece in inside)),
                array("I", (piece.span.end - start for piece in inside)),
                array("I", (piece.number or 0 for piece in inside)),
            ),
        )
        if last >= len(pieces):
            return
        start, first = end, last


def _end_of(pieces: Sequence[Passage], first: int) -> int:
    """The index after the last piece of a section that begins with the first one."""
    numbered, last = 0, first
    while last < len(pieces):
        numbered += pieces[last].number is not None
        too_long = pieces[last].span.end - pieces[first].span.start > MOST_CHARACTERS
        if last > first and (numbered > MOST_PASSAGES or too_long):
            break
        last += 1
    return last


def _pieces(body: str, passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages, those that are too long cut where a blank stands."""
    for passage in passages:
        start, end = passage.span
        while end - start > LONGEST_PIECE:
            cut = max(
                body.rfind(" ", start + 1, start + LONGEST_PIECE),
                body.rfind("\n", start + 1, start + LONGEST_PIECE),
            )
            after = cut + 1 if cut > start else start + LONGEST_PIECE
            yield Passage(Span(start, cut if cut > start else after), passage.number)
            start = after
        yield Passage(Span(start, end), passage.number)


def joined(sections: Sequence[Section], names: CorpusText) -> Text:
    """The whole text again that was cut into these sections; `names` says how it is called."""
    starts, ends, numbers = array("I"), array("I"), array("I")
    for section in sections:
        for piece in section.pieces:
            start, end = (section.start + offset for offset in piece.span)
            if numbers and piece.number is not None and numbers[-1] == piece.number:
                ends[-1] = end
                continue
            starts.append(start)
            ends.append(end)
            numbers.append(piece.number or 0)
    body = "".join(section.body for section in sections)
    return Text(
        names.name,
        names.title,
        names.author,
        names.source,
        body,
        Passages(starts, ends, numbers),
        names.language,
    )
