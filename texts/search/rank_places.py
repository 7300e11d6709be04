"""The hits of a query's only unit: a place each, the best first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from texts.model import numbers_of
from texts.search.query import Term
from texts.search.results import AS_TYPED, LIGHT_WORDS, HitFilter, hit_of, spans_of
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrders
from texts.search.word_places import Places, Runs
from texts.typography import is_capital

if TYPE_CHECKING:
    from texts.search.unit_places import UnitPlaces, UnitTally

OTHER_CASE = 0.95
"""What a word counts that lacks the capitals of the query, where nothing has them: SISTANI finds Sistani."""


_Place = tuple[float, int, int, int, Runs]
"""A place of a query's only unit, in an order of its own: the best first, then as the texts run.

Its score with a minus, the text, the position, the number of its passage (0 for furniture), and its words.
"""


def rank_places(
    term: Term | None,
    places: UnitPlaces,
    tallies: Sequence[UnitTally],
    orders: TypedOrders,
    searchables: Sequence[Searchable],
    *,
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
    numbers: dict[int, Sequence[int]] = {}  # of passages, by text
    fitting: list[_Place] = []  # those of the chosen that have the capitals
    counts: Counter[float] = Counter()  # how many are chosen of each score

    def missing(score: float) -> float:
        return limit - sum(count for chosen_score, count in counts.items() if chosen_score >= score)

    # Each level then starts over with what has the capitals, so that all of one is gone through.
    starts_over = bool(term and capitals and term.is_prefix)
    for level in _levels(places, tallies, orders):
        if level.score < scope.min_score or missing(level.score) <= 0:
            break
        for group in level.groups():
            text, score, left = group.text, group.score, missing(group.score)
            if left <= 0:
                continue
            searchable, runs_at = searchables[text], group.runs_at
            if text not in numbers:
                numbers[text] = numbers_of(searchable.passages)
            passages = map(numbers[text].__getitem__, searchable.index.passages_at(group.positions))
            for position, number in zip(group.positions, passages, strict=True):
                if not number and not scope.furniture:
                    continue
                if capitals:
                    if not _any_has_capitals(searchable, group.units_at(position), capitals):
                        chosen.append((-score * OTHER_CASE, text, position, number, runs_at(position)))
                        counts[score * OTHER_CASE] += 1
                        continue
                    fitting.append((-score, text, position, number, runs_at(position)))
                chosen.append((-score, text, position, number, runs_at(position)))
                counts[score] += 1
                left -= 1
                if not left:
                    break
            if missing(score) <= 0 and not starts_over:
                break  # what follows is no better, and would be opened for nothing
        if term and capitals and fitting and (level.similarity == 1.0 or term.is_prefix):
            chosen, counts = list(fitting), Counter(-place[0] for place in fitting)
    chosen.sort()
    return _hits(searchables, [place for place in chosen[: scope.limit] if -place[0] >= scope.min_score])


def _hits(searchables: Sequence[Searchable], places: Sequence[_Place]) -> list[Hit]:
    """The hits of these places, of which the words of each text are looked up together."""
    runs: dict[int, list[tuple[int, int]]] = {}
    for _, text, _, _, words in places:
        runs.setdefault(text, []).extend(words)
    spans = {text: iter(spans_of(searchables[text], words)) for text, words in runs.items()}
    return [
        hit_of(searchables[text], number or None, [*islice(spans[text], len(words))], -negated)
        for negated, text, _, number, words in places
    ]


class _Group(NamedTuple):
    """Places in one text that are as good as each other."""

    score: float
    text: int
    positions: Sequence[int]
    """Where they begin, ascending."""
    runs_at: Callable[[int], Runs]
    """The words that stand at one of the positions."""
    units_at: Callable[[int], Runs]
    """Those of them that answer the unit."""


class _Level(NamedTuple):
    """Places in all texts that are as similar as each other."""

    score: float
    """The most that one of them may have."""
    similarity: float
    groups: Callable[[], Iterable[_Group]]
    """The places, the best first, then as the texts run."""


def _levels(unit: UnitPlaces, tallies: Sequence[UnitTally], orders: TypedOrders) -> list[_Level]:
    """All places, the best first: rows, which are the whole query word by word, before places of the same similarity.

    What touches a row, or an earlier or better place, is left out. Where nothing else was typed, no text is opened
    before its places are asked for.
    """
    there = [text for text, tally in enumerate(tallies) if tally]
    rows = {text: orders[text].rows.by_similarity() for text in there if orders.is_row}
    covered = {text: orders[text].rows.covered() if orders.is_row else set[int]() for text in there}
    most = 100.0 * (1 - AS_TYPED) if orders.is_row else 100.0

    def of_rows(similarity: float) -> list[_Group]:
        return [
            _Group(100 * similarity, text, one[similarity], orders[text].row_at, orders[text].units_at)
            for text, one in rows.items()
            if similarity in one
        ]

    def of_text(similarity: float, text: int) -> Iterator[_Group]:
        places = unit[text]
        runs_at = places.runs_alike(similarity)
        for share, alike in orders[text].by_share(_apart(places, similarity, covered[text])).items():
            score = similarity * (most - 100 * LIGHT_WORDS * (1 - share))
            yield _Group(score, text, alike, runs_at, runs_at)

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


def _any_has_capitals(searchable: Searchable, runs: Sequence[tuple[int, int]], wanted: str) -> bool:
    return any(_has_capitals(searchable, first, last, wanted) for first, last in runs)


def _has_capitals(searchable: Searchable, first: int, last: int, wanted: str) -> bool:
    """Whether a word, or a part of a compound, has a capital where the wanted one does: at first, or everywhere."""
    body, starts = searchable.body, searchable.index.starts
    if wanted[0].isupper() and not any(body[start].isupper() for start in starts[first : last + 1]):
        return False
    ((start, end),) = spans_of(searchable, [(first, last)])
    return len(wanted) == 1 or not wanted.isupper() or body[start:end].isupper()
