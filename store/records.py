"""What the library hands out: small frozen records. Times are ISO 8601 UTC with a Z."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from texts.model import Span


class Anchor(StrEnum):
    """How a highlight stands in the present version of its text."""

    EXACT = "exact"
    CHANGED = "changed"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Tag:
    """A path in the codebook."""

    id: int
    path: str
    """Parts between slashes: `actor/maliki`."""
    colour: str
    """A name of `store.codebook.PALETTE`."""
    letter: str
    """One letter or digit that tells the tag where colour cannot."""
    description: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span of one text with what a reader made of it."""

    id: int
    uid: str
    """UUID, the same in every copy of the library."""
    text: str
    """Slug of the text."""
    span: Span
    """Into the body of the text's present version; for an orphan, where it last stood."""
    quote: str
    before: str
    """Up to 32 characters before the quote."""
    after: str
    """Up to 32 characters after the quote."""
    tags: tuple[str, ...]
    """Paths, in the order in which they were put on."""
    note: str
    """Markdown."""
    star: bool
    reader: str
    created: str
    updated: str
    anchor: Anchor
    confidence: float
    """0–100: how sure the anchor is; 100 where it is exact."""


@dataclass(frozen=True, slots=True)
class Link:
    """A typed connection between two highlights."""

    id: int
    uid: str
    left: int
    """Id of the highlight it starts from."""
    right: int
    """Id of the highlight it leads to."""
    kind: str
    mutual: bool
    """Whether it reads the same in both directions."""
    note: str
    reader: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, as the journal tells it."""

    id: int
    label: str
    """What it was, in the past tense of the reader: `highlighted “…” in editorial`."""
    reader: str
    at: str
    undone: bool
