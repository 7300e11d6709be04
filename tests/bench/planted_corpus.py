"""Writes a corpus of any size in which it is known who quotes whom: texts of made-up words, a line of JSON each.

    python -m tests.bench.planted_corpus FILE.jsonl [--passages 200000] [--quotations FILE.jsonl]

Texts have a thousand words. Every seventh quotes 25 to 50 words of an earlier one inside a passage of its own, with
0, 2 or 5 % of the letters damaged as OCR damages them. `--quotations` writes which passages those are. The same for the
same numbers on every machine; a passage has 52 words on average.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.corpus import Writer
from tests.bench.corpus_quality import Planted, damaged

_WORDS = 1_000
_QUOTES = 7
"""One text in so many quotes another."""
_LENGTHS = (25, 50)
_NOISE = (0.0, 0.02, 0.05)


class PlantedText(NamedTuple):
    """A text, and what it quotes."""

    name: str
    passages: list[str]
    quotes: Planted | None


def planted_texts(passages: int, seed: int = 9) -> Iterator[PlantedText]:
    """Texts until there are so many passages."""
    writer, chance = Writer(seed), random.Random(seed)
    quotable: list[tuple[tuple[str, int], list[str]]] = []
    number = 0
    while passages > 0:
        name, body = f"t{number:06}", writer.paragraphs(_WORDS)
        quotes = None
        if quotable and number % _QUOTES == 0:
            source, words = chance.choice(quotable)
            length, noise = chance.randint(*_LENGTHS), chance.choice(_NOISE)
            start, place = chance.randrange(len(words) - length + 1), chance.randrange(len(body))
            body[place] += " " + damaged(" ".join(words[start : start + length]), noise, chance)
            quotes = Planted(source, (name, place + 1), length, noise)
        else:
            long = [k for k, passage in enumerate(body) if len(passage.split()) >= _LENGTHS[1]]
            if long:
                place = chance.choice(long)
                quotable.append(((name, place + 1), body[place].split()))
        yield PlantedText(name, body, quotes)
        passages -= len(body)
        number += 1


def write_corpus(file: Path, passages: int, seed: int = 9) -> list[Planted]:
    """Writes the texts as `tui corpus make` reads them, a line each; what was planted in them."""
    found = []
    with file.open("w", encoding="utf-8") as out:
        for text in planted_texts(passages, seed):
            out.write(json.dumps({"id": text.name, "text": "\n\n".join(text.passages)}) + "\n")
            if text.quotes is not None:
                found.append(text.quotes)
    return found


def main(arguments: Iterable[str] | None = None) -> None:
    """Writes what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--quotations", type=Path)
    asked = parser.parse_args(arguments and list(arguments))
    found = write_corpus(asked.file, asked.passages)
    print(f"{len(found):,} quotations in {asked.file}")
    if asked.quotations is not None:
        asked.quotations.write_text("".join(json.dumps(each._asdict()) + "\n" for each in found))


if __name__ == "__main__":
    main()
