"""The texts of a pair: in the library, where they are looked for by name and by words, else out of corpora and files.

A pair says where its passages stood in the texts that were related. What the library has may be loaded by other rules,
so a passage is where its words are; the offsets of the pair are a hint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError, NotFound
from store.sanitize import truncate
from texts.corpus.common_words import common_words
from texts.model import Span
from texts.visible import one_line

if TYPE_CHECKING:
    from store.library import Library
    from texts.corpus.pairs import Pair, PairSide
    from texts.model import Text

_CANDIDATES = 50
"""Texts of the library that are looked into for a passage."""
_OF_MANY = frozenset({".jsonl", ".ndjson", ".json", ".parquet", ".csv", ".gz", ".bz2", ".xz"})
"""Endings of files that many texts come out of, none of which is the file."""
_AROUND = 20_000
"""Characters before and after its place in which a passage is looked for first: a whole book takes seconds."""
_UPWARDS = 4
"""Folders above a file of pairs in which a relative path may begin."""


class PairPlace(NamedTuple):
    """Where one passage of a pair stands."""

    text: Text
    span: Span
    mark: Span
    """What a link or a tag highlights of it: the sentence that carries the relation, else all of it."""


class PlacedPair(NamedTuple):
    """Where both passages of a pair stand, and what is the same in both."""

    left: PairPlace
    right: PairPlace
    evidence: tuple[tuple[Span, ...], tuple[Span, ...]]
    """Spans into the left body, and into the right one."""


class PairTexts:
    """Finds passages of pairs in the texts of a library, as they are now."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._slugs: dict[str, list[str]] = defaultdict(list)
        """By slug, title, source and file name, case aside."""
        for slug, title, source in library.connection.rows(
            "SELECT slug, title, source FROM text ORDER BY slug"
        ):
            for name in dict.fromkeys(_keys(slug, title, source)):
                self._slugs[name].append(slug)
        self._texts: dict[str, Text] = {}

    def candidates(self, side: PairSide) -> list[str]:
        """Slugs of texts that may be the one of a side, the likeliest first."""
        from texts.load.titles import short_slug, slugify

        names = (side.text, slugify(side.text), short_slug(side.text), side.path, side.source, side.title)
        keys = (key for name in names if name for key in _keys(name))
        return list(dict.fromkeys(slug for key in keys for slug in self._slugs.get(key, ())))[:_CANDIDATES]

    def place(self, side: PairSide) -> PairPlace | None:
        """Where a passage stands in the library; None where no text that may be meant has it."""
        for slug in self.candidates(side):
            if slug not in self._texts:
                self._texts[slug] = self._library.texts.get(slug)
            span = place_in(self._texts[slug].body, side)
            if span is not None:
                return PairPlace(self._texts[slug], span, mark_in(self._texts[slug].body, span, side))
        return None


def _keys(*names: str) -> Iterator[str]:
    for name in names:
        if name:
            key = name.replace("\\", "/").casefold()
            yield key
            yield key.rpartition("/")[2]


def place_in(body: str, side: PairSide) -> Span | None:
    """Where the passage of a side stands in a body, the nearest to its own place; None where it does not."""
    if not side.quote.strip():
        return None
    span = side.span
    near = _verbatim(body, side.quote, 0 if span is None else span.start)
    if near is not None:
        return near
    if span is not None and span.start < len(body):
        start, end = max(0, span.start - _AROUND), min(len(body), span.end + _AROUND)
        found = _alike(body[start:end], side, Span(span.start - start, min(span.end, end) - start))
        if found is not None:
            return _shifted(found, start)
    return _alike(body, side, None)


def _verbatim(body: str, quote: str, near: int) -> Span | None:
    """Where the very words stand, nearest to an offset."""
    starts = body.rfind(quote, 0, near + len(quote)), body.find(quote, near)
    start = min((each for each in starts if each >= 0), key=lambda each: abs(each - near), default=None)
    return None if start is None else Span(start, start + len(quote))


def _alike(body: str, side: PairSide, span: Span | None) -> Span | None:
    """Where the words stand as another edition or another reader of the file may have them."""
    from texts.reanchor import Quoted, find_quote, likely_places

    quoted = Quoted(span, side.quote, side.before, side.after)
    return find_quote(body, quoted).span or next(iter(likely_places(body, [quoted])[0]), None)


def mark_in(body: str, span: Span, side: PairSide) -> Span:
    """The sentence that carries the relation, where a passage stands as its side has it; else the passage."""
    if side.sentence is None or side.start is None or body[slice(*span)] != side.quote:
        return span
    sentence = _shifted(side.sentence, span.start - side.start)
    return sentence if span.start <= sentence.start < sentence.end <= span.end else span


def fetch_text(side: PairSide, pairs_file: Path, library_file: Path) -> Text:
    """The text of a side that is not in the library: out of its corpus, its file, or any corpus that has it.

    A path that is none from here is looked for beside the file of pairs and in the folders above. Reads files: not for
    the thread of a screen. Raises LibraryError, in one line that says what to do.
    """
    for found in (_from_corpus(side, library_file, side.corpus), _from_file(side, pairs_file)):
        if found is not None:
            return found
    from store.corpus.corpus_folder import names

    for name in names(library_file):
        found = _from_corpus(side, library_file, name)
        if found is not None:
            return found
    where = f"its file {side.path} is not there" if side.path else "the pair names no file"
    raise LibraryError(
        f"{one_line(truncate(side.name))} is in no corpus and {one_line(where)}: add it with `tui add`, "
        f"or make a corpus of what it is from"
    )


def _from_corpus(side: PairSide, library_file: Path, name: str) -> Text | None:
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_folder import folder_of, has_corpus

    if not has_corpus(library_file, name):
        return None
    with Corpus.open(folder_of(library_file, name)) as corpus:
        try:
            text = corpus.text(side.text)
        except NotFound:
            return None
    source = text.source or side.source or f"{name}/{side.text}"
    return _named(text._replace(title=text.title or side.title or side.text, source=source), side)


def _from_file(side: PairSide, pairs_file: Path) -> Text | None:
    from texts.load import LoadError, load

    if not side.path or Path(side.path).suffix.lower() in _OF_MANY:
        return None
    path = next((each for each in _paths(side.path, pairs_file) if each.is_file()), None)
    if path is None:
        return None
    try:
        text = load(path, title=side.title or None, author=side.author or None)
    except LoadError as error:
        raise LibraryError(str(error)) from error
    return _named(text, side)


def _named(text: Text, side: PairSide) -> Text:
    """The text, called in the library what its side is called, or its title where that is an address."""
    from texts.load.titles import short_slug

    name = side.text if "/" not in side.text else side.title or side.text
    return text._replace(slug=short_slug(one_line(name)), title=one_line(text.title))


def _paths(path: str, pairs_file: Path) -> Iterator[Path]:
    wanted = Path(path).expanduser()
    yield wanted
    if not wanted.is_absolute():
        here = pairs_file.absolute()
        for folder in (here, *here.parents[:_UPWARDS]):
            yield folder / wanted


def place_pair(pair: Pair, find: Callable[[PairSide], PairPlace]) -> PlacedPair:
    """Where a pair stands, by where each of its sides does, with the evidence moved to there.

    Evidence that the pair brings counts where a passage stands as it did; else it is what both have in common.
    """
    left, right = (find(side) for side in pair.sides)
    shifts = [
        place.span.start - (side.start or 0) for place, side in zip((left, right), pair.sides, strict=True)
    ]
    as_it_was = all(
        side.start is not None and place.text.body[slice(*place.span)] == side.quote
        for place, side in zip((left, right), pair.sides, strict=True)
    )
    if pair.evidence and as_it_was:
        spans = (
            tuple(_shifted(each.left, shifts[0]) for each in pair.evidence),
            tuple(_shifted(each.right, shifts[1]) for each in pair.evidence),
        )
        return PlacedPair(left, right, spans)
    common = common_words(left.text.body, left.span, right.text.body, right.span)
    return PlacedPair(left, right, (tuple(one for one, _ in common), tuple(other for _, other in common)))


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
