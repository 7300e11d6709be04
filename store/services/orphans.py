"""Where highlights that lost their place may be now, for the reader to choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from store.library import Library
from store.records import Anchor, Highlight
from texts.model import Span, Text


class LikelyPlace(NamedTuple):
    """A place in the current version of a text that an orphan may have come from."""

    passage: int | None
    """Number of the passage; None in page chrome."""
    span: Span
    quote: str
    """The words there."""


def likely_places(library: Library, highlights: Iterable[Highlight]) -> Mapping[int, tuple[LikelyPlace, ...]]:
    """The likely places of each orphan among highlights, by its id: the most likely first, three at most."""
    from texts.reanchor import Quoted
    from texts.reanchor import likely_places as likely_spans

    by_text: dict[str, list[Highlight]] = defaultdict(list)
    for highlight in highlights:
        if highlight.anchor is Anchor.ORPHAN:
            by_text[highlight.text].append(highlight)
    found: dict[int, tuple[LikelyPlace, ...]] = {}
    for slug, orphans in by_text.items():
        text = library.texts.get(slug)
        asked = [Quoted(None, orphan.quote, orphan.before, orphan.after) for orphan in orphans]
        for orphan, spans in zip(orphans, likely_spans(text.body, asked), strict=True):
            found[orphan.id] = tuple(_place(text, span) for span in spans)
    return found


def _place(text: Text, span: Span) -> LikelyPlace:
    passage = text.passage_at(span.start)
    return LikelyPlace(passage.number if passage else None, span, text.body[span.start : span.end])
