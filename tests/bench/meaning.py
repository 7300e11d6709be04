"""Relating by meaning beside the method of vecalign in numpy, on the same vectors and in the same run.

    python -m tests.bench meaning

Two versions of John 1–4 from the `shared` folder beside the repository (`finding/languages`), whole and, for one
rendered by two, with a fifth of the neighbours of either side joined and a tenth of the right side taken out. Needs the
extra `[meaning]`.
"""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from tests.bench.table import Figure
from texts.meaning import model_version
from texts.meaning.across import relate_by_meaning
from texts.meaning.beads import beads
from texts.meaning.embedding import embed
from texts.meaning.pieces import pieces_of
from texts.meaning.vectors import TextVectors, unit
from texts.model import Passage, Span, Text
from texts.relate.sparse import Floats

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "finding" / "languages"
_SETS = ("across_kjv_luther1912", "across_kjv_synodal")
_SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))
_SAMPLES = 100
_GAP_PERCENTILES = (2, 10, 20)
"""What a gap costs, as a percentile of the costs of random pairs: the best one is held against ours."""

T = TypeVar("T")
Shape = tuple[tuple[int, int], tuple[int, int]]
"""Half-open ranges of passages on either side that say the same."""


class Verses(NamedTuple):
    """Two texts and which passages of them say the same."""

    left: list[str]
    right: list[str]
    gold: frozenset[Shape]


def meaning(folder: Path, rounds: int) -> Iterator[Figure]:
    """Processor seconds and memory of relating by meaning, and of finding one rendered by two."""
    if not model_version() or not _SHARED.is_dir():
        yield Figure("relate by meaning", "", "processor", None, note="needs [meaning] and ../shared")
        return
    for name in _SETS:
        left, right = _read(name)
        yield from _figures(name.removeprefix("across_"), left, right, rounds)


def _figures(name: str, left: list[str], right: list[str], rounds: int) -> Iterator[Figure]:
    whole = _text("left", left), _text("right", right)
    joined = _joined(left, right, random.Random(1))
    parts = _text("left", joined.left), _text("right", joined.right)
    pieces = [piece for text in (*whole, *parts) for piece in pieces_of(text)]
    words = list(dict.fromkeys(piece.words for piece in pieces))
    began = time.perf_counter()
    made = dict(embed(words))
    row = f"meaning, {name}"
    yield Figure(row, "", "wall/verse", (time.perf_counter() - began) / len(words) * 1000, note="ms, vectors")
    vectors = {piece.key: made[piece.words] for piece in pieces}
    one, other = (_vectors(text, vectors) for text in parts)
    related = _measured(lambda: relate_by_meaning(*whole, vectors), rounds)
    ours = _measured(lambda: beads(one, other, *_levels(one, other)), rounds)
    theirs = min(
        (_measured(lambda gap=gap: vecalign(one, other, gap), rounds) for gap in _GAP_PERCENTILES),
        key=lambda tried: -_f1(tried.found, joined.gold),
    )
    found = {(bead.left, bead.right) for bead in ours.found}
    note = f"{ours.seconds:.3f} / {theirs.seconds:.3f} s; F1 {_f1(found, joined.gold):.3f} / "
    note += f"{_f1(theirs.found, joined.gold):.3f}"
    yield Figure(row, "vecalign", "processor", ours.seconds / theirs.seconds, note=note)
    note = f"{ours.memory / 1e6:.1f} / {theirs.memory / 1e6:.1f} MB"
    yield Figure(row, "vecalign", "memory", ours.memory / theirs.memory, note=note)
    note = f"{related.seconds:.2f} / {theirs.seconds:.3f} s: words, order, claims, sentences and beads"
    yield Figure(f"{row}, all of it", "vecalign", "processor", related.seconds / theirs.seconds, note=note)
    note = f"{related.memory / 1e6:.1f} / {theirs.memory / 1e6:.1f} MB"
    yield Figure(f"{row}, all of it", "vecalign", "memory", related.memory / theirs.memory, note=note)


class Measured(NamedTuple):
    """What was found, in how many processor seconds at best, and the most memory that it took, in bytes."""

    found: object
    seconds: float
    memory: int


def _measured(work: Callable[[], T], rounds: int) -> Measured:
    times = []
    for _ in range(max(1, rounds)):
        began = time.process_time()
        found = work()
        times.append(time.process_time() - began)
    tracemalloc.start()
    work()
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Measured(found, min(times), memory)


