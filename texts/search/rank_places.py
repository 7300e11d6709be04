"""The hits of a query's only unit: a place each, the best first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from texts.model import Passage
from texts.search.query import Term
from texts.search.results import AS_TYPED, LIGHT_WORDS, Found, HitFilter, hit_of, span_of
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrders
from texts.search.word_places import Match, Places
from texts.typography import is_capital

OTHER_CASE = 0.95
"""What a word counts that lacks the capitals of the query, where nothing has them: SISTANI finds Sistani."""


class _Place(NamedTuple):
    """A place of a query's only unit, in an order of its own: the best first, then as the texts run."""

    negated_score: float
    text: int
    position: int
    passage: Passage
    match: Match


def rank_places(
    term: Term | None,
    found: Found,
    orders: TypedOrders,
    searchables: Sequence[Searchable],
    scope: HitFilter,
) -> list[Hit]:
    """A hit for each place of a query's only unit, best first, then in the order of the texts.

    Where all of the query stands in a row, light words too, that is one hit and comes first; else the words typed
    around the unit decide between places that are alike. It looks no further than the limit asks: places come by
    similarity, and what comes later is worse. `term` is the unit where it is one. Where a place has its capitals, those
    that differ from it in nothing else are left out: US finds US, not us; a misspelt name finds what is like it.
    """
    capitals = term.written if term and any(map(is_capital, term.written)) else ""
    limit = math.inf if scope.limit is None else scope.limit
    chosen: list[_Place] = []
    fitting: list[_Place] = []  # those of the chosen that have the capitals
    counts: Counter[float] = Counter()  # how many are chosen of each score

    def missing(score: float) -> float:
        return limit - sum(count for chosen_score, count in counts.items() if chosen_score >= score)

    # Each level then starts over with what has the capitals, so that all of one is gone through.
    starts_over = bool(term and capitals and term.is_prefix)
    for level in _levels(found, orders):
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
            if missing(score) <= 0 and not starts_over:
                break  # what follows is no better, and would be opened for nothing
        if term and capitals and fitting and (level.similarity == 1.0 or term.is_prefix):
            chosen, counts = list(fitting), Counter(-place.negated_score for place in fitting)
    chosen.sort()
    return [
        hit_of(searchables[place.text], place.passage, place.match.runs, -place.negated_score)
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
    groups: Callable[[], Iterable[_Group]]
    """The places, the best first, then as the texts run."""


def _levels(found: Found, orders: TypedOrders) -> list[_Level]:
    """All places, the best first: rows, which are the whole query word by word, before places of the same similarity.

    What touches a row, or an earlier or better place, is left out. Where nothing else was typed, no text is opened
    before its places are asked for.
    """
    unit, tallies = found.places, found.tallies
    there = [text for text, tally in enumerate(tallies) if tally]
    rows = {text: orders[text].rows.by_similarity() for text in there if orders.is_row}
    covered = {text: orders[text].rows.covered() if orders.is_row else set[int]() for text in there}
    most = 100.0 * (1 - AS_TYPED) if orders.is_row else 100.0

    def of_rows(similarity: float) -> list[_Group]:
        return [
            _Group(100 * similarity, text, one[similarity], orders[text].rows.at, orders[text].units_in)
            for text, one in rows.items()
            if similarity in one
        ]

    def of_text(similarity: float, text: int) -> Iterator[_Group]:
        places = unit[text]
        match_at = partial(places.alike_at, similarity)
        for share, alike in orders[text].by_share(_apart(places, similarity, covered[text])).items():
            score = similarity * (most - 100 * LIGHT_WORDS * (1 - share))
            yield _Group(score, text, alike, match_at, _runs)

    def of_places(similarity: float) -> Iterable[_Group]:
        using = (text for text in there if similarity in tallies[text].by_similarity)
        groups = chain.from_iterable(of_text(similarity, text) for text in using)
        return sorted(groups, key=lambda group: (-group.score, group.text)) if orders.is_row else groups

    levels = [_Level(100 * s, s, partial(of_rows, s)) for s in set[float]().union(*rows.values())]
    similarities = {similarity for tally in tallies for similarity in tally.by_similarity}
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
    span = span_of(searchable, first, last)
    return len(wanted) == 1 or not wanted.isupper() or body[span.start : span.end].isupper()
