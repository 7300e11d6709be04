"""Where the units of a query stand in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import NamedTuple

from rapidfuzz.distance import OSA

from texts.search.expand import Variants
from texts.search.index import Index
from texts.search.query import Term

WITHOUT_PARTICLE = 0.9
"""How alike Maliki is to al-Maliki."""

APART = 0.97
"""How alike co operation is to co-operation, and to cooperation."""

MUCH_WORSE = 0.8
"""Where a phrase is found, what has less than this share of its similarity is another phrase."""

_COMMON = 10_000  # a word used more often is not gone through for matches without a rarer one
_WIDEST_GAP = 2  # words that may stand between two words of a phrase
_GAP = 0.03  # what each of them costs
_LIGHT = 0.3  # what a word without a subject weighs in a phrase
_IN_ITS_PLACE = 0.5  # what likeness counts of a word that is too far from the one in whose place it stands


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
        self.variants = {number: likeness for number, likeness in variants.items() if index.count(number)}
        self.wide = wide
        self._wide_starts = sorted(wide)

    @property
    def best(self) -> float:
        """The greatest similarity of all places; 0 where there is none."""
        similarities = (match.similarity for match in self.wide.values())
        return max(max(self.variants.values(), default=0.0), max(similarities, default=0.0))

    def count(self, least: float = 0.0) -> int:
        """How many places have at least this similarity."""
        wide = sum(match.similarity >= least for match in self.wide.values())
        return wide + sum(self.index.count(n) for n, likeness in self.variants.items() if likeness >= least)

    def at(self, position: int) -> Match | None:
        """What begins at a position."""
        return self.first_in(range(position, position + 1))

    def first_in(self, positions: range) -> Match | None:
        """What begins at the first of these positions that has something."""
        tokens, variants, wide = self.index.tokens, self.variants, self.wide
        for position in positions:
            if wide and (match := wide.get(position)):
                return match
            if (likeness := variants.get(tokens[position])) is not None:
                return Match(likeness, ((position, position),))
        return None

    def positions(self) -> Iterator[int]:
        """The positions at which something begins, word by word."""
        yield from self._wide_starts
        for number in self.variants:
            yield from self.index.positions(number)

    def within(self, start: int, stop: int) -> list[Match]:
        """All places that begin in a range of positions, in order."""
        variants, wide = self.variants, self.wide
        found = [
            Match(variants[token], ((position, position),))
            for position, token in enumerate(self.index.tokens[start:stop], start)
            if token in variants and position not in wide
        ]
        if not wide:
            return found
        low = bisect_left(self._wide_starts, start)
        high = bisect_left(self._wide_starts, stop, low)
        return sorted([*found, *(wide[position] for position in self._wide_starts[low:high])], key=_first)

    def everywhere(self) -> Iterator[Match]:
        """All places, the most alike first."""
        for similarity in self.similarities():
            yield from self.alike(similarity)

    def similarities(self) -> list[float]:
        """The similarities there are, from the greatest down."""
        return sorted(
            {*self.variants.values(), *(match.similarity for match in self.wide.values())}, reverse=True
        )

    def alike(self, similarity: float) -> Iterator[Match]:
        """The places with exactly this similarity, in the order of the text."""
        words = [number for number, likeness in self.variants.items() if likeness == similarity]
        positions = merge(
            *(self.index.positions(number) for number in words),
            (position for position in self._wide_starts if self.wide[position].similarity == similarity),
        )
        for position in positions:
            match = self.wide.get(position)
            if match is None or match.similarity != similarity:
                match = Match(similarity, ((position, position),))
            yield match


def _first(match: Match) -> int:
    return match.first


def places_of_word(index: Index, variants: Variants) -> Places:
    """Where any of the variants stands, written as one word or as a compound."""
    wide: dict[int, Match] = {}
    for number, likeness in variants.items():
        for position in index.compounds(number):
            if position not in wide or wide[position].similarity < likeness:
                end = position + index.compound_width(number, position) - 1
                wide[position] = Match(likeness, ((position, end),))
    return Places(index, variants, wide)


def places_of_compound(whole: Places, parts: Sequence[Places], core: Variants) -> Places:
    """Where a compound stands: in one word, hyphenated, in words side by side; or its core without the particle."""
    wide = dict(whole.wide)
    for start, match in _Phrase(parts, [1.0] * len(parts), (), gap=0, needed=len(parts)).matches().items():
        if start not in wide or wide[start].similarity < match.similarity * APART:
            wide[start] = Match(match.similarity * APART, ((match.first, match.last),))
    variants = {number: likeness * WITHOUT_PARTICLE for number, likeness in core.items()}
    for number, likeness in whole.variants.items():
        variants[number] = max(likeness, variants.get(number, 0.0))
    return Places(whole.index, variants, wide)


def places_of_phrase(index: Index, terms: Sequence[Term], places: Sequence[Places]) -> Places:
    """Where the terms of a phrase, whose places are given, stand together, in order; one in three may be missing."""
    all_light = all(term.light for term in terms)
    weights = [_LIGHT if term.light and not all_light else 1.0 for term in terms]
    words = [term.word for term in terms]
    phrase = _Phrase(places, weights, words, gap=_WIDEST_GAP, needed=-(-2 * len(terms) // 3))
    return Places(index, {}, phrase.matches())


class _Phrase:
    """Terms that stand in a row in one text."""

    def __init__(
        self,
        terms: Sequence[Places],
        weights: Sequence[float],
        words: Sequence[str],
        *,
        gap: int,
        needed: int,
    ) -> None:
        """`gap`: how many words may stand between them in all; `needed`: how many of the terms must be there.

        `words` are the terms as wanted; they are looked at only where terms may be missing.
        """
        self._terms = terms
        self._weights = weights
        self._words = words
        self._gap = gap
        self._needed = needed
        self._index = terms[0].index

    def matches(self) -> dict[int, Match]:
        """All matches by first position; of those that overlap only the best.

        They are looked for around the rarest terms: as many of them as it takes for every match to have one.
        """
        rarest = sorted(range(len(self._terms)), key=lambda term: self._terms[term].count())
        at_most = [weight * term.best for weight, term in zip(self._weights, self._terms, strict=True)]
        found: dict[int, Match] = {}
        for rank in range(len(rarest) - self._needed + 1):
            anchor = rarest[rank]
            if found and self._terms[anchor].count() > _COMMON:
                break
            for position in self._promising(anchor, rarest[rank + 1 :]):
                match = self._around(anchor, position)
                if match and (match.first not in found or found[match.first].similarity < match.similarity):
                    found[match.first] = match
            without = sum(at_most[term] for term in rarest[rank + 1 :]) / sum(self._weights)
            if without < MUCH_WORSE * max((match.similarity for match in found.values()), default=0):
                break
        return _apart(found)

    def _promising(self, anchor: int, others: Sequence[int]) -> Iterator[int]:
        """The positions of a term that have enough of the others on the side where they belong.

        It is asked of every occurrence of a word that may be common, and spares most of them a closer look. What
        it lets pass has no rarer term than the anchor: those that have are found already, from that term.
        """
        terms, tokens = self._terms, self._index.tokens
        bits = [0] * self._index.size
        wide = 0
        for place in others:
            wide |= bool(terms[place].wide) << place  # a term that is found as a compound too may be anywhere
            for number in terms[place].variants:
                bits[number] |= 1 << place
        left_terms = sum(1 << place for place in others if place < anchor)
        right_terms = sum(1 << place for place in others if place > anchor)
        needed = self._needed - 1
        needed_left = needed - right_terms.bit_count()
        stretch = self._gap + (len(terms) if wide else 0)
        left_reach = anchor + stretch if left_terms else 0
        right_reach = len(terms) - anchor + stretch if right_terms else 0
        for position in terms[anchor].positions():
            left = right = wide
            for token in tokens[max(0, position - left_reach) : position]:
                left |= bits[token]
            there = (left & left_terms).bit_count()
            if there < needed_left:
                continue
            for token in tokens[position + 1 : position + right_reach]:
                right |= bits[token]
            if there + (right & right_terms).bit_count() >= needed:
                yield position

    def _around(self, anchor: int, position: int) -> Match | None:
        """The phrase around a place of one of its terms, or None where too much of it is missing.

        A word may stand in the place of one that is missing; other words between, and places left empty, cost.
        """
        match = self._terms[anchor].at(position)
        if match is None:
            return None
        passage = self._index.passage_of(position)
        low, high = self._index.bounds[passage], self._index.bounds[passage + 1]
        found = [match]
        similar = self._weights[anchor] * match.similarity
        missable, gap = len(self._terms) - self._needed, self._gap
        astray = 0
        for after in (True, False):
            at = match.last + 1 if after else match.first - 1
            missing = 0
            for place in range(anchor + 1, len(self._terms)) if after else range(anchor - 1, -1, -1):
                term, reach = self._terms[place], gap + missing + 1
                following = (
                    term.first_in(range(at, min(at + reach, high)))
                    if after
                    else term.first_in(range(at, max(at - reach, low - 1), -1))
                )
                if following is None or not (after or following.last <= at):
                    missable -= 1
                    missing += 1
                    if missable < 0:
                        return None
                    continue
                skipped = following.first - at if after else at - following.last
                if 0 < skipped == missing:
                    edge = following.first if after else following.last
                    similar += self._in_their_place(place, edge, missing, after)
                astray += abs(skipped - missing)
                gap -= max(0, skipped - missing)
                missing = 0
                found.append(following)
                similar += self._weights[place] * following.similarity
                at = following.last + 1 if after else following.first - 1
            edge = at + missing if after else at - missing
            if missing and low - 1 <= edge <= high:
                similar += self._in_their_place(len(self._terms) if after else -1, edge, missing, after)
        runs = sorted(run for match in found for run in match.runs)
        return Match(similar / sum(self._weights) * (1 - _GAP) ** astray, tuple(runs))

    def _in_their_place(self, place: int, position: int, missing: int, after: bool) -> float:
        """What the words are worth that stand where the terms before (or after) a place are missing.

        It never makes a match, but decides between phrases that are else the same: in `skirt of th robe` for thy.
        """
        index, step = self._index, -1 if after else 1
        likeness = 0.0
        for away in range(step, step * (missing + 1), step):
            other = index.word(index.tokens[position + away])
            likeness += self._weights[place + away] * OSA.normalized_similarity(
                self._words[place + away], other
            )
        return likeness * _IN_ITS_PLACE


def _apart(found: dict[int, Match]) -> dict[int, Match]:
    """Without what is much worse than the best, and of matches that overlap only the better."""
    least = MUCH_WORSE * max((match.similarity for match in found.values()), default=0)
    kept: list[Match] = []
    for match in sorted(found.values(), key=_first):
        if match.similarity < least:
            continue
        if kept and match.first <= kept[-1].last:
            if match.similarity > kept[-1].similarity:
                kept[-1] = match
        else:
            kept.append(match)
    return {match.first: match for match in kept}
