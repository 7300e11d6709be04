"""What tasks do, on whatever machine Spark runs them: the kernels of `texts.corpus`, on what a message brings."""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from store.corpus.spark.spark_messages import Message, packed, unpacked
from texts.corpus.block_pairs import (
    BlockWords,
    Whole,
    WordBlock,
    WordTally,
    best_partners,
    compared,
    count_phrases,
    count_words,
    found_between,
    prepared,
)
from texts.corpus.corpus_texts import CorpusText
from texts.corpus.pairs import to_json
from texts.corpus.repeats import texts_apart
from texts.corpus.section_relating import SectionOfText, SectionPair, SectionRelater
from texts.corpus.sections import Section
from texts.corpus.shared_words import FEWEST_PHRASES, MOST_PHRASES, Candidates, Words, fingerprints
from texts.model import Passages

if TYPE_CHECKING:
    from pyspark import Broadcast

WORDS, TO_FIND, TO_COMPARE, PAIRS, SECTION, JOBS = range(6)
"""Kinds of messages."""
_HEAD = struct.Struct("<qI")


def section_words(text: int, starts: bytes, words: bytes) -> bytes:
    """The words of a section for a message: the number of its text, how many passages, where they start, the words."""
    return _HEAD.pack(text, len(starts) // 4 - 1) + starts + words


def make_block(places: Sequence[int], asking: int, task: int, given: list[Message]) -> Iterator[Message]:
    """The words of the sections of a block in a row; `asking` blocks, from the first on, only ask."""
    numbers, lengths, texts = [], [], []
    for message in given:
        text, count = _HEAD.unpack_from(message.data)
        starts = np.frombuffer(message.data, np.uint32, count + 1, _HEAD.size).astype(np.int64)
        numbers.append(np.frombuffer(message.data, np.int64, -1, _HEAD.size + 4 * (count + 1)))
        lengths.append(np.diff(starts))
        texts.append(np.full(count, text))
    block = {
        "numbers": np.concatenate(numbers),
        "starts": np.concatenate([[0], np.cumsum(np.concatenate(lengths))]),
        "texts": np.concatenate(texts),
        "place": np.array(places[task]),
        "answers": np.array(task >= asking),
    }
    yield Message(task, WORDS, task, packed(block))


def _block(data: bytes, repeating: Broadcast[Any] | None = None) -> BlockWords:
    """A block out of a message.

    `repeating` has the places of all passages that have the words of an earlier one, and of those that are the first
    with words that several texts have.
    """
    kept = unpacked(data)
    words, place = Words(kept["numbers"], kept["starts"], kept["texts"]), int(kept["place"])
    telling = np.ones(len(words.texts), bool)
    if repeating is not None:
        mine, firsts = (
            each[(each >= 0) & (each < len(telling))] for each in (of - place for of in repeating.value)
        )
        telling[mine] = False
        words = words._replace(texts=texts_apart(words.texts, firsts, place))
    return BlockWords(words, place, telling, bool(kept["answers"]))


def send_digests(shares: int, task: int, given: list[Message]) -> Iterator[Message]:
    """What tells the words of each passage, to the task that has all like it."""
    for message in given:
        block = _block(message.data)
        corpus = b"2" if block.answers else b"1"
        found = [(place, print_) for place, print_ in enumerate(fingerprints(block.words)) if print_]
        digests = np.array([corpus + print_ for _, print_ in found], "S17")
        places = np.array([place for place, _ in found], np.int64) + block.place
        share = np.array([print_[0] * 256 + print_[1] for _, print_ in found], np.int64) * shares >> 16
        for k in range(shares):
            mine = {"digests": digests[share == k], "places": places[share == k]}
            yield Message(k, 0, task, packed(mine))


def first_of_same(task: int, given: list[Message]) -> Iterator[Message]:
    """The passages that have the words of an earlier one, each with the first of these."""
    parts = [unpacked(message.data) for message in given]  # by source: places ascend
    digests, places = (np.concatenate([part[name] for part in parts]) for name in ("digests", "places"))
    _, first, group = np.unique(digests, return_index=True, return_inverse=True)
    firsts = places[first[group]]
    repeats = firsts != places
    yield Message(0, 0, task, packed({"places": places[repeats], "firsts": firsts[repeats]}))


def send_word_counts(
    shares: int, repeating: Broadcast[Any], task: int, given: list[Message]
) -> Iterator[Message]:
    """In how many passages of a block each word is, parted by words; first, how many words its passages have."""
    for message in given:
        tally, words = count_words(_block(message.data, repeating))
        for share, mine in enumerate(tally.parted(shares)):
            # The sum goes with the first share alone.
            yield Message(share, 0, task, packed({**mine._asdict(), "words": np.array(words * (share == 0))}))


def sum_word_counts(task: int, given: list[Message]) -> Iterator[Message]:
    """In how many passages of the corpus each word is that more than one has."""
    parts = [unpacked(message.data) for message in given]
    words = sum(int(part.pop("words")) for part in parts)
    whole = WordTally.summed([WordTally(**part) for part in parts])
    kept = whole.only(whole.held > 1)
    yield Message(0, 0, task, packed({**kept._asdict(), "words": np.array(words)}))


def send_phrase_counts(
    shares: int, repeating: Broadcast[Any], vocabulary: Broadcast[Any], task: int, given: list[Message]
) -> Iterator[Message]:
    """In how many passages of a block each phrase is, parted by phrases."""
    for message in given:
        tally = count_phrases(_block(message.data, repeating), WordTally(*vocabulary.value))
        for share, mine in enumerate(tally.parted(shares)):
            yield Message(share, 0, task, packed(mine))


def sum_phrase_counts(task: int, given: list[Message]) -> Iterator[Message]:
    """In how many passages of the corpus each phrase is, to the blocks that have it; only what is looked up."""
    parts = [WordTally(**unpacked(message.data)) for message in given]
    whole = WordTally.summed(parts)
    whole = whole.only((whole.held >= FEWEST_PHRASES) & (whole.held <= MOST_PHRASES))
    for message, part in zip(given, parts, strict=True):
        mine = whole.only(np.isin(whole.numbers, part.numbers, assume_unique=True))
        yield Message(int(message.source), WORDS + 1, task, packed(mine))


def prepare(
    repeating: Broadcast[Any], vocabulary: Broadcast[Any], whole: Whole, task: int, given: list[Message]
) -> Iterator[Message]:
    """A block with the weights of its words: what is needed to find, and what is needed to compare."""
    words = next(message for message in given if message.kind == WORDS)
    counts = [WordTally(**unpacked(message.data)) for message in given if message.kind != WORDS]
    block = prepared(
        _block(words.data, repeating), WordTally(*vocabulary.value), WordTally.sorted(counts), whole
    )
    yield Message(task, TO_FIND, task, packed(block.to_find()))
    yield Message(task, TO_COMPARE, task, packed(block.to_compare()))


def _blocks(given: Iterable[Message], kind: int) -> tuple[WordBlock, WordBlock | None]:
    """The one or two blocks that a task was sent, in order."""
    blocks = [WordBlock(**unpacked(message.data)) for message in given if message.kind == kind]
    return blocks[0], blocks[1] if len(blocks) > 1 else None


def find(places: Sequence[int], whole: Whole, task: int, given: list[Message]) -> Iterator[Message]:
    """What the passages of two blocks find in each other, to the block of each that asks."""
    one, other = _blocks(given, TO_FIND)
    for kind, found in enumerate(found_between(one, other, whole)):
        for owner, mine in _by_block(found, found.lefts, places):
            yield Message(owner, kind, task, packed(mine))


def _by_block(found: Candidates, of: Any, places: Sequence[int]) -> Iterator[tuple[int, Candidates]]:
    """Pairs, by the block that a place of each is in."""
    block = np.searchsorted(places, of, side="right") - 1
    for owner in np.unique(block).tolist():
        yield owner, found.only(block == owner)


def keep_best(
    places: Sequence[int], pair_tasks: dict[tuple[int, int], int], both: bool, task: int, given: list[Message]
) -> Iterator[Message]:
    """Of all that the passages of a block have found the best, to the task of the two blocks."""
    for kind in (0, 1):
        parts = [Candidates(**unpacked(message.data)) for message in given if message.kind == kind]
        best = best_partners(parts)
        best = best.in_order() if both else best
        for left, some in _by_block(best, best.lefts, places):
            for right, mine in _by_block(some, some.rights, places):
                yield Message(pair_tasks[left, right], PAIRS, 2 * task + kind, packed(mine))


def compare(whole: Whole, task: int, given: list[Message]) -> Iterator[Message]:
    """Which of the pairs of two blocks are candidates."""
    pairs = [Candidates(**unpacked(message.data)) for message in given if message.kind == PAIRS]
    if pairs:
        one, other = _blocks(given, TO_COMPARE)
        yield Message(task, 0, task, packed(compared(one, other, pairs, whole)))


def section_body(known: CorpusText, corpus: str, section: Section) -> bytes:
    """A section with what is known of its text, for a message."""
    pieces = [list(map(int, each)) for each in _columns(section)]
    fields = list(known)
    return json.dumps([fields, corpus, section.start, section.body, pieces], ensure_ascii=False).encode()


def _columns(section: Section) -> tuple[list[int], list[int], list[int]]:
    pieces = list(section.pieces)
    return (
        [piece.span.start for piece in pieces],
        [piece.span.end for piece in pieces],
        [piece.number or 0 for piece in pieces],
    )


def _section(data: bytes) -> SectionOfText:
    fields, corpus, start, body, pieces = json.loads(data)
    columns = Passages(*(array("I", each) for each in pieces))
    return SectionOfText(CorpusText(*fields), Section(start, body, columns), corpus)


def relate(
    min_score: float, aliases: Sequence[Sequence[str]], task: int, given: list[Message]
) -> Iterator[Message]:
    """The pairs of some pairs of sections, as the lines of a block of `store.corpus.corpus_plan`."""
    sections: dict[SectionPair, bytes] = {}
    jobs = []
    for message in given:
        if message.kind == JOBS:
            jobs = json.loads(message.data)
        else:
            sections[divmod(message.source, _CORPUS)] = message.data
    relater = SectionRelater(lambda key: _section(sections[key]), aliases)
    lines = []
    for left, right, wanted, places in jobs:
        those = [(int(one), int(other)) for one, other in wanted]
        for place, pair in relater.related(tuple(left), tuple(right), those, min_score):
            one, other = places[place]
            head = f"{one} {other} {pair.score:.6f}\t".encode()
            lines.append(head + json.dumps(to_json(pair), ensure_ascii=False).encode() + b"\n")
    yield Message(task, 0, task, b"".join(lines))


_CORPUS = 1 << 60


def section_number(corpus: int, section: int) -> int:
    """A number for a section of either corpus."""
    return corpus * _CORPUS + section
