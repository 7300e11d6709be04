"""A body read piece by piece: a search that shows ten places of a long text need not read all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.errors import LibraryError, explain
from texts.search.index import MARK_EVERY

if TYPE_CHECKING:
    from texts.search.packed_vocabulary import Slices

MANY = 200
"""Whoever has asked for so many pieces is better served with the whole."""


class LazyBody:
    """Reads as the string that it stands for, as far as `texts.search` needs one."""

    # Worth its room: to read and decode 3 MB takes a fifth of the time that an exact search on the command line has.

    def __init__(
        self,
        data: Slices,
        marks: Sequence[int],
        file: str,
        explained: Callable[[sqlite3.Error | UnicodeDecodeError, str], LibraryError] = explain,
    ) -> None:
        """`data`: the body in UTF-8; `marks`: those of its index; `file`: what to name where it is damaged."""
        self._data = data
        self._starts = marks[:-1]
        self._length = marks[-1]
        self._file = file
        self._explained = explained
        self._read: dict[int, str] = {}
        self._whole: str | None = None

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: int | slice) -> str:
        """A code point, or a slice from left to right; raises LibraryError where the file is damaged."""
        if self._whole is not None:
            return self._whole[part]
        if isinstance(part, int):
            return self._piece(part // MARK_EVERY)[part % MARK_EVERY]
        start, stop, _ = part.indices(self._length)
        if start >= stop:
            return ""
        first, last = start // MARK_EVERY, (stop - 1) // MARK_EVERY
        if last - first + len(self._read) > MANY:
            return str(self)[part]
        offset = first * MARK_EVERY
        return "".join(map(self._piece, range(first, last + 1)))[start - offset : stop - offset]

    def __str__(self) -> str:
        if self._whole is None:
            self._whole = self._decoded(0, len(self._data))
        return self._whole

    def _piece(self, number: int) -> str:
        if number not in self._read:
            following = number + 1
            high = self._starts[following] if following < len(self._starts) else len(self._data)
            self._read[number] = self._decoded(self._starts[number], high)
        return self._read[number]

    def _decoded(self, low: int, high: int) -> str:
        try:
            return bytes(self._data[low:high]).decode()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._explained(error, self._file) from error
