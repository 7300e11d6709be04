"""Large libraries, through the real schema but without the journal: a million highlights in a few seconds.

Everything in them could have been made at the desk: quotes are the words of their places, contexts stand around them,
tags lie below each other, links join two highlights. The same numbers give the same library.

    python -m tests.support.large_library FILE [--highlights 1000000] [--texts 20] [--words 20000] [--tags 200] …
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from store.codebook import PALETTE
from store.connection import Connection
from store.highlight_rows import quoted
from store.library import Library
from texts.model import Span, Text
from texts.segment import passages

_SYLLABLES = (
    "ba",
    "chi",
    "do",
    "fe",
    "gul",
    "hra",
    "ka",
    "lo",
    "mir",
    "nu",
    "pos",
    "qua",
    "re",
    "sti",
    "tan",
    "wo",
)
_PARAGRAPH = 80
"""Words of a paragraph."""
_CREATED = "2026-01-01T00:{:02}:{:02}Z"


class Size(NamedTuple):
    """How much there is of each kind."""

    highlights: int = 1000
    texts: int = 2
    words: int = 2000
    """Of each text."""
    tags: int = 50
    links: int = 0
    tags_each: int = 1
    """Tags on a highlight; every tenth has none."""
    readers: int = 1
    seed: int = 1


def make(path: Path, size: Size) -> None:
    """Makes a library of that size; the file must not be there yet."""
    with Library.open(path, reader="ana") as library:
        with library.transaction():
            bodies = [_added(library, number, size) for number in range(size.texts)]
            _tags(library.connection, size)
            _highlights(library.connection, bodies, size)
            _links(library.connection, size)
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def body(words: int, seed: int) -> str:
    """Paragraphs of made-up words, frequent ones and rare ones."""
    chance = Random(seed)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=2 + number % 3)) for number in range(2000)]
    drawn = (vocabulary[int(2000 * chance.random() ** 3)] for _ in range(words))
    return "\n\n".join(f"{' '.join(some).capitalize()}." for some in _batched(drawn, _PARAGRAPH))


T = TypeVar("T")


def _batched(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """The items in lists of so many at most; `itertools.batched` came with Python 3.12."""
    left = iter(items)
    while some := list(islice(left, most)):
        yield some


class _Body(NamedTuple):
    text_id: int
    version_id: int
    words: str


def _added(library: Library, number: int, size: Size) -> _Body:
    words = body(size.words, size.seed + number)
    text, _ = library.texts.add(
        Text(f"text-{number:05}", f"Text {number}", "An Author", f"text-{number}.txt", words, passages(words))
    )
    edition = library.texts.current_version(text.slug)
    return _Body(edition.text_id, edition.version_id, words)


def _tags(connection: Connection, size: Size) -> None:
    colours = list(PALETTE)
    connection.execute_many(
        "INSERT INTO tag (id, path, colour, letter) VALUES (?, ?, ?, ?)",
        (
            (number, tag(number), colours[number % len(colours)], chr(ord("A") + number % 26))
            for number in range(1, size.tags + 1)
        ),
    )


def tag(number: int) -> str:
    """The path of a tag, from 1: ten lie below each of those before them."""
    above = "" if number <= 10 else f"{tag(number // 10)}/"
    return f"{above}tag{number}"


def _highlights(connection: Connection, bodies: Sequence[_Body], size: Size) -> None:
    for some in _batched(_rows(bodies, size), 5000):
        connection.execute_many(_HIGHLIGHT, some)
    if not size.tags:
        return
    chance = Random(size.seed + 2)
    carried = (
        (highlight, number)
        for highlight in range(1, size.highlights + 1)
        if highlight % 10
        for number in dict.fromkeys(1 + int(size.tags * chance.random() ** 2) for _ in range(size.tags_each))
    )
    for pairs in _batched(carried, 5000):
        connection.execute_many("INSERT INTO highlight_tag (highlight_id, tag_id) VALUES (?, ?)", pairs)


def _rows(bodies: Sequence[_Body], size: Size) -> Iterator[tuple[object, ...]]:
    chance = Random(size.seed + 1)
    for number in range(1, size.highlights + 1):
        text_id, version_id, words = bodies[int(len(bodies) * chance.random())]
        start = int((len(words) - 120) * chance.random())
        span = Span(start, start + 20 + int(90 * chance.random()))
        at = _CREATED.format(number // 60 % 60, number % 60)
        note = f"a note of {number}" if number % 8 == 0 else ""
        reader = f"reader{number % size.readers}" if number % size.readers else "ana"
        yield (
            number, f"{chance.getrandbits(128):032x}", text_id, version_id, *span, *quoted(words, (span,)), note,
            number % 25 == 0, reader, at, at, "orphan" if number % 5000 == 0 else "exact",
        )  # fmt: skip


def _links(connection: Connection, size: Size) -> None:
    chance = Random(size.seed + 3)

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(1, size.links + 1):
            left, right = chance.sample(range(1, size.highlights + 1), 2)
            yield (f"{chance.getrandbits(128):032x}", left, right, "same", 1, f"link {number}", "ana")

    for some in _batched(rows(), 5000):
        connection.execute_many(_LINK, some)


_HIGHLIGHT = """INSERT INTO highlight
    (id, uid, text_id, version_id, "start", "end", quote, before, after, note, star, reader, created, updated, anchor)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

_LINK = """INSERT INTO link (uid, left_id, right_id, kind, mutual, note, reader, created, updated)
    VALUES (?, ?, ?, ?, ?, ?, ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"""


def main() -> None:
    """Makes one from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    for name, usual in Size()._asdict().items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual)
    given = vars(parser.parse_args())
    make(given.pop("file"), Size(**given))


if __name__ == "__main__":
    main()
