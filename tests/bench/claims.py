"""Measures what is claimed of related passages: is it so, is anything missed, and does the score mean what it says?

    python -m tests.bench.claims [SET.json …] [--seed N]

For each aligned set (by default those in `finding/sets` of the `shared` folder beside the repository): precision and
recall of what is shown at the default score, and mean reciprocal rank over both directions, for the set as it is, with
30 % of the right text taken out at random, with as many replaced by passages of another set, and for pieces of 3 × 3 to
20 × 20 passages; then for the pairs of newspaper reports in `news.json` (invented, and written for it) and for texts of
different sets, which have nothing to do with each other. At last how reliable the score is: how many pairs in each band
of ten, and what share of them is right. The table of `docs/finding.md` is its output on the sets that are named there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path

from tests.bench.relating import SHARED, as_text
from texts.compare import coverage
from texts.relate import DEFAULT_SCORE, relate

REMOVED = 0.3
NEWS = Path(__file__).with_name("news.json")
BANDS = 10
_PIECES, _SIZES = 12, (3, 4, 5, 8, 12, 20)
_RANKS = 10


@dataclass(frozen=True)
class Aligned:
    """Two texts, and which passages of the right one speak of the same as one of the left, as indices."""

    left: Sequence[str]
    right: Sequence[str]
    gold: Mapping[int, frozenset[int]]

    def with_right(self, kept: Sequence[int]) -> Aligned:
        """The same with these passages of the right text alone."""
        place = {old: new for new, old in enumerate(kept)}
        gold = {left: frozenset(place[k] for k in rights if k in place) for left, rights in self.gold.items()}
        return Aligned(
            self.left,
            [self.right[k] for k in kept],
            {left: rights for left, rights in gold.items() if rights},
        )

    def removed(self, chance: random.Random) -> Aligned:
        """The same with 30 % of the right text taken out."""
        return self.with_right([k for k in range(len(self.right)) if chance.random() >= REMOVED])

    def replaced(self, others: Sequence[str], chance: random.Random) -> Aligned:
        """The same with 30 % of the right text replaced by passages about something else."""
        gone = {k for k in range(len(self.right)) if chance.random() < REMOVED}
        right = [others[k % len(others)] if k in gone else passage for k, passage in enumerate(self.right)]
        gold = {left: rights - gone for left, rights in self.gold.items()}
        return Aligned(self.left, right, {left: rights for left, rights in gold.items() if rights})

    def pieces(self, chance: random.Random) -> Iterator[Aligned]:
        """Short runs of it, about a quarter of the right passages missing."""
        for _ in range(_PIECES):
            size = chance.choice(_SIZES)
            first = chance.randrange(max(1, min(len(self.left), len(self.right)) - size))
            kept = [k for k in range(first, min(first + size, len(self.right))) if chance.random() < 0.75]
            piece = self.with_right(kept)
            gold = {
                left - first: piece.gold[left] for left in range(first, first + size) if left in piece.gold
            }
            yield replace(piece, left=self.left[first : first + size], gold=gold)


@dataclass
class Tally:
    """What was shown, and how much of it is so."""

    shown: int = 0
    right: int = 0
    found: int = 0
    """Left passages for which a right answer is shown."""
    findable: int = 0
    idle: int = 0
    """Left passages without a counterpart for which something is shown all the same."""
    missing: int = 0
    """Left passages without a counterpart."""
    covered: int = 0
    unsure: int = 0
    """Left passages that may have a counterpart too, as coverage says."""
    passages: int = 0
    ranks: list[float] = field(default_factory=list)
    bands: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def add(self, aligned: Aligned) -> Tally:
        """Relates two texts and counts; a set without any gold counts as unrelated."""
        relations = relate(as_text(aligned.left), as_text(aligned.right))
        pairs = [(each.left - 1, each.right - 1, each.score) for each in relations.pairs(0)]
        judged = [(left, score, right in aligned.gold.get(left, ())) for left, right, score in pairs]
        shown = [(left, is_right) for left, score, is_right in judged if score >= DEFAULT_SCORE]
        for _, score, is_right in judged:
            self.bands[min(BANDS - 1, int(score // BANDS))].append(is_right)
        covered = {left for left, _ in shown}
        self.shown += len(shown)
        self.right += sum(is_right for _, is_right in shown)
        self.found += len({left for left, is_right in shown if is_right})
        self.findable += len(aligned.gold)
        self.idle += len(covered - aligned.gold.keys())
        self.missing += len(aligned.left) - len(aligned.gold)
        self.covered += len(covered)
        self.unsure += coverage(relations.left, relations.right, relations.pairs()).unsure
        self.passages += len(aligned.left)
        back: dict[int, set[int]] = defaultdict(set)
        for left, rights in aligned.gold.items():
            for right in rights:
                back[right].add(left)
        self.ranks += _reciprocal_ranks([(left, right) for left, right, _ in pairs], aligned.gold)
        self.ranks += _reciprocal_ranks([(right, left) for left, right, _ in pairs], back)
        return self

    def line(self, name: str) -> str:
        """One row of the table."""
        cells = (
            _share(self.right, self.shown),
            _share(self.found, self.findable),
            _share(self.idle, self.missing),
            *(
                f"{(count - self.findable) / max(1, self.passages):+.3f}"
                for count in (self.covered, self.covered + self.unsure)
            ),
            f"{sum(self.ranks) / len(self.ranks):.3f}" if self.ranks else "–",
        )
        return f"{name:52.52} {self.shown:6} " + " ".join(f"{cell:>9}" for cell in cells)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _reciprocal_ranks(
    best_first: Sequence[tuple[int, int]], gold: Mapping[int, frozenset[int] | set[int]]
) -> list[float]:
    answers: dict[int, list[int]] = defaultdict(list)
    for query, answer in best_first:
        answers[query].append(answer)
    return [
        next((1 / place for place, k in enumerate(answers[query][:_RANKS], 1) if k in wanted), 0.0)
        for query, wanted in gold.items()
    ]


def aligned_sets(paths: Sequence[Path]) -> dict[str, list[Aligned]]:
    """The sets in these files by name; a set may have several parts."""
    found = {}
    for path in paths:
        parts = json.loads(path.read_text(encoding="utf-8"))["parts"]
        found[path.stem] = [
            Aligned(
                _on_one_line(part["A"]),
                _on_one_line(part["B"]),
                {int(left): frozenset(map(int, rights)) for left, rights in part["gold"].items()},
            )
            for part in parts
        ]
    return found


def _on_one_line(passages: Sequence[str]) -> list[str]:
    return [" ".join(passage.split()) for passage in passages]


def tallies(sets: Mapping[str, list[Aligned]], seed: int) -> Iterator[tuple[str, str, Tally]]:
    """What kind of text was related, a name for it, and what came out."""
    chance = random.Random(seed)
    names = list(sets)
    for name, parts in sets.items():
        tally = Tally()
        for part in parts:
            tally.add(part)
        yield "whole", name, tally
        if not tally.findable:
            continue
        other = next((each for each in names if _family(each) != _family(name)), None)
        yield "removed", name, Tally().add(parts[0].removed(chance))
        if other is not None:
            yield "replaced", name, Tally().add(parts[0].replaced(sets[other][0].right, chance))
        short = Tally()
        for piece in parts[0].pieces(chance):
            short.add(piece)
        yield "pieces", name, short
    news = Tally()
    for part in aligned_sets([NEWS])[NEWS.stem]:
        news.add(part)
    yield "news", "reports of one event", news
    unrelated = Tally()
    for one, two in permutations(names, 2):
        left, right = sets[one][0].left, sets[two][0].right
        if _family(one) != _family(two) and _passages(sets[one]).isdisjoint(_passages(sets[two])):
            for size in _SIZES:
                first, second = (chance.randrange(max(1, len(side) - size)) for side in (left, right))
                unrelated.add(Aligned(left[first : first + size], right[second : second + size], {}))
    yield "unrelated", "pieces of different sets", unrelated


def _passages(parts: Sequence[Aligned]) -> set[str]:
    """All passages of a set: two that share any are about the same matter."""
    return {passage for part in parts for passage in (*part.left, *part.right)}


def _family(name: str) -> str:
    """What sets of the same texts begin with."""
    return name.removeprefix("noise05_").split("_")[0]


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    paths = given.sets or sorted((SHARED / "finding/sets").glob("*.json"))
    if not paths:
        sys.exit("no sets to measure on: name some, or put the shared folder beside the repository")
    print(heads())
    bands: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for kind, name, tally in tallies(aligned_sets(paths), given.seed):
        print(tally.line(f"{name}, {kind}" if kind != "whole" else name), flush=True)
        for band, judged in tally.bands.items():
            bands[kind][band] += judged
    print_bands(bands)


def heads() -> str:
    """The head of the table whose rows are `Tally.line`."""
    columns = ("precision", "recall", "missing", "coverage", "at most", "MRR")
    return f"{'set':52} {'shown':>6} " + " ".join(f"{head:>9}" for head in columns)


def print_bands(bands: Mapping[str, Mapping[int, Sequence[bool]]]) -> None:
    """Prints how reliable the score is: of the pairs in each band of ten, by kind, what share is right."""
    print("\nshare right (of so many pairs) by score")
    print(f"{'':12}" + "".join(f"{f'{10 * band}–{10 * band + 10}':>14}" for band in range(BANDS)))
    for kind, found in bands.items():
        cells = (
            f"{sum(judged) / len(judged):.2f} ({len(judged)})" if judged else "–"
            for judged in (found.get(k, ()) for k in range(BANDS))
        )
        print(f"{kind:12}" + "".join(f"{cell:>14}" for cell in cells))


if __name__ == "__main__":
    main()
