"""Texts that come with other white space than the library has them with, and so with places that count otherwise.

DOCX and ODT keep paragraphs, not each space and line break: a text that was exported comes back as another body of the
same words in the same order. It is taken for the library's own, whose white space stays, and what stands in it is moved
to the same words there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.exchange.archive import Archive, HighlightEntry, TextEntry
from store.exchange.foreign import version_of
from store.highlight_rows import quoted
from store.sanitize import one_line
from texts.model import Span, united

if TYPE_CHECKING:
    from store.library import Library

_BEGINNING = 1000
"""Characters of a body among which its first word is."""


class _Candidate(NamedTuple):
    """A version in the library that has the same words."""

    slug: str
    title: str
    body: str


def with_white_space_of_library(library: Library, archive: Archive) -> Archive:
    """The archive with bodies as the library has them where they differ from those by white space alone."""
    taken: set[str] = set()
    bodies: dict[str, tuple[str, str]] = {}
    texts = []
    for text in archive.texts:
        ours = _body_in_library(library, text, taken)
        if ours is None:
            texts.append(text)
            continue
        (version,) = text.versions
        bodies[text.slug] = version.body, ours
        texts.append(text._replace(versions=(version_of(ours, source=version.source),)))
    if not bodies:
        return archive
    maps = {slug: WhiteSpaceMap(theirs, ours) for slug, (theirs, ours) in bodies.items()}
    highlights = tuple(
        _moved(entry, *bodies[entry.text], maps[entry.text]) if entry.text in maps else entry
        for entry in archive.highlights
    )
    return archive._replace(texts=tuple(texts), highlights=highlights)


def _body_in_library(library: Library, text: TextEntry, taken: set[str]) -> str | None:
    """The one body of the library that has the words of a text and other white space, of a text not yet taken."""
    if len(text.versions) != 1 or not text.versions[0].body:
        return None
    (version,) = text.versions
    if library.connection.value("SELECT 1 FROM body WHERE sha256 = ?", version.sha256):
        return None
    alike = [each for each in _candidates(library, version.body) if each.slug not in taken]
    title = one_line(text.title)
    for chosen in (
        [each for each in alike if each.slug == text.slug],
        [each for each in alike if one_line(each.title) == title],
        alike,
    ):
        if len({each.slug for each in chosen}) == 1:
            taken.add(chosen[0].slug)
            return chosen[0].body
    return None


def _candidates(library: Library, body: str) -> list[_Candidate]:
    """Versions that have the words of a body, those of each text newest first."""
    words = body.split()
    if not words:
        return []
    shortest = sum(map(len, words)) + len(words) - 1
    rows = library.connection.each(
        """SELECT slug, title, content FROM version
        JOIN text ON text.id = text_id JOIN body ON body.id = body_id
        WHERE length(content) >= ? AND instr(substr(content, 1, ?), ?) ORDER BY version.id DESC""",
        (shortest, _BEGINNING, words[0]),
    )
    return [_Candidate(*row) for row in rows if row[2].split() == words]


def _moved(entry: HighlightEntry, theirs: str, ours: str, places: WhiteSpaceMap) -> HighlightEntry:
    """A highlight at the same words of the other body; as it came where it does not stand in what came."""
    if not entry.parts or entry.parts[-1].end > len(theirs):
        return entry
    if entry.quote not in ("", quoted(theirs, united(entry.parts))[0]):
        return entry
    found = tuple(span for part in entry.parts if (span := places.span(part)) is not None)
    if not found:
        return entry._replace(parts=())
    parts = united(found)
    quote, before, after = quoted(ours, parts)
    return entry._replace(parts=parts, quote=quote, before=before, after=after)


class WhiteSpaceMap:
    """Offsets in one body as offsets in another that has the same words."""

    def __init__(self, theirs: str, ours: str) -> None:
        self._theirs = _words(theirs)
        self._ours = _words(ours)
        self._starts = [word.start for word in self._theirs]
        self._length = len(ours)

    def span(self, span: Span) -> Span | None:
        """The same words and, between them, as much of the white space as there is.

        White space alone is that at the same place, all of it where less would be nothing; None where there is none.
        """
        start, end = map(self._offset, span)
        if start == end:
            start, end = self._gap(self._word_before(span.start))
        return Span(start, end) if start < end else None

    def _offset(self, offset: int) -> int:
        word = self._word_before(offset)
        if word >= 0 and offset < self._theirs[word].end:
            return self._ours[word].start + offset - self._theirs[word].start
        gap = self._gap(word)
        return min(gap.end, gap.start + offset - (self._theirs[word].end if word >= 0 else 0))

    def _word_before(self, offset: int) -> int:
        """The number of the last word that begins at an offset or before; -1 where none does."""
        return bisect_right(self._starts, offset) - 1

    def _gap(self, word: int) -> Span:
        """The white space behind a word of ours; before the first one for -1."""
        after = self._ours[word + 1].start if word + 1 < len(self._ours) else self._length
        return Span(self._ours[word].end if word >= 0 else 0, after)


def _words(body: str) -> Sequence[Span]:
    return [Span(*word.span()) for word in re.finditer(r"\S+", body)]
