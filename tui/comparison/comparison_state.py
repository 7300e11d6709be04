"""What the comparison is opened with: what it asks of the desk, and where the reader was in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from texts.compare import Name
from texts.model import Span
from tui.view.comparison_tabs import Tab
from tui.view.tables import RowPlaces


@dataclass
class ComparisonState:
    """Where the reader is in the comparison, to land there again."""

    view: Tab = Tab.NAMES
    lists: dict[Tab, int] = field(default_factory=dict)
    """Which list of a view keys move, from 0."""
    rows: dict[str, str] = field(default_factory=dict)
    """For each table the key of the highlighted row."""
    pair: tuple[int, int] | None = None
    """On the map: numbers of a left passage and a right one; None where the reader has not been there yet."""
    only_alone: bool = False
    """Whether coverage lists only what stands alone."""


def state_of(plain: object) -> ComparisonState:
    """What was kept of an earlier comparison, from what JSON made of it; anything broken is left out."""
    kept = ComparisonState()
    if not isinstance(plain, Mapping):
        return kept
    if plain.get("view") in tuple(Tab):
        kept.view = Tab(plain["view"])
    rows = plain.get("rows")
    if isinstance(rows, Mapping):
        kept.rows = {str(name): str(key) for name, key in rows.items()}
    return kept


class JumpTarget(NamedTuple):
    """Where the reader wants to go from here."""

    places: RowPlaces
    words: str
    """What stands there, for the status line."""


class ComparisonActions(Protocol):
    """What the comparison asks of the desk. What comes of it, the desk tells with `show` and `tell`."""

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on."""

    def part(self, name: Name, spelling: str) -> None:
        """A spelling of a name is another name from now on."""

    def walk(self, way: str) -> None:
        """`undo` or `redo`."""

    def export(self, table: str, path: Path, over: bool) -> None:
        """A table, by what `EXPORTED` calls it, to a file; with `over` in the place of one that is there."""
