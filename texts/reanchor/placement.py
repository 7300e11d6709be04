"""What is looked for, and where it was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from texts.model import Span


class State(StrEnum):
    """How a quote stands in a body."""

    EXACT = "exact"
    """Its words are there letter for letter; only the shape of quotation marks, dashes, ellipses and white
    space may differ."""
    CHANGED = "changed"
    """Its place was found, its words are others."""
    ORPHAN = "orphan"
    """It was not found, or not surely enough."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as it was recorded."""

    span: Span | None
    """Where it stood: code points into the body it was taken from; None, or a span past the end, when that is
    not known."""
    quote: str
    """Its words. A highlight with gaps (a … b) is asked for part by part."""
    before: str = ""
    """What stood before it, as far as recorded."""
    after: str = ""
    """What stood after it, as far as recorded."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a quote is now."""

    span: Span | None
    """Code points into the body that was searched, never empty; None for an orphan."""
    state: State
    confidence: float
    """0–100: how sure the place is; 0 for an orphan."""


ORPHANED = Placement(None, State.ORPHAN, 0.0)
