"""A file of pairs laid out to be listed: best first, read line by line as lines come into view.

The file is read once, in a process of its own, and written as lines into a folder for the time being, so that a million
pairs, packed or not, ours or not, can be gone through without being held.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

from store.corpus.pair_index_job import ORDER, PAIRS
from store.errors import LibraryError
from texts.child.runner import MEGABYTE, ChildError, Limits, OutOfMemoryError, answer_of
from texts.corpus.pairs import Pair, pair_of
from texts.visible import one_line

_MOST_MEMORY = 2_000 * MEGABYTE
_HELD = 1000
"""Pairs that were read and are kept at hand."""


class Reading(NamedTuple):
    """How far a file has been read."""

    done: int
    """Bytes."""
    of: int
    pairs: int


class PairIndex:
    """The pairs of a file, best first. Close it: what was written for the time being goes."""

    def __init__(self, path: Path, folder: TemporaryDirectory[str], answer: bytes) -> None:
        told = json.loads(answer)
        self.path = path
        self.by = str(told["by"])
        """The program that found the pairs; empty for ours."""
        self.problems = int(told["problems"])
        """Records that are no pairs."""
        self.problem = str(told["problem"])
        """What is wrong with the first of them."""
        self._folder = folder
        order = array("Q", (Path(folder.name) / ORDER).read_bytes())
        self._offsets, firsts = order[: len(order) // 2], order[len(order) // 2 :]
        self._firsts = array("Q", (at for at, is_first in enumerate(firsts) if is_first))
        self._lines: BinaryIO = (Path(folder.name) / PAIRS).open("rb")
        self._pairs: dict[int, Pair] = {}
        if os.name == "posix":  # the file lasts as long as it is open, however the program ends
            folder.cleanup()

    def __len__(self) -> int:
        return len(self._offsets)

    @property
    def firsts(self) -> Sequence[int]:
        """Places of pairs that stand for their groups, and of those that belong to none."""
        return self._firsts

    def pair(self, place: int) -> Pair:
        """The pair at a place."""
        if place not in self._pairs:
            if len(self._pairs) >= _HELD:
                self._pairs.clear()
            self._pairs[place] = self._read(place)
        return self._pairs[place]

    def pairs(self, places: Sequence[int]) -> Iterator[Pair]:
        """Pairs to be gone through once."""
        return map(self._read, places)

    def _read(self, place: int) -> Pair:
        self._lines.seek(self._offsets[place])
        return pair_of(self._lines.readline())

    def close(self) -> None:
        """Forgets the pairs."""
        self._lines.close()
        self._folder.cleanup()


def read_pairs(
    path: Path, *, progress: Callable[[Reading], None] | None = None, tick: Callable[[], None] | None = None
) -> PairIndex:
    """Reads a file of pairs; not for the thread of a screen. `tick` is called often and may raise to end it.

    Raises LibraryError, in one line.
    """

    def told(words: str) -> None:
        if progress is not None:
            progress(Reading(*map(int, words.split())))

    folder = TemporaryDirectory(prefix="tui-pairs-", ignore_cleanup_errors=True)
    question = json.dumps({"path": str(path.absolute()), "folder": folder.name}).encode()
    try:
        answer = answer_of(
            "store.corpus.pair_index_job:run",
            (question,),
            Limits(memory=_MOST_MEMORY),
            progress=told,
            tick=tick,
        )
        return PairIndex(path, folder, answer)
    except ChildError as error:
        folder.cleanup()
        raise LibraryError(_refusal(path, error)) from error
    except OSError as error:
        folder.cleanup()
        raise LibraryError(f"{path} cannot be listed: {error.strerror or error}") from error
    except BaseException:  # the reader no longer wants it
        folder.cleanup()
        raise


def _refusal(path: Path, error: ChildError) -> str:
    if error.kind == LibraryError.__name__:
        return str(error)
    if isinstance(error, OutOfMemoryError):
        return f"reading {path} wants more than {_MOST_MEMORY // MEGABYTE:,} MB of memory: split it"
    why = one_line(str(error)[:200]) if error.kind else "its reader ended"
    return f"{path} cannot be listed: {why}"
