"""The passages of two texts that are related, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property, lru_cache

from texts.lexicon import Aliases
from texts.model import Span, Text
from texts.relate.calibrate import calibrated, least_likeness
from texts.relate.evidence import Judge, Telling, align
from texts.relate.findings import FORMAT, Findings
from texts.relate.records import DEFAULT_SCORE, Evidence, Related, Side
from texts.relate.words import Reader, Vocabulary

_BOTH = 3
_PASSAGES_REMEMBERED = 512


class Relations:
    """What two texts have to say about each other; made by `texts.relate.relate`."""

    FORMAT = FORMAT
    """Goes up whenever kept bytes can no longer be used."""

    def __init__(self, left: Text, right: Text, findings: Findings) -> None:
        self.left = left
        self.right = right
        self._findings = findings
        self._words = lru_cache(_PASSAGES_REMEMBERED)(self._read_words)

    def __len__(self) -> int:
        """How many pairs are kept, whatever their score."""
        return len(self._findings)

    def pairs(self, min_score: float = DEFAULT_SCORE, limit: int | None = None) -> list[Related]:
        """The related passages, best first."""
        return self._records(range(len(self)), min_score, limit)

    def for_left(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the left text, best first; raises IndexError when there is no such passage."""
        self.left.passage(number)
        return self._records(self._findings.of_left(number - 1), min_score, limit)

    def for_right(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the right text, best first; raises IndexError when there is no such passage."""
        self.right.passage(number)
        return self._records(self._findings.of_right(number - 1), min_score, limit)

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
    def vocabulary(self) -> Vocabulary:
        """The roots of both texts."""
        return Vocabulary(self._findings.roots())

    @cached_property
    def reader(self) -> Reader:
        """Reads the words of both texts."""
        return Reader(self.vocabulary, grow=False)

    @cached_property
    def aliases(self) -> Aliases:
        """The known aliases and the reader's own."""
        return Aliases(self._findings.aliases)

    @cached_property
    def _judge(self) -> Judge:
        weights, users = self._findings.weights, self._findings.users
        find = self.vocabulary.find

        def weight(root: str) -> float:
            number = find(root)
            return 1.0 if number is None else weights[number]

        def used_by_both(root: str) -> bool:
            number = find(root)
            return number is not None and users[number] == _BOTH

        return Judge(weight, used_by_both, self.aliases)

    def _records(self, which: Sequence[int], min_score: float, limit: int | None) -> list[Related]:
        """The pairs at these places as records, best first; of equals those that stand first in the texts."""
        likeness = self._findings.likeness
        least = least_likeness(min_score, self._findings.counts)
        kept = [place for place in which if likeness[place] >= least]
        kept.sort(key=lambda place: -likeness[place])
        return [self._record(place) for place in kept[:limit]]

    def _record(self, place: int) -> Related:
        found = self._findings
        left, right = found.left(place), found.rights[place]
        return Related(
            left + 1,
            right + 1,
            calibrated(found.likeness[place], found.counts),
            found.left_places.sentence(left, found.left_stretch[place]),
            found.right_places.sentence(right, found.right_stretch[place]),
        )

    def _read_words(self, side: Side, number: int) -> Telling:
        text = self.text(side)
        return Telling.of(self.reader.words(text.body, text.passage(number).span))


def fingerprint(left: Text, right: Text) -> str:
    """A digest of two bodies and of where their passages stand: relations hold for nothing else."""
    digest = hashlib.sha256()
    for text in (left, right):
        places = ",".join(f"{passage.span.start}-{passage.span.end}" for passage in text.numbered)
        digest.update(f"{text.sha256} {places}\n".encode())
    return digest.hexdigest()
