"""What the other text says about a sentence or a selection, rather than about a whole passage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from texts.model import Passage, Span, Text
from texts.relate.analysis import Analysis, Reader, Vocabulary, analyse
from texts.relate.calibrate import calibrated
from texts.relate.findings import Findings, Places
from texts.relate.rarity import are_stop_words
from texts.relate.records import Related, Side, Watch
from texts.relate.scoring import Scored, Scorer
from texts.relate.scoring import Side as Compared
from texts.relate.sparse import Floats, Ints
from texts.relate.spelling import soft_links

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


def related_to_span(
    relations: Relations, findings: Findings, side: Side, span: Span, limit: int | None
) -> list[Related]:
    """The passages of the other text that speak of a span of the text on this side, best first."""
    text, other = relations.text(side), relations.text(side.other)
    home = _home(text, span)
    if home is None or home.number is None or not other.numbered:
        return []
    vocabulary = relations.vocabulary
    reader = Reader(vocabulary, grow=False)
    asked = _whole_words(text, span, home, reader)
    query = analyse(text.body, [asked], reader)
    if not len(query.roots):
        return []
    likeness_at_home = _likeness_at_home(findings, side, home.number)
    words = _rarest(query, findings.weights, vocabulary)
    numbers = _candidates(other, words, likeness_at_home)
    passages = analyse(other.body, [other.passage(number).span for number in numbers], reader)
    scored = _score(relations, findings, query, passages)
    bonus = np.array([max(0.0, likeness_at_home.get(number, 0.0)) for number in numbers], np.float32)
    likeness = (scored.scores + _FROM_PASSAGE * bonus) / (1 + _FROM_PASSAGE)
    scores = calibrated(likeness, findings.counts)
    found = []
    for place in np.lexsort((scored.rights, -likeness))[:limit].tolist():
        number = numbers[place]
        there = Places(passages.first_stretch, passages.sentences).sentence(
            place, int(scored.right_stretch[place])
        )
        ends = (home.number, number, asked, there)
        left, right, left_sentence, right_sentence = (
            ends if side is Side.LEFT else (number, home.number, there, asked)
        )
        found.append(Related(left, right, float(scores[place]), left_sentence, right_sentence))
    return found


def _home(text: Text, span: Span) -> Passage | None:
    """The passage of the article that has most of the span."""
    holding = [passage for passage in text.numbered if _shared(passage.span, span) > 0]
    return max(holding, key=lambda passage: _shared(passage.span, span), default=None)


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _whole_words(text: Text, span: Span, home: Passage, reader: Reader) -> Span:
    """The span inside its passage, with words that it cuts in two taken whole."""
    inside = Span(max(span.start, home.span.start), min(span.end, home.span.end))
    touched = [word.span for word in reader.words(text.body, home.span) if inside.overlaps(word.span)]
    if not touched:
        return inside
    return Span(min(inside.start, touched[0][0]), max(inside.end, touched[-1][1]))


def _likeness_at_home(findings: Findings, side: Side, number: int) -> dict[int, float]:
    """How alike the whole passages are, by number in the other text."""
    ours, theirs = findings.lefts, findings.rights
    if side is Side.RIGHT:
        ours, theirs = theirs, ours
    which = np.flatnonzero(ours == number - 1)
    return {int(theirs[place]) + 1: float(findings.likeness[place]) for place in which}


def _rarest(query: Analysis, weights: Floats, vocabulary: Vocabulary) -> list[str]:
    """The words of the query that say most."""
    roots = vocabulary.roots()
    distinct: Ints = np.unique(query.roots)
    order = np.lexsort((distinct, -weights[distinct]))
    return [roots[number] for number in distinct[order][:_LOOKED_UP].tolist()]


def _candidates(other: Text, words: list[str], likeness_at_home: dict[int, float]) -> list[int]:
    """Numbers of passages of the other text worth a look: those near the whole passage, and those with rare words."""
    if len(other.numbered) <= _SHORT_TEXT:
        return list(range(1, len(other.numbered) + 1))
    body = other.body.lower()
    hits: Counter[int] = Counter()
    for word in words:
        place = -1
        for _ in range(_OCCURRENCES):
            place = body.find(word[:_PREFIX], place + 1)
            if place < 0:
                break
            passage = other.passage_at(place)
            if passage is not None and passage.number is not None:
                hits[passage.number] += 1
    wordy = [number for number, _ in hits.most_common(_MOST_CANDIDATES)]
    return sorted({*likeness_at_home, *wordy})


def _score(relations: Relations, findings: Findings, query: Analysis, passages: Analysis) -> Scored:
    """The query held against each of the passages of the other text."""
    watch = Watch()
    stop_words = are_stop_words(relations.vocabulary)
    size = len(relations.vocabulary)
    here, there = (np.bincount(analysis.roots, minlength=size) > 0 for analysis in (query, passages))
    links = soft_links(findings.roots, here, there, relations.aliases, watch)
    scorer = Scorer(
        Compared.of(query, findings.weights, stop_words, links),
        Compared.of(passages, findings.weights, stop_words),
        stop_words,
    )
    indices = np.arange(len(passages))
    return scorer.score((np.zeros_like(indices), indices), watch)
