"""The order in which a query was typed: where a text has all of it in a row, and how much of it stands in its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from texts.search.index import Index
from texts.search.phrase import LIGHT, NO_ROWS, Rows, side_by_side
from texts.search.query import Query
from texts.search.word_places import Match, Places, Runs

if TYPE_CHECKING:
    from texts.search.unit_places import SearchedTexts, UnitPlaces

_NEIGHBOURS = 8  # words on either side of a lone one that are looked at: more tell no more
_BESIDE = 0.5  # what a light word counts that is near, but not in its place


class TypedOrder:
    """A query in the order typed, held against one text."""

    def __init__(self, query: Query, index: Index, units: Sequence[Places]) -> None:
        """`units` are the places of the query's units in this text."""
        self._index = index
        self._typed = query.typed
        self._units = len(units)
        self._light = [index.find(term.word) for term in query.light]
        self._all = (*units, *(Places(index, {} if n is None else {n: 1.0}, {}) for n in self._light))

    @property
    def light(self) -> int:
        """How many different light words the query has."""
        return len(self._light)

    @cached_property
    def rows(self) -> Rows:
        """Where all of the query stands in a row, as alike as if it had been in quotation marks."""
        if len(self._typed) == 1:
            return NO_ROWS
        weights = [1.0 if number < self._units else LIGHT for number in self._typed]
        return side_by_side([self._all[number] for number in self._typed], weights)

    @cached_property
    def row_by_passage(self) -> dict[int, Match]:
        """The best row in each passage that has any."""
        best: dict[int, Match] = {}
        for match in self.rows:
            passage = self._index.passage_of(match.first)
            if passage not in best or best[passage].similarity < match.similarity:
                best[passage] = match
        return best

    def row_at(self, position: int) -> Runs:
        """The words of the row at a position."""
        return self.rows.at(position).runs

    def units_at(self, position: int) -> Runs:
        """Those of them that answer units, where every unit is a word."""
        row = self.row_at(position)
        return [run for run, number in zip(row, self._typed, strict=True) if number < self._units]

    def by_share(self, positions: Sequence[int]) -> dict[float, Sequence[int]]:
        """Positions of the query's only unit by how much of the words typed around it stands around it, 0–1."""
        if not positions or len(self._typed) == 1:
            return {1.0: positions} if positions else {}
        shares: dict[int, float] = {}
        for place, number in enumerate(self._typed):
            if number < self._units:
                for position, share in self._shares(positions, self._around(place)):
                    shares[position] = max(share, shares.get(position, 0.0))
        found: dict[float, list[int]] = {}
        for position in positions:
            found.setdefault(shares.get(position, 0.0), []).append(position)
        return dict(found)

    def _shares(
        self, positions: Sequence[int], around: Sequence[tuple[int, Mapping[int, float]]]
    ) -> Iterator[tuple[int, float]]:
        """The positions around which something stands as typed, with the share of it."""
        tokens, bounds = self._index.tokens, self._index.bounds
        low = bisect_left(positions, _NEIGHBOURS)
        high = bisect_left(positions, len(tokens) - _NEIGHBOURS, low)
        inner = positions[low:high]
        counts: Counter[int] = Counter()
        for step, words in around:
            if words:
                counts.update([position for position in inner if tokens[position + step] in words])
        left, right = min(step for step, _ in around), max(step for step, _ in around)
        for position, count in counts.items():
            end = bisect_right(bounds, position)
            if bounds[end - 1] <= position + left and position + right < bounds[end]:
                yield position, count / len(around)
            else:  # some of it is in another passage
                yield position, self._share_at(position, around)
        for position in (*positions[:low], *positions[high:]):
            yield position, self._share_at(position, around)

    def _around(self, place: int) -> list[tuple[int, Mapping[int, float]]]:
        """What stands how many words after (or before: less than 0) the unit at a place of the query."""
        low, high = max(0, place - _NEIGHBOURS), min(len(self._typed), place + _NEIGHBOURS + 1)
        return [(k - place, self._all[self._typed[k]].variants) for k in range(low, high) if k != place]

    def _share_at(self, position: int, around: Sequence[tuple[int, Mapping[int, float]]]) -> float:
        bounds, tokens = self._index.bounds, self._index.tokens
        end = bisect_right(bounds, position)
        steps = range(bounds[end - 1] - position, bounds[end] - position)
        return sum(step in steps and tokens[position + step] in words for step, words in around) / len(around)

    def share_of_light(self, window: Sequence[tuple[int, Match]], passage: int) -> tuple[float, list[int]]:
        """How much of the light words stands in and around a window, 0–1, and their positions inside it.

        A window is one match of each unit that is there. A light word counts fully where it stands as far from the
        next unit on its left or right as it was typed.
        """
        if not self._light:
            return 1.0, []
        index, beside = self._index, len(self._light)
        first, last = window[0][1].first, max(match.last for _, match in window)
        low = max(index.bounds[passage], first - beside)
        high = min(index.bounds[passage + 1], last + beside + 1)
        around = index.tokens[low:high]
        matches = dict(window)
        inside, total, found = [], 0, 0.0
        for place, number in enumerate(self._typed):
            if number < self._units:
                continue
            total += 1
            token = self._light[number - self._units]
            if token is None or token not in around:
                continue
            expected = [p - low for p in self._expected(place, matches) if low <= p < high]
            found += 1.0 if any(around[p] == token for p in expected) else _BESIDE
        wanted = set(self._light)
        inside = [p for p in range(first, last + 1) if around[p - low] in wanted]
        return found / total, inside

    def _expected(self, place: int, matches: dict[int, Match]) -> Iterable[int]:
        """Where the light word at a place of the query would stand beside the units next to it."""
        for left in range(place - 1, -1, -1):
            if (number := self._typed[left]) < self._units:
                if number in matches:
                    yield matches[number].last + place - left
                break
        for right in range(place + 1, len(self._typed)):
            if (number := self._typed[right]) < self._units:
                if number in matches:
                    yield matches[number].first - (right - place)
                break


class TypedOrders:
    """A query in the order typed, held against each of some texts as it is asked for."""

    def __init__(self, query: Query, texts: SearchedTexts, units: Sequence[UnitPlaces]) -> None:
        self._query = query
        self._texts = texts
        self._units = units
        self._orders: dict[int, TypedOrder] = {}

    @property
    def is_row(self) -> bool:
        """Whether there is an order at all: more than one word or phrase."""
        return len(self._query.typed) > 1

    def __getitem__(self, text: int) -> TypedOrder:
        """In a text, which is opened for it."""
        if text not in self._orders:
            units = [unit[text] for unit in self._units]
            self._orders[text] = TypedOrder(self._query, self._texts.index(text), units)
        return self._orders[text]

    def most_alike(self, best: Sequence[float]) -> float:
        """How alike a row can be of units of which the most alike place is this alike."""
        weighted = [
            (1.0, best[number]) if number < len(best) else (LIGHT, 1.0) for number in self._query.typed
        ]
        return sum(weight * alike for weight, alike in weighted) / sum(weight for weight, _ in weighted)
