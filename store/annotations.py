"""Highlights with what lists and exports show beside them: title, passage, colour, links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from store.library import Library
from store.records import Anchor, Annotation, Highlight, Link
from texts.model import Text


def annotated(library: Library, highlights: Iterable[Highlight]) -> Iterator[Annotation]:
    """The highlights in their order, one after the other; texts are read as they come up."""
    colours = {tag.path: tag.colour for tag in library.codebook.list()}
    links: dict[int, list[Link]] = defaultdict(list)
    for link in library.links.list():
        links[link.left].append(link)
        links[link.right].append(link)
    texts: dict[str, Text] = {}
    for highlight in highlights:
        text = texts.get(highlight.text)
        if text is None:
            text = library.shelf.get(highlight.text)
            texts = {text.slug: text}  # they come text by text: one body in memory is enough
        yield Annotation(
            highlight,
            text.title,
            _passage(text, highlight),
            tuple(colours.get(path, "") for path in highlight.tags),
            tuple(links.get(highlight.id, ())),
        )


def _passage(text: Text, highlight: Highlight) -> int | None:
    """The number of the passage in which a highlight starts; an orphan stands in none."""
    if highlight.anchor is Anchor.ORPHAN:
        return None
    passage = text.passage_at(highlight.span.start)
    return None if passage is None else passage.number
