"""How well names are joined across their spellings, and what a comparison costs.

    python tests/bench/comparing.py [--others 99] [--words 5000]

Joins are pairs of spellings, one of each text, that differ and are held to be one name; they are measured against
lists made by hand (`tests/unit/data/names`) on our two articles, on three more pairs of news, of which Egypt in 2013
was written last and nothing was tuned on it, on verses of 1 Samuel in two translations, and, with the sets of the
project beside it, on the whole of 1 Samuel in four. It exits with 1 when more than 7 in 100 joins are wrong, or fewer
than 7 in 10 are found. Times are seconds of processor time.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from longtext import long_text

from store.library import Library
from store.services.comparison import OTHERS, beside_library, comparison_of
from store.services.search import find_in_texts, source_in
from texts.articles import articles
from texts.compare import collate, names, read
from texts.model import Text
from texts.segment import passages

LISTS = Path(__file__).resolve().parents[1] / "unit" / "data" / "names"
SETS = Path(__file__).resolve().parents[3] / "shared" / "finding" / "sets"
FEWEST_RIGHT, FEWEST_FOUND = 0.93, 0.7


class Pair(NamedTuple):
    """Two texts, and the names that they spell differently."""

    name: str
    left: Text
    right: Text
    gold: list[list[str]]
    """A list of spellings for each name."""


class Score(NamedTuple):
    """How the joins of a pair of texts compare with its list."""

    right: int
    wrong: list[str]
    missed: list[str]

    @property
    def precision(self) -> float:
        """The share of the joins made that are in the list."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of the list that was joined."""
        return self.right / max(1, self.right + len(self.missed))


def text(slug: str, body: str) -> Text:
    """A text all of whose paragraphs are article."""
    return Text(slug, slug, "", "", body, passages(body, furniture=False))


def gold(name: str) -> list[list[str]]:
    """A list made by hand."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" = ") for line in lines if line and not line.startswith("#")]


def pairs() -> Iterator[Pair]:
    """What there is to measure on."""
    yield Pair("our two articles", *articles(), gold("articles"))
    lines = (LISTS / "samuel.tsv").read_text(encoding="utf-8").splitlines()
    left, right = ("\n\n".join(side) for side in zip(*(line.split("\t") for line in lines), strict=True))
    yield Pair("verses, KJV–BSB", text("kjv", left), text("bsb", right), gold("kjv-bsb"))
    for name, about in (("kiev", "Ukraine in 2014"), ("libya", "Libya in 2011"), ("egypt", "Egypt in 2013")):
        bodies = ((LISTS / f"{name}-{side}.txt").read_text(encoding="utf-8") for side in ("left", "right"))
        yield Pair(about, *(text(name, body) for body in bodies), gold(name))
    for one, other in (("kjv", "bsb"), ("ylt", "bbe")):
        path = SETS / f"bible_{one}_{other}_1samuel.json"
        if path.exists():
            part = json.loads(path.read_text(encoding="utf-8"))["parts"][0]
            bodies = ("\n\n".join(" ".join(verse.split()) for verse in part[side]) for side in "AB")
            left, right = bodies
            name = f"1 Samuel, {one.upper()}–{other.upper()}"
            yield Pair(name, text(one, left), text(other, right), gold(f"{one}-{other}"))


def score(pair: Pair) -> Score:
    """The joins of a pair of texts against its list."""
    every = [spelling for group in pair.gold for spelling in group]
    wanted = {
        (one, other)
        for group in pair.gold
        for one in group
        for other in group
        if one.casefold() != other.casefold() and has(pair.left, one, every) and has(pair.right, other, every)
    }
    made = {
        (one.written, other.written)
        for name in names(read(pair.left), read(pair.right))
        for one in name.spellings
        for other in name.spellings
        if one.left and other.right and one.written.casefold() != other.written.casefold()
    }
    show = " = ".join
    return Score(len(made & wanted), sorted(map(show, made - wanted)), sorted(map(show, wanted - made)))


def has(text: Text, spelling: str, every: Iterable[str]) -> bool:
    """Whether a text has a spelling, as words of their own, and not only inside a longer one of them all."""
    body = text.body
    for longer in sorted(every, key=len, reverse=True):
        if len(longer) > len(spelling) and spelling in longer:
            body = body.replace(longer, " ")
    return re.search(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", body) is not None


def seconds(work: Callable[[], object]) -> float:
    """What some work costs."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure_cost(others: int, words: int) -> None:
    """One text against many in a library, and two versions of a long one."""
    body = long_text(words)
    quoted = body.split("\n\n")[5]
    rest = [
        text(f"other-{seed}", long_text(words, seed) + "\n" + quoted + "\n") for seed in range(2, others + 2)
    ]
    one = text("one", body)
    print(f"\none text against {others}, {words} words each")
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "library.db") as library:
        for each in (one, *rest):
            library.texts.add(each)
        works: dict[str, Callable[[], object]] = {
            f"compare, the {OTHERS} nearest": lambda: beside_library(library, one),
            "the same again": lambda: beside_library(library, one),
            "one passage, related": lambda: beside_library(library, one, passage=6),
            "all of them, related": lambda: beside_library(library, one, most=others),
            "compare with one": lambda: comparison_of(library, "one", "other-2"),
            "search": lambda: find_in_texts(
                "the harbour of the captain",
                [source_in(library, slug, once=True) for slug in library.texts.slugs()],
            ),
        }
        for name, work in works.items():
            print(f"  {name:24}{seconds(work):7.2f} s")
    print("two versions, one word in 50 changed, a chapter moved")
    for length in (words * 5, words * 10):
        old = long_text(length)
        spent = seconds(lambda old=old: collate(text("old", old), text("new", edited(old))))  # type: ignore[misc]
        print(f"  {length:6} words            {spent:7.2f} s")


def edited(body: str) -> str:
    """The body with one word in 50 changed, and a tenth of it moved from the middle to the end."""
    words = body.split(" ")
    words[::50] = ["changed"] * len(words[::50])
    middle, tenth = len(words) // 2, len(words) // 10
    moved = words[middle : middle + tenth]
    del words[middle : middle + tenth]
    return " ".join([*words, *moved])


def main() -> int:
    """Print the tables; 0 when the joins are good enough."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--others", type=int, default=99)
    options.add_argument("--words", type=int, default=5000)
    given = options.parse_args()
    good = True
    print(f"{'joins of names':24}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for pair in pairs():
        found = score(pair)
        good = good and found.precision >= FEWEST_RIGHT and found.recall >= FEWEST_FOUND
        print(
            f"{pair.name:24}{found.right:7}{len(found.wrong):7}{len(found.missed):8}"
            f"{found.precision:11.3f}{found.recall:8.3f}"
        )
        for kind, joins in (("wrong", found.wrong), ("missed", found.missed)):
            print("".join(f"    {kind}: {join}\n" for join in joins), end="")
    if given.others:
        measure_cost(given.others, given.words)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
