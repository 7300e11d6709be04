"""The hits of a query of several units: a passage each, the best first."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush, heappushpop
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Span
from texts.search.results import AS_TYPED, LIGHT_WORDS, Found, HitFilter, hit_of, spans_of
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrder, TypedOrders
from texts.search.word_places import Match

if TYPE_CHECKING:
    from texts.search.index import Index

# What standing together is worth in a passage that has all the words, with `LIGHT_WORDS` .30 of 1 in all.
_NEARNESS, _ORDER = 0.18, 0.08

# Where a passage without one of the units would score more than this, only so much of the rest counts: it stays below
# one that has all of them, however far apart they stand.
_PART, _ABOVE_PART = 60.0, 0.2

_PLACES_EACH = 40
"""To look into a passage for a unit takes as long as to tell the passages of so many places of it."""

_INEXACT = 1e-6
"""Of 100: more than sums of the same numbers in another order can differ by."""


class _Candidate(NamedTuple):
    """A passage that holds some of the units."""

    bound: float
    """The score if all of them stood together."""
    text: int
    passage: int
    matches: tuple[tuple[int, tuple[Match, ...]], ...]
    """For each unit that is there its number and its best matches."""
    row: Match | None
    """Where all of the query stands in a row."""


def rank_passages(
    found: Sequence[Found], orders: TypedOrders, searchables: Sequence[Searchable], scope: HitFilter
) -> list[Hit]:
    """A hit for each passage that holds enough of several units, best first, then in the order of the texts.

    The hit is where all of the query stands in a row, else the tightest window with a best match of each unit that is
    there. Its score is the share of the query's rarity that was found × the share of its units × how closely and how
    orderly they stand together. A passage without one of the units comes after those with all of them.
    """
    best: list[float] = []
    ranked: list[tuple[float, int, Span, Hit]] = []
    for candidate in _best_candidates(found, orders, searchables, scope):
        if scope.limit is not None and len(best) == scope.limit and candidate.bound < best[0]:
            break
        hit = _window_hit(candidate, orders[candidate.text], searchables[candidate.text])
        if hit.score >= scope.min_score:
            ranked.append((-hit.score, candidate.text, hit.span, hit))
            if scope.limit is not None:
                (heappush if len(best) < scope.limit else heappushpop)(best, hit.score)
    ranked.sort()
    return [hit for *_, hit in ranked[: scope.limit]]


def _best_candidates(
    found: Sequence[Found], orders: TypedOrders, searchables: Sequence[Searchable], scope: HitFilter
) -> Iterator[_Candidate]:
    """The passages of all texts that could reach the least score, the greatest bounds first, then as the texts run.

    A text is opened when none of the candidates at hand has more than a passage of it might (as in the threshold
    algorithm: Fagin, Lotem and Naor 2003).
    """
    best = list(zip(*([tally.best for tally in one.tallies] for one in found), strict=True))
    most = {each: _most_of(each, found, orders) for each in set(best)}
    bounds = sorted((-most[each], text) for text, each in enumerate(best))
    heap: list[tuple[float, int, int, _Candidate]] = []
    for bound, text in (*bounds, (math.inf, 0)):
        while heap and heap[0][0] < bound:
            yield heappop(heap)[-1]
        if -bound < scope.min_score:
            continue
        for candidate in _candidates(text, searchables[text], orders[text], found, scope):
            heappush(heap, (-candidate.bound, text, candidate.passage, candidate))


def _most_of(best: Sequence[float], found: Sequence[Found], orders: TypedOrders) -> float:
    """The score of a passage with a match of each unit that is this alike, and a little more, as sums are not exact."""
    if any(one.required and not alike for one, alike in zip(found, best, strict=True)):
        return -math.inf
    matches = {unit: (Match(alike, ()),) for unit, alike in enumerate(best) if alike}
    bound = _bound(matches, found, sum(one.weight for one in found)) if matches else 0.0
    return max(bound, 100 * orders.most_alike(best) if all(best) else 0.0) + _INEXACT


def _candidates(
    text: int, searchable: Searchable, order: TypedOrder, found: Sequence[Found], scope: HitFilter
) -> Iterator[_Candidate]:
    """The passages of a text that could reach the least score, with what they hold.

    Units are gone through from the rarest; once those that are left could not reach the score by themselves, they are
    only looked for in the passages found so far (as MaxScore does: Turtle and Flood 1995).
    """
    index = searchable.index
    whole = sum(unit.weight for unit in found)
    rarest = sorted(range(len(found)), key=lambda unit: found[unit].places[text].count())
    required = {unit for unit, one in enumerate(found) if one.required}
    rows = order.row_by_passage
    holding: dict[int, dict[int, list[Match]]] = {}
    with_later: _PassagesWith | None = None
    for place, unit in enumerate(rarest):
        left = rarest[place:]
        if 100 * sum(found[u].weight for u in left) / whole * len(left) / len(found) < scope.min_score:
            break
        places = found[unit].places[text]
        with_later = _passages_with(index, rarest[place + 1 :], text, found, places.count() + len(holding))
        for similarity in places.similarities():
            alone = _bound({unit: (Match(similarity, ()),)}, found, whole)
            for position in places.positions_alike(similarity):
                passage = index.passage_of(position)
                if alone < scope.min_score and not (
                    with_later is None or passage in with_later or passage in holding or passage in rows
                ):
                    continue
                matches = holding.setdefault(passage, {}).setdefault(unit, [])
                if not matches or matches[0].similarity == similarity:
                    matches.append(places.alike_at(similarity, position))
    else:
        left = []
    rest = sum(found[unit].weight for unit in left)
    for passage, by_unit in holding.items():
        if searchable.passages[passage].is_furniture and not scope.furniture:
            continue
        has_left = with_later is None or passage in with_later
        if left and has_left and _bound(by_unit, found, whole, rest, len(left)) >= scope.min_score:
            by_unit.update(_in_passage(index, passage, left, text, found))
        if required and not by_unit.keys() >= required:
            continue
        row = rows.get(passage)
        bound = max(_bound(by_unit, found, whole), 100 * row.similarity if row else 0.0)
        if bound >= scope.min_score:
            yield _Candidate(
                bound, text, passage, tuple((u, tuple(m)) for u, m in sorted(by_unit.items())), row
            )


def _in_passage(
    index: Index, passage: int, units: Sequence[int], text: int, found: Sequence[Found]
) -> Iterator[tuple[int, list[Match]]]:
    """Those of some units that a passage has, with their best matches."""
    start, stop = index.bounds[passage], index.bounds[passage + 1]
    here = index.tokens[start:stop].tolist()
    for unit in units:
        if matches := found[unit].places[text].best_in(start, here):
            yield unit, matches


class _PassagesWith:
    """The passages of a text that words at some positions stand in: each is looked for when it is asked about."""

    def __init__(self, index: Index, positions: Iterable[int]) -> None:
        self._bounds = index.bounds
        self._positions = sorted(positions)

    def __contains__(self, passage: int) -> bool:
        place = bisect_left(self._positions, self._bounds[passage])
        return place < len(self._positions) and self._positions[place] < self._bounds[passage + 1]


def _passages_with(
    index: Index, units: Sequence[int], text: int, found: Sequence[Found], passages: int
) -> _PassagesWith | None:
    """The passages of a text that have any of some units; None where looking into so many of them is quicker."""
    all_places = [found[unit].places[text] for unit in units]
    if sum(places.count() for places in all_places) > _PLACES_EACH * passages:
        return None
    return _PassagesWith(index, chain.from_iterable(places.positions() for places in all_places))


def _bound(
    by_unit: Mapping[int, Sequence[Match]],
    found: Sequence[Found],
    whole: float,
    rest: float = 0.0,
    others: int = 0,
) -> float:
    """The score of a passage with these matches of units if they stood together, though not as typed.

    `whole` is the weight of all units; `others` more, with a weight of `rest`, are taken to be there just as typed.
    """
    for unit, matches in by_unit.items():
        rest += found[unit].weight * matches[0].similarity
    others += len(by_unit)
    bound = 100 * (1 - AS_TYPED) * rest / whole * others / len(found)
    if others < len(found) and bound > _PART:
        return _PART + (bound - _PART) * _ABOVE_PART
    return bound


def _window_hit(candidate: _Candidate, order: TypedOrder, searchable: Searchable) -> Hit:
    """The hit of a candidate, with its score: all of the query in a row, else the tightest window."""
    passage = searchable.passages[candidate.passage]
    if candidate.row:
        words = spans_of(searchable, _merged(candidate.row.runs))
        return hit_of(searchable, passage.number, words, candidate.bound)
    window = _tightest(candidate.matches)
    light, inside = order.share_of_light(window, candidate.passage)
    first, last = window[0][1].first, max(match.last for _, match in window)
    expected = sum(match.last - match.first + 1 for _, match in window) + order.light
    near = 1 / (1 + max(0, last - first + 1 - expected) / 4)
    orderly = [left < right for (left, _), (right, _) in pairwise(window)]
    in_order = sum(orderly) / len(orderly) if orderly else 1.0
    together = 1 - _NEARNESS * (1 - near) - _ORDER * (1 - in_order) - LIGHT_WORDS * (1 - light)
    runs = {run for _, match in window for run in match.runs}
    inner = [(position, position) for position in inside]
    words = spans_of(searchable, _merged([*runs, *inner]))
    return hit_of(searchable, passage.number, words, candidate.bound * together)


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
