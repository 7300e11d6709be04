"""All that a library holds, or a chosen part of it, as plain records that need no database.

Everything refers to everything else by names that hold in any library: texts by slug, tags by path, highlights, links
and notes by uid. Formats write archives and read them; `store.exchange.gather` takes one out of a library and
`store.exchange.merging` puts one in. Offsets are code points into the body of the version that they name.
"""

from __future__ import annotations

from typing import NamedTuple

from store.records import Anchor
from texts.model import Span


class VersionEntry(NamedTuple):
    """One state of a text."""

    body: str
    """Empty where a format carries only the digest."""
    sha256: str
    """Of the body in UTF-8, in hexadecimal."""
    furniture: bool
    """Whether page chrome is told from the article; False takes every paragraph as part of it."""
    overrides: tuple[tuple[int, bool], ...]
    """The reader's own word on paragraphs: where one starts, and whether it is furniture."""
    source: str
    reader: str
    added: str


class TextEntry(NamedTuple):
    """A text with all its versions."""

    slug: str
    title: str
    author: str
    source: str
    added: str
    versions: tuple[VersionEntry, ...]
    """The first one first; empty where a format does not carry bodies: then the library must have the text."""


class TagEntry(NamedTuple):
    """A tag of the codebook."""

    path: str
    colour: str = ""
    """A name of `store.codebook.PALETTE`; empty where a format does not say: the library chooses."""
    letter: str = ""
    """One letter or digit; empty where a format does not say."""
    description: str = ""
    quick: int | None = None
    """The digit 1–9 that puts it on; None without one."""


class HighlightEntry(NamedTuple):
    """A highlight."""

    uid: str
    text: str
    """Slug."""
    version: int | None
    """Number, from 1, of the version into which the parts count; None where a format does not say: the present one."""
    parts: tuple[Span, ...]
    """Empty where a format gives no places: the quote is looked for."""
    quote: str
    before: str
    after: str
    tags: tuple[str, ...]
    """Paths, in the order in which they were put on."""
    note: str
    star: bool
    reader: str
    """Here and below: who made it; empty where a format does not say."""
    created: str
    """Here and below: ISO 8601 UTC with a Z; empty where a format does not say."""
    updated: str
    anchor: Anchor
    confidence: float
    """0–100."""


class LinkEntry(NamedTuple):
    """A link between two highlights."""

    uid: str
    left: str
    """Uid of the highlight it starts from."""
    right: str
    kind: str
    mutual: bool
    note: str
    reader: str
    created: str
    updated: str


class NoteEntry(NamedTuple):
    """A note on a text or on the library."""

    uid: str
    text: str | None
    """Slug; None for a note on the library."""
    words: str
    reader: str
    created: str
    updated: str


class DismissedEntry(NamedTuple):
    """Two places that a reader does not want suggested as related again."""

    left: str
    """Slug."""
    left_version: int
    left_span: Span
    right: str
    right_version: int
    right_span: Span
    reader: str
    created: str


class NameEntry(NamedTuple):
    """What a reader says of two spellings."""

    one: str
    other: str
    same: bool
    """Whether the two are one name."""
    reader: str
    created: str


class Archive(NamedTuple):
    """What is carried from one library to another."""

    texts: tuple[TextEntry, ...] = ()
    tags: tuple[TagEntry, ...] = ()
    highlights: tuple[HighlightEntry, ...] = ()
    """In the order in which they were made."""
    links: tuple[LinkEntry, ...] = ()
    notes: tuple[NoteEntry, ...] = ()
    dismissed: tuple[DismissedEntry, ...] = ()
    names: tuple[NameEntry, ...] = ()
    mentioned: tuple[HighlightEntry, ...] = ()
    """Highlights that are not carried but at which links end: the library must have them, by uid or by place."""
    left_out: tuple[str, ...] = ()
    """What of a reader's work in a file has no place here, and why: a line each."""
