"""Measures fuzzy search: how often a misspelt query finds what was meant, and how fast.

    python tests/bench/searching.py [FILE …] [--queries N] [--seed N]

Passages come from the files, a passage a line, or from the `shared` folder beside the repository (`finding/sets`).
Words, phrases and loose words are taken from them and damaged by a seeded typist: a letter left out, put in, put wrong,
or swapped with its neighbour. With the prototype in `shared/prototypes` the same queries are put to both, in turns, so
that times compare. A query is found first if the first passage shown holds the very words that were damaged, and
recalled if one of the first 50 does; MRR is the mean reciprocal rank of the first that does.

How the figures of `shared/finding.md` were made is not told there. The prototype comes near them (two typos: 83 %
first; phrases: 99.5 %) with words of six letters and more, and with phrases that have two words with a subject: those
are the rows `long word` and `full phrase`. `four in a row` are words as they stand, without quotation marks. Two typos
in five letters, or in `and is me`, leave too little to go by.
"""

from __future__ import annotations

import argparse
import json
import random
import string
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from tests.bench.table import Figure, milliseconds, ratio  # noqa: E402
from tests.bench.terminal import percentile  # noqa: E402
from texts.lexicon import STOP_WORDS, stem  # noqa: E402
from texts.search import Searchable, search  # noqa: E402
from texts.search.strings import as_searchable  # noqa: E402
from texts.tokens import WORD  # noqa: E402
from texts.typography import fold_word  # noqa: E402

KINDS = (
    "word, 1 typo",
    "word, 2 typos",
    "long word, 2 typos",
    "phrase, 2 typos",
    "full phrase, 2 typos",
    "words, 1 typo",
    "words, 2 typos",
    "four in a row",
    "four in a row, 1 typo",
)
IN_ORDER = frozenset(kind for kind in KINDS if "phrase" in kind or "row" in kind)
VERSES = 31_100
SHOWN = 50

Finder = Callable[[str], Sequence[int]]
"""A query → places of passages in the corpus, best first."""


class Query(NamedTuple):
    """A damaged query and what it was made from."""

    typed: str
    words: tuple[str, ...]