def vecalign(left: Floats, right: Floats, gap_percentile: float) -> set[Shape]:
    """The beads by the costs of Thompson and Koehn (2019), in a full dynamic programme along anti-diagonals.

    What stands together is the sum of its vectors, as in ours; they encode it anew. Their approximation in linear time
    is left out: at this size it would change nothing.
    """
    rng = np.random.default_rng(0)
    sums = [[rows, unit(rows[:-1] + rows[1:])] for rows in (left, right)]
    drawn = [side[0][rng.integers(0, len(side[0]), _SAMPLES)] for side in sums]
    costs = {}
    for a, b in _SHAPES:
        one, other = sums[0][a - 1], sums[1][b - 1]
        norm = (1 - one @ drawn[1].T).mean(1)[:, None] + (1 - other @ drawn[0].T).mean(1)[None, :]
        costs[a, b] = (1 - one @ other.T) * a * b / norm
    gap = float(np.percentile(costs[1, 1], gap_percentile))
    rows, columns = len(left), len(right)
    best = np.full((rows + 1, columns + 1), np.inf, np.float32)
    came = np.zeros((rows + 1, columns + 1), np.int8)
    best[0, 0] = 0
    moves = ((1, 0), (0, 1), *_SHAPES)
    for diagonal in range(1, rows + columns + 1):
        i = np.arange(max(0, diagonal - columns), min(rows, diagonal) + 1)
        j = diagonal - i
        for number, (a, b) in enumerate(moves):
            fits = (i >= a) & (j >= b)
            to = i[fits], j[fits]
            before = to[0] - a, to[1] - b
            total = best[before] + (costs[a, b][before] if a and b else gap)
            better = total < best[to]
            best[to[0][better], to[1][better]] = total[better]
            came[to[0][better], to[1][better]] = number
    found: set[Shape] = set()
    i, j = rows, columns
    while i or j:
        a, b = moves[came[i, j]]
        if a and b:
            found.add(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return found


def _levels(left: Floats, right: Floats) -> tuple[float, float, list[tuple[int, int]]]:
    """Gap, typical cosine and sure pairs, nearly as relating finds them: by the nearest ten, and pairs that are
    each other's best and much nearer than that."""
    alike = left @ right.T
    around = [np.sort(each, 1)[:, -10:].mean() for each in (alike, alike.T)]
    forth, back = alike.argmax(1), alike.argmax(0)
    mutual = np.flatnonzero(back[forth] == np.arange(len(forth)))
    level = float(np.mean(around))
    sure = [(int(i), int(forth[i])) for i in mutual if alike[i, forth[i]] > 1.5 * level]
    return 0.75 * level, float(alike[mutual, forth[mutual]].mean()), sure


def _f1(found: object, gold: frozenset[Shape]) -> float:
    assert isinstance(found, set)
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def _read(name: str) -> tuple[list[str], list[str]]:
    (part,) = json.loads((_SHARED / f"{name}.json").read_text("utf-8"))["parts"]
    left, right = ([" ".join(verse.split()) for verse in part[side]] for side in "AB")
    return left, right


def _text(slug: str, verses: Sequence[str]) -> Text:
    spans, at = [], 0
    for verse in verses:
        spans.append(Span(at, at + len(verse)))
        at += len(verse) + 2
    passages = tuple(Passage(span, number) for number, span in enumerate(spans, 1))
    return Text(slug, slug, "", "", "\n\n".join(verses), passages)


def _vectors(text: Text, vectors: dict[bytes, bytes]) -> Floats:
    return TextVectors.of(pieces_of(text), len(text.numbered), vectors).passages


def _joined(left: list[str], right: list[str], rng: random.Random) -> Verses:
    """The verses with some neighbours of either side made one passage, and some of the right side taken out."""
    sides: tuple[list[str], list[str]] = ([], [])
    gold: list[Shape] = []
    at = 0
    while at < len(left):
        turn = rng.random()
        many = (2, 1) if turn < 0.2 else (1, 2) if turn < 0.4 else (1, 1)
        taken = max(many)
        if at + taken > len(left):
            many, taken = (1, 1), 1
        places = []
        for side, verses, count in zip(sides, (left, right), many, strict=True):
            own = verses[at : at + taken]
            own = own if count == taken else [" ".join(own)]
            places.append((len(side), len(side) + len(own)))
            side.extend(own)
        if rng.random() < 0.1:
            del sides[1][places[1][0] :]
        else:
            gold.append((places[0], places[1]))
        at += taken
    return Verses(*sides, frozenset(gold))
