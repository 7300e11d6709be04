"""How many planted quotations `tui corpus relate` finds, beside passim's published method and MinHash LSH.

    python -m tests.bench.corpus_quality [--texts 400]
    python -m tests.bench.corpus_quality --texts-from FOLDER            real prose rather than made-up words
    python -m tests.bench.corpus_quality --words 120                    short texts, as news items are
    python -m tests.bench.corpus_quality --words 120 --notice LINE      the same with a line below each passage
    python -m tests.bench.corpus_quality --texts 2000 --write FOLDER    only writes the texts, a file each

Texts of a thousand made-up words, or as many in a row of the books in a folder, a file each with a blank line between
paragraphs, quote one another: 12, 25 and 50 words, and whole passages, with 0, 2, 5 and 10 % of the letters
damaged as OCR damages them (another letter, one lost, one too many). A pair of passages is right
where the one quotes the other, or both quote the same words; pairs in one book that were not planted are left out. What
each method gives as its pairs is counted:

- `relate`: `tui corpus relate` as it stands, `--passages 20`, scores from 50.
- `passim`: shingles of 25 characters without blanks and signs, those of more than 100 passages left out; pairs with
  five in common or more; of these the ones whose local alignment (Smith and Waterman 1981 with affine gaps, Gotoh 1982,
  by characters: match 2, mismatch -1, gap -5, then -0.5) is 50 characters long or more. That is what passim 2 documents
  of its defaults (`--n 25`, `--minDF 2`, `--maxDF 100`, `--min-match 5`, `--min-align 50`); it is its method that is
  measured here, in Python, and not its program.
- `minhash`: LSH of datasketch, 128 permutations over shingles of three words, Jaccard .2; where that is installed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.bench.corpus import Writer

Place = tuple[str, int]
"""A text and a passage of it, from 1."""
PairOfPlaces = tuple[Place, Place]
_LENGTHS = (12, 25, 50, 0)
"""Words of a quotation; 0: the whole passage."""
_NOISE = (0.0, 0.02, 0.05, 0.10)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = 1_000
"""Of a text, where nothing else is asked for."""
_SHORTEST = 20
"""Characters of a paragraph of a book, at least: not the numbers of chapters."""
_SHINGLE, _MOST_HELD, _FEWEST, _ALIGNED = 25, 100, 5, 50


class Planted(NamedTuple):
    """A quotation that was planted."""

    source: Place
    place: Place
    words: int
    noise: float


class Set(NamedTuple):
    """Texts and what was planted in them."""

    texts: Mapping[str, list[str]]
    planted: list[Planted]

    def right(self) -> set[PairOfPlaces]:
        """All pairs of passages that have the same words: quotations, and two of the same source."""
        by_source = defaultdict(set)
        for each in self.planted:
            by_source[each.source].update((each.source, each.place))
        return {_pair(*two) for places in by_source.values() for two in combinations(places, 2)}


def _pair(one: Place, other: Place) -> PairOfPlaces:
    return (one, other) if one < other else (other, one)


def _of_one_book(one: Place, other: Place) -> bool:
    """Whether both are out of the same book: what passim calls a series, of which it gives no pairs."""
    book = one[0].rpartition("-")[0]
    return book != "" and book == other[0].rpartition("-")[0]


def damaged(words: str, share: float, chance: random.Random) -> str:
    """The words with this share of their letters read wrongly."""
    letters = []
    for letter in words:
        if not letter.isalpha() or chance.random() >= share:
            letters.append(letter)
            continue
        kind = chance.random()
        if kind < 0.7:
            letters.append(chance.choice(_LETTERS))
        elif kind < 0.85:
            letters += (letter, chance.choice(_LETTERS))
    return "".join(letters)


def made_up(count: int, words: int = _WORDS, seed: int = 5) -> dict[str, list[str]]:
    """So many texts of so many made-up words."""
    writer = Writer(seed)
    return {f"t{n}": writer.paragraphs(words) for n in range(count)}


def out_of_books(folder: Path, count: int, words: int = _WORDS, seed: int = 5) -> dict[str, list[str]]:
    """So many pieces of the books in a folder, of so many words in whole paragraphs, drawn by chance."""
    pieces: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.txt")):
        piece: list[str] = []
        body = path.read_text(encoding="utf-8-sig", errors="replace")
        for paragraph in re.split(r"\n\s*\n", body):
            line = " ".join(paragraph.split())
            if len(line) > _SHORTEST:
                piece.append(line)
            if sum(len(each.split()) for each in piece) >= words:
                pieces[f"{path.stem}-{len(pieces)}"], piece = piece, []
    drawn = random.Random(seed).sample(list(pieces), min(count, len(pieces)))
    return {name: pieces[name] for name in drawn}


def planted(texts: dict[str, list[str]], seed: int = 5) -> Set:
    """The texts, every second of which quotes one of the others."""
    chance, count = random.Random(seed), len(texts)
    found, kinds = [], [(length, noise) for length in _LENGTHS for noise in _NOISE]
    names = list(texts)
    for n, name in enumerate(names[count // 2 :]):
        length, noise = kinds[n % len(kinds)]
        source, number = _source(texts, names[: count // 2], length, chance)
        words = texts[source][number - 1].split()
        start = chance.randrange(len(words) - length + 1) if length else 0
        quoted = damaged(" ".join(words[start : start + length] if length else words), noise, chance)
        place = chance.randrange(len(texts[name]))
        texts[name][place] = quoted if not length else f"{texts[name][place]} {quoted}"
        found.append(Planted((source, number), (name, place + 1), length, noise))
    return Set(texts, found)


def with_notice(given: Set, line: str) -> Set:
    """The same texts with a line below every passage, as a notice of the paper stands; as they are without one."""
    if not line:
        return given
    texts = {name: [f"{each} {line}" for each in passages] for name, passages in given.texts.items()}
    return given._replace(texts=texts)


def _source(
    texts: Mapping[str, list[str]], names: list[str], length: int, chance: random.Random
) -> tuple[str, int]:
    while True:
        name = chance.choice(names)
        number = chance.randrange(len(texts[name]))
        if len(texts[name][number].split()) >= max(length, 25):
            return name, number + 1


def by_relating(given: Set) -> set[PairOfPlaces]:
    """The pairs of `tui corpus relate`."""
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_making import add_texts
    from store.corpus.corpus_relating import DEFAULT, CorpusRun
    from texts.corpus.corpus_texts import CorpusText, IncomingText
    from texts.load import load_bytes

    def incoming() -> Iterator[IncomingText]:
        for name, passages in given.texts.items():
            text = load_bytes("\n\n".join(passages).encode(), f"{name}.txt", furniture=False)
            assert len(text.numbered) == len(passages)
            yield IncomingText(CorpusText(name), text)

    with tempfile.TemporaryDirectory() as folder, Corpus.create(Path(folder) / "set") as corpus:
        add_texts(corpus, incoming())
        run = CorpusRun(corpus, None, DEFAULT._replace(best=20))
        run.run()
        return {_pair(*((side.text, side.passage or 0) for side in pair.sides)) for pair in run.pairs()}


def by_shingles(given: Set) -> set[PairOfPlaces]:
    """The pairs of passim's method."""
    letters = {
        (name, n): re.sub(r"\W+", "", passage.lower())
        for name, passages in given.texts.items()
        for n, passage in enumerate(passages, 1)
    }
    held: dict[int, set[Place]] = defaultdict(set)
    for place, string in letters.items():
        for start in range(len(string) - _SHINGLE + 1):
            held[hash(string[start : start + _SHINGLE])].add(place)
    shared: Counter[PairOfPlaces] = Counter()
    for places in held.values():
        if 2 <= len(places) <= _MOST_HELD:
            shared.update(_pair(*two) for two in combinations(sorted(places), 2) if two[0][0] != two[1][0])
    return {
        pair
        for pair, count in shared.items()
        if count >= _FEWEST and aligned(letters[pair[0]], letters[pair[1]]) >= _ALIGNED
    }


