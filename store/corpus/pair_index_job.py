"""The job of the child process that reads a file of pairs to be listed; only `store.corpus.pair_index` has it run."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

PAIRS, ORDER = "pairs.jsonl", "order"
_TELLS = 0.2
"""Seconds between two words of how far it is."""


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Reads the pairs of a file: writes each as a line, then in which order they are listed.

    The question is JSON with `path` and `folder`; the answer `count`, `problems`, `problem` (the first) and `by`. In
    the order there are, best first and those of a group one after the other, offsets of lines and, after them all, for
    each whether it is the first of its group (1) or not (0), 64 bits each.
    """
    from store.corpus.pair_files import PairFile

    asked = json.loads(b"".join(question))
    folder, file = Path(asked["folder"]), PairFile(Path(asked["path"]))
    problems: list[str] = []
    count = 0
    said = float("-inf")

    def warn(words: str) -> None:
        nonlocal count
        count += 1
        if not problems:
            problems.append(words)

    offsets, scores, groups = array("Q"), array("d"), array("Q")
    numbers: dict[str, int] = {}

    def tell(done: int, of: int) -> None:
        nonlocal said
        if monotonic() - said > _TELLS:
            said = monotonic()
            progress(f"{done} {of} {len(offsets)}")

    at = 0
    with (folder / PAIRS).open("wb") as out:
        for pair, line in file.lines(warn, tell):
            out.write(line)
            number = len(offsets)
            groups.append(numbers.setdefault(pair.group, number) if pair.group else number)
            offsets.append(at)
            scores.append(pair.score)
            at += len(line)
    (folder / ORDER).write_bytes(_ordered(offsets, scores, groups))
    answer = {"count": len(offsets), "problems": count, "problem": "".join(problems), "by": file.by}
    reply(json.dumps(answer).encode())


def _ordered(offsets: array[int], scores: array[float], groups: array[int]) -> bytes:
    """`groups` has for each pair the number of the first of its group, its own where it is in none."""
    best = array("d", scores)
    for group, score in zip(groups, scores, strict=True):
        best[group] = max(best[group], score)
    order = sorted(range(len(offsets)), key=lambda at: (-best[groups[at]], groups[at], -scores[at], at))
    before, firsts = -1, array("Q")
    for at in order:
        firsts.append(groups[at] != before)
        before = groups[at]
    return array("Q", (offsets[at] for at in order)).tobytes() + firsts.tobytes()
