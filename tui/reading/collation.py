"""Two passages word against word, as each side is read: its words in order, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from texts.compare import Fate, Piece
from texts.model import Span


class Stretch(NamedTuple):
    """Words that follow each other on one side, and what became of them."""

    words: str
    fate: Fate | None
    """None for the white space between."""


def side_of(pieces: Iterable[Piece], body: str, span: Span, *, right: bool) -> list[Stretch]:
    """One side of a collation of passages: every character of the span, in order."""
    found = sorted(
        (place, piece.fate) for piece in pieces if (place := piece.right if right else piece.left) is not None
    )
    stretches: list[Stretch] = []
    before = span.start
    for place, fate in found:
        stretches.append(Stretch(body[before : place.start], None))
        stretches.append(Stretch(body[place.start : place.end], fate))
        before = place.end
    stretches.append(Stretch(body[before : span.end], None))
    return [stretch for stretch in stretches if stretch.words]
