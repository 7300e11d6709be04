"""Feeds loaders and importers what is left of good files, for a set time: `python -m tests.trust.fuzz [SECONDS]`.

It changes good files at random, the same for the same seed; with `--guided`, atheris changes them, and follows which
lines of the program each change reaches (it has to be installed: `pip install atheris`). What may come is a text or a
merge, or a refusal in one line; anything else is printed with the bytes that brought it.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from tests.trust.targets import Target, targets

SLOWEST = 30
"""Seconds that a file of some kilobytes may take."""
MOST_MEMORY = 3000
"""Megabytes that all of it may take."""
LONGEST = 60_000
"""Bytes of a file that guided fuzzing makes."""


def main() -> int:
    """Fuzzes each target in turn; 1 where something came that should not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seconds", nargs="?", type=float, default=120, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="TARGET", help="such as .docx or json")
    parser.add_argument("--guided", action="store_true", help="by atheris, which has to be installed")
    given = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as folder, targets(Path(folder)) as known:
        chosen = {name: target for name, target in known.items() if given.only in (None, name)}
        if not chosen:
            parser.error(f"there is no target {given.only}: {', '.join(known)}")
        seconds = given.seconds / len(chosen)
        for name, target in chosen.items():
            if given.guided:
                tries, failures = guided(name, target, seconds, given.seed)
            else:
                tries, failures = by_chance(target, seconds, random.Random(given.seed))
            found += failures
            print(f"{name:<28} {tries:>9,} tries  {failures} findings", flush=True)
    return int(found > 0)


def by_chance(target: Target, seconds: float, rng: random.Random) -> tuple[int, int]:
    """How often it was tried in so many seconds, and how many kinds of what should not have come did."""
    deadline = monotonic() + seconds
    kinds: set[str] = set()
    tries = 0
    for data in mutations(target.good, rng):
        tries += 1
        try:
            target.feed(data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} in {place.filename}:{place.lineno}"
            if kind not in kinds:
                kinds.add(kind)
                kept = Path(tempfile.gettempdir()) / f"tui-fuzz-{abs(hash(kind)):x}"
                kept.write_bytes(data)
                print(f"{kind}: {error!s:.200} ({kept})", file=sys.stderr)
        if monotonic() > deadline:
            break
    return tries, len(kinds)


def mutations(good: bytes, rng: random.Random) -> Iterator[bytes]:
    """The file changed here and there: bytes flipped, stretches cut, doubled or moved, numbers made huge."""
    telling = (
        b'"',
        b",",
        b"\r\n",
        b"{",
        b"[",
        b"<",
        b"&",
        b"-1",
        b"9" * 11,
        b"null",
        b"\0",
        b"\xff",
        b"\x1b",
    )
    while True:
        data = bytearray(good)
        for _ in range(rng.randint(1, 8)):
            at, length = rng.randrange(len(data) + 1), rng.choice((1, 2, 8, 200))
            deed = rng.randrange(4)
            if deed == 0 and data:
                data[at % len(data)] ^= 1 << rng.randrange(8)
            elif deed == 1:
                del data[at : at + length]
            elif deed == 2:
                data[at:at] = rng.choice(telling)
            else:
                data[at:at] = data[(start := rng.randrange(len(data) + 1)) : start + length]
        yield bytes(data)


def guided(name: str, target: Target, seconds: float, seed: int) -> tuple[int, int]:
    """The same by atheris, in a process of its own: it ends that process, at the first finding too."""
    with tempfile.TemporaryDirectory() as corpus:
        Path(corpus, "good").write_bytes(target.good)
        kept = Path(tempfile.gettempdir()) / "tui-fuzz-"
        options = {
            "max_total_time": max(1, round(seconds)),
            "timeout": SLOWEST,
            "rss_limit_mb": MOST_MEMORY,
            "max_len": LONGEST,
            "seed": seed,
            "artifact_prefix": kept,
            "print_final_stats": 1,
        }
        command = [sys.executable, "-m", "tests.trust.guided", name, corpus]
        given = [f"-{option}={value}" for option, value in options.items()]
        ran = subprocess.run(
            [*command, *given], capture_output=True, text=True, errors="replace", check=False
        )
    if ran.returncode:
        print(ran.stderr[-3000:], file=sys.stderr)
    tries = re.search(r"number_of_executed_units: (\d+)", ran.stderr)
    return int(tries[1]) if tries else 0, int(ran.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
