"""Measures related passages: how often the counterpart is found first, and how fast, against other methods.

    python tests/bench/relating.py [--large N …] [--seed N] [SET.json …]

Quality is mean reciprocal rank over both directions of the aligned sets in the `shared` folder beside the repository
(`finding/sets`), as they are and with the right text shuffled, where only words can help: for the program, for the
prototype in `shared/prototypes` if it is there, for BM25 over stems and for rapidfuzz's token_set_ratio. Then how many
pairs texts that have nothing to do with each other give at the default threshold. `--large 5000 31000` adds times and
memory on seeded texts of so many passages, each method in a process of its own, one after the other.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from texts.lexicon import STOP_WORDS, stem  # noqa: E402
from texts.load import load  # noqa: E402
from texts.model import Passage, Span, Text  # noqa: E402
from texts.relate import relate  # noqa: E402
from texts.tokens import WORD  # noqa: E402

SHOWN = 10
ALL_AT_ONCE = 6_000
"""More passages than this are too many for a method that compares all with all."""

Ranks = list[list[int]]
"""For each left passage the places of right ones, best first."""
Method = Callable[[list[str], list[str]], Ranks]


class Aligned(NamedTuple):
    """Two texts and which passage is which."""

    name: str
    left: list[str]
    right: list[str]
    gold: dict[int, set[int]]

    def turned(self) -> Aligned:
        """The same, the sides changed about."""
        back: dict[int, set[int]] = defaultdict(set)
        for left, rights in self.gold.items():
            for right in rights:
                back[right].add(left)
        return Aligned(self.name, self.right, self.left, dict(back))

    def shuffled(self, seed: int) -> Aligned:
        """The same with the right text in another order."""
        order = list(range(len(self.right)))
        random.Random(seed).shuffle(order)
        place = {old: new for new, old in enumerate(order)}
        gold = {left: {place[right] for right in rights} for left, rights in self.gold.items()}
        return Aligned(self.name + ", shuffled", self.left, [self.right[k] for k in order], gold)


def aligned_sets(paths: Sequence[Path]) -> Iterator[Aligned]:
    """The sets in these files."""
    for path in paths:
        for part in json.loads(path.read_text(encoding="utf-8"))["parts"]:
            left, right = ([" ".join(passage.split()) for passage in part[side]] for side in "AB")
            gold = {
                int(query): {int(answer) for answer in answers} for query, answers in part["gold"].items()
            }
            yield Aligned(path.stem, left, right, gold)


def as_text(passages: Sequence[str]) -> Text:
    """A text of these passages."""
    found, start = [], 0
    for number, passage in enumerate(passages, 1):
        found.append(Passage(Span(start, start + len(passage)), number))
        start += len(passage) + 2
    return Text("bench", "bench", "", "", "\n\n".join(passages), tuple(found))


def by_program(left: list[str], right: list[str]) -> Ranks:
    """What the program answers."""
    relations = relate(as_text(left), as_text(right))
    return [[pair.right - 1 for pair in relations.for_left(k + 1, 0, SHOWN)] for k in range(len(left))]


def by_prototype(left: list[str], right: list[str]) -> Ranks:
    """What the prototype answers, with order."""
    sys.path.insert(0, str(SHARED / "prototypes"))
    from relate import Linker  # type: ignore[import-not-found]

    candidates, _, scores = Linker(left, right).all()
    order = np.argsort(-scores, 1, kind="stable")[:, :SHOWN]
    ranks: Ranks = np.take_along_axis(candidates, order, 1).tolist()
    return ranks


def by_bm25(left: list[str], right: list[str]) -> Ranks:
    """What BM25 answers (Robertson and Walker 1994; k1 = 1.2, b = 0.75), over stems without stop words."""

    def stems(passage: str) -> Counter[str]:
        folded = (word.casefold() for word in WORD.findall(passage))
        return Counter(stem(word) for word in folded if word not in STOP_WORDS)

    passages = [stems(passage) for passage in right]
    lengths = np.array([sum(passage.values()) for passage in passages], float)
    norm = 1.2 * (0.25 + 0.75 * lengths / max(1.0, lengths.mean()))
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for k, passage in enumerate(passages):
        for word, count in passage.items():
            postings[word].append((k, count))
    ranks = []
    for query in left:
        scores = np.zeros(len(right))
        for word in stems(query):
            places = np.array([k for k, _ in postings.get(word, ())], int)
            counts = np.array([count for _, count in postings.get(word, ())], float)
            rarity = math.log(1 + (len(right) - len(places) + 0.5) / (len(places) + 0.5))
            scores[places] += rarity * counts * 2.2 / (counts + norm[places])
        ranks.append(np.argsort(-scores, kind="stable")[:SHOWN].tolist())
    return ranks


def by_token_set_ratio(left: list[str], right: list[str]) -> Ranks:
    """What rapidfuzz answers that compares all with all."""
    if len(left) > ALL_AT_ONCE:
        return []
    lowered = [[passage.casefold() for passage in side] for side in (left, right)]
    scores = process.cdist(*lowered, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=-1)
    order = np.argsort(-scores.astype(np.int16), 1, kind="stable")[:, :SHOWN]
    ranks: Ranks = order.tolist()
    return ranks


def methods() -> dict[str, Method]:
    """The methods by name."""
    found: dict[str, Method] = {"relate": by_program}
    if (SHARED / "prototypes/relate.py").exists():
        found["prototype"] = by_prototype
    return {**found, "BM25": by_bm25, "token_set": by_token_set_ratio}


def reciprocal_ranks(ranks: Ranks, gold: dict[int, set[int]]) -> list[float]:
    """1 / the place of the first right answer for each query, 0 if it is not shown."""
    return [
        next((1 / place for place, k in enumerate(ranks[query][:SHOWN], 1) if k in wanted), 0.0)
        for query, wanted in gold.items()
    ]


def quality(paths: Sequence[Path], seed: int) -> None:
    """Prints the table of mean reciprocal ranks, with seconds."""
    print(f"{'mean reciprocal rank (seconds)':42}", *(f"{name:>16}" for name in methods()))
    for plain in aligned_sets(paths):
        for aligned in (plain, plain.shuffled(seed)):
            cells = []
            for method in methods().values():
                found, begun = [], time.perf_counter()
                for way in (aligned, aligned.turned()):
                    found += reciprocal_ranks(method(way.left, way.right), way.gold)
                cells.append(f"{sum(found) / len(found):.4f} ({time.perf_counter() - begun:5.1f})")
            print(f"{aligned.name:42}", *(f"{cell:>16}" for cell in cells), flush=True)


def unrelated(paths: Sequence[Path]) -> None:
    """Prints how many pairs texts of different sets, and the two articles, give at the default threshold."""
    sets = list(aligned_sets(paths))
    texts = {
        f"{aligned.name} {side}": as_text(getattr(aligned, side)) for aligned in sets for side in ("left",)
    }
    articles = [load(path) for path in sorted((SHARED / "texts").glob("*.txt"))[:2]]
    print("\npairs at the default threshold")
    for name, text in texts.items():
        for article in articles:
            print(f"{article.slug:24.24} and {name:48.48} {len(relate(article, text).pairs()):6}")
    names = list(texts)
    for first, second in pairwise(names):
        if first.split("_")[:1] != second.split("_")[:1]:
            pairs = relate(texts[first], texts[second]).pairs()
            print(f"{first:40.40} and {second:40.40} {len(pairs):6}")
    if len(articles) == 2:
        print(f"the two articles {len(relate(*articles).pairs()):6}")
        articles_time(*articles)


def articles_time(left: Text, right: Text) -> None:
    """Prints the time for the two articles against rapidfuzz's partial_ratio on the same passages, interleaved."""
    sides = [[text.quote(passage.span) for passage in text.numbered] for text in (left, right)]
    ours, theirs = [], []
    for _ in range(7):
        begun = time.perf_counter()
        relate(left, right)
        between = time.perf_counter()
        process.cdist(*sides, scorer=fuzz.partial_ratio)
        ours.append(between - begun)
        theirs.append(time.perf_counter() - between)
    print(
        f"the two articles: {min(ours) / min(theirs):.2f} of cdist(partial_ratio), {1000 * min(ours):.0f} ms"
    )


