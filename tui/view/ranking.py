"""Which of many choices a few typed letters mean."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from texts.typography import fold_word

_CUTOFF = 60

FEW = 1500
"""Choices among which typed words are also found nearly; among more, only as they are, so that no key waits."""


def rank(typed: str, labels: Sequence[str]) -> list[int]:
    """Indices of the labels that the typed words mean, best first; all in their order where nothing is typed.

    Every typed word must be found: as it is (at the start of a word before inside one), or else nearly.
    """
    ranking = Ranking()
    ranking.add(labels)
    return list(ranking(typed))


class Ranking:
    """As `rank`, for labels that are held against one typed letter after another, and may come bit by bit."""

    def __init__(self, *, few: bool = True) -> None:
        """`few` looks for words that are nearly there as well, and puts the best first."""
        self._few = few
        self._labels: list[str] = []
        """Folded."""
        self._lengths = array("I")
        """Of the labels as they came."""

    def __len__(self) -> int:
        return len(self._labels)

    def add(self, labels: Iterable[str]) -> None:
        """Takes more labels, after those that are there."""
        for label in labels:
            folded = " ".join(map(fold_word, label.split())) if self._few else label.casefold()
            self._labels.append(folded)
            self._lengths.append(len(label))

    def __call__(self, typed: str) -> Sequence[int]:
        """Indices of the labels that the typed words mean; all in their order where nothing is typed."""
        words = [fold_word(word) if self._few else word.casefold() for word in typed.split()]
        words = [word for word in words if word]
        if not words:
            return range(len(self._labels))
        if not self._few:
            return [index for index, label in enumerate(self._labels) if all(word in label for word in words)]
        totals = dict.fromkeys(range(len(self._labels)), 0.0)
        for word in words:
            scores = _scores(word, self._labels)
            totals = {index: total + scores[index] for index, total in totals.items() if index in scores}
        return sorted(totals, key=lambda index: (-totals[index], self._lengths[index], index))


def _scores(word: str, folded: Sequence[str]) -> dict[int, float]:
    scores = {
        index: 200.0 if _starts_a_word(word, label) else 150.0
        for index, label in enumerate(folded)
        if word in label
    }
    if len(word) >= 3:
        from rapidfuzz import fuzz, process  # most lists are opened to be looked at

        for _, score, index in process.extract(
            word, folded, scorer=fuzz.partial_ratio, score_cutoff=_CUTOFF, limit=None
        ):
            scores.setdefault(index, score)
    return scores


def _starts_a_word(word: str, label: str) -> bool:
    at = label.find(word)
    while at > 0 and label[at - 1].isalnum():
        at = label.find(word, at + 1)
    return at >= 0
