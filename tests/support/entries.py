"""Entries of archives: a text with one version, and plain highlights in it."""

from __future__ import annotations

from store.exchange.archive import HighlightEntry, TextEntry
from store.exchange.foreign import version_of
from store.highlight_rows import GAP
from store.records import Anchor
from texts.model import Span

AT = "2026-01-01T00:00:00Z"


def text_entry(slug: str, body: str, **changes: object) -> TextEntry:
    """A text with one version by ana."""
    version = version_of(body, reader="ana", added=AT)
    return TextEntry(slug, f"Title of {slug}", "", "", AT, (version,))._replace(**changes)  # type: ignore[arg-type]


def highlight_entry(
    uid: str, slug: str, body: str, *parts: tuple[int, int], **changes: object
) -> HighlightEntry:
    """A highlight by ana on these parts of a body, without tags, note and star."""
    spans = tuple(Span(start, end) for start, end in parts)
    quote = GAP.join(body[start:end] for start, end in spans)
    entry = HighlightEntry(
        uid, slug, 1, spans, quote, "", "", (), "", False, "ana", AT, AT, Anchor.EXACT, 100.0
    )
    return entry._replace(**changes)  # type: ignore[arg-type]
