"""Exact search: the characters as typed, in any part of a word or from edge to edge.

Curly quotes and dashes are as good as straight ones. Case matters if the query has a capital, accents if it has one;
else they do not. The vocabulary tells which passages can hold the query at all, so that only those are folded and read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from texts.fold import fold_text
from texts.model import Span
from texts.search.records import Hit, QueryError, Searchable

_PIECE = re.compile(r"[^\W_]+")
_POSSESSIVE = "s"
_BLANKS = re.compile(" +")


def search_exact(
    query: str, searchables: Sequence[Searchable], *, whole_words: bool, furniture: bool, limit: int | None
) -> list[Hit]:
    """All places of the query in text order, every one with score 100; `limit` stops after so many.

    With `whole_words` no letter or digit may touch a match from outside. Raises QueryError for a blank query.
    """
    query = query.strip()
    plain = fold_text(query).text
    case = not any(c.isupper() for c in query)
    accents = fold_text(query, accents=False).text == plain
    wanted = fold_text(query, case=case, accents=accents).text
    if not wanted.strip():
        raise QueryError("nothing to look for: type some words")
    pattern = re.compile(_pattern(wanted, whole_words))
    pieces = _PIECE.findall(plain)

    def hits() -> Iterator[Hit]:
        for searchable in searchables:
            for number in _passages(searchable, pieces):
                passage = searchable.passages[number]
                if passage.is_furniture and not furniture:
                    continue
                words = searchable.body[passage.span.start : passage.span.end]
                folded = fold_text(words, case=case, accents=accents)
                for match in pattern.finditer(folded.text):
                    start, end = folded.source(*match.span())
                    span = Span(passage.span.start + start, passage.span.start + end)
                    yield Hit(searchable.slug, passage.number, span, 100.0, (span,))

    return list(islice(hits(), limit))


def _pattern(wanted: str, whole_words: bool) -> str:
    """A regular expression for a folded query: any blanks for a blank, and edges of words where asked for."""
    pattern = " +".join(re.escape(part) for part in _BLANKS.split(wanted))
    if whole_words:
        # Not \b: a query may begin or end with a sign, and an underscore is no part of a word.
        pattern = rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
    return pattern


def _passages(searchable: Searchable, pieces: Iterable[str]) -> Sequence[int]:
    """The places of the passages that may hold the query: those with a word that holds its longest piece.

    A lone s may be the possessive that folding took off, so it tells nothing; then every passage may.
    """
    piece = max((piece for piece in pieces if piece != _POSSESSIVE), key=len, default="")
    if not piece:
        return range(len(searchable.passages))
    index = searchable.index
    found: set[int] = set()
    for word in index.containing(piece):
        found.update(map(index.passage_of, index.positions(word)))
        # What nobody sees, such as a soft hyphen, parts a word in the index, but folding takes it away.
        found.update(map(index.passage_of, index.compounds(word)))
    return sorted(found)
