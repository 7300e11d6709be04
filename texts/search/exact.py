"""Exact search: the characters as typed, in any part of a word or from edge to edge.

Curly quotes and dashes are as good as straight ones. Case matters if the query has a capital, marks on letters if it
has one; else they do not. The vocabulary tells which passages can hold the query at all, so that only those are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.search.search_records import Hit, QueryError, Searchable
from texts.tokens import WORD, is_letter_edge, is_whole
from texts.typography import MAYBE_DOTTED, fold_text, is_capital

_POSSESSIVE = "s"
_JOINER = lazy_pattern("['\"·.]")  # what a word of the index lacks, and a word as typed may have inside
_BLANKS = lazy_pattern(" +")


def search_exact(
    query: str, searchables: Sequence[Searchable], *, whole_words: bool, furniture: bool, limit: int | None
) -> list[Hit]:
    """All places of the query in text order, every one with score 100; `limit` stops after so many.

    With `whole_words` no letter or digit may touch a match from outside. Raises QueryError for a blank query.
    """
    query = query.strip()
    case = not any(map(is_capital, query))
    accents = not _has_marks(query)
    wanted = fold_text(query, case=case, accents=accents).text
    if not wanted.strip():
        raise QueryError("nothing to look for: type some words")
    pattern = re.compile(_pattern(wanted))
    piece = telling_piece(query)

    def hits() -> Iterator[Hit]:
        for searchable in searchables:
            for number in _passages(searchable, piece):
                passage = searchable.passages[number]
                if passage.is_furniture and not furniture:
                    continue
                words = searchable.body[passage.span.start : passage.span.end]
                folded = fold_text(words, case=case, accents=accents)
                for match in pattern.finditer(folded.text):
                    found = Span(*match.span())
                    if whole_words and not is_whole(folded.text, *found):
                        continue
                    if span := _whole_letters(words, folded.back(found)):
                        start = passage.span.start
                        span = Span(start + span.start, start + span.end)
                        yield Hit(searchable.slug, passage.number, span, 100.0, (span,))

    return list(islice(hits(), limit))


def _has_marks(query: str) -> bool:
    """Whether a letter has a mark that folding takes off, or is one of the Latin letters that are folded to others."""
    marked = fold_text(query, accents=False).text
    apart = (c for c in unicodedata.normalize("NFD", marked) if not c.isascii())
    return any(
        not plain if unicodedata.combining(c) else plain.isascii()
        for c in apart
        for plain in [fold_text(c).text]
    )


def _whole_letters(string: str, span: Span) -> Span | None:
    """A span with all of its last letter, onto which an ending may have put a sign; None if it begins inside one."""
    start, end = span
    if not is_letter_edge(string, start):
        return None
    while not is_letter_edge(string, end):
        end += 1
    return Span(start, end)


def _pattern(wanted: str) -> str:
    """A regular expression for a folded query: any blanks for a blank."""
    return " +".join(re.escape(part) for part in _BLANKS.split(wanted))


def telling_piece(query: str) -> str:
    """The longest part of a word of the query, folded: every hit has a word of the index with it, if it is not empty.

    A lone s may be the possessive that folding took off, so it tells nothing.
    """
    words = WORD.findall(fold_text(query.strip()).text)
    parts = (part for word in words for part in _JOINER.split(word) if part != _POSSESSIVE)
    pieces = (piece for part in parts for piece in MAYBE_DOTTED.split(part))
    return max(pieces, key=len, default="")


def _passages(searchable: Searchable, piece: str) -> Sequence[int]:
    """The places of the passages that may hold the query: those with a word that holds its longest piece."""
    if not piece:
        return range(len(searchable.passages))
    index = searchable.index
    found: set[int] = set()
    for word in index.containing(piece):
        found |= index.passages_of(index.positions(word))
        # What nobody sees, such as a soft hyphen, parts a word in the index, but folding takes it away.
        found |= index.passages_of(index.compounds(word))
    return sorted(found)
