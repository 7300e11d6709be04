"""Which places answer a query best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heappush, heappushpop
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Passage, Span
from texts.search.query import Term
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrder
from texts.search.word_places import Match, Places
from texts.tokens import WORD

if TYPE_CHECKING:
    from texts.search.index import Index

OTHER_CASE = 0.95
"""What a word counts that lacks the capitals of the query, where nothing has them: SISTANI finds Sistani."""

# What standing together is worth in a passage that has all the words: 1 in all. Without it .70 is left.
_NEARNESS, _ORDER, _LIGHT_WORDS = 0.18, 0.08, 0.04

# What standing there just as typed, word by word, is worth beyond that.
_AS_TYPED = 0.01

# Where a passage without one of the units would score more than this, only so much of the rest counts: it stays below
# one that has all of them, however far apart they stand.
_PART, _ABOVE_PART = 60.0, 0.2

_PLACES_EACH = 40
"""To look into a passage for a unit takes as long as to tell the passages of so many places of it."""


class HitFilter(NamedTuple):
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


def weight_of(all_places: Sequence[Places], passages: int) -> float:
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
    term: Term | None,
    all_places: Sequence[Places],
    orders: Sequence[TypedOrder],
    searchables: Sequence[Searchable],
    scope: HitFilter,
) -> list[Hit]:
    """A hit for each place of a query's only unit, best first, then in the order of the texts.

    Where all of the query stands in a row, light words too, that is one hit and comes first; else the words typed
    around the unit decide between places that are alike. It looks no further than the limit asks: places come by
    similarity, and what comes later is worse. `term` is the unit where it is one. Where a place has its capitals, those
    that differ from it in nothing else are left out: US finds US, not us; a misspelt name finds what is like it.
    """
    capitals = term.written if term and any(c.isupper() for c in term.written) else ""
    limit = math.inf if scope.limit is None else scope.limit
    chosen: list[_Place] = []
    fitting: list[_Place] = []  # those of the chosen that have the capitals
    counts: Counter[float] = Counter()  # how many are chosen of each score

    def missing(score: float) -> float:
        return limit - sum(count for chosen_score, count in counts.items() if chosen_score >= score)

    for level in _levels(all_places, orders):
        if level.score < scope.min_score or missing(level.score) <= 0:
            break
        for group in level.groups():
            searchable, score, left = searchables[group.text], group.score, missing(group.score)
            for position in group.positions if left > 0 else ():
                match = group.match_at(position)
                passage = searchable.passages[searchable.index.passage_of(position)]
                if passage.is_furniture and not scope.furniture:
                    continue
                place = _Place(-score, group.text, position, passage, match)
                if capitals and not _any_has_capitals(searchable, group.heavy(match), capitals):
                    chosen.append(place._replace(negated_score=-score * OTHER_CASE))
                    counts[score * OTHER_CASE] += 1
                    continue
                chosen.append(place)
                fitting.append(place)
                counts[score] += 1
                left -= 1
                if not left:
                    break
        if term and capitals and fitting and (level.similarity == 1.0 or term.is_prefix):
            chosen, counts = list(fitting), Counter(-place.negated_score for place in fitting)
    chosen.sort()
    return [
        _hit(searchables[place.text], place.passage, place.match.runs, -place.negated_score)
        for place in chosen[: scope.limit]
        if -place.negated_score >= scope.min_score
    ]


class _Group(NamedTuple):
    """Places in one text that are as good as each other."""

    score: float
    text: int
    positions: Sequence[int]
    """Where they begin, ascending."""
    match_at: Callable[[int], Match]
    """What stands at one of the positions."""
    heavy: Callable[[Match], Sequence[tuple[int, int]]]
    """The words of a match that answer the unit."""


class _Level(NamedTuple):
    """Places in all texts that are as similar as each other."""

    score: float
    """The most that one of them may have."""
    similarity: float
    groups: Callable[[], list[_Group]]
    """The places, the best first, then as the texts run."""


def _levels(all_places: Sequence[Places], orders: Sequence[TypedOrder]) -> list[_Level]:
    """All places, the best first: rows, which are the whole query word by word, before places of the same similarity.

    What touches a row, or an earlier or better place, is left out.
    """
    rows = [order.rows.by_similarity() for order in orders]
    covered = [order.rows.covered() for order in orders]
    most = 100.0 * (1 - _AS_TYPED) if orders and orders[0].is_row else 100.0

    def of_rows(similarity: float) -> list[_Group]:
        return [
            _Group(100 * similarity, text, one[similarity], orders[text].rows.at, orders[text].units_in)
            for text, one in enumerate(rows)
            if similarity in one
        ]

    def of_places(similarity: float) -> list[_Group]:
        groups = []
        for text, (places, order) in enumerate(zip(all_places, orders, strict=True)):
            match_at = partial(places.alike_at, similarity)
            for share, alike in order.by_share(_apart(places, similarity, covered[text])).items():
                score = similarity * (most - 100 * _LIGHT_WORDS * (1 - share))
                groups.append(_Group(score, text, alike, match_at, _runs))
        return sorted(groups, key=lambda group: (-group.score, group.text))

    levels = [_Level(100 * s, s, partial(of_rows, s)) for s in set[float]().union(*rows)]
    similarities = {similarity for places in all_places for similarity in places.similarities()}
    levels += (_Level(most * s, s, partial(of_places, s)) for s in similarities)
    return sorted(levels, key=lambda level: -level.score)


def _apart(places: Places, similarity: float, covered: set[int]) -> Sequence[int]:
    """The positions of the places of one similarity that touch nothing covered, and no earlier one; covers them."""
    positions = places.positions_alike(similarity)
    if not places.wide:
        return [position for position in positions if position not in covered] if covered else positions
    apart = []
    for position in positions:
        last = places.alike_at(similarity, position).last
        if position not in covered and last not in covered:
            covered.update(range(position, last + 1))
            apart.append(position)
    return apart


def _runs(match: Match) -> Sequence[tuple[int, int]]:
    return match.runs


def _any_has_capitals(searchable: Searchable, runs: Sequence[tuple[int, int]], wanted: str) -> bool:
    return any(_has_capitals(searchable, first, last, wanted) for first, last in runs)


def _has_capitals(searchable: Searchable, first: int, last: int, wanted: str) -> bool:
    """Whether a word, or a part of a compound, has a capital where the wanted one does: at first, or everywhere."""
    body, starts = searchable.body, searchable.index.starts
    if wanted[0].isupper() and not any(body[start].isupper() for start in starts[first : last + 1]):
        return False
    span = _span(searchable, first, last)
    return len(wanted) == 1 or not wanted.isupper() or body[span.start : span.end].isupper()


def _hit(searchable: Searchable, passage: Passage, runs: Sequence[tuple[int, int]], score: float) -> Hit:
    """The hit of these words."""
    words = tuple([_span(searchable, first, last) for first, last in runs])
    span = words[0] if len(words) == 1 else Span(words[0].start, words[-1].end)
    return Hit(searchable.slug, passage.number, span, round(score, 1), words)


def _span(searchable: Searchable, first: int, last: int) -> Span:
    body, starts = searchable.body, searchable.index.starts
    start = starts[first]
    start_of_last = start if first == last else starts[last]  # each look at the index takes a while
    after = starts[last + 1] if last + 1 < len(starts) else len(body)
    until_next = body[start_of_last:after]
    if until_next[:-1].isalnum() and until_next[-1].isascii() and not until_next[-1].isalnum():
        return Span(start, after - 1)  # nearly always: the word, and one blank or sign
    word = WORD.match(until_next)
    return Span(start, start_of_last + (word.end() if word else 0))


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
    found: Sequence[Found], orders: Sequence[TypedOrder], searchables: Sequence[Searchable], scope: HitFilter
) -> list[Hit]:
    """A hit for each passage that holds enough of several units, best first, then in the order of the texts.

    The hit is where all of the query stands in a row, else the tightest window with a best match of each unit that is
    there. Its score is the share of the query's rarity that was found × the share of its units × how closely and how
    orderly they stand together. A passage without one of the units comes after those with all of them.
    """
    candidates = [
        candidate
        for text, searchable in enumerate(searchables)
        for candidate in _candidates(text, searchable, orders[text], found, scope)
    ]
    candidates.sort(key=lambda candidate: (-candidate.bound, candidate.text, candidate.passage))
    best: list[float] = []
    ranked: list[tuple[float, int, Span, Hit]] = []
    for candidate in candidates:
        if scope.limit is not None and len(best) == scope.limit and candidate.bound < best[0]:
            break
        hit = _window_hit(candidate, orders[candidate.text], searchables[candidate.text])
        if hit.score >= scope.min_score:
            ranked.append((-hit.score, candidate.text, hit.span, hit))
            if scope.limit is not None:
                (heappush if len(best) < scope.limit else heappushpop)(best, hit.score)
    ranked.sort()
    return [hit for *_, hit in ranked[: scope.limit]]


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
    with_later: set[int] | None = None
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


def _passages_with(
    index: Index, units: Sequence[int], text: int, found: Sequence[Found], passages: int
) -> set[int] | None:
    """The passages of a text that have any of some units; None where looking into so many of them is quicker."""
    all_places = [found[unit].places[text] for unit in units]
    if sum(places.count() for places in all_places) > _PLACES_EACH * passages:
        return None
    return {index.passage_of(position) for places in all_places for position in places.positions()}


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
    bound = 100 * (1 - _AS_TYPED) * rest / whole * others / len(found)
    if others < len(found) and bound > _PART:
        return _PART + (bound - _PART) * _ABOVE_PART
    return bound


def _window_hit(candidate: _Candidate, order: TypedOrder, searchable: Searchable) -> Hit:
    """The hit of a candidate, with its score: all of the query in a row, else the tightest window."""
    passage = searchable.passages[candidate.passage]
    if candidate.row:
        return _hit(searchable, passage, _merged(candidate.row.runs), candidate.bound)
    window = _tightest(candidate.matches)
    light, inside = order.share_of_light(window, candidate.passage)
    first, last = window[0][1].first, max(match.last for _, match in window)
    expected = sum(match.last - match.first + 1 for _, match in window) + order.light
    near = 1 / (1 + max(0, last - first + 1 - expected) / 4)
    orderly = [left < right for (left, _), (right, _) in pairwise(window)]
    in_order = sum(orderly) / len(orderly) if orderly else 1.0
    together = 1 - _NEARNESS * (1 - near) - _ORDER * (1 - in_order) - _LIGHT_WORDS * (1 - light)
    runs = {run for _, match in window for run in match.runs}
    inner = [(position, position) for position in inside]
    return _hit(searchable, passage, _merged([*runs, *inner]), candidate.bound * together)


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
