"""Finding in a library: in its texts, and in the notes and tags that readers made of them.

How a query meets words is the matter of `texts.search`. This module says what is searched, and turns what is
found into places of texts, whatever it was found in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from store.text_names import aside, slugs_in_use
from texts.model import Span
from texts.search import MIN_SCORE, Hit, Mode, Searchable, possible_texts, search, search_strings

if TYPE_CHECKING:
    from typing import TypedDict

    from store.library import Library
    from store.present_versions import Present
    from store.records import Highlight, Note
    from texts.model import Text
    from texts.naming import SameNames
    from texts.search.known_words import KnownTexts, KnownWords

    class _Given(TypedDict):
        mode: Mode
        min_score: float
        furniture: bool
        passages: int | None
        known: KnownTexts | None


OTHER_NAME = 0.9
"""What a place counts that has another spelling than the query's, joined by a reader: as an alias does in search."""

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


class SearchedSource(NamedTuple):
    """A text to look in."""

    title: str
    searchable: Searchable
    joined: tuple[SameNames, ...] = ()
    """Spellings that the readers of its library have made one name."""


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
    """Where it was found in a text by its words."""
    by_meaning: bool = False
    """Whether it was found by what it means: no word was matched, and its score says how far it stands out."""


def source_of(text: Text) -> SearchedSource:
    """A text that is not in the library, indexed here and now."""
    from texts.search.build import build_index

    index = build_index(text.body, text.passages)
    return SearchedSource(text.title, Searchable(text.slug, text.body, index, text.passages))


def source_in(library: Library, slug: str, *, once: bool = False) -> SearchedSource:
    """A text of the library, with the index that is kept there; raises NotFound.

    `once` suits a single search: of the index only what that search looks at is read.
    """
    if once:
        title, searchable = library.search_indexes.searchable(slug)
        return SearchedSource(title, searchable, library.joined_names())
    text = library.texts.get(slug)
    searchable = Searchable(slug, text.body, library.search_indexes.of(slug), text.passages)
    return SearchedSource(text.title, searchable, library.joined_names())


class Answering(NamedTuple):
    """The texts of a library that a query may be found in."""

    sources: Sequence[SearchedSource]
    passages: int | None
    """How many all texts have that were asked, which a fuzzy search wants to know; None where none is left out."""
    known: KnownTexts | None = None
    """What the index tells of the words of these texts."""


FEW = 32
"""Of so many texts, looking into each is as quick as asking which of them have the words."""


