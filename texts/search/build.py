"""Making the index of a text."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, count, groupby

from texts.lazy_pattern import lazy_pattern
from texts.model import Passage
from texts.search.index import MARK_EVERY, Index
from texts.search.packed_vocabulary import by_length, vocabulary_sections
from texts.tokens import JOINT, LONGEST_CHAIN
from texts.typography import split_words

_HYPHEN = lazy_pattern("-\n?")
_DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_LONG_NUMBER = lazy_pattern(
    rf"{_DIGIT}(?<!{_DIGIT}{_DIGIT}){_DIGIT}{{0,2}}(?:[,. \u00a0\u2009\u202f\u066c]{_DIGIT}{{3}})++(?![^\W_])"
)
"""A number with its thousands set off."""
_PIECE = 1 << 18
"""Code points that are split at once, at least: their words and what is between them take twenty times the room."""


def build_index(body: str, passages: Sequence[Passage]) -> Index:
    """The index of a body; about a second for 600,000 words. Which passages are furniture makes no difference."""
    words, starts, folded = _split(body)
    if "" in folded.values():  # a lone modifier letter counts as a word but folds to nothing
        kept = [k for k, word in enumerate(words) if folded[word]]
        words, starts = [words[k] for k in kept], array("I", (starts[k] for k in kept))
    bounds = [*(bisect_left(starts, passage.span.start) for passage in passages), len(starts)]
    firsts = set(bounds)
    joints = [position for position in _joints(body, words, starts) if position not in firsts]
    compounds = [*_compounds(joints, words, folded), *_long_numbers(body, words, starts, folded, firsts)]
    vocabulary = by_length(set(filter(None, folded.values())).union(word for word, _ in compounds))
    numbers = {word: number for number, word in enumerate(vocabulary)}
    raw_numbers = {raw: numbers[word] for raw, word in folded.items() if word}
    tokens = array("I", map(raw_numbers.__getitem__, words))
    postings = [array("I") for _ in vocabulary]  # a number of a list would take forty bytes
    deque(map(array.append, map(postings.__getitem__, tokens), count()), maxlen=0)
    spread = sorted((numbers[word], position) for word, position in compounds)
    return Index.from_sections(
        (
            *vocabulary_sections(vocabulary, map(len, postings)),
            array("I", bounds).tobytes(),
            array("I", [*(number for number, _ in spread), *(position for _, position in spread)]).tobytes(),
            array("I", _marks(body)).tobytes(),
            b"".join(map(array.tobytes, postings)),
            starts.tobytes(),
            tokens.tobytes(),
        )
    )


def _marks(body: str) -> Iterator[int]:
    """Where, in the body's UTF-8, every `MARK_EVERY`-th code point begins; at last the length in code points."""
    at = 0
    for start in range(0, len(body), MARK_EVERY):
        yield at
        at += len(body[start : start + MARK_EVERY].encode("utf-8", "surrogatepass"))
    yield len(body)


def _split(body: str) -> tuple[list[str], array[int], dict[str, str]]:
    """The words of a body as written, where each begins, and each folded; one pass of the expression finds all."""
    words: list[str] = []
    starts = array("I")
    known: dict[str, str] = {}  # a word takes more room than its number: each is kept once
    folded: dict[str, str] = {}
    for low, high in _pieces(body):
        parts, some = split_words(body[low:high])
        starts.extend(list(accumulate(map(len, parts), initial=low))[1:-1:2])
        found = parts[1::2]
        words.extend(map(known.setdefault, found, found))
        folded |= some
    return words, starts, folded


def _pieces(body: str) -> Iterator[tuple[int, int]]:
    """The body in pieces that end with a line, within which every word is."""
    low = 0
    while low < len(body):
        high = body.find("\n", low + _PIECE) + 1 or len(body)
        yield low, high
        low = high


def _compounds(joints: list[int], words: list[str], folded: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Compounds joined, each with the position of its first part: every two neighbours, and the whole.

    `joints` are the positions of words that are joined to the word before.
    """
    for _, chain_joints in groupby(enumerate(joints), key=lambda numbered: numbered[1] - numbered[0]):
        positions = [position for _, position in chain_joints]
        for position in positions:
            yield folded[words[position - 1]] + folded[words[position]], position - 1
        if 1 < len(positions) < LONGEST_CHAIN:
            first = positions[0] - 1
            yield "".join(folded[word] for word in words[first : positions[-1] + 1]), first


def _long_numbers(
    body: str, words: list[str], starts: array[int], folded: dict[str, str], firsts: set[int]
) -> Iterator[tuple[str, int]]:
    """Numbers whose thousands are set off, as one word, each with the position of its first part.

    `firsts` are the positions at which a passage begins.
    """
    for number in _LONG_NUMBER.finditer(body):
        first, end = bisect_left(starts, number.start()), bisect_left(starts, number.end())
        if end - first > 1 and starts[first] == number.start() and firsts.isdisjoint(range(first + 1, end)):
            yield "".join(folded[word] for word in words[first:end]), first


def _joints(body: str, words: list[str], starts: array[int]) -> Iterator[int]:
    """The positions of words joined to the word before."""
    # Of the signs that join, a plain hyphen is the only one that most texts have.
    for joint in (_HYPHEN if body.isascii() else JOINT).finditer(body):
        position = bisect_left(starts, joint.end())
        if (
            0 < position < len(starts)
            and starts[position] == joint.end()
            and starts[position - 1] + len(words[position - 1]) == joint.start()
        ):
            yield position
