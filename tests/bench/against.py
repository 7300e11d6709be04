"""The same rows measured on an earlier commit, beside the present one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from tests.bench.table import Figure

ROOT = Path(__file__).resolve().parents[2]

Measured: TypeAlias = Mapping[tuple[str, str, str], float | None]
"""What was measured, by row, base and what."""


def measured_at(commit: str, rows: Sequence[str], rounds: int, folder: Path) -> Measured:
    """The rows of the present benchmark, run on the program of a commit; raises SystemExit where there is none.

    It is put into a folder of its own, with the present `tests/bench`. Rows that it cannot run are missing.
    """
    number = _git("rev-parse", "--verify", "--short", f"{commit}^{{commit}}").decode().strip()
    tree = folder / f"at-{number}"
    if not tree.exists():
        tree.mkdir()
        archive = _git("archive", number)
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive, check=True)
    for folder_of_tests in ("bench", "support"):  # what makes libraries stays as that program has it
        own = tree / "tests" / folder_of_tests
        if folder_of_tests == "bench" or not own.exists():
            shutil.rmtree(own, ignore_errors=True)
            shutil.copytree(ROOT / "tests" / folder_of_tests, own)
    found: dict[tuple[str, str, str], float | None] = {}
    for row in rows:
        written = tree / f"{row}.json"
        written.unlink(missing_ok=True)
        line = [sys.executable, "-m", "tests.bench", row, "--rounds", str(rounds)]
        line += ["--folder", str(tree / "made"), "--json", str(written)]
        subprocess.run(line, cwd=tree, stdout=subprocess.DEVNULL, check=False)
        if written.exists():
            for each in json.loads(written.read_text("utf-8"))["figures"]:
                found[each["row"], each["base"], each["what"]] = each["measured"]
        else:
            print(f"{row} cannot be measured at {number}", file=sys.stderr)
    return found


def beside(figure: Figure, earlier: Measured) -> str:
    """What an earlier commit took, to be put behind the line of a figure."""
    known = earlier.get((figure.row, figure.base, figure.what))
    return "  was –" if known is None else f"  was {known:.2f}"


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"git {' '.join(arguments)} failed")
    return done.stdout
