"""How fast passages are related: two long texts beside bm25s, two processors beside one, and a corpus by its size."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.table import Figure

_PASSAGES = (5_000, 31_000)
"""Passages of each of two long texts."""
_SHARED_BY_TWO = 5_000
_CORPORA = (20_000, 200_000)
_WALL, _MEMORY, _GROWTH = 60, 2_000, 1.3
"""Seconds and megabytes for the larger corpus, and the exponent by which processor time may grow."""
_SEED = 1


class Ranked(NamedTuple):
    """What ranking the passages of either text for each passage of the other took."""

    wall: float
    processor: float
    first: float
    """The share of passages whose counterpart comes first."""


def beside_bm25s(folder: Path, rounds: int) -> Iterator[Figure]:
    """Two texts of made-up words, of which a third is replaced: for each passage the best of the other text."""
    for count in _PASSAGES:
        turns = max(1, min(rounds, 3 if count < max(_PASSAGES) else 1))
        ours, theirs = [], []
        for _ in range(turns):
            ours.append(_apart(_by_program, count))
            theirs.append(_apart(_by_bm25s, count))
        row = f"relate {count:,} × {count:,}"
        if None in theirs:
            yield Figure(row, "bm25s", "processor", None, 1.0, "bm25s is not installed")
            continue
        processor, their_processor = (min(each.processor for each in those) for those in (ours, theirs))
        first, their_first = (min(each.first for each in those) for those in (ours, theirs))
        note = f"{processor:.1f} / {their_processor:.1f} s, found first {first:.3f} / {their_first:.3f}"
        yield Figure(row, "bm25s, 1 thread", "processor", processor / their_processor, 1.0, note)
        yield Figure(row, "", "missed, ‰", 1000 * (1 - first), 1.0)


def two_processors(folder: Path, rounds: int) -> Iterator[Figure]:
    """The same two texts on one processor and on two, in turns; wall, so that it wants a machine that is not busy."""
    row = f"relate {_SHARED_BY_TWO:,} × {_SHARED_BY_TWO:,}, two processors"
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        yield Figure(row, "one", "wall", None, 0.6)
        return
    found: dict[int, list[Ranked]] = {1: [], 2: []}
    for _ in range(max(2, rounds)):
        for processors, those in found.items():
            those.append(_apart(_by_program, _SHARED_BY_TWO, processors))
    one, two = ([each.wall for each in found[k]] for k in (1, 2))
    work = median(each.processor for each in found[2]) / median(each.processor for each in found[1])
    yield Figure(row, "one", "wall", median(two) / median(one), 0.6, f"{work:.2f} of its processor time")


def corpora(folder: Path, rounds: int) -> Iterator[Figure]:
    """`tui corpus relate` on texts that quote each other, once for each size: making the larger one takes minutes."""
    took = {}
    for count in _CORPORA:
        run = took[count] = _relate_corpus(folder, count)
        large = count == max(_CORPORA)
        row = f"tui corpus relate, {count:,} passages"
        yield Figure(row, "", "wall, s", run.wall, _WALL if large else None)
        yield Figure(row, "", "processor, s", run.processor)
        yield Figure(row, "", "memory, MB", run.memory, _MEMORY if large else None, "of its largest process")
        yield Figure(row, "planted", "found", run.found, note=f"{run.pairs:,} pairs")
    few, many = _CORPORA
    growth = math.log(took[many].processor / took[few].processor) / math.log(many / few)
    yield Figure(f"from {few:,} to {many:,} passages", "", "exponent", growth, _GROWTH)


class CorpusTook(NamedTuple):
    """What relating a corpus took and found."""

    wall: float
    processor: float
    memory: float
    found: float
    """The share of the planted quotations that is among the pairs."""
    pairs: int


def _relate_corpus(folder: Path, count: int) -> CorpusTook:
    from tests.bench.corpus_rows import planted_corpus
    from tests.bench.large_rows import spent
    from tests.bench.planted_corpus import planted_texts

    library, name, _ = planted_corpus(folder, count)
    pairs = folder / f"{name}-pairs.jsonl"
    begun = time.perf_counter()
    took = spent(("corpus", "relate", name, "-o", str(pairs)), library)
    wall = time.perf_counter() - begun
    found = set()
    with pairs.open(encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            found.add(frozenset((pair[side]["text"], pair[side]["passage"]) for side in ("left", "right")))
    quotes = (text.quotes for text in planted_texts(count))
    wanted = [frozenset((each.source, each.place)) for each in quotes if each is not None]
    share = sum(each in found for each in wanted) / max(1, len(wanted))
    return CorpusTook(wall, took.processor, took.memory, share, len(found))


def _apart(way: Callable[..., Ranked | None], *given: int) -> Ranked | None:
    """What this function answers in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(way, given)


def _by_program(count: int, processors: int = 0) -> Ranked:
    """The program, on so many processors; 0: all."""
    if processors:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])
    from tests.bench.relating import as_text, large_texts
    from texts.relate import relate

    left, right = (as_text(side) for side in large_texts(count, _SEED))

    def rank() -> tuple[list[int], list[int]]:
        relations = relate(left, right)
        forth = [relations.for_left(k + 1, 0, 1) for k in range(count)]
        back = [relations.for_right(k + 1, 0, 1) for k in range(count)]
        return [row[0].right - 1 if row else -1 for row in forth], [
            row[0].left - 1 if row else -1 for row in back
        ]

    return _measured(rank)


def _by_bm25s(count: int) -> Ranked | None:
    """bm25s (Lù 2024) in one thread, its own words, an index of either text."""
    try:
        import bm25s
    except ImportError:
        return None
    from tests.bench.relating import large_texts

    sides = large_texts(count, _SEED)

    def rank() -> tuple[list[int], list[int]]:
        words = [bm25s.tokenize(side, show_progress=False) for side in sides]
        ranks = []
        for asked, searched in (words, words[::-1]):
            index = bm25s.BM25()
            index.index(searched, show_progress=False)
            best, _ = index.retrieve(asked, k=1, show_progress=False, n_threads=1)
            ranks.append(best[:, 0].tolist())
        return ranks[0], ranks[1]

    return _measured(rank)


def _measured(rank: Callable[[], tuple[Sequence[int], Sequence[int]]]) -> Ranked:
    wall, processor = time.perf_counter(), time.process_time()
    ranks = rank()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    hits = [best == k for way in ranks for k, best in enumerate(way)]
    return Ranked(wall, processor, sum(hits) / max(1, len(hits)))
