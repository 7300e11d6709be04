"""Fuzzy search: words and phrases, tolerant of spelling, endings, hyphens and order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

from texts.lexicon import Aliases
from texts.search.phrase import APART, places_like_run, places_of_compound, places_of_phrase, places_of_run
from texts.search.query import Term, Unit, parse
from texts.search.results import Found, HitFilter, rank_passages, rank_places, weight_of
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrder
from texts.search.variants import WantedWord, expand
from texts.search.word_places import Places, places_of_word

if TYPE_CHECKING:
    from texts.search.index import Index
    from texts.search.known_words import KnownWords


def search_fuzzy(
    query: str,
    searchables: Sequence[Searchable],
    *,
    scope: HitFilter,
    prefix_last: bool = False,
    aliases: Aliases | None = None,
    passages: int | None = None,
    known: KnownWords | None = None,
) -> list[Hit]:
    """Hits of a query, best first, then in the order of the texts; otherwise as `texts.search.search`."""
    parsed = parse(query, prefix_last=prefix_last)
    indexes = [searchable.index for searchable in searchables]
    finder = _Finder(searchables, aliases or known_aliases(), known)
    places = [finder.places_of_unit(unit) for unit in parsed.units]
    orders = [TypedOrder(parsed, index, [one[text] for one in places]) for text, index in enumerate(indexes)]
    if len(places) == 1:
        terms = parsed.units[0].terms
        return rank_places(terms[0] if len(terms) == 1 else None, places[0], orders, searchables, scope)
    if passages is None:
        passages = sum(len(searchable.passages) for searchable in searchables)
    weights = [weight_of(one, passages) for one in places]
    there = [weight for weight, one in zip(weights, places, strict=True) if any(p.count() for p in one)]
    if not there:
        return []
    # A word that is nowhere is no rarer for it: more likely it is another word, spelt past recognition.
    usual = sum(there) / len(there)
    found = [
        Found(tuple(one), weight if any(p.count() for p in one) else usual, unit.quoted)
        for unit, one, weight in zip(parsed.units, places, weights, strict=True)
    ]
    return rank_passages(found, orders, searchables, scope)


SHORTEST_LIKE_RUN = 4
"""A run of fewer characters, in a script without blanks between words, is found as typed or not at all."""


@cache
def known_aliases() -> Aliases:
    """Those of the lexicon."""
    return Aliases()


class _Finder:
    """Finds the places of units in the same texts."""

    def __init__(self, searchables: Sequence[Searchable], aliases: Aliases, known: KnownWords | None) -> None:
        self._searchables = searchables
        self._known = known
        self._indexes: Sequence[Index] = [searchable.index for searchable in searchables]
        self._aliases = aliases

    def places_of_unit(self, unit: Unit) -> list[Places]:
        """The places of a unit, text by text."""
        in_phrase = len(unit.terms) > 2
        by_term = [self._places_of_term(term, in_phrase) for term in unit.terms]
        if len(by_term) == 1:
            return by_term[0]
        return [
            places_of_phrase(index, unit.terms, [places[text] for places in by_term])
            for text, index in enumerate(self._indexes)
        ]

    def _places_of_run(self, characters: Sequence[str]) -> list[Places]:
        """The places of a run of characters; where no text has it, of what is like it."""
        found = [places_of_run(characters, one.body, one.index) for one in self._searchables]
        if len(characters) < SHORTEST_LIKE_RUN or any(places.wide for places in found):
            return found
        return [places_like_run(characters, index) for index in self._indexes]

    def _places_of_term(self, term: Term, in_phrase: bool) -> list[Places]:
        if term.characters:
            return self._places_of_run(term.characters)
        letters = max(map(len, term.parts), default=len(term.word))
        is_settled = term.is_prefix or term.light
        wanted = WantedWord(term.word, letters, term.is_prefix, is_settled, in_phrase)
        whole = self._places_of_word(wanted, term.joined)
        if not term.parts:
            return whole if term.is_prefix else self._or_in_two(term.word, whole)
        parts = [self._places_of_word(WantedWord(part, len(part))) for part in term.parts]
        core = self._places_of_word(WantedWord(term.core, len(term.core))) if term.core else None
        return [
            places_of_compound(one, [part[text] for part in parts], core[text].variants if core else {})
            for text, one in enumerate(whole)
        ]

    def _places_of_word(self, wanted: WantedWord, joined: Sequence[str] = ()) -> list[Places]:
        """The places of a word, text by text, and of those that it may be a part of."""
        variants = expand(wanted, self._indexes, self._aliases, self._known)
        for index, one in zip(self._indexes, variants, strict=True):
            for word in joined:
                if (number := index.find(word)) is not None:
                    one.setdefault(number, APART)
        return [places_of_word(index, one) for index, one in zip(self._indexes, variants, strict=True)]

    def _or_in_two(self, word: str, whole: list[Places]) -> list[Places]:
        """With the places of its two halves side by side, where no text has the word in one."""
        if any(index.find(word) is not None for index in self._indexes):
            return whole
        for middle in range(2, len(word) - 1):
            halves = word[:middle], word[middle:]
            asked = self._known.may_have_all(halves) if self._known else repeat(True)
            whole = [
                _with_halves(places, halves) if may else places
                for places, may in zip(whole, asked, strict=False)
            ]
        return whole


def _with_halves(whole: Places, halves: tuple[str, str]) -> Places:
    index = whole.index
    found = [number for half in halves if (number := index.find(half)) is not None]
    if len(found) < len(halves):
        return whole
    return places_of_compound(whole, [Places(index, {number: 1.0}, {}) for number in found], {})
