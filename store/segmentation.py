"""How the passages of a version are kept: their spans and numbers, packed."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from zlib import crc32

from texts.model import Passage, Passages

SEGMENTATION = 5
"""Raise it when `texts.segment` or `texts.boilerplate` tell passages otherwise, or `packed` packs them otherwise:
all are then told again."""

PASSAGE_BYTES = 3 * array("I").itemsize
"""Bytes that a passage takes in `columns_of`."""


def packed(passages: Sequence[Passage]) -> bytes:
    """A check sum, then all starts, all ends, all numbers (0 on furniture), as little-endian 32-bit integers."""
    columns = columns_of(passages)
    return crc32(columns).to_bytes(4, "little") + columns


def unpacked(kept: bytes, length: int) -> Passages | None:
    """What `packed` packed, or None where it cannot be that of a body of this length."""
    check_sum, columns = kept[:4], kept[4:]
    if len(columns) % PASSAGE_BYTES or check_sum != crc32(columns).to_bytes(4, "little"):
        return None
    passages = passages_in(columns)
    return None if passages and passages[-1].span.end > length else passages


def columns_of(passages: Sequence[Passage]) -> bytes:
    """All starts, all ends, all numbers (0 on furniture), as little-endian 32-bit integers."""
    numbers = array("I", (p.span.start for p in passages))
    numbers.extend(p.span.end for p in passages)
    numbers.extend(p.number or 0 for p in passages)
    return _little_endian(numbers).tobytes()


def passages_in(columns: bytes) -> Passages:
    """Inverse of `columns_of`."""
    numbers = array("I")
    numbers.frombytes(columns)
    numbers = _little_endian(numbers)
    third = len(numbers) // 3
    return Passages(numbers[:third], numbers[third : 2 * third], numbers[2 * third :])


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers
