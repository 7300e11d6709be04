"""Texts to measure on: made up, but with the word lengths, frequencies and paragraphs of English prose.

`python tests/bench/corpus.py FOLDER` writes them; the same ones on every machine.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path

_COMMON = (
    *("the", "and", "to", "of", "a", "he", "in", "that", "his", "was", "with", "it", "had", "her", "not"),
    *("at", "him", "on", "but", "for", "as", "she", "be", "is", "said"),
)
_LENGTHS = (3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 7, 8)
_CONSONANTS, _VOWELS, _FINALS = "bcdfghjklmnprstvwz", "aeiou", "nrstl"
_VOCABULARY = 18_000
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]
_FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"

ARTICLE, BOOK, LONG = 1_300, 100_000, 600_000
"""Sizes in words."""


class Writer:
    """Writes prose of a vocabulary of its own; the same seed writes the same."""

    def __init__(self, seed: int = 7, *, typographic: bool = True) -> None:
        self._random = random.Random(seed)
        self._typographic = typographic
        words = (self._word(self._random.choice(_LENGTHS)) for _ in range(_VOCABULARY))
        self._words = list(dict.fromkeys([*_COMMON, *words]))
        # Zipf–Mandelbrot, with constants usual for English.
        self._weights = list(accumulate(1 / (rank + 2.7) ** 1.12 for rank in range(len(self._words))))

    def _word(self, length: int) -> str:
        word = ""
        while len(word) < length:
            final = self._random.choice(_FINALS) if self._random.random() < 0.3 else ""
            word += self._random.choice(_CONSONANTS) + self._random.choice(_VOWELS) + final
        return word[:length]

    def paragraphs(self, words: int) -> list[str]:
        """Paragraphs with so many words in all."""
        written: list[str] = []
        while words > 0:
            length = min(max(4, int(self._random.lognormvariate(3.7, 0.8))), 320, words)
            words -= length
            written.append(
                self._paragraph(self._random.choices(self._words, cum_weights=self._weights, k=length))
            )
        return written

    def _paragraph(self, words: list[str]) -> str:
        sentences = []
        while words:
            length = min(len(words), max(3, int(self._random.gauss(17, 7))))
            sentences.append(self._sentence(words[:length]))
            words = words[length:]
        return " ".join(sentences)

    def _sentence(self, words: list[str]) -> str:
        words[0] = words[0].capitalize()
        if len(words) > 8:
            words[len(words) // 2] += ","
        sentence = " ".join(words) + self._random.choice("....?!")
        chance = self._random.random()
        if chance < 0.15:
            return f"“{sentence}”" if self._typographic else f'"{sentence}"'
        if chance < 0.2:
            return sentence.replace(", ", " — " if self._typographic else " -- ", 1)
        if chance < 0.25:
            return sentence.replace(" ", "’s " if self._typographic else "'s ", 1)
        return sentence

    def mixed(self, words: int) -> list[str]:
        """Paragraphs of which about half have characters that do not take one cell, or run from right to left."""
        return [self._mix(paragraph) for paragraph in self.paragraphs(words)]

    def _mix(self, paragraph: str) -> str:
        chance = self._random.random()
        if chance < 0.3:
            return "".join(self._random.choices(_HAN, k=self._random.randint(20, 200))) + "。"
        if chance < 0.4:
            return paragraph.replace("e", "e\N{COMBINING ACUTE ACCENT}")
        if chance < 0.45:
            return paragraph.replace(". ", f". {_FAMILY} ")
        if chance < 0.5:
            return "שלום עולם " * 20
        return paragraph


def _prose(words: int, *, typographic: bool = True) -> str:
    return "\n\n".join(Writer(typographic=typographic).paragraphs(words)) + "\n"


def _hand_wrapped(words: int) -> str:
    import textwrap

    return "\n\n".join(textwrap.fill(each, 75) for each in Writer().paragraphs(words)) + "\n"


TEXTS: Mapping[str, Callable[[], str]] = {
    "article": lambda: _prose(ARTICLE),
    "book": lambda: _prose(BOOK),
    "long": lambda: _prose(LONG),
    "long-ascii": lambda: _prose(LONG, typographic=False),
    "wrapped": lambda: _hand_wrapped(BOOK),
    "mixed": lambda: "\n\n".join(Writer().mixed(BOOK)) + "\n",
    "one-line": lambda: " ".join(Writer().paragraphs(LONG * 3 // 2)) + "\n",
    "short-lines": lambda: "\n\n".join(["a line"] * 300_000) + "\n",
}
"""Name → what makes the text."""


def write(folder: Path, *names: str) -> dict[str, Path]:
    """Writes texts into a folder, all unless some are named; those that are there stay. Returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.txt" for name in names or TEXTS}
    for name, path in paths.items():
        if not path.exists():
            path.write_text(TEXTS[name](), encoding="utf-8")
    return paths


if __name__ == "__main__":
    for name, path in write(Path(sys.argv[1])).items():
        body = path.read_text(encoding="utf-8")
        print(f"{name:12} {len(body.split()):8,} words {len(body.encode()):10,} bytes")
