"""How many highlights are found again after an edit: the table of the project's bar, measured.

    python tests/bench/anchoring.py [--highlights 2500] [--seed 1] [FILE …]

Each row makes an edit of each text, places random highlights of the old version in the new one and holds every
placement against the truth, which the models in `edits.py` keep. It exits with 1 when a row misses the bar.

A highlight is **right** when it covers what is left of it: the span placed and the stretch that holds its surviving
letters share at least 60 % of what they cover together. When less than a quarter of its letters survived it is gone,
and only an orphan is right; between a quarter and a half, an orphan is right too. It is **wrong** when it was put
where less than a fifth of the letters come from it. What is neither was placed loosely, or lost from sight as an
orphan. Of a highlight that was torn apart, the largest part counts.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from pathlib import Path
from random import Random

import edits
from edits import NEW, Edit, Edited
from longtext import long_text

from texts.articles import articles
from texts.model import Span
from texts.reanchor import Placement, Quoted, State, reanchor_quotes

SHARED = Path(__file__).resolve().parents[3] / "shared"
CONTEXT = 32

GONE, HALF = 0.25, 0.5
"""Shares of a highlight's letters: with less left than the first it is gone, than the second an orphan will do."""
COVERED = 0.6
"""Share of truth and placement together that must be common to both."""
STRANGE = 0.2
"""Share of a placement that must come from the highlight for it not to be wrong."""
KINDS = {"words": (1, 2), "phrase": (3, 10), "sentence": (11, 30), "beyond": (20, 60), "paragraph": (1, 1)}
"""Kinds of highlights, with the fewest and the most words; `beyond` may go beyond a paragraph."""
OFTEN = (20, 35, 30, 5, 10)
"""How many of a hundred are of each kind."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    edit: Edit
    right: float
    """Per cent that must be right."""
    wrong: float
    """Per cent that may be wrong."""


ROWS = (
    Row("1 % of characters", edits.characters(0.01), 99.5, 0.2),
    Row("5 % of characters", edits.characters(0.05), 99, 0.2),
    Row("20 % of characters", edits.characters(0.20), 98, 0.2),
    Row("5 % of words", edits.words(0.05), 98.5, 1.3),
    Row("20 % of words", edits.words(0.20), 95, 1.3),
    Row("paragraphs moved and cut", edits.paragraphs(moved=0.15, cut=0.15), 97, 1.3),
    Row("near-copies put before", edits.near_copies(0.3), 97, 1.3),
    Row("straight quotes", edits.straightened, 100, 0),
    Row("re-wrapped lines", edits.wrapped, 100, 0),
    Row("page chrome stripped", edits.stripped, 97, 1.3),
    Row("a corrected edition", edits.corrected, 97, 1.3),
)
WRONG_DOCUMENT = Row("the wrong document", lambda source, rng: source, 99.5, 0.5)


class Verdict(Enum):
    """What became of a highlight."""

    RIGHT = auto()
    LOOSE = auto()
    LOST = auto()
    WRONG = auto()


@dataclass
class Tally:
    """The verdicts of a row."""

    verdicts: list[Verdict] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Take another's verdicts in."""
        self.verdicts += other.verdicts
        self.seconds += other.seconds

    def share(self, verdict: Verdict) -> float:
        """Per cent of the highlights."""
        return 100 * self.verdicts.count(verdict) / max(1, len(self.verdicts))


class Judge:
    """Holds placements against the truth of an edit."""

    def __init__(self, edited: Edited, length: int) -> None:
        self._edited = edited
        self._now = [NEW] * length
        for at, origin in enumerate(edited.origins):
            if origin != NEW:
                self._now[origin] = at

    def verdict(self, span: Span, placement: Placement) -> Verdict:
        """What to say of the placement of a highlight that stood at the span."""
        survivors = sorted(at for at in self._now[span.start : span.end] if at != NEW)
        part = _largest_part(survivors, len(survivors))
        left = len(part) / (span.end - span.start)
        if placement.span is None:
            return Verdict.RIGHT if left < HALF else Verdict.LOST
        start, end = placement.span
        its_own = sum(span.holds(origin) for origin in self._edited.origins[start:end])
        if its_own < STRANGE * (end - start):
            return Verdict.WRONG
        if left < GONE:
            return Verdict.LOOSE
        both = min(end, part[-1] + 1) - max(start, part[0])
        either = max(end, part[-1] + 1) - min(start, part[0])
        return Verdict.RIGHT if both >= COVERED * either else Verdict.LOOSE


def _largest_part(places: Sequence[int], total: int) -> Sequence[int]:
    """The longest stretch of sorted places without a wide gap."""
    tear = 24 + total // 3
    cuts = [0, *(k for k, (one, other) in enumerate(pairwise(places), 1) if other - one > tear), len(places)]
    start, end = max(pairwise(cuts), key=lambda cut: cut[1] - cut[0])
    return places[start:end]


