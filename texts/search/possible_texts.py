"""Which texts a query can be found in at all, by the index of all of them: the others need not be opened.

What is left out makes no difference: searching the others gives the hits of searching all texts. So a text counts
that has any word by which a word of the query may be meant, also one that only decides how many slips others may have.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from texts.search.search_records import Mode

if TYPE_CHECKING:
    from texts.lexicon import Aliases
    from texts.search.shard import Shard


def possible_texts(
    query: str,
    shards: Sequence[Shard],
    texts: Collection[int],
    *,
    mode: Mode = Mode.FUZZY,
    prefix_last: bool = False,
    aliases: Aliases | None = None,
) -> set[int]:
    """Of these texts, all of which the shards tell of, those in which `search` may find a query as it is given there.

    Regular expressions may be found in any. Raises QueryError where `search` does.
    """
    if mode is Mode.REGEX:
        return set(texts)
    if mode is Mode.FUZZY:
        from texts.search.possible_by_spelling import possible_by_spelling

        return possible_by_spelling(query, shards, texts, prefix_last=prefix_last, aliases=aliases)
    from texts.search.exact import telling_piece

    piece = telling_piece(query)
    if not piece:
        return set(texts)
    found = (shard.texts_with(word) for shard in shards for word in shard.containing(piece))
    return set(texts).intersection(chain.from_iterable(found))
