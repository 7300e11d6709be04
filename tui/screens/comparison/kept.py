"""Where a reader is in the comparison, kept for when it is opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.reading.overview import View


@dataclass
class Kept:
    """Where the reader is in the comparison, to land there again."""

    view: View = View.NAMES
    lists: dict[View, int] = field(default_factory=dict)
    """Which list of a view keys move, from 0."""
    rows: dict[str, str] = field(default_factory=dict)
    """For each table the key of the lit row."""
    pair: tuple[int, int] | None = None
    """On the map: numbers of a left passage and a right one; None where the reader has not been there yet."""
    only_alone: bool = False
    """Whether coverage lists only what stands alone."""


def kept_of(plain: object) -> Kept:
    """What was kept of an earlier comparison, from what JSON made of it; anything broken is left out."""
    kept = Kept()
    if not isinstance(plain, Mapping):
        return kept
    if plain.get("view") in tuple(View):
        kept.view = View(plain["view"])
    rows = plain.get("rows")
    if isinstance(rows, Mapping):
        kept.rows = {str(name): str(key) for name, key in rows.items()}
    return kept
