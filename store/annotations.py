"""Highlights with what lists and exports show beside them: title, passage, colour, links.

However many there are, some hundreds of them are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from store.connection import batches
from store.highlight_queries import AT_ONCE
from store.library import Library
from store.records import Anchor, Annotation, Highlight, Link
from texts.model import Text

_TEXTS_KEPT = 64
"""Texts, without their bodies, in memory at a time: highlights mostly come text by text."""


class LinkedAnnotations(NamedTuple):
    """A link with what stands at its ends."""

    link: Link
    left: Annotation
    right: Annotation


def annotated(library: Library, highlights: Iterable[Highlight]) -> Iterator[Annotation]:
    """The highlights in their order, one after the other; texts are read as they come up."""
    annotating = _Annotating(library)
    for some in batches(highlights, AT_ONCE):
        yield from annotating.annotated(some)


def linked(library: Library, links: Iterable[Link]) -> Iterator[LinkedAnnotations]:
    """The links in their order with the highlights at their ends, one after the other."""
    annotating = _Annotating(library)
    for some in batches(links, AT_ONCE):
        ends = library.highlights.present({end for link in some for end in (link.left, link.right)})
        by_text = sorted(ends.values(), key=lambda highlight: highlight.text)
        found = {annotation.highlight.id: annotation for annotation in annotating.annotated(by_text)}
        yield from (LinkedAnnotations(link, found[link.left], found[link.right]) for link in some)


class _Annotating:
    """Finds what stands beside highlights, and keeps of it what the next ones need as well."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts: dict[str, Text] = {}
        self._colours: dict[str, str] = {}

    def annotated(self, some: list[Highlight]) -> Iterator[Annotation]:
        """A few highlights."""
        new = {path for highlight in some for path in highlight.tags} - self._colours.keys()
        self._colours |= self._library.codebook.colours(new)
        links = self._library.links.at(highlight.id for highlight in some)
        for highlight in some:
            text = self._text(highlight.text)
            yield Annotation(
                highlight,
                text.title,
                _passage(text, highlight),
                tuple(self._colours.get(path, "") for path in highlight.tags),
                tuple(links.get(highlight.id, ())),
            )

    def _text(self, slug: str) -> Text:
        text = self._texts.get(slug)
        if text is None:
            if len(self._texts) == _TEXTS_KEPT:
                del self._texts[next(iter(self._texts))]
            text = self._texts[slug] = self._library.texts.without_body(slug)
        return text


def _passage(text: Text, highlight: Highlight) -> int | None:
    """The number of the passage in which a highlight starts; an orphan stands in none."""
    if highlight.anchor is Anchor.ORPHAN:
        return None
    passage = text.passage_at(highlight.span.start)
    return None if passage is None else passage.number
