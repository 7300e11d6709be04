"""Which texts a query can be found in at all, by the index of all of them: the others need not be opened.

What is left out makes no difference: searching the others gives the hits of searching all texts. So a text counts
that has any word by which a word of the query may be meant, also one that only decides how many slips others may have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from texts.search.search_records import Mode

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.known_words import KnownWords


def possible_texts(
    query: str,
    known: KnownWords,
    *,
    mode: Mode = Mode.FUZZY,
    prefix_last: bool = False,
    aliases: Aliases | None = None,
) -> set[int]:
    """Of the texts whose words are known, those in which `search` may find a query as it is given there.

    Regular expressions may be found in any. Raises QueryError where `search` does.
    """
    if mode is Mode.REGEX:
        return set(known.texts)
    if mode is Mode.FUZZY:
        return _by_spelling(query, known, prefix_last, aliases)
    from texts.search.exact import telling_piece

    piece = telling_piece(query)
    return known.texts_with_part(piece) if piece else set(known.texts)


def _by_spelling(query: str, known: KnownWords, prefix_last: bool, aliases: Aliases | None) -> set[int]:
    from texts.search.fuzzy import known_aliases
    from texts.search.known_words import KnownTexts
    from texts.search.query import parse
    from texts.search.unit_places import SearchedTexts, places_of_unit

    texts = SearchedTexts((), aliases or known_aliases(), KnownTexts(known, ()))
    units = parse(query, prefix_last=prefix_last).units
    return set().union(*(places_of_unit(texts, unit).may_have for unit in units))
