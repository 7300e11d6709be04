"""Finding in a library: in its texts, and in the notes and tags that readers made of them.

How a query meets words is the matter of `texts.search`. This module says what is searched, and turns what is
found into places of texts, whatever it was found in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from texts.model import Span
from texts.search import MIN_SCORE, Hit, Index, Mode, Searchable, search, search_strings

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Highlight, Note
    from texts.model import Text

CONTEXT = 32
"""Characters before and after a place that are shown with it: as many as a highlight keeps."""


class Scope(StrEnum):
    """What to look in."""

    TEXTS = "texts"
    NOTES = "notes"
    """On highlights, on texts, and on the library."""
    TAGS = "tags"
    """The paths of tags; finds the highlights that carry them."""


class Way(NamedTuple):
    """How to look."""

    mode: Mode = Mode.FUZZY
    min_score: float = MIN_SCORE
    """0–100."""
    furniture: bool = False


DEFAULT = Way()


class Source(NamedTuple):
    """A text to look in."""

    title: str
    searchable: Searchable


class Finding(NamedTuple):
    """A place that answers a query."""

    scope: Scope
    """What the query was found in."""
    text: str
    """Slug; empty for a note on the library."""
    title: str
    passage: int | None
    """Number of the passage; None on furniture, and for a note on a text or on the library."""
    span: Span
    """Into the body of the text: what was found, or the highlight whose note or tag it is; else empty."""
    quote: str
    before: str
    after: str
    score: float
    """0–100."""
    highlight: int | None = None
    """Id of the highlight whose note or tag it is."""
    note: str = ""
    """The note on it."""
    hit: Hit | None = None
    """Where it was found in a text."""


def source_of(text: Text) -> Source:
    """A text that is not in the library, indexed here and now."""
    index = Index.build(text.body, text.passages)
    return Source(text.title, Searchable(text.slug, text.body, index, text.passages))


def source_in(library: Library, slug: str, *, once: bool = False) -> Source:
    """A text of the library, with the index that is kept there; raises NotFound.

    `once` suits a single search: of the index only what that search looks at is read.
    """
    text = library.shelf.get(slug)
    index = library.shelf.index(slug, piecewise=once)
    return Source(text.title, Searchable(slug, text.body, index, text.passages))


def find_in_texts(
    query: str,
    sources: Sequence[Source],
    way: Way = DEFAULT,
    *,
    within: Sequence[Highlight] | None = None,
    limit: int | None = None,
) -> list[Finding]:
    """Places in texts, best first and `limit` at most; with `within` only those that touch these highlights.

    Raises QueryError.
    """
    by_slug = {source.searchable.slug: source for source in sources}
    searchables = [source.searchable for source in sources]
    hits: Iterable[Hit] = _search(query, searchables, way, limit if within is None else None)
    if within is not None:
        parts = _parts(within)
        hits = (hit for hit in hits if any(hit.span.overlaps(part) for part in parts.get(hit.text, ())))
    return [_in_text(hit, by_slug[hit.text]) for hit in islice(hits, limit)]


def find_in_record(
    query: str,
    library: Library,
    scopes: Collection[Scope] = (Scope.NOTES, Scope.TAGS),
    way: Way = DEFAULT,
    *,
    within: Sequence[Highlight] | None = None,
    texts: Collection[str] | None = None,
) -> list[Finding]:
    """What readers made that answers a query, best first.

    A note leads to its highlight, if it is on one; a tag leads to the highlights that carry it. With `within`
    only these highlights are looked at, with `texts` only what was made of these texts. Raises QueryError.
    """
    highlights = library.highlights.find() if within is None else within
    places = _Places(library)
    asked: list[tuple[Finding, str]] = []
    if Scope.NOTES in scopes:
        asked += ((places.of_highlight(h, Scope.NOTES), h.note) for h in highlights if h.note)
        notes = library.notes.list() if within is None else []
        asked += ((places.of_note(note), note.words) for note in notes)
    if Scope.TAGS in scopes:
        asked += (
            (places.of_highlight(h, Scope.TAGS), path.replace("/", " "))
            for h in highlights
            for path in h.tags
        )
    return _ranked(query, [each for each in asked if texts is None or each[0].text in texts], way)


class _Places:
    """Turns what readers made into places of texts."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._titles = {shelved.slug: shelved.title for shelved in library.shelf.list()}
        self._texts: dict[str, Text] = {}

    def of_highlight(self, highlight: Highlight, scope: Scope) -> Finding:
        if highlight.text not in self._texts:
            self._texts[highlight.text] = self._library.shelf.get(highlight.text)
        passage = self._texts[highlight.text].passage_at(highlight.span.start)
        return Finding(
            scope,
            highlight.text,
            self._titles[highlight.text],
            None if passage is None else passage.number,
            highlight.span,
            highlight.quote,
            highlight.before,
            highlight.after,
            0.0,
            highlight.id,
            highlight.note,
        )

    def of_note(self, note: Note) -> Finding:
        slug = note.text or ""
        title = self._titles.get(slug, "")
        return Finding(Scope.NOTES, slug, title, None, Span(0, 0), "", "", "", 0.0, note=note.words)


def _ranked(query: str, asked: Iterable[tuple[Finding, str]], way: Way) -> list[Finding]:
    """The findings whose words answer the query, best first."""
    best: dict[Finding, float] = {}
    for hit in search_strings(query, asked, mode=way.mode, min_score=way.min_score):
        best.setdefault(hit.key, hit.score)
    return [finding._replace(score=score) for finding, score in best.items()]


def _search(query: str, searchables: Sequence[Searchable], way: Way, limit: int | None = None) -> list[Hit]:
    return search(
        query, searchables, mode=way.mode, min_score=way.min_score, limit=limit, furniture=way.furniture
    )


def _in_text(hit: Hit, source: Source) -> Finding:
    body, (start, end) = source.searchable.body, hit.span
    return Finding(
        Scope.TEXTS,
        hit.text,
        source.title,
        hit.passage,
        hit.span,
        body[start:end],
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
        hit.score,
        hit=hit,
    )


def _parts(highlights: Iterable[Highlight]) -> dict[str, list[Span]]:
    """Where the highlights stand, by text; orphans stand nowhere."""
    parts: dict[str, list[Span]] = {}
    for highlight in highlights:
        if highlight.anchor != "orphan":
            parts.setdefault(highlight.text, []).extend(highlight.parts)
    return parts
