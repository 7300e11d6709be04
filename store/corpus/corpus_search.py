"""Finds words in a corpus, as `store.services.search` finds them in a library: the same queries, the same order.

The shards of the corpus are searched, of which only what the search looks at is read; what is found is told as a place
of the text that it stands in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from store.services.search import CONTEXT, DEFAULT, Finding, Scope, SearchedSource, Way, find
from texts.model import Passage, Span
from texts.search import Hit, Mode, Searchable

if TYPE_CHECKING:
    from store.corpus.corpus_file import Corpus
    from texts.search import Body
    from texts.search.known_words import KnownTexts


class _Window:
    """Part of a body, which reads as the string that it is."""

    def __init__(self, body: Body, span: Span) -> None:
        self._body = body
        self._span = span

    def __len__(self) -> int:
        return self._span.end - self._span.start

    def __getitem__(self, part: int | slice, /) -> str:
        if isinstance(part, int):
            return self._body[self._span.start + part]
        start, stop, _ = part.indices(len(self))
        return self._body[self._span.start + start : self._span.start + max(start, stop)]

    def __str__(self) -> str:
        return self[:]


class _Shard:
    """A shard that has hits, and its texts."""

    def __init__(self, corpus: Corpus, searchable: Searchable) -> None:
        self._corpus = corpus
        self._searchable = searchable
        self._places: dict[int, tuple[int, int]] = {}

    def place(self, hit: Hit) -> tuple[int, Hit]:
        """The number of the text that a hit stands in, and the hit counted in that; its text is still the shard."""
        number, start, length = self._corpus.text_place(int(self._searchable.slug), hit.span.start)
        self._places[number] = start, length
        words = tuple(Span(word.start - start, word.end - start) for word in hit.words)
        span = Span(hit.span.start - start, hit.span.end - start)
        return number, hit._replace(span=span, words=words)

    def source(self, number: int) -> SearchedSource:
        """A text of the shard that has a hit, to be printed from."""
        start, length = self._places[number]
        known = self._corpus.known(number)
        passages = self._searchable.passages
        first = bisect_right(passages, start - 1, key=lambda passage: passage.span.start)
        last = bisect_right(passages, start + length - 1, key=lambda passage: passage.span.start)
        moved = [
            Passage(Span(piece.span.start - start, piece.span.end - start), piece.number)
            for piece in passages[first:last]
        ]
        body = _Window(self._searchable.body, Span(start, start + length))
        return SearchedSource(known.title, Searchable(known.name, body, self._searchable.index, moved))


def find_in_corpus(
    query: str, corpus: Corpus, way: Way = DEFAULT, *, limit: int | None = None
) -> tuple[list[Finding], list[SearchedSource]]:
    """Places in the texts of a corpus, best first, and the texts that have any. Raises QueryError."""
    with corpus.unchanged():
        searchables = dict(corpus.searchables())
        known = _known(corpus, list(searchables)) if way.mode is Mode.FUZZY else None
        passages = corpus.passages()
        hits = find(query, list(searchables.values()), way, limit=limit, passages=passages, known=known)
    shards: dict[str, _Shard] = {}
    sources: dict[int, SearchedSource] = {}
    found = []
    for hit in hits:
        if hit.text not in shards:
            shards[hit.text] = _Shard(corpus, searchables[int(hit.text)])
        number, moved = shards[hit.text].place(hit)
        if number not in sources:
            sources[number] = shards[hit.text].source(number)
        found.append(_finding(moved, sources[number]))
    return found, list(sources.values())


def _known(corpus: Corpus, shards: Sequence[int]) -> KnownTexts | None:
    """What is told of the words of these shards; None where nothing is."""
    from texts.search.known_words import KnownTexts, KnownWords

    words = corpus.words()
    told = set(chain.from_iterable(each.texts for each in words)).intersection(shards)
    if not told:
        return None
    return KnownTexts(KnownWords(words, told), [shard if shard in told else None for shard in shards])


def _finding(hit: Hit, source: SearchedSource) -> Finding:
    body, (start, end), name = source.searchable.body, hit.span, source.searchable.slug
    return Finding(
        Scope.TEXTS,
        name,
        source.title,
        hit.passage,
        hit.span,
        body[start:end],
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
        hit.score,
        hit=hit._replace(text=name),
    )