def highlights(body: str, count: int, rng: Random) -> list[Quoted]:
    """Random highlights as readers make them: of words, phrases, sentences, paragraphs, and beyond a paragraph."""
    tokens = [m.span() for m in re.finditer(r"\S+", body)]
    paragraphs = [Span(*m.span()) for m in re.finditer(r"\S[^\n]{39,2999}", body)]
    made: list[Quoted] = []
    while len(made) < count:
        kind = rng.choices(list(KINDS), OFTEN)[0]
        if kind == "paragraph" and paragraphs:
            span = rng.choice(paragraphs)
        else:
            fewest, most = KINDS[kind]
            size = rng.randint(fewest, min(most, len(tokens)))
            first = rng.randrange(len(tokens) - size + 1)
            span = Span(tokens[first][0], tokens[first + size - 1][1])
            if kind != "beyond" and "\n" in body[span.start : span.end]:
                continue
        made.append(quoted(body, span))
    return made


def quoted(body: str, span: Span) -> Quoted:
    """What a library records of a span."""
    start, end = span
    return Quoted(span, body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT])


def measure(row: Row, body: str, count: int, rng: Random) -> Tally:
    """A row on a text; a short text is edited several times over, so that no single edit decides."""
    versions = max(1, min(count // 50, 100_000 // len(body)))
    tally = Tally()
    for _ in range(versions):
        edited = row.edit(Edited.first(body), rng)
        tally.add(_measured(body, edited, highlights(body, count // versions, rng)))
    return tally


def measure_wrong_document(body: str, other: str, count: int, rng: Random) -> Tally:
    """Highlights of one text looked for in another: every one that is placed is wrong."""
    return _measured(body, Edited(other, [NEW] * len(other)), highlights(body, count, rng))


def _measured(body: str, edited: Edited, asked: list[Quoted]) -> Tally:
    judge = Judge(edited, len(body))
    start = time.perf_counter()
    placements = reanchor_quotes(body, edited.text, asked)
    tally = Tally(seconds=time.perf_counter() - start)
    for question, placement in zip(asked, placements, strict=True):
        assert question.span is not None
        assert (placement.span is None) == (placement.state is State.ORPHAN)
        tally.verdicts.append(judge.verdict(question.span, placement))
    return tally


def bodies(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Names and bodies: the given files; or a long text of ours, our articles and, if at hand, others and a book."""
    if files:
        yield from ((path.name, path.read_text(encoding="utf-8").strip()) for path in files)
        return
    yield "ours, 60,000 words", long_text(60_000)
    yield from ((text.slug, text.body) for text in articles())
    for path in sorted((SHARED / "texts").glob("*.txt")):
        yield path.name[:24], path.read_text(encoding="utf-8").strip()
    for path in sorted((SHARED / "finding" / "sets").glob("*kjv*1samuel.json"))[:1]:
        parts = json.loads(path.read_text(encoding="utf-8"))["parts"]
        yield "1 Samuel", "\n\n".join(" ".join(passage.split()) for part in parts for passage in part["A"])


def line(row: Row, name: str, tally: Tally) -> str:
    """A line of the table."""
    right, wrong, lost, loose = map(tally.share, (Verdict.RIGHT, Verdict.WRONG, Verdict.LOST, Verdict.LOOSE))
    verdict = "" if met(row, tally) else "  below the bar"
    return (
        f"{row.name:26}{name:26}{right:8.2f}{row.right:7}{wrong:8.2f}{row.wrong:6}{lost:7.2f}{loose:7.2f}"
        f"{tally.seconds:7.2f}{verdict}"
    )


def met(row: Row, tally: Tally) -> bool:
    """Whether a row is at or above the bar."""
    return tally.share(Verdict.RIGHT) >= row.right and tally.share(Verdict.WRONG) <= row.wrong


def main() -> int:
    """Print the table; 0 when every row is at or above the bar."""
    assert __doc__
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--highlights", type=int, default=2500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--row", default="", help="only rows with this in their name")
    given = options.parse_args()
    texts = list(bodies(given.files))
    missed = 0
    print(f"{'edit':26}{'text':26}   right    bar   wrong   bar   lost  loose      s")
    for row in (*ROWS, WRONG_DOCUMENT):
        if given.row not in row.name:
            continue
        for number, (name, body) in enumerate(texts):
            rng = Random(f"{given.seed} {row.name}")
            if row is WRONG_DOCUMENT:
                # Of the first text one by the same writer is the wrong one: the same phrases, nothing in common.
                other = texts[number - 1][1] if number else long_text(60_000, seed=2)
                tally = measure_wrong_document(body, other, given.highlights, rng)
            else:
                tally = measure(row, body, given.highlights, rng)
            missed += not met(row, tally)
            print(line(row, name, tally), flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
