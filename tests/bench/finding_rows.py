"""Search and related passages against the prototypes, BM25 and plain rapidfuzz, each in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import Figure

_SIZES = (1_000, 5_000, 31_000)
"""Passages of each of the two texts."""


def relating(folder: Path, rounds: int) -> Iterator[Figure]:
    """Processor seconds and memory for texts of so many passages, and how they grow."""
    from tests.bench.relating import ALL_AT_ONCE, _measured, methods

    fresh = multiprocessing.get_context("spawn")
    grew: dict[int, float] = {}
    for count in _SIZES:
        found: dict[str, tuple[float, float, int, float]] = {}
        for name in methods():
            if name == "token_set" and count > ALL_AT_ONCE:
                continue
            with fresh.Pool(1) as pool:
                found[name] = pool.apply(_measured, (name, count, 1))
        _, processor, memory, first = found.pop("relate")
        grew[count] = processor
        row = f"relate {count:,} × {count:,}"
        for name, (_, theirs, their_memory, their_first) in found.items():
            most = 1.0 if name == "prototype" else None
            note = f"{processor:.1f} / {theirs:.1f} s, found first {first:.3f} / {their_first:.3f}"
            yield Figure(row, name, "processor", processor / theirs, most, note)
            yield Figure(row, name, "memory", memory / their_memory, most, f"{memory} / {their_memory} MB")
    yield Figure(
        "relate, from 5,000 to 31,000 passages", "5,000", "processor", grew[31_000] / grew[5_000], 16
    )


def meaning(folder: Path, rounds: int) -> Iterator[Figure]:
    """Relating by meaning beside the method of vecalign, on the same vectors."""
    from tests.bench.meaning import meaning as figures

    yield from figures(folder, rounds)


def searching(folder: Path, rounds: int) -> Iterator[Figure]:
    """Misspelt queries in the program, against the prototype where it is there."""
    from tests.bench.searching import figures

    yield from figures(40 * rounds)


def commands(folder: Path, rounds: int) -> Iterator[Figure]:
    """`tui search` and `tui --help` as programs."""
    from tests.bench.command_line import figures

    yield from figures(3 * rounds)
