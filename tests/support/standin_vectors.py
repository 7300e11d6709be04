"""Vectors without a model, and texts in a language that nobody speaks, for tests of what is related by meaning.

A word and its translation have the same vector, drawn by the word; a sentence has the mean of its words. Sentences are
near to each other as they are for a model: everything is somewhat like everything.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence

import numpy as np

from texts.meaning import DIMENSION
from texts.meaning.pieces import key_of, pieces_of
from texts.model import Passage, Span, Text

MODEL = "stand-in-1"
_STEMS = tuple(a + b for a in ("mor", "vel", "tas", "rin", "kol", "bur", "dam", "fes", "gal", "nip") for b in (
    "ak", "eb", "id", "or", "un", "esk", "ilt", "ond", "arg", "ump"
))  # fmt: skip


def translated(words: str) -> str:
    """The same in the other language: each word backwards, in Greek letters."""
    return re.sub(r"\w+", lambda word: _in_greek(word[0][::-1]), words)


def _in_greek(word: str) -> str:
    return word.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβγδεφθηιξκλμνοπςρστυβωχψζ"))


def _in_latin(word: str) -> str:
    return word.translate(str.maketrans("αβγδεφθηιξκλμνοπςρστυωχψζ", "abcdefghijklmnopqrstuwxyz")).replace(
        "v", "b"
    )


def sentence_vector(words: str) -> bytes:
    """The vector of a sentence of either language."""
    total = np.zeros(DIMENSION)
    for word in re.findall(r"\w+", words.lower()):
        known = word if word.isascii() else _in_latin(word)[::-1]
        total += _of_word(known.replace("v", "b"))
    vector = total / max(float(np.linalg.norm(total)), 1e-9) + _of_word("everything") * 2
    return (vector / np.linalg.norm(vector)).astype("<f2").tobytes()


def _of_word(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "little")
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    found: np.ndarray = drawn / np.linalg.norm(drawn)
    return found


def embed(words: Sequence[str], **_: object) -> Iterator[tuple[str, bytes]]:
    """In the place of `texts.meaning.embedding.embed`."""
    yield from ((each, sentence_vector(each)) for each in dict.fromkeys(words))


def vectors_of(*texts: Text) -> dict[bytes, bytes]:
    """The vectors of all pieces of texts, by key."""
    words = {piece.words for text in texts for piece in pieces_of(text)}
    return {key_of(each): sentence_vector(each) for each in words}


def some_sentences(count: int, seed: int = 1) -> list[str]:
    """Sentences of drawn words, none like another."""
    draw = random.Random(seed)
    return [" ".join(draw.sample(_STEMS, 9)).capitalize() + "." for _ in range(count)]


def text_of(slug: str, passages: Sequence[str]) -> Text:
    """A text with these passages, all of the article."""
    body, spans = "", []
    for passage in passages:
        body += "\n\n" if body else ""
        spans.append(Span(len(body), len(body) + len(passage)))
        body += passage
    return Text(slug, slug.title(), "", "", body, tuple(Passage(s, n) for n, s in enumerate(spans, 1)))
