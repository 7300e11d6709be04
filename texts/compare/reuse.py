"""Quotation and reuse: runs of words that two texts have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from texts.compare.tokenized import TokenizedText, TokenizedWord
from texts.lexicon import STOP_WORDS
from texts.model import Span

SHORTEST = 4
"""A run has at least as many words,"""
FEWEST_TELLING = 2
"""and so many of them carry a subject."""


@dataclass(frozen=True)
class SharedRun:
    """The same words in both texts, case, accents, possessive and punctuation regardless.

    It is as long as it can be: in some place of one of the texts it cannot go on by a word, on either side, and still
    stand in the other text. Runs do not reach over the end of a passage.
    """

    words: int
    """How many words it has."""
    left: tuple[Span, ...]
    """Every place where the left body has it, in order."""
    right: tuple[Span, ...]
    """Every place where the right body has it, in order."""


def reuse(
    left: TokenizedText, right: TokenizedText, *, shortest: int = SHORTEST, telling: int = FEWEST_TELLING
) -> tuple[SharedRun, ...]:
    """The runs of `shortest` words or more that both texts have, longest first, then in the order of the left text.

    At least `telling` words of each are no function words. The time taken is in proportion to the length of the texts:
    words that no run can hold are put aside, and the rest is matched by suffix automata (Blumer et al. 1985).
    """
    ours, theirs = _chains(left), _chains(right)
    common = _grams(ours, shortest) & _grams(theirs, shortest)
    if not common:
        return ()
    mine, its = (
        [stretch for chain in chains for stretch in chain.stretches(common, shortest)]
        for chains in (ours, theirs)
    )
    found = set(_longest(mine, its, shortest)) | set(_longest(its, mine, shortest))
    wanted = [run for run in found if sum(word not in STOP_WORDS for word in run) >= telling]
    places = _Places(mine, shortest), _Places(its, shortest)
    runs = (SharedRun(len(run), *(side.of(run) for side in places)) for run in wanted)
    return tuple(sorted(runs, key=lambda run: (-run.words, run.left, run.right)))


class _Chain(NamedTuple):
    """Words that follow each other in a passage."""

    keys: tuple[str, ...]
    """What is compared: the folded words."""
    words: tuple[TokenizedWord, ...]

    def grams(self, size: int) -> Iterator[tuple[str, ...]]:
        """All runs of so many words, in order."""
        return zip(*(self.keys[start:] for start in range(size)), strict=False)

    def stretches(self, common: Set[tuple[str, ...]], size: int) -> Iterator[_Chain]:
        """The parts of it in which each word is in one of the runs of `size` words."""
        start = end = 0
        for index, gram in enumerate(self.grams(size)):
            if gram in common:
                if index > end:
                    yield self.part(start, end)
                if index > end or not end:
                    start = index
                end = index + size
        yield self.part(start, end)

    def part(self, start: int, end: int) -> _Chain:
        """The words from one index to another."""
        return _Chain(self.keys[start:end], self.words[start:end])


def _chains(reading: TokenizedText) -> list[_Chain]:
    return [_Chain(tuple(word.folded for word in words), words) for words in reading.by_passage]


def _grams(chains: Sequence[_Chain], size: int) -> set[tuple[str, ...]]:
    return {gram for chain in chains for gram in chain.grams(size)}


class _Automaton:
    """All runs of words of some chains: the smallest automaton that accepts each suffix (Blumer et al. 1985)."""

    def __init__(self, chains: Iterable[_Chain]) -> None:
        self._steps: list[dict[str | int, int]] = [{}]
        self._link = [-1]
        self._length = [0]
        last = 0
        for number, chain in enumerate(chains):
            for key in chain.keys:
                last = self._add(last, key)
            last = self._add(last, number)  # no word, so that no run reaches into the next chain

    def _add(self, last: int, key: str | int) -> int:
        """Make the automaton accept one word more; gives the state of the whole."""
        new = self._state({}, 0, self._length[last] + 1)
        state = last
        while state != -1 and key not in self._steps[state]:
            self._steps[state][key] = new
            state = self._link[state]
        if state == -1:
            return new
        following = self._steps[state][key]
        if self._length[following] != self._length[state] + 1:
            following = self._split(state, key, following)
        self._link[new] = following
        return new

    def _split(self, state: int, key: str | int, following: int) -> int:
        """Part the runs that end in `following` after `state` from the longer ones that end there."""
        clone = self._state(dict(self._steps[following]), self._link[following], self._length[state] + 1)
        self._link[following] = clone
        while state != -1 and self._steps[state].get(key) == following:
            self._steps[state][key] = clone
            state = self._link[state]
        return clone

    def _state(self, steps: dict[str | int, int], link: int, length: int) -> int:
        self._steps.append(steps)
        self._link.append(link)
        self._length.append(length)
        return len(self._steps) - 1

    def matches(self, chain: _Chain) -> Iterator[int]:
        """For each word of a chain, how many words up to it, and with it, stand in the automaton's chains."""
        state = length = 0
        for key in chain.keys:
            while state and key not in self._steps[state]:
                state = self._link[state]
                length = self._length[state]
            if key in self._steps[state]:
                state = self._steps[state][key]
                length += 1
            yield length


def _longest(chains: Sequence[_Chain], others: Sequence[_Chain], shortest: int) -> Iterator[tuple[str, ...]]:
    """The runs of `chains` that are nowhere in them part of a longer run that stands in `others`."""
    automaton = _Automaton(others)
    for chain in chains:
        lengths = [*automaton.matches(chain), 0]
        for end, (length, following) in enumerate(pairwise(lengths), 1):
            if length >= shortest and following <= length:
                yield chain.keys[end - length : end]


class _Places:
    """Where runs stand in some chains."""

    def __init__(self, chains: Iterable[_Chain], size: int) -> None:
        self._size = size
        self._starts: defaultdict[tuple[str, ...], list[tuple[_Chain, int]]] = defaultdict(list)
        for chain in chains:
            for index, gram in enumerate(chain.grams(size)):
                self._starts[gram].append((chain, index))

    def of(self, run: tuple[str, ...]) -> tuple[Span, ...]:
        """The spans of a run of `size` words or more, in order, none overlapping another."""
        spans: list[Span] = []
        for chain, start in self._starts[run[: self._size]]:
            end = start + len(run)
            if chain.keys[start:end] == run:
                span = Span(chain.words[start].span.start, chain.words[end - 1].span.end)
                if not spans or spans[-1].end <= span.start:
                    spans.append(span)
        return tuple(spans)
