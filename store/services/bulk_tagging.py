"""Tagging many places in one act, such as all hits of a search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from store.library import Library
from store.records import Anchor
from texts.model import Span


def tag_places(
    library: Library,
    places: Iterable[tuple[str, Span]],
    tag: str,
    label: str,
    versions: Mapping[str, str] | None = None,
) -> int:
    """Highlights places, each a slug and a span, with a tag; gives how many there are.

    A highlight that stands just there gets the tag. All of it is one act of that label. `versions` are the digests, by
    slug, of the bodies that the spans count in, by default the current ones. Raises LibraryError, and TextChanged.
    """
    seen = versions or {}
    by_text: dict[str, dict[Span, None]] = defaultdict(dict)
    for slug, span in places:
        by_text[slug][span] = None
    with library.act(label):
        for slug, asked in by_text.items():
            spans = library.texts.current_spans(
                library.texts.current_version(slug), tuple(asked), seen.get(slug)
            )
            there = {
                highlight.parts: highlight.id
                for highlight in library.highlights.of(slug)
                if highlight.anchor is not Anchor.ORPHAN
            }
            library.highlights.tag([there[span,] for span in spans if (span,) in there], tag)
            for span in spans:
                if (span,) not in there:
                    library.highlights.mark(slug, span, tags=(tag,))
    return sum(map(len, by_text.values()))
