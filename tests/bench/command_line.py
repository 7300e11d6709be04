"""What a command costs beside what no command can do without.

    python tests/bench/command_line.py [--rounds 15] [--words 600000] [--json FILE]

`tui search`, exact and fuzzy, on a library with one long text is held against a Python that imports sqlite3 and
rapidfuzz; `tui --help` against a Python that does nothing. Subject and base take turns; medians are compared. Where
valgrind is installed, instructions are counted as well (cachegrind's Ir), which repeat to a hundredth.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus import LONG, Writer

ROOT = Path(__file__).resolve().parents[2]
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


def instructions(line: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """How many instructions it takes, by cachegrind; None without valgrind."""
    if shutil.which("valgrind") is None:
        return None
    # A script is run by an interpreter that valgrind would not follow.
    program = [sys.executable, *line] if line[0] != sys.executable else line
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            [
                "valgrind",
                "--tool=cachegrind",
                "--cache-sim=no",
                f"--cachegrind-out-file={out.name}",
                *program,
            ],
            env={**environment, "PYTHONHASHSEED": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
    counted = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    return int(counted[1].replace(",", "")) if counted else None


def measure(library: Path, word: str, rounds: int) -> list[dict[str, object]]:
    """The table: for each row the ratios that were measured and those that are allowed."""
    environment = surroundings(library)
    lines = {name: [sys.executable, "-c", code] for name, code in BASES.items()}
    table = rows(word)
    lines |= {row.name: command(row.arguments) for row in table}
    times: dict[str, list[float]] = {name: [] for name in lines}
    for number in range(rounds + 1):
        for name, line in lines.items():
            spent = seconds(line, environment)
            if number:  # the first round fills the caches of files
                times[name].append(spent)
    counts = {name: instructions(line, environment) for name, line in lines.items()}
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    return [
        {
            "row": row.name,
            "base": row.base,
            "time": round(medians[row.name] / medians[row.base], 2),
            "most_time": row.most_time,
            "instructions": _ratio(counts[row.name], counts[row.base]),
            "most_instructions": row.most_instructions,
        }
        for row in table
    ]


def _ratio(count: int | None, base: int | None) -> float | None:
    return round(count / base, 2) if count and base else None


def main() -> int:
    """Prints the table; 1 where a row takes more than it may."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--words", type=int, default=LONG)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text, library = Path(folder, "long.txt"), Path(folder, "library.db")
        body = "\n\n".join(Writer().paragraphs(given.words))
        text.write_text(body, encoding="utf-8")
        environment = surroundings(library)
        word = a_word(body[:2_000_000])
        seconds(command(("add", str(text))), environment)
        seconds(command(("search", word)), environment)  # makes the index, if adding has not
        table = measure(library, word, given.rounds)
    print(f"{'command':20} {'base':6} {'time':>6} {'≤':>5} {'Ir':>6} {'≤':>5}")
    for row in table:
        print(
            f"{row['row']:20} {row['base']:6} {row['time']:>6} {row['most_time']:>5} "
            f"{row['instructions'] or '–':>6} {row['most_instructions'] or '–':>5}"
        )
    if given.json:
        given.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return int(any(_misses(row) for row in table))


def _misses(row: Mapping[str, object]) -> bool:
    pairs = ((row["time"], row["most_time"]), (row["instructions"], row["most_instructions"]))
    return any(isinstance(a, float) and isinstance(b, float) and a > b for a, b in pairs)


if __name__ == "__main__":
    sys.exit(main())
