"""What the other text says about a sentence or a selection, rather than about a whole passage.

Dozens of passages are held against the question, in loops: as quick as columns for so few, and the desk need not load
numpy for them. The formula is that of `scoring` (`formula`), and so are the links between spellings (`soft_links`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler, LCSseq

from texts.languages.telling import effective_language
from texts.lexicon import FINDS_VARIANTS, Aliases, may_vary
from texts.model import Passage, Span, Text
from texts.relate.findings import Findings
from texts.relate.formula import (
    CHANGED,
    FULL,
    GAP,
    MOST_PLACES,
    NAME_OF_SEVERAL,
    PHRASES,
    SEED,
    combined,
    copied_surely,
    raised_by_copy,
    worth_in_run,
    worth_of_phrases,
    worth_of_spellings,
)
from texts.relate.passage_words import PassageWords, read_passage
from texts.relate.relate_records import Related, WhichText
from texts.relate.relations import Relations

_FROM_PASSAGE = 0.4
"""What is added of the similarity of the whole passages: a sentence is read in its place."""
_LOOKED_UP = 12
"""How many of the rarest words of the span are looked up in the other text."""
_OCCURRENCES = 64
_MOST_CANDIDATES = 96
_SHORT_TEXT = 64
_PREFIX = 6
_PIECE = 1 << 13
"""Letters made small at once: a whole body would take twelve bytes for each of its letters, 37 MB for a long one."""

SparseRow = Mapping[int, float]
"""Weighted words by their number, as a vector of length 1."""
_Phrase = tuple[int, int]


def related_to_span(
    relations: Relations, side: WhichText, span: Span, limit: int | None = 10
) -> list[Related]:
    """What the other text says about a sentence or selection of the text on this side, best first.

    Without a threshold: the reader has asked. Empty where the span holds no words of the article.
    """
    findings = relations.findings
    text, other = relations.text(side), relations.text(side.other)
    home = _home(text, span)
    if home is None or home.number is None or not other.numbered:
        return []
    asked = _whole_words(relations, text, span, home)
    question = read_passage(text.body, asked, relations.reader, effective_language(text))
    if not question.numbers:
        return []
    at_home = _pairs_at_home(findings, side, home.number)
    roots = relations.vocabulary.roots()
    words = [roots[number] for number in _rarest(question, findings.weights)]
    numbers = _candidates(other, words, at_home)
    passages = [
        read_passage(other.body, other.passage(number).span, relations.reader, effective_language(other))
        for number in numbers
    ]
    context = _context(relations, question, passages)
    runs = copied_from(question, passages, context)
    alike = similarities(question, passages, context, runs)
    found = []
    for number, passage, run, own in zip(numbers, passages, runs, alike, strict=True):
        there = passage.segments[own.segment].sentence
        pair = at_home.get(number)
        around = 0.0 if pair is None else findings.similarity[pair]
        claim = 0.0 if pair is None else findings.claims[pair]
        quoted = copied_surely(run.surprise) * run.words / len(question.numbers)
        found.append((_in_its_place(max(own.score, quoted), around), number, there, claim))
    found.sort(key=lambda each: (-each[0], each[1]))
    return [
        _related(side, (home.number, asked), (number, there), claim)
        for _, number, there, claim in found[:limit]
    ]


def _in_its_place(own: float, at_home: float) -> float:
    return (own + _FROM_PASSAGE * max(0.0, at_home)) / (1 + _FROM_PASSAGE)


def _related(side: WhichText, here: tuple[int, Span], there: tuple[int, Span], score: float) -> Related:
    (left, left_sentence), (right, right_sentence) = (
        (here, there) if side is WhichText.LEFT else (there, here)
    )
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


def _pairs_at_home(findings: Findings, side: WhichText, number: int) -> dict[int, int]:
    """Where the pairs of the whole passage stand, by number in the other text."""
    if side is WhichText.LEFT:
        return {findings.rights[pair] + 1: pair for pair in findings.of_left(number - 1)}
    return {findings.left(pair) + 1: pair for pair in findings.of_right(number - 1)}


def _rarest(question: PassageWords, weights: Sequence[float]) -> list[int]:
    """The words of the question that say most."""
    return sorted(set(question.numbers), key=lambda number: (-weights[number], number))[:_LOOKED_UP]


def _candidates(other: Text, words: Sequence[str], at_home: Iterable[int]) -> list[int]:
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


def _context(
    relations: Relations, question: PassageWords, passages: Sequence[PassageWords]
) -> ScoringContext:
    """What is known of the words of a question and of the passages that may answer it."""
    find, roots = relations.vocabulary.find, relations.vocabulary.roots()
    stop_words = relations.reader.stop_words
    asked = {roots[number]: number for number in question.numbers}
    there = {roots[number]: number for passage in passages for number in passage.numbers}
    links = links_of(asked, there, relations.aliases)
    return ScoringContext(
        relations.findings.weights,
        relations.findings.rarity,
        frozenset(number for number in map(find, stop_words) if number is not None),
        {
            asked[root]: {there[other]: worth for other, worth in found.items()}
            for root, found in links.items()
        },
        worth_of_phrases(roots),
    )


class Similarity(NamedTuple):
    """How alike a passage is to what was asked."""

    score: float
    """About 0–1."""
    segment: int
    """Which segment of the passage is most like one of those asked about, from 0."""


@dataclass(frozen=True)
class ScoringContext:
    """What is known of the words of both texts, by their numbers."""

    weights: Sequence[float]
    """How much each says."""
    rarity: Sequence[float]
    """How rare each is, at least 1."""
    stop_words: Collection[int]
    """Those that carry order but no subject."""
    links: Mapping[int, Mapping[int, float]]
    """For words that are asked about, the words that count as they do, and what each is worth, 0–1."""
    phrases: float = PHRASES
    """What phrases are worth beside them."""


class CopiedRun(NamedTuple):
    """The most unlikely run of words that a passage has in common with what was asked."""

    surprise: float
    """How unlikely it is: the natural logarithm of the odds against it; 0 where there is none."""
    words: int
    """How many words of it are the same."""


def similarities(
    asked: PassageWords,
    passages: Sequence[PassageWords],
    context: ScoringContext,
    copied: Sequence[CopiedRun],
) -> list[Similarity]:
    """How alike each of the passages is to what is asked, given what they have `copied_from` it."""
    question = _Compared.of(asked, context, widen=True)
    held: Counter[_Phrase] = Counter()
    for numbers in (asked.numbers, *(passage.numbers for passage in passages)):
        held.update(set(_phrases(numbers, context.stop_words)))

    def rarity(phrase: _Phrase) -> float:
        return math.log((len(passages) + 2) / (held[phrase] + 1)) + 1

    alike = [
        _compare(question, _Compared.of(passage, context), rarity, context.phrases) for passage in passages
    ]
    return [
        own._replace(score=raised_by_copy(own.score, run.surprise))
        for own, run in zip(alike, copied, strict=True)
    ]


_NO_RUN = CopiedRun(0.0, 0)
_Seed = tuple[int, ...]


def copied_from(
    asked: PassageWords, passages: Sequence[PassageWords], context: ScoringContext
) -> list[CopiedRun]:
    """The run of words that each passage has in common with what is asked, as `texts.relate.copied` finds it.

    That is a row of seeds at the same distance from each other in both.
    """
    here = _seeds(asked.numbers)
    there = [_seeds(passage.numbers) for passage in passages]
    held: Counter[_Seed] = Counter()
    for seeds in there:
        held.update({seed: len(places) for seed, places in seeds.items() if seed in here})
    places = {seed: len(here[seed]) * times for seed, times in held.items()}
    found = []
    for passage, seeds in zip(passages, there, strict=True):
        shared = [
            (j - i, i, places[seed])
            for seed, where in seeds.items()
            if 0 < places.get(seed, 0) <= MOST_PLACES
            for i, j in product(here[seed], where)
        ]
        rivals = math.log(len(asked.numbers) * len(passage.numbers) or 1)
        runs = [_weighed(run, asked, passage, context) for run in _runs(sorted(shared))]
        best = max(runs, default=_NO_RUN)
        found.append(best._replace(surprise=best.surprise - rivals) if best.surprise > rivals else _NO_RUN)
    return found


def _seeds(numbers: Sequence[int]) -> dict[_Seed, list[int]]:
    """Where each row of `SEED` words begins."""
    found: dict[_Seed, list[int]] = defaultdict(list)
    for place in range(len(numbers) - SEED + 1):
        found[tuple(numbers[place : place + SEED])].append(place)
    return found


_SharedSeed = tuple[int, int, int]
"""How much farther on it stands in the passage than in what is asked, where it stands there, and at how many pairs of
places."""


def _runs(seeds: Iterable[_SharedSeed]) -> Iterator[list[_SharedSeed]]:
    """Seeds, sorted, in rows at the same distance of each other in both."""
    run: list[_SharedSeed] = []
    for seed in seeds:
        if run and (seed[0] != run[-1][0] or seed[1] - run[-1][1] > SEED + GAP):
            yield run
            run = []
        run.append(seed)
    if run:
        yield run


def _weighed(
    run: Sequence[_SharedSeed], asked: PassageWords, passage: PassageWords, context: ScoringContext
) -> CopiedRun:
    """A run with its surprise, the ways in which two such passages can be laid beside each other not taken off."""
    farther, first, _ = run[0]
    worth, same = -math.log(min(places for _, _, places in run)), 0
    for place in range(first, run[-1][1] + SEED):
        number = asked.numbers[place]
        if number == passage.numbers[place + farther]:
            same += 1
            worth += worth_in_run(context.rarity[number], number in context.stop_words, asked.names[place])
        else:
            worth -= CHANGED
    return CopiedRun(worth, same)


@dataclass(frozen=True)
class _Compared:
    """One passage, in all the shapes in which it is compared."""

    words: SparseRow
    segments: Sequence[SparseRow]
    phrases: Counter[_Phrase]
    content: Sequence[int]
    """Without stop words."""
    sequence: Sequence[int]
    """With them."""

    @classmethod
    def of(cls, passage: PassageWords, context: ScoringContext, *, widen: bool = False) -> _Compared:
        """A passage; `widen` adds to its words those that count as they do."""
        numbers, names = passage.numbers, passage.names
        bounds = [*(segment.first for segment in passage.segments), len(numbers)]
        parts = ((0, len(numbers)), *pairwise(bounds))
        rows = [_row(numbers[a:b], names[a:b], context.weights) for a, b in parts]
        whole, *segments = [_widened(row, context.links) for row in rows] if widen else rows
        content = [number for number in numbers if number not in context.stop_words]
        return cls(whole, segments, Counter(_phrases(numbers, context.stop_words)), content, numbers)


def _compare(
    question: _Compared, answer: _Compared, rarity: Callable[[_Phrase], float], phrases: float
) -> Similarity:
    sentences = [_product(one, other) for one, other in product(question.segments, answer.segments)]
    score = combined(
        words=_product(question.words, answer.words),
        phrases=_shared_phrases(question.phrases, answer.phrases, rarity),
        overlap=Indel.normalized_similarity(question.content, answer.content),
        sequence=LCSseq.normalized_similarity(question.sequence, answer.sequence),
        sentence=max(sentences),
        worth_of_phrases=phrases,
    )
    return Similarity(score, sentences.index(max(sentences)) % len(answer.segments))


def _row(numbers: Sequence[int], names: Sequence[int], weights: Sequence[float]) -> SparseRow:
    """Words as a row of length 1: (1 + ln of how often) × weight; those of a name count as much as one word."""
    times = Counter(numbers)
    shares: defaultdict[int, float] = defaultdict(float)
    for number, words in zip(numbers, names, strict=True):
        shares[number] += words**NAME_OF_SEVERAL
    row = {number: (1 + math.log(n)) * weights[number] * shares[number] / n for number, n in times.items()}
    length = math.hypot(*row.values()) or 1.0
    return {number: value / length for number, value in row.items()}


def _widened(row: SparseRow, links: Mapping[int, Mapping[int, float]]) -> SparseRow:
    wide = dict(row)
    for number, value in row.items():
        for other, worth in links.get(number, {}).items():
            wide[other] = wide.get(other, 0.0) + value * worth
    return wide


def _product(one: SparseRow, other: SparseRow) -> float:
    return sum(value * other[number] for number, value in one.items() if number in other)


def _phrases(numbers: Sequence[int], stop_words: Collection[int]) -> Iterator[_Phrase]:
    """Pairs of words that stand together or one apart, with at most one stop word."""
    pairs = chain(pairwise(numbers), zip(numbers, numbers[2:], strict=False))
    return (pair for pair in pairs if not (pair[0] in stop_words and pair[1] in stop_words))


def _shared_phrases(
    one: Counter[_Phrase], other: Counter[_Phrase], rarity: Callable[[_Phrase], float]
) -> float:
    """The cosine of two passages over phrases."""
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    rows = [
        {phrase: (1 + math.log(times)) * rarity(phrase) for phrase, times in phrases.items()}
        for phrases in (one, other)
    ]
    lengths = math.prod(math.hypot(*row.values()) for row in rows)
    return sum(rows[0][phrase] * rows[1][phrase] for phrase in shared) / lengths


def links_of(
    asked: Collection[str], there: Collection[str], aliases: Aliases
) -> Mapping[str, Mapping[str, float]]:
    """For each root that is asked about the other roots there that count as it, and what each is worth, 0–1."""
    choices = [root for root in there if may_vary(root)]
    found: dict[str, dict[str, float]] = {}
    for root in asked:
        links = _links_of_spelling(root, choices, asked, there) if may_vary(root) else {}
        links.update(dict.fromkeys(aliases.of(root).intersection(there), FULL))
        if links:
            found[root] = links
    return found


def _links_of_spelling(
    root: str, choices: Collection[str], asked: Collection[str], there: Collection[str]
) -> dict[str, float]:
    alike = process.extract(
        root, choices, scorer=JaroWinkler.normalized_similarity, score_cutoff=FINDS_VARIANTS, limit=None
    )
    worths = {
        other: worth_of_spellings(root, other, both_used_by_both=root in there and other in asked)
        for other, *_ in alike
        if other != root
    }
    return {other: worth for other, worth in worths.items() if worth}
