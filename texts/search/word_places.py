"""Where a word of a query, or a compound, stands in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from texts.search.index import Index
from texts.search.variants import Variants

Runs = Sequence[tuple[int, int]]
"""Words in a row, each as the positions of its first and its last word."""


class Match(NamedTuple):
    """A unit of a query found at one place."""

    similarity: float
    """0–1; 1 is the same."""
    runs: tuple[tuple[int, int], ...]
    """Words in a row, each as the positions of its first and its last word: a compound is one run."""

    @property
    def first(self) -> int:
        """The position of the first word."""
        return self.runs[0][0]

    @property
    def last(self) -> int:
        """The position of the last word."""
        return self.runs[-1][1]


class Places:
    """All places of one unit in one text; those of plain words are read from the index as they are needed."""

    def __init__(self, index: Index, variants: Variants, wide: dict[int, Match]) -> None:
        """`variants` are found wherever the text uses the word; `wide`, by first position, is the rest."""
        self.index = index
        self.variants = {number: similarity for number, similarity in variants.items() if index.count(number)}
        self.wide = wide
        self._wide_starts = sorted(wide)

    @property
    def best(self) -> float:
        """The greatest similarity of all places; 0 where there is none."""
        similarities = (match.similarity for match in self.wide.values())
        return max(max(self.variants.values(), default=0.0), max(similarities, default=0.0))

    def count(self) -> int:
        """How many places there are."""
        return len(self.wide) + sum(map(self.index.count, self.variants))

    @cached_property
    def wide_ends(self) -> dict[int, Match]:
        """The matches of `wide` by the position of their last word; of several the longest."""
        return {match.last: match for _, match in sorted(self.wide.items(), reverse=True)}

    def at(self, position: int) -> Match | None:
        """What begins at a position."""
        return self.first_in(range(position, position + 1))

    def all_at(self, position: int) -> Iterator[Match]:
        """What begins at a position, as one word and as more."""
        if (similarity := self.variants.get(self.index.tokens[position])) is not None:
            yield Match(similarity, ((position, position),))
        if match := self.wide.get(position):
            yield match

    def first_in(self, positions: range) -> Match | None:
        """What begins at the first of these positions that has something."""
        tokens, variants, wide = self.index.tokens, self.variants, self.wide
        for position in positions:
            if wide and (match := wide.get(position)):
                return match
            if (similarity := variants.get(tokens[position])) is not None:
                return Match(similarity, ((position, position),))
        return None

    def positions(self) -> Iterator[int]:
        """The positions at which something begins, word by word."""
        yield from self._wide_starts
        for number in self.variants:
            yield from self.index.positions(number)

    def best_in(self, start: int, tokens: Sequence[int]) -> list[Match]:
        """The most alike of the places that begin in a stretch of the text, in order; its words are `tokens`."""
        variants, wide = self.variants, self._wide_in(start, start + len(tokens)) if self.wide else []
        present = variants.keys() & tokens
        if not present and not wide:
            return []
        top = max(*(variants[token] for token in present), *(match.similarity for match in wide), 0.0)
        best = {token for token in present if variants[token] == top}
        found = [Match(top, ((p, p),)) for p, token in enumerate(tokens, start) if token in best]
        if not wide:
            return found
        begun = {match.first for match in wide}
        found = [match for match in found if match.first not in begun]
        return sorted([*found, *(match for match in wide if match.similarity == top)], key=_first)

    def _wide_in(self, start: int, stop: int) -> list[Match]:
        low = bisect_left(self._wide_starts, start)
        return [self.wide[p] for p in self._wide_starts[low : bisect_left(self._wide_starts, stop, low)]]

    def similarities(self) -> list[float]:
        """The similarities there are, from the greatest down."""
        return sorted(
            {*self.variants.values(), *(match.similarity for match in self.wide.values())}, reverse=True
        )

    def positions_alike(self, similarity: float) -> list[int]:
        """The positions at which the places with exactly this similarity begin, ascending."""
        words = [number for number, each in self.variants.items() if each == similarity]
        wide = [position for position in self._wide_starts if self.wide[position].similarity == similarity]
        return sorted(chain(*map(self.index.positions, words), wide))

    def alike_at(self, similarity: float, position: int) -> Match:
        """The place with this similarity at a position that `positions_alike` gave."""
        match = self.wide.get(position) if self.wide else None
        if match is None or match.similarity != similarity:
            return Match(similarity, ((position, position),))
        return match

    def runs_alike(self, similarity: float) -> Callable[[int], Runs]:
        """The words of the place with this similarity at a position that `positions_alike` gave."""
        wide = {p: match.runs for p, match in self.wide.items() if match.similarity == similarity}
        return (lambda position: wide.get(position) or ((position, position),)) if wide else _lone


def _lone(position: int) -> Runs:
    return ((position, position),)


def _first(match: Match) -> int:
    return match.first


def places_of_word(index: Index, variants: Variants) -> Places:
    """Where any of the variants stands, written as one word or as a compound."""
    wide: dict[int, Match] = {}
    for number, similarity in variants.items():
        for position in index.compounds(number):
            if position not in wide or wide[position].similarity < similarity:
                end = position + index.compound_width(number, position) - 1
                wide[position] = Match(similarity, ((position, end),))
    return Places(index, variants, wide)
