"""Reads the passages of a text into columns of numbers: its words, their places, its stretches of sentences."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texts.model import Span
from texts.relate.records import Watch
from texts.relate.sparse import Ints
from texts.relate.words import Reader, read_passage

_PASSAGES_AT_ONCE = 64


@dataclass(frozen=True)
class Analysis:
    """The words of some passages of one text, passage after passage."""

    roots: Ints
    """Vocabulary number of each word."""
    capitals: npt.NDArray[np.int8]
    """`Capital` of each word."""
    passages: Ints
    """Index of the first word of each passage, and the number of words at the end."""
    stretches: Ints
    """Index of the first word of each stretch, and the number of words at the end."""
    first_stretch: Ints
    """Index of the first stretch of each passage, and the number of stretches at the end."""
    sentences: Ints
    """Start and end in the body of the sentence that stands for each stretch: a row of two for each."""

    def __len__(self) -> int:
        """How many passages."""
        return len(self.passages) - 1

    def owners(self) -> Ints:
        """Index of the passage of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.passages))

    def stretch_owners(self) -> Ints:
        """Index of the stretch of each word."""
        return np.repeat(np.arange(len(self.stretches) - 1), np.diff(self.stretches))


def analyse(body: str, spans: Sequence[Span], reader: Reader, watch: Watch | None = None) -> Analysis:
    """The passages at these spans of a body, read into columns; words without a number are left out."""
    numbers, capitals = array("q"), bytearray()
    passages, stretch_starts, first_stretch = array("q", [0]), array("q"), array("q", [0])
    carrying = array("q")
    for nth, span in enumerate(spans):
        if watch is not None and nth % _PASSAGES_AT_ONCE == 0:
            watch.at(nth / len(spans))
        passage = read_passage(body, span, reader)
        for stretch in passage.stretches:
            stretch_starts.append(len(numbers) + stretch.first)
            carrying.extend(stretch.sentence)
        numbers.extend(passage.numbers)
        capitals += passage.capitals
        passages.append(len(numbers))
        first_stretch.append(len(stretch_starts))
    stretch_starts.append(len(numbers))
    return Analysis(
        np.array(numbers, np.int64),
        np.frombuffer(bytes(capitals), np.int8),
        np.array(passages, np.int64),
        np.array(stretch_starts, np.int64),
        np.array(first_stretch, np.int64),
        np.array(carrying, np.int64).reshape(-1, 2),
    )
