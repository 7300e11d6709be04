"""What is kept of relating two texts, as plain columns, and these as bytes.

Columns are views of the bytes that a library keeps, and need no numpy: 260,000 pairs take 6 MB in the desk's memory.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any, Literal

from texts.model import Span

FORMAT = 18
"""Goes up whenever the bytes change, or what the numbers in them mean."""

_MAGIC = b"RELA"
_HEAD = struct.Struct("<4sHIII")
"""Magic, format, check sum and length of what follows, which is packed, and its length unpacked."""
_TIGHTEST = 1032
"""How many times shorter zlib can make anything: what claims more is damaged."""


class SentencePlaces:
    """Where the sentences of a text stand that stand for its segments."""

    def __init__(self, first_segment: memoryview, sentences: array[int]) -> None:
        """`sentences` holds start and end of the sentence for each segment, one after the other."""
        self.first_segment = first_segment
        """Index of the first segment of each passage, and the number of segments at the end."""
        self._sentences = sentences

    def sentence(self, passage: int, segment: int) -> Span:
        """The sentence for the segment with this index in the passage at this index."""
        place = 2 * (self.first_segment[passage] + segment)
        return Span(self._sentences[place], self._sentences[place + 1])

    def steps(self) -> array[int]:
        """From each edge of a sentence to the next: they mostly follow each other, so that steps pack far better."""
        return array("i", (after - before for before, after in pairwise(chain((0,), self._sentences))))

    @classmethod
    def of_steps(cls, first_segment: memoryview, steps: memoryview) -> SentencePlaces:
        """What `steps` gave, brought back."""
        return cls(first_segment, array("I", accumulate(steps)))


@dataclass(frozen=True)
class Findings:
    """The pairs that were found, by their left passages and then their right ones, and what is known of the words."""

    texts: str
    """What the two texts were: their digests (see `relations.fingerprint`)."""
    counts: tuple[int, int]
    """How many passages the left and the right text have."""
    left_starts: memoryview
    """Where the pairs of each left passage start, and the number of pairs at the end."""
    rights: memoryview
    """Index of the right passage of each pair."""
    similarity: memoryview[float]
    """How alike the two are, order included: how far up the pair stands."""
    claims: memoryview[float]
    """How sure it is that the two speak of the same, 0–100."""
    left_segment: memoryview
    """Which segment of the left passage carries the relation."""
    right_segment: memoryview
    """Which segment of the right passage carries the relation."""
    by_right: memoryview
    """The pairs by their right passages and then their left ones."""
    right_starts: memoryview
    """Where the pairs of each right passage start in that, and the number of pairs at the end."""
    left_places: SentencePlaces
    """Where the sentences of the left text stand."""
    right_places: SentencePlaces
    """Where the sentences of the right text stand."""
    words: str
    """The vocabulary of both texts: its roots, a line each."""
    weights: memoryview[float]
    """How much each root says."""
    rarity: memoryview[float]
    """How rare each root is, English at large mixed in; at least 1."""
    used_in: memoryview
    """Which texts use each root: 1 the left one, 2 the right one, 3 both."""
    aliases: tuple[tuple[str, ...], ...]
    """The reader's own aliases that were used."""

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.rights)

    def roots(self) -> list[str]:
        """The vocabulary of both texts."""
        return self.words.split("\n") if len(self.weights) else []

    def of_left(self, passage: int) -> Sequence[int]:
        """The pairs of the left passage at this index."""
        return range(self.left_starts[passage], self.left_starts[passage + 1])

    def of_right(self, passage: int) -> Sequence[int]:
        """The pairs of the right passage at this index."""
        return self.by_right[self.right_starts[passage] : self.right_starts[passage + 1]].tolist()

    def left(self, pair: int) -> int:
        """Index of the left passage of a pair."""
        return bisect_right(self.left_starts, pair) - 1

    def to_bytes(self) -> bytes:
        """These findings as bytes, packed."""
        words = self.words.encode()
        head = {"texts": self.texts, "counts": self.counts, "aliases": self.aliases, "words": len(words)}
        columns = self._columns()
        head["lengths"] = {name: len(column) for name, column in columns.items()}
        plain = b"".join(
            [
                json.dumps(head, separators=(",", ":")).encode() + b"\n",
                words,
                *(_little_endian(columns[name]).tobytes() for name in _KINDS),
            ]
        )
        packed = zlib.compress(plain, 6)
        return _HEAD.pack(_MAGIC, FORMAT, zlib.crc32(packed), len(packed), len(plain)) + packed

    def _columns(self) -> dict[str, memoryview[Any]]:
        columns = {name: getattr(self, name) for name in _KINDS if hasattr(self, name)}
        for side, places in (("left", self.left_places), ("right", self.right_places)):
            columns[f"{side}_first"] = places.first_segment
            columns[f"{side}_sentences"] = memoryview(places.steps())
        return columns

    @classmethod
    def from_bytes(cls, data: bytes) -> Findings:
        """The findings that `to_bytes` made bytes of; raises ValueError on any others."""
        if len(data) < _HEAD.size:
            raise ValueError("these are no related passages: too short")
        magic, version, check, length, unpacked = _HEAD.unpack_from(data)
        packed = memoryview(data)[_HEAD.size :]
        if magic != _MAGIC or version != FORMAT:
            raise ValueError(f"these are no related passages in format {FORMAT}")
        if len(packed) != length or unpacked > _TIGHTEST * length or zlib.crc32(packed) != check:
            raise ValueError("these related passages are damaged")
        try:
            plain = zlib.decompress(packed, bufsize=max(1, unpacked))  # the exact size spares a second copy
            if len(plain) != unpacked:
                raise ValueError("these related passages are damaged")
            return cls._unpack(plain)
        except (zlib.error, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
            raise ValueError("these related passages are damaged") from error

    @classmethod
    def _unpack(cls, plain: bytes) -> Findings:
        place = plain.index(b"\n") + 1
        head = json.loads(plain[:place])
        words = plain[place : place + head["words"]].decode()
        columns = _columns_of(memoryview(plain)[place + head["words"] :], head["lengths"])
        places = {
            side: SentencePlaces.of_steps(columns.pop(f"{side}_first"), columns.pop(f"{side}_sentences"))
            for side in ("left", "right")
        }
        findings = cls(
            texts=head["texts"],
            counts=(head["counts"][0], head["counts"][1]),
            left_places=places["left"],
            right_places=places["right"],
            words=words,
            aliases=tuple(tuple(group) for group in head["aliases"]),
            **columns,
        )
        findings._check()
        return findings

    def _check(self) -> None:
        """Raises ValueError where a column points to what another does not have."""
        lefts, rights = self.counts
        pairs = len(self)
        within = (
            (self.left_starts, lefts + 1, pairs),
            (self.right_starts, rights + 1, pairs),
            (self.by_right, pairs, pairs - 1),
            (self.rights, pairs, rights - 1),
        )
        if any(
            len(column) != length or max(column, default=0) > max(most, 0) for column, length, most in within
        ):
            raise ValueError("these related passages are damaged")


_KINDS: Mapping[str, Literal["B", "I", "i", "f"]] = {
    "left_starts": "I",
    "rights": "I",
    "similarity": "f",
    "claims": "f",
    "left_segment": "B",
    "right_segment": "B",
    "by_right": "I",
    "right_starts": "I",
    "weights": "f",
    "rarity": "f",
    "used_in": "B",
    "left_first": "I",
    "left_sentences": "i",
    "right_first": "I",
    "right_sentences": "i",
}
"""The columns in the order of the bytes, and their kinds as `array` names them."""


def _columns_of(data: memoryview, lengths: Mapping[str, int]) -> dict[str, memoryview[Any]]:
    """Cuts bytes into columns of these lengths; raises ValueError where they do not fit."""
    columns: dict[str, memoryview[Any]] = {}
    for name, kind in _KINDS.items():
        size = lengths[name] * struct.calcsize(kind)
        columns[name] = _little_endian(data[:size].cast(kind))
        data = data[size:]
    if len(data) or any(len(column) != lengths[name] for name, column in columns.items()):
        raise ValueError("these related passages are damaged")
    return columns


def _little_endian(column: memoryview[Any]) -> memoryview[Any]:
    """A column from this machine's order of bytes into the one that is kept, or back."""
    if sys.byteorder == "little" or column.itemsize == 1:
        return column
    swapped = array(column.format, column.tolist())
    swapped.byteswap()
    return memoryview(swapped)
