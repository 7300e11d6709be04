"""Which of many choices a few typed letters mean."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from texts.fold import fold_word

_CUTOFF = 60


def rank(typed: str, labels: Sequence[str]) -> list[int]:
    """Indices of the labels that the typed words mean, best first; all in their order where nothing is typed.

    Every typed word must be found: as it is (at the start of a word before inside one), or else nearly.
    """
    words = [fold_word(word) for word in typed.split()]
    words = [word for word in words if word]
    if not words:
        return list(range(len(labels)))
    folded = [" ".join(fold_word(word) for word in label.split()) for label in labels]
    totals = dict.fromkeys(range(len(labels)), 0.0)
    for word in words:
        scores = _scores(word, folded)
        totals = {index: total + scores[index] for index, total in totals.items() if index in scores}
    return sorted(totals, key=lambda index: (-totals[index], len(labels[index]), index))


def _scores(word: str, folded: Sequence[str]) -> dict[int, float]:
    scores = {
        index: 200.0 if _starts_a_word(word, label) else 150.0
        for index, label in enumerate(folded)
        if word in label
    }
    if len(word) >= 3:
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
