"""The passages of two texts that are related by meaning and words, and what there is to show for it; without numpy.

They answer everything that relations by words answer, and are kept in the same way.
"""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from texts.meaning.names_across import names_across
from texts.model import Passage, Span, Text
from texts.relate.findings import Findings
from texts.relate.relate_records import Evidence, Kind, Related, WhichText
from texts.relate.relations import Relations, fingerprint

MEANING_FORMAT = 2
"""Goes up whenever the bytes change, or what the numbers in them mean."""
PARTNERS = 6
"""How many sentences of the other text are kept for each sentence."""
_HEAD = struct.Struct("<4sHIII")
"""Magic, format, check sum and length of the packed sentences, and their length unpacked; findings follow."""
_MAGIC = b"MEAN"
_KINDS: Mapping[str, Literal["I", "B"]] = {
    "left_spans": "I",
    "right_spans": "I",
    "left_partners": "I",
    "right_partners": "I",
    "left_alike": "B",
    "right_alike": "B",
    "beads": "I",
}
_DAMAGED = "these related passages are damaged"


@dataclass(frozen=True)
class Sentences:
    """What is kept of the sentences of two texts beside the findings on their passages."""

    left_spans: Sequence[int]
    """Start and end of each sentence of the left text, one after the other."""
    right_spans: Sequence[int]
    left_partners: Sequence[int]
    """For each sentence of the left text, indices of the right sentences most like it plus one; 0 for none."""
    right_partners: Sequence[int]
    left_alike: Sequence[int]
    """How alike each of these is, 0–100."""
    right_alike: Sequence[int]
    beads: Sequence[int]
    """Passages that stand together: first and last number on the left, first and last on the right."""
    parted: tuple[tuple[str, str], ...] = ()
    """Spellings that are two names by the reader's word."""
    one_language: bool = False
    """Whether both texts are in one language, so that words they share are evidence whatever they are."""

    def to_bytes(self) -> tuple[bytes, int]:
        """These columns as bytes, packed, and how many they are unpacked."""
        columns = {name: getattr(self, name) for name in _KINDS}
        head = {
            "parted": self.parted,
            "one_language": self.one_language,
            "lengths": {name: len(column) for name, column in columns.items()},
        }
        plain = json.dumps(head, separators=(",", ":")).encode() + b"\n"
        plain += b"".join(_packed(kind, columns[name]) for name, kind in _KINDS.items())
        return zlib.compress(plain, 6), len(plain)

    @classmethod
    def from_bytes(cls, packed: bytes, length: int) -> Sentences:
        """What `to_bytes` made bytes of, which are `length` unpacked; raises ValueError on any others."""
        try:
            unpacker = zlib.decompressobj()
            plain = unpacker.decompress(packed, length)
            head_end = plain.index(b"\n") + 1
            head = json.loads(plain[:head_end])
            columns: dict[str, Any] = {}
            at = head_end
            for name, kind in _KINDS.items():
                size = head["lengths"][name] * struct.calcsize(kind)
                columns[name] = _unpacked(kind, plain[at : at + size])
                at += size
                if len(columns[name]) != head["lengths"][name]:
                    raise ValueError(_DAMAGED)
            parted = tuple((str(one), str(other)) for one, other in head["parted"])
            found = cls(**columns, parted=parted, one_language=bool(head["one_language"]))
        except (zlib.error, KeyError, TypeError, AttributeError, OverflowError, struct.error) as error:
            raise ValueError(_DAMAGED) from error
        found._check()
        return found

    def _check(self) -> None:
        """Raises ValueError where a column points to what another does not have."""
        counts = len(self.left_spans) // 2, len(self.right_spans) // 2
        for partners, alike, own, others in (
            (self.left_partners, self.left_alike, *counts),
            (self.right_partners, self.right_alike, *counts[::-1]),
        ):
            if not len(partners) == len(alike) == own * PARTNERS or max(partners, default=0) > others:
                raise ValueError(_DAMAGED)


def _packed(kind: str, column: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(column)}{kind}", *column)


def _unpacked(kind: Literal["I", "B"], data: bytes) -> array[int]:
    return array(kind, struct.unpack(f"<{len(data) // struct.calcsize(kind)}{kind}", data))


