"""Fuzzy search: words and phrases, tolerant of spelling, endings, hyphens and order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from texts.lexicon import Aliases
from texts.search.query import parse
from texts.search.rank_passages import rank_passages
from texts.search.rank_places import rank_places
from texts.search.results import Found, HitFilter, weight_of
from texts.search.search_records import Hit, Searchable
from texts.search.typed_order import TypedOrders
from texts.search.unit_places import SearchedTexts, places_of_unit

if TYPE_CHECKING:
    from texts.search.known_words import KnownTexts


def search_fuzzy(
    query: str,
    searchables: Sequence[Searchable],
    *,
    scope: HitFilter,
    prefix_last: bool = False,
    aliases: Aliases | None = None,
    passages: int | None = None,
    known: KnownTexts | None = None,
) -> list[Hit]:
    """Hits of a query, best first, then in the order of the texts; otherwise as `texts.search.search`.

    A text is looked into only where what shards tell of it lets it have a hit that is asked for.
    """
    parsed = parse(query, prefix_last=prefix_last)
    texts = SearchedTexts(searchables, aliases or known_aliases(), known)
    places = [places_of_unit(texts, unit) for unit in parsed.units]
    tallies = [[one.tally(text) for text in range(len(searchables))] for one in places]
    orders = TypedOrders(parsed, texts, places)
    if len(places) == 1:
        terms = parsed.units[0].terms
        term = terms[0] if len(terms) == 1 else None
        return rank_places(term, places[0], tallies[0], orders, searchables, scope=scope)
    if passages is None:
        passages = sum(len(searchable.passages) for searchable in searchables)
    weights = [weight_of(one, passages) for one in tallies]
    there = [weight for weight, one in zip(weights, tallies, strict=True) if any(one)]
    if not there:
        return []
    # A word that is nowhere is no rarer for it: more likely it is another word, spelt past recognition.
    usual = sum(there) / len(there)
    found = [
        Found(one, tally, weight if any(tally) else usual, unit.quoted)
        for unit, one, tally, weight in zip(parsed.units, places, tallies, weights, strict=True)
    ]
    return rank_passages(found, orders, searchables, scope)


@cache
def known_aliases() -> Aliases:
    """Those of the lexicon."""
    return Aliases()
