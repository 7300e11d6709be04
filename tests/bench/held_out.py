"""Measures what is claimed on texts that nothing was fitted on: passages missing from one text, or replaced by others.

    python -m tests.bench.held_out FOLDER [--half 1|2] [--seed N] [--only WORD] [--every N]

FOLDER holds checkouts of public repositories, under their own names: `bible_databases` (github: scrollmapper), of which
gospels by pericope and books in two versions of a language are made, `ggtextparallels` (daranzolin: which verses of
the gospels are pericopes of Aland's synopsis), `gita` (gita) and `Shakespeare` (cocoxu: plays and modern versions).
What is missing there is left out. Of each pair of texts 30 % of the right one is taken out at random, and, apart from
that, 30 % replaced by passages of another book in the same version. The first half of the pairs is there to be looked
at while something is changed, the second one to be run once when that is done. The second table of `docs/finding.md` is
the output.
"""

from __future__ import annotations

import argparse
import bz2
import json
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from tests.bench.claims import Aligned, Tally, heads, print_bands

Verse = tuple[int, int]
Bible = Mapping[str, Mapping[Verse, str]]

_VERSE = re.compile(r"\[(\d+):(\d+)\]\s*(.*)")
_REFERENCE = re.compile(r"(\d+)\.(\d+)(?:-(?:(\d+)\.)?(\d+))?")
_STRING = re.compile(rb"\0[\0\1\2\4]\0\t(\0\0[\0\1].)", re.DOTALL)
"""How R writes that a string follows, and its length."""
_GOSPELS = ("Matthew", "Mark", "Luke")
_PERICOPES = ("Mark", "Luke"), ("Matthew", "Luke"), ("Matthew", "Mark")
_FEWEST = 20
_MOST = 400
"""Passages of a play: more would take its time and say the same."""
_VERSIONS = {
    "English": ("BSB", "Twenty", "Noyes", "Anderson", "Haweis", "Tyndale", "OEB"),
    "German": ("GerAlbrecht", "GerTafel", "GerLeoNA28"),
    "French": ("FreOltramare1874", "FreStapfer1889", "FreSynodale1921", "FreGeneve1669"),
    "Czech": ("CzeBKR", "CzeCSP"),
    "Slovene": ("SloChraska", "SloStritar"),
    "Norwegian": ("Norsk", "NorSMB"),
    "Greek": ("Byz", "StatResGNT"),
    "Chinese": ("ChiUn", "ChiUnL", "ChiSB"),
}
_BOOKS = ("Acts", "Galatians", "Hebrews", "James", "I John", "Ruth", "Jonah", "Proverbs")
_OTHERS = {"Ruth": "Jonah", "Jonah": "Ruth", "Proverbs": "Ruth"}
_GOSPELS_IN = (
    "BSB",
    "Twenty",
    "GerAlbrecht",
    "FreOltramare1874",
    "CzeCSP",
    "Norsk",
    "Byz",
    "ChiUn",
    "JapDenmo",
)
_PLAYS = ("othello", "hamlet", "tempest", "henryv")
_GITA = ((18, 19), (21, 20), (16, 19))
"""Numbers of translators; the verses of each pair stand in the same order."""


class Pair(NamedTuple):
    """Two aligned texts, and passages that may stand for some of the right one's."""

    group: str
    name: str
    aligned: Aligned
    others: Sequence[str]


def pairs(folder: Path) -> Iterator[Pair]:
    """All pairs of texts that can be made of what stands in the folder."""
    yield from _gospels(folder)
    yield from _books(folder)
    yield from _gita(folder / "gita/data/translation.json")
    yield from _plays(folder / "Shakespeare/data/align/plays/merged")


@lru_cache
def _bible(folder: Path, version: str) -> Bible:
    """The verses of a version, by book; none where it is missing."""
    path = folder / f"bible_databases/formats/txt/{version}.txt"
    books: dict[str, dict[Verse, str]] = defaultdict(dict)
    book = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("### "):
            book = line[4:].strip()
        elif (found := _VERSE.match(line)) and found[3].strip():
            books[book][int(found[1]), int(found[2])] = " ".join(found[3].split())
    return books


def _pericopes(path: Path) -> list[dict[str, list[Verse]]]:
    """First and last verse of each pericope, by gospel: a data frame of R, whose strings stand column after column."""
    if not path.is_file():
        return []
    data = bz2.decompress(path.read_bytes())
    strings = [
        data[found.end() : found.end() + int.from_bytes(found[1], "big")].decode("utf-8", "replace")
        for found in _STRING.finditer(data)
    ]
    rows = strings.index("No.", 2) // 6  # after the name of the frame and six columns come their names
    columns = [strings[1 + rows * k : 1 + rows * (k + 1)] for k in (2, 3, 4)]
    return [
        {
            book: _ends(reference)
            for book, reference in zip(_GOSPELS, row, strict=True)
            if _REFERENCE.fullmatch(reference.strip())
        }
        for row in zip(*columns, strict=True)
    ]


def _ends(reference: str) -> list[Verse]:
    chapter, first, last_chapter, last = _REFERENCE.fullmatch(reference.strip()).groups()  # type: ignore[union-attr]
    return [(int(chapter), int(first)), (int(last_chapter or chapter), int(last or first))]


