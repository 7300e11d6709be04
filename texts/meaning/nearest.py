"""Sentences that answer a question by what they mean, in whatever language they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from texts.meaning.pieces import Piece

OTHER_QUESTIONS = (
    "a list of numbers", "the history of music", "how to repair a bicycle", "recipes with fish", "weather tomorrow",
    "prices of houses", "rules of chess", "a letter to a friend", "diseases of plants", "famous painters",
    "the law of inheritance", "travel by train",
)  # fmt: skip
"""Questions about anything: a sentence that answers all of them, being short or of a common language, answers none."""
_CHANCE = 0.2
"""How likely it may be that any sentence stands out so far by chance, of as many as there are."""
_BESIDE_BEST = 0.7
"""How near to the best one another has to be."""
_NOTHING, _MOST = 2.0, 7.0
"""Deviations that count as 0 and as 100."""
_FEWEST = 8
"""Sentences that are needed to say what stands out."""


class Answer(NamedTuple):
    """A sentence that answers a question."""

    text: int
    """Index of its text."""
    piece: Piece
    score: float
    """0–100: how far it stands out among all sentences; not how likely it is to be meant."""


def nearest(
    questions: Sequence[bytes], texts: Sequence[Sequence[Piece]], vectors: Mapping[str, bytes], limit: int
) -> list[Answer]:
    """The sentences of texts that stand out as answers to a question, best first and `limit` at most.

    `questions` are the vectors of the question and of `OTHER_QUESTIONS`, `vectors` has those of all pieces by their
    words.
    """
    places = [(text, piece) for text, pieces in enumerate(texts) for piece in pieces]
    if len(places) < _FEWEST:
        return []
    asked, *others = (np.frombuffer(each, "<f2").astype(np.float32) for each in questions)
    direction = asked - np.mean(others, axis=0)
    alike = np.array(
        [np.frombuffer(vectors[piece.words], "<f2") @ direction for _, piece in places], np.float32
    )
    deviations = (alike - alike.mean()) / max(float(alike.std()), 1e-6)
    by_chance = NormalDist().inv_cdf(1 - _CHANCE / len(places))
    least = max(by_chance, _BESIDE_BEST * float(deviations.max()))
    best = np.argsort(-deviations, kind="stable")[:limit].tolist()
    return [
        Answer(places[k][0], places[k][1], _score(float(deviations[k])))
        for k in best
        if deviations[k] >= least
    ]


def _score(deviation: float) -> float:
    return round(min(100.0, 100 * (deviation - _NOTHING) / (_MOST - _NOTHING)), 1)