def aligned(one: str, other: str) -> int:
    """How many characters the best local alignment of two strings takes of the first, by an affine gap."""
    codes = np.frombuffer(other.encode("utf-32-le"), np.uint32)
    width = len(codes) + 1
    best, down = np.zeros(width), np.full(width, -np.inf)
    begun, down_begun = np.arange(0), np.zeros(width, np.int64)
    top, length = 0.0, 0
    begun = np.zeros(width, np.int64)
    for row, letter in enumerate(one, 1):
        match = best[:-1] + np.where(codes == ord(letter), 2.0, -1.0)
        from_best = best - 5.0
        longer = down - 0.5
        down_begun = np.where(from_best >= longer, begun, down_begun)
        down = np.maximum(from_best, longer)
        now, now_begun = np.zeros(width), np.full(width, row)
        now_begun[1:] = np.where(match > 0, np.where(best[:-1] > 0, begun[:-1], row - 1), row)
        now[1:] = np.maximum(match, 0)
        taken = down > now
        now[taken], now_begun[taken] = down[taken], down_begun[taken]
        # Gaps along the row: the best of all cells to the left, less what the gap costs.
        slope = now + 0.5 * np.arange(width)
        left = np.maximum.accumulate(slope)
        at = np.maximum.accumulate(np.where(slope == left, np.arange(width), 0))
        gap = np.concatenate([[-np.inf], left[:-1] - 0.5 * np.arange(1, width) - 4.5])
        taken = gap > now
        now_begun[taken] = now_begun[np.concatenate([[0], at[:-1]])[taken]]
        now[taken] = gap[taken]
        best, begun = now, now_begun
        place = int(best.argmax())
        if best[place] > top:
            top, length = float(best[place]), row - int(begun[place])
    return length