def _gospels(folder: Path) -> Iterator[Pair]:
    table = _pericopes(folder / "ggtextparallels/data/gospel_parallels.rda")
    for version in _GOSPELS_IN:
        bible = _bible(folder, version)
        acts = _pieces(bible, "Acts")
        for one, two in _PERICOPES:
            rows = _apart([row for row in table if one in row and two in row], (one, two))
            told = [(_told(bible, one, row[one]), _told(bible, two, row[two])) for row in rows]
            told = [pair for pair in told if all(pair)]
            if len(told) >= _FEWEST and acts:
                yield Pair(f"{one} and {two}", f"{one} {two} {version}", _beside(told), acts)


def _apart(
    rows: Sequence[Mapping[str, list[Verse]]], books: Sequence[str]
) -> list[Mapping[str, list[Verse]]]:
    """The pericopes in the order of the first book that have no verse of either book in common with a longer one."""
    kept: list[Mapping[str, list[Verse]]] = []
    for row in sorted(rows, key=lambda row: _length(row[books[0]]), reverse=True):
        if not any(
            row[book][0] <= other[book][1] and other[book][0] <= row[book][1]
            for other in kept
            for book in books
        ):
            kept.append(row)
    return sorted(kept, key=lambda row: row[books[0]])


def _length(ends: Sequence[Verse]) -> int:
    return 100 * (ends[1][0] - ends[0][0]) + ends[1][1] - ends[0][1]


def _told(bible: Bible, book: str, ends: Sequence[Verse]) -> str:
    return " ".join(
        text for verse, text in sorted(bible.get(book, {}).items()) if ends[0] <= verse <= ends[1]
    )


def _pieces(bible: Bible, book: str) -> list[str]:
    """A book in pieces of eight verses, about as long as pericopes are."""
    verses = [text for _, text in sorted(bible.get(book, {}).items())]
    return [" ".join(verses[first : first + 8]) for first in range(0, len(verses), 8)]


def _beside(told: Sequence[tuple[str, str]]) -> Aligned:
    """Two texts of as many passages; those of each place tell the same."""
    return Aligned(
        *([pair[side] for pair in told] for side in (0, 1)), {k: frozenset((k,)) for k in range(len(told))}
    )


def _books(folder: Path) -> Iterator[Pair]:
    for language, versions in _VERSIONS.items():
        for one, two in combinations(versions, 2):
            first, second = _bible(folder, one), _bible(folder, two)
            for book in _BOOKS:
                here, there = first.get(book, {}), second.get(book, {})
                other = list(second.get(_OTHERS.get(book, "Mark"), {}).values())
                told = [(here[verse], there[verse]) for verse in sorted(here.keys() & there.keys())]
                if len(told) >= _FEWEST and other:
                    yield Pair(f"books, {language}", f"{book} {one} {two}", _beside(told), other)


def _gita(path: Path) -> Iterator[Pair]:
    if not path.is_file():
        return
    verses: dict[int, dict[int, str]] = defaultdict(dict)
    for each in json.loads(path.read_text(encoding="utf-8")):
        verses[each["author_id"]][each["verse_id"]] = " ".join(each["description"].split())
    for one, two in _GITA:
        here, there = verses[one], verses[two]
        told = [(here[verse], there[verse]) for verse in sorted(here.keys() & there.keys())]
        half = len(told) // 2
        others = [other for _, other in told[half:]]
        yield Pair("Gita", f"Gita {one} {two}", _beside(told[:half]), others)


def _plays(folder: Path) -> Iterator[Pair]:
    lines = {
        play: [
            (folder / f"{play}_{version}.snt.aligned")
            .read_text(encoding="utf-8", errors="replace")
            .splitlines()
            for version in ("original", "modern")
        ]
        for play in _PLAYS
        if (folder / f"{play}_modern.snt.aligned").is_file()
    }
    for play, (original, modern) in lines.items():
        told = [pair for pair in zip(original, modern, strict=True) if all(map(str.strip, pair))][:_MOST]
        others = lines[next(other for other in [*lines, play] if other != play)][1][:_MOST]
        yield Pair("plays", play, _beside(told), others)


def in_half(pair: Pair, half: int) -> bool:
    """Whether a pair is in the half with this number, 1 or 2."""
    return zlib.crc32(pair.name.encode()) % 2 == half - 1


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(1, 2))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="pairs whose group or name has this")
    parser.add_argument("--every", type=int, default=1, help="one pair in so many")
    given = parser.parse_args()
    chosen = [
        pair
        for pair in pairs(given.folder)
        if (not given.half or in_half(pair, given.half)) and given.only in f"{pair.group} {pair.name}"
    ][:: given.every]
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for pair in chosen:
        chance = random.Random(f"{given.seed} {pair.name}")
        tallies[pair.group, "removed"].add(pair.aligned.removed(chance))
        tallies[pair.group, "replaced"].add(pair.aligned.replaced(pair.others, chance))
    print(f"{2 * len(chosen)} sets\n" + heads())
    bands: dict[str, dict[int, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for (group, kind), tally in tallies.items():
        print(tally.line(f"{group}, {kind}"))
        for band, judged in tally.bands.items():
            bands[kind][band] += judged
    print_bands(bands)


if __name__ == "__main__":
    main()
