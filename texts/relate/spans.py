"""What the other text says about a sentence or a selection, rather than about a whole passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from texts.lexicon import STOP_WORDS
from texts.model import Passage, Span, Text
from texts.relate.calibrate import calibrated
from texts.relate.findings import Findings
from texts.relate.formula import Likeness, Lore, likeness_of
from texts.relate.records import Related, Side
from texts.relate.variants import links_of
from texts.relate.words import PassageWords, read_passage

if TYPE_CHECKING:
    from texts.relate.relations import Relations

_FROM_PASSAGE = 0.4
"""What is added of the likeness of the whole passages: a sentence is read in its place."""
_LOOKED_UP = 12
"""How many of the rarest words of the span are looked up in the other text."""
_OCCURRENCES = 64
_MOST_CANDIDATES = 96
_SHORT_TEXT = 64
_PREFIX = 6
_PIECE = 1 << 13
"""Letters made small at once: a whole body would take twelve bytes for each of its letters, 37 MB for a long one."""


def related_to_span(
    relations: Relations, findings: Findings, side: Side, span: Span, limit: int | None
) -> list[Related]:
    """The passages of the other text that speak of a span of the text on this side, best first."""
    text, other = relations.text(side), relations.text(side.other)
    home = _home(text, span)
    if home is None or home.number is None or not other.numbered:
        return []
    asked = _whole_words(relations, text, span, home)
    question = read_passage(text.body, asked, relations.reader)
    if not question.numbers:
        return []
    at_home = _likeness_at_home(findings, side, home.number)
    roots = relations.vocabulary.roots()
    words = [roots[number] for number in _rarest(question, findings.weights)]
    numbers = _candidates(other, words, at_home)
    passages = [read_passage(other.body, other.passage(number).span, relations.reader) for number in numbers]
    lore = _lore(relations, findings, question, passages)
    found = []
    for number, passage, own in zip(numbers, passages, likeness_of(question, passages, lore), strict=True):
        there = passage.stretches[own.stretch].sentence
        likeness = _in_its_place(own, at_home.get(number, 0.0))
        found.append((likeness, number, there))
    found.sort(key=lambda each: (-each[0], each[1]))
    return [
        _related(side, (home.number, asked), (number, there), calibrated(likeness, findings.counts))
        for likeness, number, there in found[:limit]
    ]


def _in_its_place(own: Likeness, at_home: float) -> float:
    return (own.score + _FROM_PASSAGE * max(0.0, at_home)) / (1 + _FROM_PASSAGE)


def _related(side: Side, here: tuple[int, Span], there: tuple[int, Span], score: float) -> Related:
    (left, left_sentence), (right, right_sentence) = (here, there) if side is Side.LEFT else (there, here)
    return Related(left, right, score, left_sentence, right_sentence)


def _home(text: Text, span: Span) -> Passage | None:
    """The passage of the article that has most of the span."""
    holding = [passage for passage in text.touched(span) if passage.number is not None]
    return max(holding, key=lambda passage: _shared(passage.span, span), default=None)


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _whole_words(relations: Relations, text: Text, span: Span, home: Passage) -> Span:
    """The span inside its passage, with words that it cuts in two taken whole."""
    inside = Span(max(span.start, home.span.start), min(span.end, home.span.end))
    touched = [
        word.span for word in relations.reader.words(text.body, home.span) if inside.overlaps(word.span)
    ]
    if not touched:
        return inside
    return Span(min(inside.start, touched[0][0]), max(inside.end, touched[-1][1]))


def _likeness_at_home(findings: Findings, side: Side, number: int) -> dict[int, float]:
    """How alike the whole passages are, by number in the other text."""
    likeness = findings.likeness
    if side is Side.LEFT:
        return {findings.rights[pair] + 1: likeness[pair] for pair in findings.of_left(number - 1)}
    return {findings.left(pair) + 1: likeness[pair] for pair in findings.of_right(number - 1)}


def _rarest(question: PassageWords, weights: Sequence[float]) -> list[int]:
    """The words of the question that say most."""
    return sorted(set(question.numbers), key=lambda number: (-weights[number], number))[:_LOOKED_UP]


def _candidates(other: Text, words: Sequence[str], at_home: dict[int, float]) -> list[int]:
    """Numbers of passages of the other text worth a look: those near the whole passage, and those with rare words."""
    if len(other.numbered) <= _SHORT_TEXT:
        return list(range(1, len(other.numbered) + 1))
    hits: Counter[int] = Counter()
    for places in _places(other.body, [word[:_PREFIX] for word in words]):
        for passage in map(other.passage_at, places):
            if passage is not None and passage.number is not None:
                hits[passage.number] += 1
    wordy = [number for number, _ in hits.most_common(_MOST_CANDIDATES)]
    return sorted({*at_home, *wordy})


def _places(body: str, beginnings: Sequence[str]) -> Sequence[Sequence[int]]:
    """The first `_OCCURRENCES` offsets at which each beginning of a word stands, in small letters or not."""
    places: list[list[int]] = [[] for _ in beginnings]
    for start in range(0, len(body), _PIECE):
        piece = body[start : start + _PIECE + _PREFIX - 1].lower()
        for beginning, found in zip(beginnings, places, strict=True):
            last = _PIECE + len(beginning) - 1  # what begins after that is found in the next piece
            at = piece.find(beginning, 0, last)
            while at >= 0 and len(found) < _OCCURRENCES:
                found.append(start + at)
                at = piece.find(beginning, at + 1, last)
    return places


def _lore(
    relations: Relations, findings: Findings, question: PassageWords, passages: Sequence[PassageWords]
) -> Lore:
    """What is known of the words of a question and of the passages that may answer it."""
    find, roots = relations.vocabulary.find, relations.vocabulary.roots()
    asked = {roots[number]: number for number in question.numbers}
    there = {roots[number]: number for passage in passages for number in passage.numbers}
    links = links_of(asked, there, relations.aliases)
    return Lore(
        findings.weights,
        frozenset(number for number in map(find, STOP_WORDS) if number is not None),
        {
            asked[root]: {there[other]: worth for other, worth in found.items()}
            for root, found in links.items()
        },
    )