class MeaningRelations(Relations):
    """What two texts have to say about each other by meaning and words; made by `texts.meaning.across`."""

    by_meaning = True

    def __init__(self, left: Text, right: Text, findings: Findings, sentences: Sentences) -> None:
        super().__init__(left, right, findings)
        self.sentences = sentences
        """What is kept of their sentences."""
        self._starts = sentences.left_spans[::2], sentences.right_spans[::2]

    def to_bytes(self) -> bytes:
        """These relations as bytes for `from_bytes`; they do not hold the texts."""
        sentences, unpacked = self.sentences.to_bytes()
        check = zlib.crc32(sentences, unpacked)
        head = _HEAD.pack(_MAGIC, MEANING_FORMAT, check, len(sentences), unpacked)
        return head + sentences + self.findings.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes, left: Text, right: Text) -> MeaningRelations:
        """The relations of two texts from bytes; raises ValueError if they are damaged or belong to other texts."""
        if len(data) < _HEAD.size:
            raise ValueError("these are no related passages: too short")
        magic, version, check, length, unpacked = _HEAD.unpack_from(data)
        packed = data[_HEAD.size : _HEAD.size + length]
        if magic != _MAGIC or version != MEANING_FORMAT:
            raise ValueError(f"these are no passages related by meaning in format {MEANING_FORMAT}")
        if len(packed) != length or zlib.crc32(packed, unpacked) != check:
            raise ValueError(_DAMAGED)
        findings = Findings.from_bytes(data[_HEAD.size + length :])
        if findings.texts != fingerprint(left, right):
            raise ValueError("these related passages belong to other texts, or to other passages of these")
        return cls(left, right, findings, Sentences.from_bytes(packed, unpacked))

    def evidence(self, left_number: int, right_number: int) -> list[Evidence]:
        """What two passages share in words, most telling first: between two languages only names and numbers.

        There the rest is by meaning, of which no word can be shown. Raises IndexError when there is no such passage.
        """
        found = super().evidence(left_number, right_number)
        if not self.sentences.one_language:
            found = [each for each in found if self._is_name_or_number(each)]
        spans = self.left.passage(left_number).span, self.right.passage(right_number).span
        taken = {each.left for each in found}, {each.right for each in found}
        for left, right, alike in names_across(
            self.left,
            self.right,
            *spans,
            parted=self.sentences.parted,
            one_script=not self.sentences.one_language,
        ):
            if not (any(map(left.overlaps, taken[0])) or any(map(right.overlaps, taken[1]))):
                found.append(Evidence(left, right, round(100 * alike, 1), 100.0, Kind.SPELLING))
                taken[0].add(left)
                taken[1].add(right)
        return found

    def _is_name_or_number(self, each: Evidence) -> bool:
        if each.kind is Kind.ALIAS:
            return True
        one, other = self.left.quote(each.left), self.right.quote(each.right)
        return all(word[:1].isupper() or word[:1].isdecimal() for word in (one, other)) and len(one) > 1

    def related_to_span(self, side: WhichText, span: Span) -> list[Related]:
        """What the other text says about a sentence or selection of the text on this side, best first."""
        kept = self.sentences
        partners, alike = (
            (kept.left_partners, kept.left_alike)
            if side is WhichText.LEFT
            else (kept.right_partners, kept.right_alike)
        )
        text, other = self.text(side), self.text(side.other)
        home = text.passage_at(span.start)
        if home is None or home.number is None:
            return []
        worth: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for sentence, share in self._overlapped(side, span):
            for place in range(sentence * PARTNERS, (sentence + 1) * PARTNERS):
                if partners[place]:
                    there = self._span(side.other, partners[place] - 1)
                    passage = other.passage_at(there.start)
                    if passage is not None and passage.number is not None:
                        there_too, own = worth[passage.number], alike[place] * share
                        there_too[partners[place] - 1] = max(there_too.get(partners[place] - 1, 0.0), own)
        claims = self._claims_at(side, home)
        found = []
        for number, sentences in worth.items():
            best = max(sentences, key=lambda sentence: (sentences[sentence], -sentence))
            found.append((sentences[best] + claims.get(number, 0.0), number, self._span(side.other, best)))
        found.sort(key=lambda each: (-each[0], each[1]))
        return [
            _related(side, (home.number, span), (number, there), claims.get(number, 0.0))
            for _, number, there in found
        ]

    def _claims_at(self, side: WhichText, home: Passage) -> dict[int, float]:
        """The claims of the pairs of a passage, by the number of the other one."""
        around = self.for_left if side is WhichText.LEFT else self.for_right
        found = around(home.number or 0, min_score=0)
        return {(each.right if side is WhichText.LEFT else each.left): each.score for each in found}

    def _overlapped(self, side: WhichText, span: Span) -> list[tuple[int, float]]:
        """The sentences that a span has a part of, and the share of the longest part that each has."""
        starts = self._starts[side is WhichText.RIGHT]
        first = max(0, bisect_right(starts, span.start) - 1)
        shares = []
        for sentence in range(first, len(starts)):
            own = self._span(side, sentence)
            if own.start >= max(span.end, span.start + 1):
                break
            shared = min(own.end, max(span.end, span.start + 1)) - max(own.start, span.start)
            if shared > 0:
                shares.append((sentence, shared))
        longest = max((shared for _, shared in shares), default=1)
        return [(sentence, shared / longest) for sentence, shared in shares]

    def _span(self, side: WhichText, sentence: int) -> Span:
        spans = self.sentences.left_spans if side is WhichText.LEFT else self.sentences.right_spans
        return Span(spans[2 * sentence], spans[2 * sentence + 1])

    def beads(self) -> list[tuple[range, range]]:
        """Numbers of passages that stand together for one or more of the other text: 1:2, 2:1 and 2:2."""
        flat = self.sentences.beads
        return [
            (range(flat[k], flat[k + 1] + 1), range(flat[k + 2], flat[k + 3] + 1))
            for k in range(0, len(flat), 4)
        ]


def _related(side: WhichText, here: tuple[int, Span], there: tuple[int, Span], score: float) -> Related:
    (left, left_sentence), (right, right_sentence) = (
        (here, there) if side is WhichText.LEFT else (there, here)
    )
    return Related(left, right, score, left_sentence, right_sentence)