def by_minhash(given: Set) -> set[PairOfPlaces] | None:
    """The pairs of MinHash LSH; None where datasketch is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return None
    index, hashes = MinHashLSH(threshold=0.2, num_perm=128), {}
    for name, passages in given.texts.items():
        for n, passage in enumerate(passages, 1):
            words = re.findall(r"\w+", passage.lower())
            shingles = {" ".join(words[k : k + 3]).encode() for k in range(len(words) - 2)}
            if shingles:
                hashes[name, n] = MinHash(num_perm=128)
                hashes[name, n].update_batch(shingles)
                index.insert((name, n), hashes[name, n])
    return {
        _pair(place, other)
        for place, each in hashes.items()
        for other in index.query(each)
        if other[0] != place[0] and each.jaccard(hashes[other]) >= 0.2
    }


def report(name: str, found: set[PairOfPlaces], given: Set, seconds: float) -> Iterator[str]:
    """Lines of the table."""
    right = given.right()
    cells = []
    for length in _LENGTHS:
        for noise in _NOISE:
            these = [each for each in given.planted if (each.words, each.noise) == (length, noise)]
            hits = sum(_pair(each.source, each.place) in found for each in these)
            cells.append(f"{hits / max(1, len(these)):.2f}")
    recall = sum(_pair(each.source, each.place) in found for each in given.planted) / len(given.planted)
    precision = len(found & right) / max(1, len(found))
    yield f"| {name} | {precision:.3f} | {recall:.3f} | {' | '.join(cells)} | {seconds:.1f} |"


def table(given: Set, false: int = 0) -> Iterator[str]:
    """The table, a line a method; below it so many of the pairs that were not planted."""
    heads = [f"{length or 'all'}, {noise:.0%}" for length in _LENGTHS for noise in _NOISE]
    yield f"| | precision | recall | {' | '.join(heads)} | seconds of processor |"
    yield f"|---|{'--:|' * (len(heads) + 3)}"
    for name, method in (("relate", by_relating), ("passim", by_shingles), ("minhash", by_minhash)):
        begun = sum(os.times()[:4])  # with children
        found = method(given)
        if found is not None:
            right = given.right()
            found = {pair for pair in found if pair in right or not _of_one_book(*pair)}
            yield from report(name, found, given, sum(os.times()[:4]) - begun)
            for one, other in sorted(found - given.right())[:false]:
                yield f"  false: {one[0]} ¶{one[1]} ~ {other[0]} ¶{other[1]}"
                yield from (f"    {given.texts[name][number - 1][:600]}" for name, number in (one, other))


def main(arguments: Iterable[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--words", type=int, default=_WORDS, help="of a text (default %(default)s)")
    parser.add_argument("--texts-from", type=Path, metavar="FOLDER", help="books as text files")
    parser.add_argument("--notice", metavar="LINE", default="", help="stands below every passage")
    parser.add_argument("--false", type=int, default=0, help="show so many pairs that were not planted")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    asked = parser.parse_args(arguments and list(arguments))
    count, words, folder = asked.texts, asked.words, asked.texts_from
    given = planted(out_of_books(folder, count, words) if folder else made_up(count, words))
    given = with_notice(given, asked.notice)
    if asked.write is not None:
        asked.write.mkdir(parents=True, exist_ok=True)
        for name, passages in given.texts.items():
            (asked.write / f"{name}.txt").write_text("\n\n".join(passages) + "\n", encoding="utf-8")
        return
    for line in table(given, asked.false):
        print(line, flush=True)


if __name__ == "__main__":
    main()
