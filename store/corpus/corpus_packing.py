"""Texts on their way to a process that reads them, and back: a header of JSON, then bytes of the lengths it gives."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from store.corpus.corpus_sources import GivenText
from store.corpus.new_texts import NewText
from store.segmentation import columns_of, passages_in
from texts.corpus.content_words import WordNumbers
from texts.corpus.corpus_texts import CorpusText
from texts.corpus.sections import Section

_LENGTH = 4


class CorpusReading(NamedTuple):
    """What came of a text that was given: the text, or why it cannot be read; neither where it was there already."""

    text: NewText | None = None
    trouble: str = ""


def packed_given(given: Sequence[GivenText]) -> bytes:
    """Texts that were given, as `given_in` takes them."""
    return _packed([[*each[:-1], len(each.line)] for each in given], [each.line for each in given])


def given_in(data: bytes) -> list[GivenText]:
    """Inverse of `packed_given`."""
    heads, take = _unpacked(data)
    return [GivenText(*(*head, take(length))) for *head, length in heads]


def packed_read(read: Sequence[CorpusReading]) -> bytes:
    """What came of texts, as `read_in` takes it."""
    heads: list[object] = []
    parts: list[bytes] = []
    for text, trouble in read:
        sections = []
        for section, words in () if text is None else text.sections:
            numbers = words.numbers.tobytes(), words.starts.tobytes()
            these = section.body.encode(), columns_of(section.pieces), *numbers
            sections.append([section.start, *map(len, these)])
            parts += these
        about = None if text is None else [text.known, text.sha256, text.words]
        heads.append([trouble, about, sections])
    return _packed(heads, parts)


def read_in(data: bytes) -> Iterator[CorpusReading]:
    """Inverse of `packed_read`."""
    heads, take = _unpacked(data)
    for trouble, about, sections in heads:
        if about is None:
            yield CorpusReading(None, trouble)
            continue
        known, sha256, words = about
        found = []
        for start, *lengths in sections:
            body, pieces, numbers, starts = map(take, lengths)
            section = Section(start, body.decode(), passages_in(pieces))
            found.append((section, WordNumbers(array("q", numbers), array("I", starts))))
        yield CorpusReading(NewText(CorpusText(*known), sha256, words, found))


def packed_shard(body: str, pieces: bytes) -> bytes:
    """The body and the passages of a shard, as `shard_in` takes them."""
    return len(pieces).to_bytes(_LENGTH, "little") + pieces + body.encode()


def shard_in(data: bytes) -> tuple[str, bytes]:
    """Inverse of `packed_shard`."""
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    return data[end:].decode(), data[_LENGTH:end]


def _packed(heads: object, parts: Sequence[bytes]) -> bytes:
    # Bytes of a file's name that are no UTF-8 stand there as halves of surrogate pairs, which ASCII keeps.
    head = json.dumps(heads).encode("ascii")
    return b"".join((len(head).to_bytes(_LENGTH, "little"), head, *parts))


def _unpacked(data: bytes) -> tuple[Any, Callable[[int], bytes]]:
    """The header, and what gives so many of the bytes after it and after those that were given before."""
    at = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    heads = json.loads(data[_LENGTH:at])

    def take(length: int) -> bytes:
        nonlocal at
        at += length
        return data[at - length : at]

    return heads, take
