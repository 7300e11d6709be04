"""Which places answer a query best."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from heapq import heappush, heappushpop
from itertools import pairwise
from typing import NamedTuple

from texts.model import Passage, Span
from texts.search.match import Match, Places
from texts.search.query import Query, Term
from texts.search.records import Hit, Searchable
from texts.search.words import WORD

OTHER_CASE = 0.95
"""What a word counts that lacks the capitals of the query, where nothing has them: SISTANI finds Sistani."""

# What standing together is worth in a passage that has all the words: 1 in all. Without it .70 is left.
_NEARNESS, _ORDER, _LIGHT_WORDS = 0.18, 0.08, 0.04


class Scope(NamedTuple):
    """What is asked of hits beyond the query."""

    min_score: float
    limit: int | None
    furniture: bool


class Found(NamedTuple):
    """One unit of a query in all texts."""

    places: tuple[Places, ...]
    """One for each text."""
    weight: float
    """How rare the unit is: the greater the more it says."""
    required: bool
    """Whether nothing is a hit without it."""


def weigh(all_places: Sequence[Places], passages: int) -> float:
    """The rarity of a unit: ln(1 + passages / occurrences), counting what is nearly as good as its best match."""
    least = 0.8 * max((places.best for places in all_places), default=0.0)
    count = sum(places.count(least) for places in all_places)
    return math.log(1 + passages / max(1, min(count, passages)))


class _Place(NamedTuple):
    """A place of a query's only unit, in an order of its own: the best first, then as the texts run."""

    negated_score: float
    text: int
    position: int
    passage: Passage
    match: Match


def rank_places(
    term: Term | None, all_places: Sequence[Places], searchables: Sequence[Searchable], scope: Scope
) -> list[Hit]:
    """A hit for each place of a query's only unit, best first, then in the order of the texts.

    It looks no further than the limit asks: places come by similarity, and what comes later is worse. `term` is
    the unit where it is one. Where a place has its capitals, those that differ from it in nothing else are left out:
    US finds US, not us; a misspelt name finds what is like it.
    """
    capitals = term.written if term and any(c.isupper() for c in term.written) else ""
    chosen: list[_Place] = []
    fitting: list[_Place] = []  # those of the chosen that have the capitals
    for similarity in sorted({s for places in all_places for s in places.similarities()}, reverse=True):
        score = 100 * similarity
        missing = math.inf if scope.limit is None else scope.limit
        missing -= sum(-place.negated_score >= score for place in chosen)
        if score < scope.min_score or missing <= 0:
            break
        for place in _places_alike(similarity, all_places, searchables, chosen):
            if place.passage.is_furniture and not scope.furniture:
                continue
            if capitals and not _has_capitals(searchables[place.text], place.match, capitals):
                chosen.append(place._replace(negated_score=-score * OTHER_CASE))
                continue
            chosen.append(place)
            fitting.append(place)
            missing -= 1
            if not missing:
                break
        if term and capitals and (similarity == 1.0 or term.is_prefix):
            chosen = list(fitting) or chosen
    chosen.sort()
    return [
        _hit(searchables[place.text], place.passage, place.match.runs, -place.negated_score)
        for place in chosen[: scope.limit]
        if -place.negated_score >= scope.min_score
    ]


def _places_alike(
    similarity: float,
    all_places: Sequence[Places],
    searchables: Sequence[Searchable],
    better: Sequence[_Place],
) -> Iterator[_Place]:
    """The places of one similarity in the order of the texts, without those that touch a better or earlier one."""
    for text, (places, searchable) in enumerate(zip(all_places, searchables, strict=True)):
        covered = {
            position
            for place in (better if places.wide else ())
            if place.text == text
            for position in range(place.match.first, place.match.last + 1)
        }
        passage_of, passages = searchable.index.passage_of, searchable.passages
        reached = -1
        for match in places.alike(similarity):
            if match.first > reached and match.first not in covered and match.last not in covered:
                reached = match.last
                yield _Place(-100 * similarity, text, match.first, passages[passage_of(match.first)], match)


def _has_capitals(searchable: Searchable, match: Match, wanted: str) -> bool:
    """Whether a word, or a part of a compound, has a capital where the wanted one does: at first, or everywhere."""
    body, starts = searchable.body, searchable.index.starts
    if wanted[0].isupper() and not any(
        body[start].isupper() for start in starts[match.first : match.last + 1]
    ):
        return False
    span = _span(searchable, match.first, match.last)
    return len(wanted) == 1 or not wanted.isupper() or body[span.start : span.end].isupper()


def _hit(searchable: Searchable, passage: Passage, runs: Sequence[tuple[int, int]], score: float) -> Hit:
    """The hit of these words."""
    words = tuple([_span(searchable, first, last) for first, last in runs])
    span = words[0] if len(words) == 1 else Span(words[0].start, words[-1].end)
    return Hit(searchable.slug, passage.number, span, round(score, 1), words)


def _span(searchable: Searchable, first: int, last: int) -> Span:
    starts = searchable.index.starts
    start, start_of_last = starts[first], starts[last]
    next_start = starts[last + 1] if last + 1 < len(starts) else len(searchable.body)
    word = WORD.match(searchable.body[start_of_last:next_start])
    return Span(start, start_of_last + (word.end() if word else 0))


class _Candidate(NamedTuple):
    """A passage that holds some of the units."""

    bound: float
    """The score if all of them stood together."""
    text: int
    passage: int
    matches: tuple[tuple[int, tuple[Match, ...]], ...]
    """For each unit that is there its number and its best matches."""