def answering(
    query: str, library: Library, slugs: Collection[str] | None, way: Way = DEFAULT, *, few: int = FEW
) -> Answering:
    """Those of some texts of the library that a query may be found in, in their order; raises QueryError.

    Without `slugs` those that are meant where none is named, by slug: of all others SQLite is asked only for the body.
    `find_in_texts` finds in them what it finds in all. Of a `few` none is left out.
    """
    indexes, joined = library.search_indexes, library.joined_names()
    without = aside(library) if slugs is None else frozenset()
    number = library.texts.number() - len(without) if slugs is None else len(slugs)
    if number <= few or way.mode is Mode.REGEX:
        slugs = slugs_in_use(library) if slugs is None else slugs
        return Answering([source_in(library, slug, once=True) for slug in slugs], None)
    from texts.search.known_words import KnownTexts, KnownWords

    index = indexes.word_index
    index.grow()
    shards = index.shards()
    passages: dict[int, int] = {}
    for shard in shards:
        passages.update(zip(shard.texts, shard.passages, strict=True))
    total = None
    if way.mode is Mode.FUZZY:  # the words of all texts decide how many slips count, and how rare a word is
        bodies = indexes.bodies(but_for=without) if slugs is None else _bodies(indexes.present(), slugs)
        words = KnownWords(shards, passages.keys() & set(bodies), index.fresh(shards))
        found = _may_have(query, words, joined)
        untold = {body for body in bodies if body not in passages}
        total = sum(passages[body] for body in bodies if body not in untold)
    else:
        words = KnownWords(shards, passages.keys())
        found = possible_texts(query, words, mode=way.mode)
        untold = index.waiting()
    wanted = found | untold
    present = indexes.present(wanted if shards and len(wanted) < number // 2 else None)
    asked = present.keys() if slugs is None else dict.fromkeys(slugs)
    sources: list[SearchedSource] = []
    numbers: list[int | None] = []
    for slug in asked:
        each = present.get(slug)
        if each is not None and (each.body_id in wanted or not shards) and slug not in without:
            sources.append(SearchedSource(*indexes.searchable(slug, each), joined))
            is_told = each.body_id in passages
            numbers.append(each.body_id if is_told else None)
            if total is not None and not is_told:
                total += len(sources[-1].searchable.passages)
    return Answering(sources, total, KnownTexts(words, numbers))


def _bodies(present: Mapping[str, Present], slugs: Collection[str]) -> list[int]:
    """The bodies of texts, each as often as it is one's."""
    return [present[slug].body_id for slug in dict.fromkeys(slugs) if slug in present]


def _may_have(query: str, words: KnownWords, joined: Sequence[SameNames]) -> set[int]:
    """Of the bodies of which the shards tell, those in which a fuzzy search may find something."""
    if not joined:
        return possible_texts(query, words)
    from texts.lexicon import Aliases
    from texts.naming import aliases_of, rephrased

    aliases = Aliases(aliases_of(joined))
    queries = (query, *rephrased(query, joined))
    return set().union(*(possible_texts(each, words, aliases=aliases) for each in queries))


def find(
    query: str,
    searchables: Sequence[Searchable],
    way: Way = DEFAULT,
    *,
    limit: int | None = None,
    joined: Sequence[SameNames] = (),
    as_you_type: bool = False,
    passages: int | None = None,
    known: KnownTexts | None = None,
) -> list[Hit]:
    """Places in texts as `texts.search` finds them, best first; raises QueryError.

    A fuzzy search finds a name by all spellings that the reader has joined. With `as_you_type` the last word may be
    unfinished. `passages` and `known` are those of `Answering`.
    """
    given: _Given = {
        "mode": way.mode,
        "min_score": way.min_score,
        "furniture": way.furniture,
        "passages": passages,
        "known": known,
    }
    if not joined or way.mode is not Mode.FUZZY:
        return search(query, searchables, limit=limit, prefix_last=as_you_type, **given)
    from texts.lexicon import Aliases
    from texts.naming import aliases_of, rephrased

    aliases = Aliases(aliases_of(joined))
    hits = search(query, searchables, prefix_last=as_you_type, aliases=aliases, **given)
    for other in rephrased(query, joined):
        found = search(other, searchables, aliases=aliases, **given)
        likely = (hit._replace(score=hit.score * OTHER_NAME) for hit in found)
        hits += [hit for hit in likely if hit.score >= way.min_score]
    return _each_place_once(hits, [searchable.slug for searchable in searchables])[:limit]


def _each_place_once(hits: Iterable[Hit], slugs: Sequence[str]) -> list[Hit]:
    """The hits, best first, then in the order of the texts, without those that share a word with a better one."""
    place = {slug: number for number, slug in enumerate(slugs)}
    taken: set[tuple[str, Span]] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit.score, place[hit.text], hit.span)):
        words = {(hit.text, word) for word in hit.words}
        if taken.isdisjoint(words):
            taken |= words
            kept.append(hit)
    return kept


def find_in_texts(
    query: str,
    sources: Sequence[SearchedSource],
    way: Way = DEFAULT,
    *,
    within: Sequence[Highlight] | None = None,
    limit: int | None = None,
    passages: int | None = None,
    known: KnownTexts | None = None,
) -> list[Finding]:
    """Places in texts, best first and `limit` at most; with `within` only those that touch these highlights.

    `passages` and `known` are those of `Answering`. Raises QueryError.
    """
    by_slug = {source.searchable.slug: source for source in sources}
    searchables = [source.searchable for source in sources]
    joined = next((source.joined for source in sources if source.joined), ())
    hits: Iterable[Hit] = find(
        query,
        searchables,
        way,
        limit=limit if within is None else None,
        joined=joined,
        passages=passages,
        known=known,
    )
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
        self._titles = {summary.slug: summary.title for summary in library.texts.list()}
        self._texts: dict[str, Text] = {}

    def of_highlight(self, highlight: Highlight, scope: Scope) -> Finding:
        if highlight.text not in self._texts:
            self._texts[highlight.text] = self._library.texts.get(highlight.text)
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


def _in_text(hit: Hit, source: SearchedSource) -> Finding:
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
