"""Seeded models of what happens to a text, each of which keeps where every letter came from.

An edit takes an `Edited` and a random generator and returns an `Edited`, so that edits can follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_lowercase

NEW = -1
"""The origin of what was not in the first version."""

STRAIGHT = {
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("\u00a0\u2008", " "),
    "–": "-",
    "—": "--",
    "…": "...",
}
"""What a typewriter has for the characters of a printer."""


@dataclass(frozen=True)
class Edited:
    """A version of a text."""

    text: str
    origins: Sequence[int]
    """For each code point where it stood in the first version, or NEW."""

    @classmethod
    def first(cls, text: str) -> Edited:
        """A text that nothing has happened to."""
        return cls(text, range(len(text)))


Edit = Callable[[Edited, Random], Edited]


class Scribe:
    """Copies a version, with changes."""

    def __init__(self, source: Edited) -> None:
        self._source = source
        self._text: list[str] = []
        self._origins: list[int] = []

    def keep(self, start: int, end: int) -> None:
        """Copy a stretch."""
        self._text.append(self._source.text[start:end])
        self._origins += self._source.origins[start:end]

    def write(self, words: str) -> None:
        """Add words of one's own."""
        self._text.append(words)
        self._origins += [NEW] * len(words)

    def alter(self, at: int, letter: str) -> None:
        """Write another letter for one; it keeps its origin."""
        self._text.append(letter)
        self._origins.append(self._source.origins[at])

    def done(self) -> Edited:
        """The copy."""
        return Edited("".join(self._text), self._origins)


def characters(rate: float) -> Edit:
    """That share of characters hit: half altered, a quarter lost, a quarter followed by a stray one."""

    def edit(source: Edited, rng: Random) -> Edited:
        copy = Scribe(source)
        for at, character in enumerate(source.text):
            if character == "\n" or rng.random() >= rate:
                copy.keep(at, at + 1)
                continue
            stray = rng.choice(ascii_lowercase + " ")
            match rng.choice(("alter", "alter", "lose", "add")):
                case "alter":
                    copy.alter(at, stray)
                case "add":
                    copy.keep(at, at + 1)
                    copy.write(stray)
        return copy.done()

    return edit


def words(rate: float) -> Edit:
    """About that share of words touched, one to four at a time: half replaced, a quarter cut, a quarter added to."""

    def edit(source: Edited, rng: Random) -> Edited:
        found = [m.span() for m in re.finditer(r"\S+", source.text)]
        vocabulary = source.text.split()
        copy = Scribe(source)
        done = k = 0
        while k < len(found):
            start, end = found[k]
            copy.keep(done, start)
            done = start
            k += 1
            if rng.random() >= rate / 2.5:
                continue
            count = min(rng.randint(1, 4), len(found) - k + 1)
            if "\n" not in source.text[start : found[k + count - 2][1]]:
                end = found[k + count - 2][1]
                k += count - 1
            new = " ".join(rng.choice(vocabulary) for _ in range(count))
            match rng.choice(("replace", "replace", "cut", "add")):
                case "replace":
                    copy.write(new)
                case "add":
                    copy.write(new + " ")
                    copy.keep(start, end)
            done = end
        copy.keep(done, len(source.text))
        return copy.done()

    return edit


def paragraphs(moved: float, cut: float) -> Edit:
    """That share of paragraphs moved anywhere, and that share cut."""

    def edit(source: Edited, rng: Random) -> Edited:
        fates = [(span, rng.random()) for span in _paragraphs(source.text)]
        order = [span for span, fate in fates if fate >= moved + cut]
        for span, fate in fates:
            if fate < moved:
                order.insert(rng.randint(0, len(order)), span)
        return _in_paragraphs(source, order)

    return edit


def near_copies(rate: float) -> Edit:
    """Before that share of sentences a copy with one or two other words, in the same paragraph."""

    def edit(source: Edited, rng: Random) -> Edited:
        vocabulary = source.text.split()
        copy = Scribe(source)
        done = 0
        for sentence in re.finditer(r"(?<![^\s])[^\s.!?][^\n.!?]{20,}[.!?](?!\S)", source.text):
            if rng.random() >= rate:
                continue
            copy.keep(done, sentence.start())
            said = sentence.group().split()
            for k in rng.sample(range(len(said)), rng.randint(1, 2)):
                said[k] = rng.choice(vocabulary)
            copy.write(" ".join(said) + " ")
            done = sentence.start()
        copy.keep(done, len(source.text))
        return copy.done()

    return edit


def swapped(source: Edited, rng: Random) -> Edited:
    """Two paragraphs change places."""
    order = _paragraphs(source.text)
    one, other = rng.sample(range(len(order)), 2)
    order[one], order[other] = order[other], order[one]
    return _in_paragraphs(source, order)


def cut_one(source: Edited, rng: Random) -> Edited:
    """One paragraph is cut."""
    order = _paragraphs(source.text)
    del order[rng.randrange(len(order))]
    return _in_paragraphs(source, order)


def straightened(source: Edited, rng: Random) -> Edited:
    """Saved by a tool that knows only the characters of a typewriter."""
    copy = Scribe(source)
    for at, character in enumerate(source.text):
        straight = STRAIGHT.get(character, character)
        copy.alter(at, straight[0])
        copy.write(straight[1:])
    return copy.done()


def wrapped(source: Edited, rng: Random, width: int = 72) -> Edited:
    """Lines broken at a width."""
    copy = Scribe(source)
    line = blank = 0
    breaks = set()
    for at, character in enumerate(source.text):
        if character == "\n":
            line = blank = at + 1
        elif character == " ":
            blank = at
        if at - line >= width and blank > line:
            breaks.add(blank)
            line = blank + 1
    for at, character in enumerate(source.text):
        copy.alter(at, "\n" if at in breaks else character)
    return copy.done()


def stripped(source: Edited, rng: Random) -> Edited:
    """Fetched again: short lines gone with the page chrome, another header on top."""
    order = [m.span() for m in re.finditer(r"[^\n]{60,}", source.text)]
    copy = Scribe(source)
    copy.write("FETCHED AGAIN FROM THE WEB\n\nShare this article\n\n")
    _copy_paragraphs(copy, order)
    return copy.done()


def corrected(source: Edited, rng: Random) -> Edited:
    """A corrected edition: typos mended, two paragraphs swapped, one cut, quotes straightened, chrome stripped."""
    for edit in (characters(0.003), swapped, cut_one, straightened, stripped):
        source = edit(source, rng)
    return source


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)]


def _in_paragraphs(source: Edited, order: Sequence[tuple[int, int]]) -> Edited:
    copy = Scribe(source)
    _copy_paragraphs(copy, order)
    return copy.done()


def _copy_paragraphs(copy: Scribe, order: Sequence[tuple[int, int]]) -> None:
    for k, (start, end) in enumerate(order):
        if k:
            copy.write("\n\n")
        copy.keep(start, end)
