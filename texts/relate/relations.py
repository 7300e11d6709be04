"""The passages of two texts that are related, and why."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

import numpy as np

from texts.lexicon import Aliases
from texts.model import Span, Text
from texts.relate.analysis import Reader, Vocabulary
from texts.relate.calibrate import calibrated
from texts.relate.evidence import Judge, Telling, align
from texts.relate.findings import FORMAT, Findings
from texts.relate.records import DEFAULT_SCORE, Evidence, Related, Side
from texts.relate.sparse import Ints

_BOTH = 3
_PASSAGES_REMEMBERED = 4096


class Relations:
    """What two texts have to say about each other; made by `texts.relate.relate`."""

    FORMAT = FORMAT
    """Goes up whenever kept bytes can no longer be used."""

    def __init__(self, left: Text, right: Text, findings: Findings) -> None:
        self.left = left
        self.right = right
        self._findings = findings
        self.vocabulary = Vocabulary(findings.roots)
        self._reader = Reader(self.vocabulary, grow=False)
        self._words = lru_cache(_PASSAGES_REMEMBERED)(self._read_words)

    def __len__(self) -> int:
        """How many pairs are kept, whatever their score."""
        return len(self._findings.lefts)

    def pairs(self, min_score: float = DEFAULT_SCORE, limit: int | None = None) -> list[Related]:
        """The related passages, best first."""
        return self._records(np.arange(len(self)), min_score, limit)

    def for_left(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the left text, best first; raises IndexError when there is no such passage."""
        self.left.passage(number)
        start, end = np.searchsorted(self._findings.lefts, (number - 1, number))
        return self._records(np.arange(start, end), min_score, limit)

    def for_right(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the right text, best first; raises IndexError when there is no such passage."""
        self.right.passage(number)
        rights = self._findings.rights[self._by_right]
        start, end = np.searchsorted(rights, (number - 1, number))
        return self._records(self._by_right[start:end], min_score, limit)

    def evidence(self, left_number: int, right_number: int) -> list[Evidence]:
        """The words that two passages share, most telling first; raises IndexError when there is no such passage."""
        return align(self._words(Side.LEFT, left_number), self._words(Side.RIGHT, right_number), self._judge)

    def related_to_span(self, side: Side, span: Span, limit: int | None = 10) -> list[Related]:
        """What the other text says about a sentence or selection of the text on this side, best first.

        Without a threshold: the reader has asked. Empty where the span holds no words of the article.
        """
        from texts.relate.spans import related_to_span

        return related_to_span(self, self._findings, side, span, limit)

    def to_bytes(self) -> bytes:
        """These relations as bytes for `from_bytes`; they do not hold the texts."""
        return self._findings.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes, left: Text, right: Text) -> Relations:
        """The relations of two texts from bytes; raises ValueError if they are damaged or belong to other texts."""
        findings = Findings.from_bytes(data)
        if findings.texts != fingerprint(left, right):
            raise ValueError("these related passages belong to other texts, or to other passages of these")
        return cls(left, right, findings)

    def text(self, side: Side) -> Text:
        """The text on this side."""
        return self.left if side is Side.LEFT else self.right

    @cached_property
    def aliases(self) -> Aliases:
        """The known aliases and the reader's own."""
        return Aliases(self._findings.aliases)

    @cached_property
    def scores(self) -> np.ndarray:
        """The score of each pair, 0–100, in the order in which they are kept."""
        return calibrated(self._findings.likeness, self._findings.counts)

    @cached_property
    def _by_right(self) -> Ints:
        return np.lexsort((self._findings.lefts, self._findings.rights))

    @cached_property
    def _judge(self) -> Judge:
        weights, users = self._findings.weights, self._findings.users
        find = self.vocabulary.find

        def weight(root: str) -> float:
            number = find(root)
            return 1.0 if number is None else float(weights[number])

        def used_by_both(root: str) -> bool:
            number = find(root)
            return number is not None and int(users[number]) == _BOTH

        return Judge(weight, used_by_both, self.aliases)

    def _records(self, which: Ints, min_score: float, limit: int | None) -> list[Related]:
        """The pairs at these places as records, best first; of equals those that stand first in the texts."""
        found = self._findings
        which = which[self.scores[which] >= min_score]
        order = np.lexsort((found.rights[which], found.lefts[which], -found.likeness[which]))
        return [self._record(int(place)) for place in which[order][:limit]]

    def _record(self, place: int) -> Related:
        found = self._findings
        left, right = int(found.lefts[place]), int(found.rights[place])
        return Related(
            left + 1,
            right + 1,
            float(self.scores[place]),
            found.left_places.sentence(left, int(found.left_stretch[place])),
            found.right_places.sentence(right, int(found.right_stretch[place])),
        )

    def _read_words(self, side: Side, number: int) -> Telling:
        text = self.text(side)
        return Telling.of(self._reader.words(text.body, text.passage(number).span))


def fingerprint(left: Text, right: Text) -> str:
    """A digest of two bodies and of where their passages stand: relations hold for nothing else."""
    digest = hashlib.sha256()
    for text in (left, right):
        places = ",".join(f"{passage.span.start}-{passage.span.end}" for passage in text.numbered)
        digest.update(f"{text.sha256} {places}\n".encode())
    return digest.hexdigest()
