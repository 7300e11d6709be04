"""What relating a corpus on Spark costs beside one machine: processor, wall and the memory of the workers.

All processes of a program are counted, as `/proc` tells of them four times a second: what a process does after it was
last seen is missing. Java and Spark are told apart by a session whose only job is an empty one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.command_line import command, surroundings
from tests.bench.corpus_rows import planted_corpus
from tests.bench.table import Figure

PASSAGES = 20_000
_LARGE = 200_000
_MOST = 1.5
"""Times what one machine takes, beyond the start, for so many passages."""
_LOOK = 0.25
MASTERS = ("local[1]", "local[2]")
_EMPTY = """
import sys
from pathlib import Path
from store.corpus.spark import spark_session

def nothing(batches):
    import numpy
    yield from batches

with spark_session.session(sys.argv[1], Path(sys.argv[2])) as session:
    session.range(1).mapInArrow(nothing, "id long").toArrow()
"""


class AllSpent(NamedTuple):
    """What a program and all that it starts took."""

    wall: float
    processor: float
    """Seconds."""
    workers: float
    """MB of the Python workers of Spark and of what forks them, together at the most; shared pages count for each."""
    processes: int
    """How many of these there were in all."""


def on_spark(
    folder: Path, rounds: int, passages: int = PASSAGES, masters: Sequence[str] = MASTERS
) -> Iterator[Figure]:
    """`tui corpus relate` on one machine and on Spark, once for each master, whatever `rounds` says."""
    library, name, _ = planted_corpus(folder, passages)
    around = surroundings(library)
    outs = {master: folder / f"{name}-{number}.jsonl" for number, master in enumerate(("", *masters))}
    row = f"relate {passages:,}"
    one = _all_spent(command(("corpus", "relate", name, "-o", str(outs[""]))), around)
    yield Figure(f"{row}, one machine", "", "wall, s", one.wall)
    yield Figure(f"{row}, one machine", "", "processor, s", one.processor)
    for master in masters:
        with tempfile.TemporaryDirectory() as scratch:
            start = _all_spent([sys.executable, "-c", _EMPTY, master, scratch], around)
        asked = ("corpus", "relate", name, "--spark", master, "-o", str(outs[master]))
        took = _all_spent(command(asked), around)
        most = _MOST if master == masters[-1] and passages >= _LARGE else None
        for what, all_, its_start, base in (
            ("wall", took.wall, start.wall, one.wall),
            ("processor", took.processor, start.processor, one.processor),
        ):
            note = f"{all_:.0f} s, of that to start {its_start:.0f}"
            yield Figure(f"{row}, {master}", "one machine", what, (all_ - its_start) / base, most, note)
        yield Figure(
            f"{row}, {master}", "", "memory, MB", took.workers, note=f"of {took.processes} Python processes"
        )
        if outs[master].read_bytes() != outs[""].read_bytes():
            raise SystemExit(f"{master} has found other pairs")


def _all_spent(program: Sequence[str], environment: Mapping[str, str]) -> AllSpent:
    """Runs a program in a session of its own; raises SystemExit where it fails."""
    begun, processor, workers, most = time.perf_counter(), dict[int, float](), set[int](), 0.0
    running = subprocess.Popen(
        program,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while running.poll() is None:
        memory = 0.0
        for number, seconds, megabytes, is_worker in _seen(running.pid):
            processor[number] = seconds
            if is_worker:
                workers.add(number)
                memory += megabytes
        most = max(most, memory)
        time.sleep(_LOOK)
    if running.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(program)[:200]} failed")
    return AllSpent(time.perf_counter() - begun, sum(processor.values()), most, len(workers))


def _seen(session: int) -> Iterator[tuple[int, float, float, bool]]:
    """The processes of a session: number, seconds of processor, MB, and whether it is a Python worker of Spark."""
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for each in Path("/proc").iterdir():
        if not each.name.isdigit():
            continue
        try:
            fields = (each / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            is_worker = b"pyspark.daemon" in (each / "cmdline").read_bytes()
        except OSError:
            continue
        yield (
            int(each.name),
            (int(fields[11]) + int(fields[12])) / tick,
            int(fields[21]) * page / 1e6,
            is_worker,
        )


__all__ = ["MASTERS", "PASSAGES", "on_spark"]