def rank_passages(
    query: Query, found: Sequence[Found], searchables: Sequence[Searchable], scope: Scope
) -> list[Hit]:
    """A hit for each passage that holds enough of several units, best first, then in the order of the texts.

    The hit is the tightest window with a best match of each unit that is there. Its score is the share of the
    query's rarity that was found × the share of its units × how closely and how orderly they stand together.
    """
    candidates = [
        candidate
        for text, searchable in enumerate(searchables)
        for candidate in _candidates(text, searchable, found, scope)
    ]
    candidates.sort(key=lambda candidate: (-candidate.bound, candidate.text, candidate.passage))
    best: list[float] = []
    ranked: list[tuple[float, int, Span, Hit]] = []
    for candidate in candidates:
        if scope.limit is not None and len(best) == scope.limit and candidate.bound < best[0]:
            break
        hit = _window_hit(query, candidate, searchables[candidate.text])
        if hit.score >= scope.min_score:
            ranked.append((-hit.score, candidate.text, hit.span, hit))
            if scope.limit is not None:
                (heappush if len(best) < scope.limit else heappushpop)(best, hit.score)
    ranked.sort()
    return [hit for *_, hit in ranked[: scope.limit]]


def _candidates(
    text: int, searchable: Searchable, found: Sequence[Found], scope: Scope
) -> Iterator[_Candidate]:
    """The passages of a text that could reach the least score, with what they hold.

    Units are gone through from the rarest; once those that are left could not reach the score by themselves, they are
    only looked for in the passages found so far (as MaxScore does: Turtle and Flood 1995).
    """
    index = searchable.index
    whole = sum(unit.weight for unit in found)
    order = sorted(range(len(found)), key=lambda unit: found[unit].places[text].count())
    holding: dict[int, dict[int, list[Match]]] = {}
    for place, unit in enumerate(order):
        left = order[place:]
        if 100 * sum(found[u].weight for u in left) / whole * len(left) / len(found) < scope.min_score:
            break
        for match in found[unit].places[text].everywhere():
            by_unit = holding.setdefault(index.passage_of(match.first), {})
            matches = by_unit.setdefault(unit, [])
            if not matches or matches[0].similarity == match.similarity:
                matches.append(match)
    else:
        left = []
    for passage, by_unit in holding.items():
        if searchable.passages[passage].is_furniture and not scope.furniture:
            continue
        start, stop = index.bounds[passage], index.bounds[passage + 1]
        for unit in left:
            if matches := found[unit].places[text].within(start, stop):
                top = max(match.similarity for match in matches)
                by_unit[unit] = [match for match in matches if match.similarity == top]
        if any(one.required and unit not in by_unit for unit, one in enumerate(found)):
            continue
        bound = sum(found[unit].weight * matches[0].similarity for unit, matches in by_unit.items()) / whole
        bound *= 100 * len(by_unit) / len(found)
        if bound >= scope.min_score:
            yield _Candidate(bound, text, passage, tuple((u, tuple(m)) for u, m in sorted(by_unit.items())))


def _window_hit(query: Query, candidate: _Candidate, searchable: Searchable) -> Hit:
    """The hit of a candidate: its tightest window, lit up, with its score."""
    window = _tightest(candidate.matches)
    light = _light_words(query, searchable, candidate.passage, window)
    first, last = window[0][1].first, max(match.last for _, match in window)
    expected = sum(match.last - match.first + 1 for _, match in window) + len(query.light)
    near = 1 / (1 + max(0, last - first + 1 - expected) / 4)
    orderly = [left < right for (left, _), (right, _) in pairwise(window)]
    together = (
        1
        - _NEARNESS * (1 - near)
        - _ORDER * (1 - (sum(orderly) / len(orderly) if orderly else 1))
        - _LIGHT_WORDS * (1 - (len({token for _, token in light}) / len(query.light) if query.light else 1))
    )
    inside = [(position, position) for position, _ in light if first <= position <= last]
    runs = {run for _, match in window for run in match.runs}
    passage = searchable.passages[candidate.passage]
    return _hit(searchable, passage, _merged([*runs, *inside]), candidate.bound * together)


def _merged(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs in the order of the text, those that share a word as one: co-operation answers operation too."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _tightest(units: Sequence[tuple[int, Sequence[Match]]]) -> list[tuple[int, Match]]:
    """One match of each unit, so that they stand within as few words as can be; in the order of the text."""
    stream = sorted(
        ((match.first, unit, match) for unit, matches in units for match in matches), key=lambda m: m[:2]
    )
    latest: dict[int, Match] = {}
    best: list[tuple[int, Match]] = []
    narrowest = math.inf
    for _, unit, match in stream:
        latest[unit] = match
        if len(latest) == len(units):
            width = max(m.last for m in latest.values()) - min(m.first for m in latest.values())
            if width < narrowest:
                narrowest = width
                best = sorted(latest.items(), key=lambda item: (item[1].first, item[0]))
    return best


def _light_words(
    query: Query, searchable: Searchable, passage: int, window: Sequence[tuple[int, Match]]
) -> list[tuple[int, int]]:
    """Positions and numbers of the query's light words in the window and right beside it."""
    if not query.light:
        return []
    index = searchable.index
    wanted = {index.find(term.word) for term in query.light}
    beside = len(query.light)
    low = max(index.bounds[passage], window[0][1].first - beside)
    high = min(index.bounds[passage + 1], max(match.last for _, match in window) + beside + 1)
    return [
        (position, token) for position, token in enumerate(index.tokens[low:high], low) if token in wanted
    ]