def large_texts(count: int, seed: int) -> tuple[list[str], list[str]]:
    """Two texts of so many passages of made-up words with the frequencies of English; a third of the words differ."""
    chance = np.random.default_rng(seed)
    onsets = (
        "b",
        "c",
        "d",
        "f",
        "g",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "w",
        "z",
        "st",
        "tr",
        "pl",
    )
    syllables = [onset + vowel for onset in onsets for vowel in "aeiou"]
    made_up = {"".join(chance.choice(syllables, chance.integers(2, 5))) for _ in range(16_000)}
    vocabulary = np.array(sorted(STOP_WORDS)[:90] + sorted(made_up))
    vocabulary[90:] = chance.permutation(vocabulary[90:])
    weights = 1 / (np.arange(len(vocabulary)) + 2.7) ** 1.05
    weights /= weights.sum()
    left, right = [], []
    for _ in range(count):
        length = max(4, int(chance.normal(25, 9)))
        words, others = chance.choice(len(vocabulary), (2, length), p=weights)
        kept = chance.random(length) < 0.65
        left.append(" ".join(vocabulary[words]).capitalize() + ".")
        right.append(" ".join(vocabulary[np.where(kept, words, others)]).capitalize() + ".")
    return left, right


def _measured(name: str, count: int, seed: int) -> tuple[float, float, int, float]:
    """Seconds of the clock and of the processor, megabytes, and the share found first."""
    left, right = large_texts(count, seed)
    clock, processor = time.perf_counter(), time.process_time()
    ranks = methods()[name](left, right)
    seconds = time.perf_counter() - clock, time.process_time() - processor
    first = sum(row[:1] == [k] for k, row in enumerate(ranks)) / max(1, len(ranks))
    return *seconds, _peak(), first


def _peak() -> int:
    """Most memory that this process has held, in MB. What `getrusage` tells goes back to before it was started."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def large(counts: Sequence[int], seed: int) -> None:
    """Prints times and memory on large texts."""
    print(f"\n{'passages':>9} {'method':12} {'seconds':>8} {'processor':>10} {'MB':>6} {'first':>6}")
    fresh = multiprocessing.get_context("spawn")
    for count in counts:
        for name in methods():
            if name == "token_set" and count > ALL_AT_ONCE:
                continue
            with fresh.Pool(1) as pool:
                seconds, processor, memory, first = pool.apply(_measured, (name, count, seed))
            print(f"{count:9} {name:12} {seconds:8.1f} {processor:10.1f} {memory:6} {first:6.3f}", flush=True)


def main() -> None:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--large", nargs="*", type=int, default=[])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    paths = arguments.sets or sorted((SHARED / "finding/sets").glob("*.json"))
    if not paths:
        sys.exit("no sets to measure on: name some, or put the shared folder beside the repository")
    quality(paths, arguments.seed)
    unrelated(paths)
    large(arguments.large, arguments.seed)


if __name__ == "__main__":
    main()