def verses() -> list[str]:
    """Real passages, repeated up to the length of a Bible; in each repetition rare words become other words."""
    passages: list[str] = []
    for path in sorted((SHARED / "finding/sets").glob("[bg]*.json")):
        for part in json.loads(path.read_text(encoding="utf-8"))["parts"]:
            passages += part["A"] + part["B"]
    counts = Counter(word for passage in passages for word in WORD.findall(passage))

    def varied(passage: str, turn: int) -> str:
        pieces = WORD.split(passage)
        pieces[1::2] = [_other_word(w, turn) if turn and counts[w] <= 3 else w for w in pieces[1::2]]
        return "".join(pieces)

    turns = -(-VERSES // len(passages))
    return [varied(passage, turn) for turn in range(turns) for passage in passages][:VERSES]


def _other_word(word: str, turn: int) -> str:
    """A pronounceable word of the same length, always the same for the same word and turn."""
    chance = random.Random(f"{word}{turn}")
    vowels, consonants = "aeiou", "bcdfghklmnprstvw"
    other = "".join(
        chance.choice(vowels if c in vowels else consonants) if c.isascii() and c.islower() else c
        for c in word
    )
    return other if len(word) > 3 else word


def long_text(words: int, seed: int) -> list[str]:
    """Passages of made-up words with the frequencies of English, `words` words in all."""
    chance = random.Random(seed)
    vocabulary = list(
        dict.fromkeys(
            _syllables(chance, chance.choice((2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10))) for _ in range(20_000)
        )
    )
    weights = [1 / (rank + 2.7) ** 1.05 for rank in range(len(vocabulary))]
    drawn = chance.choices(vocabulary, weights, k=words)
    return [" ".join(drawn[start : start + 60]).capitalize() + "." for start in range(0, words, 60)]


def _syllables(chance: random.Random, length: int) -> str:
    letters = (chance.choice("bcdfghjklmnprstvwz") + chance.choice("aeiou") for _ in range(length))
    return "".join(letters)[:length]


def mistype(chance: random.Random, word: str) -> str:
    """The word with one slip of a finger."""
    while True:
        at = chance.randrange(len(word))
        letter = chance.choice(string.ascii_lowercase)
        slip = chance.randrange(4)
        if slip == 0:
            other = word[:at] + word[at + 1 :]
        elif slip == 1:
            other = word[:at] + letter + word[at:]
        elif slip == 2:
            other = word[:at] + letter + word[at + 1 :]
        else:
            other = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        if other != word:
            return other


def queries(chance: random.Random, passages: list[str], kind: str, count: int) -> Iterator[Query]:
    """Damaged queries of one kind."""
    while count:
        words = [fold_word(word) for word in WORD.findall(chance.choice(passages))]
        content = [word for word in words if len(word) >= 5 and word.isascii() and word not in STOP_WORDS]
        if len(content) < 3:
            continue
        if kind.startswith("long"):
            content = [word for word in content if len(word) >= 6]
        if not content:
            continue
        if "word," in kind:
            meant = (chance.choice(content),)
            typed = mistype(chance, meant[0])
            if kind.endswith("2 typos"):
                typed = mistype(chance, typed)
        elif "phrase" in kind:
            start = chance.randrange(max(1, len(words) - 4))
            meant = tuple(words[start : start + 4])
            if kind.startswith("full") and sum(word in content for word in meant) < 2:
                continue
            typed = f'"{_damaged(chance, meant)}"'
        elif "row" in kind:
            start = chance.randrange(max(1, len(words) - 4))
            meant = tuple(words[start : start + 4])
            typed = _damaged(chance, meant, slips=kind.count("typo"))
        else:
            meant = tuple(chance.sample(content, 3))
            typed = _damaged(chance, meant, slips=1 if kind.endswith("1 typo") else 2)
        count -= 1
        yield Query(typed, meant)


def _damaged(chance: random.Random, words: Sequence[str], slips: int = 2) -> str:
    typed = list(words)
    for _ in range(slips):
        k = chance.choice([k for k, word in enumerate(words) if len(word) > 2] or [0])
        typed[k] = mistype(chance, typed[k])
    return " ".join(typed)


def is_right(query: Query, passage: str, *, in_order: bool) -> bool:
    """Whether a passage holds what the query was made from, whatever its endings."""
    words = [stem(fold_word(word)) for word in WORD.findall(passage)]
    wanted = [stem(word) for word in query.words]
    if in_order:
        return any(words[k : k + len(wanted)] == wanted for k in range(len(words)))
    return set(wanted) <= set(words)


def ours(searchable: Searchable) -> Finder:
    """Search as the program does it, a passage once."""

    def find(query: str) -> list[int]:
        hits = search(query, [searchable], limit=SHOWN * 4)
        return list(dict.fromkeys(hit.passage - 1 for hit in hits if hit.passage is not None))[:SHOWN]

    return find


def prototype(passages: list[str]) -> Finder | None:
    """The sketch that the design was measured with, where it can be had."""
    if not (SHARED / "prototypes/fuzzyfind.py").exists():
        return None
    sys.path.insert(0, str(SHARED / "prototypes"))
    from fuzzyfind import SearchIndex  # type: ignore[import-not-found]

    index = SearchIndex(passages)
    return lambda query: [hit.passage for hit in index.search(query)]


class Measured(NamedTuple):
    """How well and how fast one finder answered queries of one kind."""

    finder: str
    first: float
    """Percent of the queries whose first passage is right."""
    rank: float
    """Mean reciprocal rank of the first right passage, 0–1."""
    recall: float
    """Percent of those with a right one among the first 50."""
    times: tuple[float, ...]
    """Seconds, ascending."""

    def line(self) -> str:
        """For the terminal."""
        return (
            f"   {self.finder:10} first {self.first:5.1f} %   MRR {self.rank:.3f}   "
            f"recall@{SHOWN} {self.recall:5.1f} %   {milliseconds(self.times)}"
        )


def measure(
    finders: dict[str, Finder], asked: Sequence[Query], passages: list[str], *, in_order: bool
) -> Iterator[Measured]:
    """What each finder made of the queries; they take turns, one first and then the other."""
    spent: dict[str, list[float]] = {name: [] for name in finders}
    first, ranks, shown = Counter[str](), defaultdict[str, float](float), Counter[str]()
    for number, query in enumerate(asked):
        names = list(finders) if number % 2 else list(finders)[::-1]
        for name in names:
            start = time.perf_counter()
            found = finders[name](query.typed)
            spent[name].append(time.perf_counter() - start)
            right = [is_right(query, passages[k], in_order=in_order) for k in found]
            first[name] += right[:1] == [True]
            ranks[name] += 1 / (1 + right.index(True)) if any(right) else 0
            shown[name] += any(right)
    for name, times in spent.items():
        yield Measured(
            name,
            100 * first[name] / len(asked),
            ranks[name] / len(asked),
            100 * shown[name] / len(asked),
            tuple(sorted(times)),
        )


def on_verses(count: int, seed: int, passages: list[str] | None = None) -> Iterator[tuple[str, Measured]]:
    """Each kind of query on real passages, for the program and, where it can be had, the prototype."""
    passages, chance = passages or verses(), random.Random(seed)
    finders = {"program": ours(as_searchable(passages))}
    if sketch := prototype(passages):
        finders["prototype"] = sketch
    for kind in KINDS:
        asked = list(queries(chance, passages, kind, count))
        for measured in measure(finders, asked, passages, in_order=kind in IN_ORDER):
            yield kind, measured


def on_long_text(count: int, seed: int) -> Iterator[tuple[str, Measured]]:
    """Some kinds on 600,000 made-up words, for their times; and each word as it is typed."""
    passages, chance = long_text(600_000, seed), random.Random(seed)
    searchable = as_searchable(passages)
    for kind in ("word, 1 typo", "phrase, 2 typos", "words, 2 typos"):
        asked = list(queries(chance, passages, kind, count))
        for measured in measure({"program": ours(searchable)}, asked, passages, in_order=kind in IN_ORDER):
            yield kind, measured
    typed = [word[: k + 2] for query in asked for word in query.words for k in range(len(word) - 1)]
    times = []
    for prefix in typed[:1000]:
        start = time.perf_counter()
        search(prefix, [searchable], limit=500, prefix_last=True)
        times.append(time.perf_counter() - start)
    yield "as you type", Measured("program", 0, 0, 0, tuple(sorted(times)))


def figures(count: int, seed: int = 11) -> Iterator[Figure]:
    """The table's rows: times against the prototype, found first beside it, and times on 600,000 words."""
    if (SHARED / "finding/sets").exists():
        by_kind: dict[str, dict[str, Measured]] = {}
        for kind, measured in on_verses(count, seed):
            by_kind.setdefault(kind, {})[measured.finder] = measured
        for kind, found in by_kind.items():
            mine, theirs = found["program"], found.get("prototype")
            note = f"first {mine.first:.1f} %, recall@{SHOWN} {mine.recall:.1f} %"
            if theirs:
                note += f" (theirs {theirs.first:.1f}, {theirs.recall:.1f}); {milliseconds(mine.times)}"
            yield Figure(
                f"search 31,100 verses: {kind}", "prototype", "p50",
                ratio(mine.times, theirs.times) if theirs else None, 1.0 if theirs else None, note,
            )  # fmt: skip
    for kind, measured in on_long_text(count, seed):
        most = 5.0 if kind == "word, 1 typo" else None
        middle = 1000 * percentile(measured.times, 50)
        yield Figure(f"search 600k words: {kind}", "", "p50, ms", middle, most, milliseconds(measured.times))


def main() -> None:
    """Measure quality and time on verses, then time alone on 600,000 words."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("files", nargs="*", type=Path)
    arguments.add_argument("--queries", type=int, default=400, help="queries of each kind")
    arguments.add_argument("--seed", type=int, default=11)
    options = arguments.parse_args()
    told = ""
    for path in options.files:
        passages = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(f"{len(passages):,} passages of {path.name}")
        for kind, measured in on_verses(options.queries, options.seed, passages):
            print(f" {kind}\n{measured.line()}", flush=True)
    if options.files:
        return
    parts = [on_verses] if (SHARED / "finding/sets").exists() else []
    for part in (*parts, on_long_text):
        print("31,100 verses" if part is on_verses else "600,000 words")
        for kind, measured in part(options.queries, options.seed):
            if kind != told:
                print(f" {kind}")
                told = kind
            print(measured.line(), flush=True)


if __name__ == "__main__":
    main()
