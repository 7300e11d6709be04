"""How the passages of a version are kept: their spans and numbers, packed."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from zlib import crc32

from texts.model import Passage, Passages

SEGMENTATION = 4
"""Raise it when `texts.segment` or `texts.boilerplate` tell passages otherwise, or `packed` packs them otherwise:
all are then told again."""


def packed(passages: Sequence[Passage]) -> bytes:
    """A check sum, then all starts, all ends, all numbers (0 on furniture), as little-endian 32-bit integers."""
    numbers = array("I", (p.span.start for p in passages))
    numbers.extend(p.span.end for p in passages)
    numbers.extend(p.number or 0 for p in passages)
    columns = _little_endian(numbers).tobytes()
    return crc32(columns).to_bytes(4, "little") + columns


def unpacked(kept: bytes, length: int) -> Passages | None:
    """What `packed` packed, or None where it cannot be that of a body of this length."""
    check_sum, columns = kept[:4], kept[4:]
    numbers = array("I")
    if len(columns) % (3 * numbers.itemsize) or check_sum != crc32(columns).to_bytes(4, "little"):
        return None
    numbers.frombytes(columns)
    third = len(numbers) // 3
    starts, ends, counted = (_little_endian(numbers)[at : at + third] for at in (0, third, 2 * third))
    if third and ends[-1] > length:
        return None
    return Passages(starts, ends, counted)


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers
