"""What the comparison asks of the desk, which holds the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from texts.compare import Name
from texts.model import Span
from tui.reading.tables import Places


class Going(NamedTuple):
    """Where the reader wants to go from here."""

    places: Places
    words: str
    """What stands there, for the status line."""


class Deeds(Protocol):
    """What the comparison asks of the desk. What comes of it, the desk tells with `show` and `tell`."""

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        """Spans that speak for the relation of two passages, in each text."""

    def join(self, names: Sequence[Name]) -> None:
        """These names are one from now on."""

    def part(self, name: Name, spelling: str) -> None:
        """A spelling of a name is another name from now on."""

    def walk(self, way: str) -> None:
        """`undo` or `redo`."""

    def export(self, table: str, path: Path) -> None:
        """A table, by what `EXPORTED` calls it, to a file."""
