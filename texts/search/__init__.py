"""Finding words in texts, however they are spelt there.

`build_index` makes the index of a text once; `search` answers queries over any number of texts. Exact search loads
neither the stemmer nor rapidfuzz, and none of the modes loads numpy: the command line pays for every import.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from texts.search.concordance import ConcordanceLine, around, concordance
from texts.search.index import Index
from texts.search.possible_texts import possible_texts
from texts.search.search_records import Body, Hit, Mode, QueryError, Searchable
from texts.search.strings import Key, StringHit, as_searchable, found_in

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.known_words import KnownTexts

__all__ = [
    "LONGEST_QUERY",
    "MIN_SCORE",
    "Body",
    "ConcordanceLine",
    "Hit",
    "Index",
    "Mode",
    "QueryError",
    "Searchable",
    "StringHit",
    "around",
    "concordance",
    "possible_texts",
    "search",
    "search_strings",
]

MIN_SCORE = 40.0
"""Hits below this are not shown unless asked for: two edits in five letters are just about the same word."""

LONGEST_QUERY = 10_000
"""Code points; whoever pastes more has pasted something else."""


def search(
    query: str,
    searchables: Sequence[Searchable],
    *,
    mode: Mode = Mode.FUZZY,
    min_score: float = MIN_SCORE,
    limit: int | None = None,
    furniture: bool = False,
    prefix_last: bool = False,
    aliases: Aliases | None = None,
    passages: int | None = None,
    known: KnownTexts | None = None,
) -> list[Hit]:
    """Hits of a query in texts, best first, then in the order of the texts; the best `limit` of them if given.

    `min_score`, `prefix_last` (the last word may be unfinished) and `aliases` (other names for a word; those of the
    lexicon if not given) are for fuzzy search alone. `passages` is how many all texts have, where only those are given
    that the query can be found in (`possible_texts`), and `known` what shards tell of the words of all. Raises
    QueryError for a query that cannot be searched for.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(query):,} characters, {LONGEST_QUERY:,} at most: search for a part of it"
        )
    if limit is not None and limit <= 0:
        return []
    if mode is Mode.FUZZY:
        from texts.search.fuzzy import search_fuzzy
        from texts.search.results import HitFilter

        scope = HitFilter(min_score, limit, furniture)
        return search_fuzzy(
            query,
            searchables,
            scope=scope,
            prefix_last=prefix_last,
            aliases=aliases,
            passages=passages,
            known=known,
        )
    if mode is Mode.REGEX:
        from texts.search.regex import search_pattern

        return search_pattern(query, searchables, furniture=furniture, limit=limit)
    from texts.search.exact import search_exact

    whole_words = mode is Mode.WORD
    return search_exact(query, searchables, whole_words=whole_words, furniture=furniture, limit=limit)


def search_strings(
    query: str,
    strings: Iterable[tuple[Key, str]],
    *,
    mode: Mode = Mode.FUZZY,
    min_score: float = MIN_SCORE,
    limit: int | None = None,
) -> list[StringHit[Key]]:
    """Hits of a query in short strings, such as notes, each known by its key; otherwise as `search`."""
    pairs = list(strings)
    searchable = as_searchable(string for _, string in pairs)
    hits = search(query, [searchable], mode=mode, min_score=min_score, limit=limit)
    return found_in(hits, [key for key, _ in pairs], searchable)
