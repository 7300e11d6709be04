"""What a command costs beside what no command can do without.

    python tests/bench/command_line.py [--rounds 15] [--words 600000]

`tui search`, exact and fuzzy, on a library with one long text is held against a Python that imports sqlite3 and
rapidfuzz; `tui --help` against a Python that does nothing. Subject and base take turns; medians are compared. Where
valgrind is installed, instructions are counted as well (cachegrind's Ir), which repeat to a hundredth.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import instructions  # noqa: E402
from tests.bench.corpus import LONG, Writer  # noqa: E402
from tests.bench.table import HEADS, Figure, line, ratio  # noqa: E402

_CALL = "import sys; from tui.cli import main; sys.exit(main())"


class Row(NamedTuple):
    """A command, what it is held against, and how many times as much it may take."""

    name: str
    arguments: tuple[str, ...]
    base: str
    most_time: float
    most_instructions: float | None


BASES: Mapping[str, str] = {"bare": "pass", "floor": "import sqlite3, rapidfuzz.fuzz"}
"""Programs to hold a command against."""


def rows(word: str) -> tuple[Row, ...]:
    """The rows of the table, for a word that the text has."""
    misspelt = word[:-2] + word[-1] + word[-2]
    return (
        Row("tui --help", ("--help",), "bare", 5.0, None),
        Row("tui search, exact", ("search", "--exact", word, "--limit", "10"), "floor", 1.4, 1.7),
        Row("tui search, fuzzy", ("search", misspelt, "--limit", "10"), "floor", 2.0, 2.2),
    )


def a_word(body: str) -> str:
    """A word of eight letters that is neither frequent nor rare."""
    found = re.findall(r"\b[a-z]{8}\b", body)
    return sorted(set(found), key=lambda word: (-found.count(word), word))[200] if found else "sentence"


def command(arguments: Sequence[str]) -> list[str]:
    """The command line that runs `tui`: the installed command where there is one beside this Python."""
    installed = shutil.which("tui", path=str(Path(sys.executable).parent))
    return [installed, *arguments] if installed else [sys.executable, "-c", _CALL, *arguments]


def surroundings(library: Path) -> dict[str, str]:
    """The environment of an installed program: modules compiled once, into a folder beside the library."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    compiled = str(library.with_name("compiled"))
    return {**kept, "TUI_LIBRARY": str(library), "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}


def seconds(line: Sequence[str], environment: Mapping[str, str]) -> float:
    """How long a program takes, from its start to its end."""
    start = time.perf_counter()
    done = subprocess.run(
        line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    spent = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(line)} failed: {done.stderr.decode().strip()}")
    return spent


def measure(library: Path, word: str, rounds: int) -> Iterator[Figure]:
    """For each row the ratios of time, and of instructions where they are counted."""
    environment = surroundings(library)
    lines = {name: [sys.executable, "-c", code] for name, code in BASES.items()}
    table = rows(word)
    lines |= {row.name: command(row.arguments) for row in table}
    times: dict[str, list[float]] = {name: [] for name in lines}
    for number in range(rounds + 1):
        for name, program in lines.items():
            spent = seconds(program, environment)
            if number:  # the first round fills the caches of files
                times[name].append(spent)
    counts = {name: instructions.of_command(program, environment) for name, program in lines.items()}
    for row in table:
        note = f"{1000 * statistics.median(times[row.name]):.0f} ms"
        yield Figure(row.name, row.base, "wall", ratio(times[row.name], times[row.base]), row.most_time, note)
        ours, base = counts[row.name], counts[row.base]
        if row.most_instructions is not None:
            counted = ours / base if ours and base else None
            yield Figure(row.name, row.base, "Ir", counted, row.most_instructions)


def figures(rounds: int, words: int = LONG) -> Iterator[Figure]:
    """As `measure`, on a library that is made for it."""
    with tempfile.TemporaryDirectory() as folder:
        text, library = Path(folder, "long.txt"), Path(folder, "library.db")
        body = "\n\n".join(Writer().paragraphs(words))
        text.write_text(body, encoding="utf-8")
        environment = surroundings(library)
        word = a_word(body[:2_000_000])
        seconds(command(("add", str(text))), environment)
        seconds(command(("search", word)), environment)  # makes the index, if adding has not
        yield from measure(library, word, rounds)


def main() -> int:
    """Prints the table; 1 where a row takes more than it may."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--words", type=int, default=LONG)
    given = options.parse_args()
    print(*HEADS, sep="\n")
    missed = False
    for figure in figures(given.rounds, given.words):
        print(line(figure), flush=True)
        missed |= figure.verdict == "MISSED"
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
