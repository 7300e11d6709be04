"""The passages of two texts that are related, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from texts.digests import digest_of
from texts.model import Span, Text
from texts.relate.findings import FORMAT, Findings
from texts.relate.relate_records import DEFAULT_SCORE, Evidence, Related, WhichText

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.relate.evidence import ContentWords, WordMatcher
    from texts.relate.passage_words import RootNumbers, WordReader

_BOTH = 3
_PASSAGES_REMEMBERED = 512


class Relations:
    """What two texts have to say about each other; made by `texts.relate.relate`.

    `texts.relate.spans` asks them about a sentence or a selection. What reads words is imported when words are asked
    for: a list of the pairs that are kept has no need of it.
    """

    FORMAT = FORMAT
    """Goes up whenever kept bytes can no longer be used."""
    by_meaning = False
    """Whether passages were related by what they mean as well as by their words (`texts.meaning`)."""

    def __init__(self, left: Text, right: Text, findings: Findings) -> None:
        self.left = left
        self.right = right
        self.findings = findings
        """What is kept of relating them."""
        self._words = lru_cache(_PASSAGES_REMEMBERED)(self._read_words)

    def __len__(self) -> int:
        """How many pairs are kept, whatever their score."""
        return len(self.findings)

    def pairs(self, min_score: float = DEFAULT_SCORE, limit: int | None = None) -> list[Related]:
        """The related passages, best first."""
        return self._records(range(len(self)), min_score, limit)

    def pair_numbers(self) -> Iterator[tuple[int, int]]:
        """Numbers of the related passages, left and right, in the order of the left text; no records are made."""
        claims, rights = self.findings.claims, self.findings.rights
        for left, (start, end) in enumerate(pairwise(self.findings.left_starts), start=1):
            for place in range(start, end):
                if claims[place] >= DEFAULT_SCORE:
                    yield left, rights[place] + 1

    def for_left(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the left text, best first; raises IndexError when there is no such passage."""
        self.left.passage(number)
        return self._records(self.findings.of_left(number - 1), min_score, limit)

    def for_right(
        self, number: int, min_score: float = DEFAULT_SCORE, limit: int | None = None
    ) -> list[Related]:
        """What is related to ¶number of the right text, best first; raises IndexError when there is no such passage."""
        self.right.passage(number)
        return self._records(self.findings.of_right(number - 1), min_score, limit)

    def evidence(self, left_number: int, right_number: int) -> list[Evidence]:
        """The words that two passages share, most telling first; raises IndexError when there is no such passage."""
        from texts.relate.evidence import align

        return align(
            self._words(WhichText.LEFT, left_number),
            self._words(WhichText.RIGHT, right_number),
            self._matcher,
        )

    def related_to_span(self, side: WhichText, span: Span) -> list[Related] | None:
        """What the other text says about a span of the text on this side; None where `texts.relate.spans` tells it."""
        return None

    def beads(self) -> list[tuple[range, range]]:
        """Numbers of passages that stand together for one or more of the other text; by words alone none do."""
        return []

    def to_bytes(self) -> bytes:
        """These relations as bytes for `from_bytes`; they do not hold the texts."""
        return self.findings.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes, left: Text, right: Text) -> Relations:
        """The relations of two texts from bytes; raises ValueError if they are damaged or belong to other texts."""
        findings = Findings.from_bytes(data)
        if findings.texts != fingerprint(left, right):
            raise ValueError("these related passages belong to other texts, or to other passages of these")
        return cls(left, right, findings)

    def text(self, side: WhichText) -> Text:
        """The text on this side."""
        return self.left if side is WhichText.LEFT else self.right

    @cached_property
    def vocabulary(self) -> RootNumbers:
        """The roots of both texts."""
        from texts.relate.passage_words import RootNumbers

        return RootNumbers(self.findings.roots())

    @cached_property
    def reader(self) -> WordReader:
        """Reads the words of both texts."""
        from texts.languages.morphology import morphology_of
        from texts.relate.passage_words import WordReader

        morphology = morphology_of((self.left, self.right))
        return WordReader(self.vocabulary, grow=False, morphology=morphology)

    @cached_property
    def aliases(self) -> Aliases:
        """The known aliases and the reader's own."""
        from texts.lexicon import Aliases

        return Aliases(self.findings.aliases)

    @cached_property
    def _matcher(self) -> WordMatcher:
        from texts.relate.evidence import WordMatcher

        weights, used_in = self.findings.weights, self.findings.used_in
        find = self.vocabulary.find

        def weight(root: str) -> float:
            number = find(root)
            return 1.0 if number is None else weights[number]

        def used_by_both(root: str) -> bool:
            number = find(root)
            return number is not None and used_in[number] == _BOTH

        return WordMatcher(weight, used_by_both, self.aliases)

    def _records(self, which: Sequence[int], min_score: float, limit: int | None) -> list[Related]:
        """The pairs at these ascending places as records, the surest first; of equals those that are more alike."""
        claims, similarity = self.findings.claims, self.findings.similarity
        kept = sorted(
            (-claims[place], -similarity[place], place) for place in which if claims[place] >= min_score
        )
        return [self._record(place) for _, _, place in kept[:limit]]

    def _record(self, place: int) -> Related:
        found = self.findings
        left, right = found.left(place), found.rights[place]
        return Related(
            left + 1,
            right + 1,
            found.claims[place],
            found.left_places.sentence(left, found.left_segment[place]),
            found.right_places.sentence(right, found.right_segment[place]),
        )

    def _read_words(self, side: WhichText, number: int) -> ContentWords:
        from texts.relate.evidence import ContentWords

        text = self.text(side)
        return ContentWords.of(self.reader.words(text.body, text.passage(number).span))


def fingerprint(left: Text, right: Text) -> str:
    """A digest of two bodies, of where their passages stand and of what readers have set as their languages.

    Relations hold for nothing else.
    """
    told = []
    for text in (left, right):
        places = ",".join(f"{passage.span.start}-{passage.span.end}" for passage in text.numbered)
        told.append(f"{text.sha256} {places}{text.language and f' {text.language}'}\n")
    return digest_of("".join(told))
