"""What large libraries cost: exports and lists, each beside something of its own size."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from store.exchange import FORMATS
from store.library import Library
from tests.bench.command_line import command, surroundings
from tests.bench.table import Figure
from tests.support.large_library import Size, make

_EXPORTED = Size(highlights=50_000, texts=10, words=20_000, tags=200, links=2_000, readers=3)
_FEW = Size(highlights=10_000, texts=20, words=5_000, tags=200, links=200, readers=3)
_MANY = Size(highlights=200_000, texts=20, words=5_000, tags=200, links=200, readers=3)
_PAGES = frozenset({"html", "text-html"})
"""Formats that hold all they write in memory."""

_LISTS = (
    ("annotations --tag", ("annotations", "--tag", "rare")),
    ("annotations --orphans", ("annotations", "--orphans", "--reader", "nobody")),
    ("links", ("links",)),
)


class Spent(NamedTuple):
    """What a program took."""

    processor: float
    """Seconds."""
    memory: float
    """MB at the most."""


_SMALL_PARENT = """
import json, os, subprocess, sys
null = subprocess.DEVNULL
program = subprocess.Popen(sys.argv[1:], stdout=null, stderr=null)
_, status, usage = os.wait4(program.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
"""Starts a program: one that is forked off a large process would be counted with the memory of that."""


def spent(arguments: Sequence[str], library: Path) -> Spent:
    """Runs `tui` on a library; raises SystemExit where it fails."""
    return spent_by(command(arguments), surroundings(library))


def spent_by(program: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Runs a program; raises SystemExit where it fails."""
    line = [sys.executable, "-I", "-S", "-c", _SMALL_PARENT, *program]
    done = subprocess.run(line, env=environment, stdout=subprocess.PIPE, check=True)
    code, processor, most = json.loads(done.stdout)
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(program)[:200]} failed")
    return Spent(processor, most / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def exports(folder: Path, rounds: int) -> Iterator[Figure]:
    """Each format of 50,000 highlights, its time held against CSV of the same round."""
    library, out = made(folder, "exported", _EXPORTED), folder / "export.out"
    found: dict[str, list[Spent]] = {name: [] for name in FORMATS}
    for _ in range(rounds):
        for name, those in found.items():
            those.append(spent(("export", "--format", name, "-o", str(out)), library))
    base = median(each.processor for each in found["csv"])
    for name, those in found.items():
        row, time_most = f"export 50,000 highlights: {name}", None if name in _PAGES else 1.5
        processor = median(each.processor for each in those)
        yield Figure(row, "csv", "processor", processor / base, time_most)
        yield Figure(row, "", "processor, s", processor)
        yield Figure(
            row, "", "memory, MB", max(each.memory for each in those), None if name in _PAGES else 80
        )


def lists(folder: Path, rounds: int) -> Iterator[Figure]:
    """Lists of the same length in a library of 200,000 highlights, held against one of 10,000."""
    few, many = made(folder, "few", _FEW), made(folder, "many", _MANY)
    for path in (few, many):
        with Library.open(path, reader="bench") as library:
            library.highlights.tag(library.highlights.ids(text="text-00001", most=50), "rare")
    for name, arguments in _LISTS:
        times: dict[Path, list[float]] = {few: [], many: []}
        for _ in range(2 * rounds):
            for path, those in times.items():
                those.append(spent(arguments, path).processor)
        yield Figure(
            f"tui {name}, 200,000 highlights",
            "10,000",
            "processor",
            median(times[many]) / median(times[few]),
            1.5,
        )
    tags = [spent(("tags", "list"), path) for path in (few, many)]
    yield Figure(
        "tui tags list, 200,000 highlights", "10,000", "processor", tags[1].processor / tags[0].processor, 3
    )


def large(folder: Path, rounds: int) -> Iterator[Figure]:
    """All of them."""
    for rows in (exports, lists):
        yield from rows(folder, rounds)


def made(folder: Path, name: str, size: Size) -> Path:
    """A library of that size, made once."""
    path = folder / f"{name}.db"
    if not path.exists():
        start = time.perf_counter()
        make(path, size)
        print(f"made {path.name} in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return path
