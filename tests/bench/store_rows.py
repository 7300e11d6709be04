"""What the library itself takes: opening a large one, a durable highlight, undo, and taking the record out."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from store.library import Library
from store.services.exports import export
from tests.bench.corpus import write
from tests.bench.table import Figure
from tests.bench.terminal import percentile
from texts.load import load
from texts.model import Span

_HIGHLIGHTS = 100_000
_TAGS = ("actor/maliki", "claim", "place", "question")


def store(folder: Path, rounds: int) -> Iterator[Figure]:
    """Milliseconds on a library of 100,000 highlights."""
    path = _large_library(folder)
    opened = [_milliseconds(lambda: Library.open(path, reader="bench").close()) for _ in range(4 * rounds)]
    yield Figure("open a library of 100,000 highlights", "", "p50, ms", percentile(opened, 50))
    with Library.open(path, reader="bench") as library:
        marked = [
            _milliseconds(lambda at=at: library.highlights.mark("long", Span(at, at + 20), tags=("claim",)))
            for at in range(1000, 1000 + 40 * rounds)
        ]
        undone = [_milliseconds(library.journal.undo) for _ in range(40 * rounds)]
        read = _milliseconds(lambda: library.highlights.outlines("long"))
        written = _milliseconds(lambda: export(library, io.StringIO()))
    for name, times in (("a durable highlight, 100,000 there", marked), ("undo, 100,000 there", undone)):
        yield Figure(name, "", "p50, ms", percentile(times, 50), note=f"p95 {percentile(times, 95):.1f} ms")
    yield Figure("outlines of 100,000 highlights", "", "ms", read)
    yield Figure("export 100,000 highlights to CSV", "", "s", written / 1000)


def _large_library(folder: Path) -> Path:
    """A library with one long text and its highlights, made once."""
    path = folder / "store.db"
    if not path.exists():
        chance = Random(5)
        with Library.open(path, reader="bench") as library, library.act("made a library to measure on"):
            text = library.texts.add(load(write(folder, "long")["long"]))[0]
            for number in range(_HIGHLIGHTS):
                start = chance.randrange(len(text.body) - 100)
                span = Span(start, start + chance.randint(8, 90))
                library.highlights.mark(text.slug, span, tags=(_TAGS[number % len(_TAGS)],))
    return path


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
