"""What is kept of relating two texts, as plain columns, and these as bytes."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texts.model import Span
from texts.relate.sparse import Floats, Ints

FORMAT = 1
"""Goes up whenever the bytes change, or what the numbers in them mean."""

_MAGIC = b"RELA"
_HEAD = struct.Struct("<4sHII")
"""Magic, format, check sum and length of what follows, which is packed."""


@dataclass(frozen=True)
class Places:
    """Where the sentences of a text stand that stand for its stretches."""

    first_stretch: npt.NDArray[np.integer]
    """Index of the first stretch of each passage, and the number of stretches at the end."""
    sentences: npt.NDArray[np.integer]
    """Start and end in the body of the sentence for each stretch: a row of two for each."""

    def sentence(self, passage: int, stretch: int) -> Span:
        """The sentence for the stretch with this index in the passage at this index."""
        start, end = self.sentences[self.first_stretch[passage] + stretch].tolist()
        return Span(start, end)


@dataclass(frozen=True)
class Findings:
    """The pairs that were found, and what is known of the words."""

    texts: str
    """What the two texts were: their digests (see `relations.fingerprint`)."""
    counts: tuple[int, int]
    """How many passages the left and the right text have."""
    lefts: Ints
    """Index of the left passage of each pair, ascending."""
    rights: Ints
    """Index of the right passage of each pair."""
    likeness: Floats
    """How alike the two are, before it is calibrated."""
    left_stretch: Ints
    """Which stretch of the left passage carries the relation."""
    right_stretch: Ints
    """Which stretch of the right passage carries the relation."""
    left_places: Places
    """Where the sentences of the left text stand."""
    right_places: Places
    """Where the sentences of the right text stand."""
    roots: tuple[str, ...]
    """The vocabulary of both texts."""
    weights: Floats
    """How much each root says."""
    users: npt.NDArray[np.uint8]
    """Who uses each root: 1 the left text, 2 the right one, 3 both."""
    aliases: tuple[tuple[str, ...], ...]
    """The reader's own aliases that were used."""

    def to_bytes(self) -> bytes:
        """These findings as bytes, packed."""
        words = "\n".join(self.roots).encode()
        head = {"texts": self.texts, "counts": self.counts, "aliases": self.aliases, "words": len(words)}
        columns = self._columns()
        head["lengths"] = {name: len(column) for name, column in columns.items()}
        parts = [
            json.dumps(head, separators=(",", ":")).encode() + b"\n",
            words,
            *(np.ascontiguousarray(columns[name], kind).tobytes() for name, kind in _KINDS.items()),
        ]
        packed = zlib.compress(b"".join(parts), 6)
        return _HEAD.pack(_MAGIC, FORMAT, zlib.crc32(packed), len(packed)) + packed

    def _columns(self) -> dict[str, np.ndarray]:
        columns = {name: getattr(self, name) for name in _KINDS if hasattr(self, name)}
        for side, places in (("left", self.left_places), ("right", self.right_places)):
            columns[f"{side}_first"] = places.first_stretch
            # Sentences mostly follow each other, so that steps pack far better than offsets.
            columns[f"{side}_sentences"] = np.diff(places.sentences.ravel(), prepend=0)
        return columns

    @classmethod
    def from_bytes(cls, data: bytes) -> Findings:
        """The findings that `to_bytes` made bytes of; raises ValueError on any others."""
        if len(data) < _HEAD.size:
            raise ValueError("these are no related passages: too short")
        magic, version, check, length = _HEAD.unpack_from(data)
        packed = data[_HEAD.size :]
        if magic != _MAGIC or version != FORMAT:
            raise ValueError(f"these are no related passages in format {FORMAT}")
        if len(packed) != length or zlib.crc32(packed) != check:
            raise ValueError("these related passages are damaged")
        try:
            return cls._unpack(zlib.decompress(packed))
        except (zlib.error, KeyError, TypeError, IndexError, AttributeError) as error:
            raise ValueError("these related passages are damaged") from error

    @classmethod
    def _unpack(cls, plain: bytes) -> Findings:
        line, _, rest = plain.partition(b"\n")
        head = json.loads(line)
        words, place = rest[: head["words"]], head["words"]
        columns: dict[str, np.ndarray] = {}  # views of the bytes: 260,000 pairs take 4 MB so, and else 12
        for name, kind in _KINDS.items():
            columns[name] = np.frombuffer(rest, kind, head["lengths"][name], place)
            place += columns[name].nbytes
        if place != len(rest):
            raise ValueError("these related passages are damaged")
        places = (
            Places(
                columns[f"{side}_first"],
                np.cumsum(columns[f"{side}_sentences"], dtype=np.int32).reshape(-1, 2),
            )
            for side in ("left", "right")
        )
        left_places, right_places = places
        return cls(
            left_places=left_places,
            right_places=right_places,
            texts=head["texts"],
            counts=(head["counts"][0], head["counts"][1]),
            roots=tuple(words.decode().split("\n")) if head["lengths"]["weights"] else (),
            aliases=tuple(tuple(group) for group in head["aliases"]),
            lefts=columns["lefts"],
            rights=columns["rights"],
            likeness=columns["likeness"],
            left_stretch=columns["left_stretch"],
            right_stretch=columns["right_stretch"],
            weights=columns["weights"],
            users=columns["users"],
        )


_KINDS: dict[str, np.dtype[np.generic]] = {
    "lefts": np.dtype("<u4"),
    "rights": np.dtype("<u4"),
    "likeness": np.dtype("<f4"),
    "left_stretch": np.dtype("u1"),
    "right_stretch": np.dtype("u1"),
    "weights": np.dtype("<f4"),
    "users": np.dtype("u1"),
    "left_first": np.dtype("<u4"),
    "left_sentences": np.dtype("<i4"),
    "right_first": np.dtype("<u4"),
    "right_sentences": np.dtype("<i4"),
}
"""The columns in the order of the bytes, and their kinds."""
