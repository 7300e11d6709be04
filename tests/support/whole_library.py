"""One library that has it all: overlaps, gaps, several tags and none, orphans, stars, links both ways, notes.

Where a test of a format needs what stands in a file to be known; `archives` gives any library there can be.
"""

from __future__ import annotations

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TagEntry, TextEntry
from store.exchange.foreign import version_of
from store.highlight_rows import quoted
from store.records import Anchor
from texts.model import Span

_ADDED = "2026-01-01T00:00:00Z"
_LATER = "2026-01-01T00:00:09Z"
_FIRST = version_of(
    "Tehran spoke to Baghdad; Najaf 😀 was silent & <b>.", source="one.html", reader="ana", added=_ADDED
)
_SECOND = version_of(
    "Tehran wrote to Baghdad; Najaf 😀 was silent & <b>.", source="one.html", reader="ana", added=_LATER
)
_OTHER = version_of("Maliki went.\n\nSistani stayed.", source="two.txt", reader="Bo", added=_ADDED)
_TEXTS = (
    TextEntry("one", "One: “a” & <b>", "Ana & Co", "https://example.org/one.html", _ADDED, (_FIRST, _SECOND)),
    TextEntry(
        "two", "Two", "", "two.txt", _ADDED, (_OTHER._replace(furniture=True, overrides=((0, True),)),), "fa"
    ),
)


def whole_library() -> Archive:
    """The archive of that library."""
    marked = (
        _highlight(1, "one", 2, (Span(0, 12),), tags=("act", "actor/tehran"), note="a *note*", star=True),
        _highlight(2, "one", 2, (Span(7, 23),), tags=("act",)),
        _highlight(3, "one", 2, (Span(0, 6), Span(16, 23), Span(31, 32)), note="gaps ]]> & <b>"),
        _highlight(4, "one", 1, (Span(7, 12),), tags=("act",), anchor=Anchor.ORPHAN, confidence=0.0),
        _highlight(
            5, "two", 1, (Span(0, 6),), star=True, anchor=Anchor.CHANGED, confidence=87.5, reader="Bo"
        ),
        _highlight(6, "two", 1, (Span(14, 21),), tags=("actor/sistani",), reader=""),
    )
    links = (
        LinkEntry(_uid(21), _uid(1), _uid(5), "supports", False, "because", "ana", _ADDED, _LATER),
        LinkEntry(_uid(22), _uid(6), _uid(3), "same; “x”", True, "", "", _ADDED, _LATER),
    )
    notes = (
        NoteEntry(_uid(31), "one", "on the text", "ana", _ADDED, _LATER),
        NoteEntry(_uid(32), None, "on the library", "Bo", _ADDED, _LATER),
    )
    tags = (
        TagEntry("act", "blue", "A", "what is *done*"),
        TagEntry("actor", description="who"),
        TagEntry("actor/sistani", "orange", "S"),
        TagEntry("actor/tehran", "green"),
        TagEntry("unused/tag"),
    )
    return Archive(_TEXTS, tags, marked, links, notes)


def _uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def _highlight(
    number: int,
    slug: str,
    version: int,
    parts: tuple[Span, ...],
    *,
    tags: tuple[str, ...] = (),
    note: str = "",
    star: bool = False,
    anchor: Anchor = Anchor.EXACT,
    confidence: float = 100.0,
    reader: str = "ana",
) -> HighlightEntry:
    body = next(text for text in _TEXTS if text.slug == slug).versions[version - 1].body
    quote, before, after = quoted(body, parts)
    created = f"2026-01-01T00:00:{number:02}Z"
    return HighlightEntry(
        _uid(number), slug, version, parts, quote, before, after, tags, note, star, reader, created, _LATER,
        anchor, confidence,
    )  # fmt: skip
