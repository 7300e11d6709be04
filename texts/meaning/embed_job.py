"""The child process that makes vectors: strings in, 16-bit vectors out, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

BATCH = 4
"""Strings that go to the model at once: it cannot be stopped in between. More at once are not faster."""
QUESTIONS, PASSAGES = b"questions", b"passages"


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Answers with a piece for each batch: the vectors of its strings one after the other.

    The first piece of the question says what the strings are, each further one is a string. Raises MeaningError.
    """
    from texts.meaning.engine import embed

    kind, *strings = question
    words = [string.decode() for string in strings]
    for first in range(0, len(words), BATCH):
        rows = embed(words[first : first + BATCH], questions=kind == QUESTIONS)
        reply(rows.astype("<f2").tobytes())
        progress("")  # so that what is made goes out at once
