"""Tables as a screen shows them: columns that fit its width, and rows that lead back into two texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from texts.model import Span
from tui.reading.ranking import rank

_FEW = 1500
"""Rows among which typed words are also found nearly; in more, only as they are, so that no key waits."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Column(NamedTuple):
    """What stands under one heading."""

    title: str
    """Empty for a column that only draws what another one says."""
    width: int = 0
    """Cells; 0 takes what the others leave."""
    is_number: bool = False
    """Numbers stand at the right."""
    least: int = 8
    """Cells that one without a width must get: where it would get fewer, other columns give way."""
    gives_way: int = 0
    """Where the room is short, the column with the highest number is left out first; one with 0 never."""


class Places(NamedTuple):
    """Where a row leads, in both texts."""

    left: tuple[Span, ...] = ()
    """Into the left body, in order."""
    right: tuple[Span, ...] = ()
    """Into the right body, in order."""
    are_passages: bool = False
    """Whether these are whole passages, to be gone to, and not occurrences, to be walked through."""


class Row(NamedTuple):
    """A line of a table."""

    key: str
    """Tells it from the others; the same after the table has been made anew."""
    cells: tuple[str, ...]
    """One for each column, as they came from texts and readers: not yet harmless to show."""
    places: Places = Places()
    also: tuple[str, ...] = ()
    """Other keys that it answers to, such as the spellings of a name."""
    is_strong: bool = False
    """Whether it is set off from the others."""


@dataclass(frozen=True)
class Table:
    """Rows under columns."""

    name: str
    """Tells it from the others; where the reader was in it is kept under this."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    """What to say where there are no rows."""

    @cached_property
    def _labels(self) -> list[str]:
        return [" ".join(filter(None, row.cells)).casefold() for row in self.rows]

    def narrowed(self, typed: str) -> Sequence[int]:
        """Indices of the rows that typed words mean: best first in a short table, in their order in a long one."""
        if not typed.strip():
            return range(len(self.rows))
        if len(self.rows) <= _FEW:
            return rank(typed, self._labels)
        words = typed.casefold().split()
        return [index for index, label in enumerate(self._labels) if all(word in label for word in words)]

    def find(self, key: str) -> int | None:
        """The index of the row with that key, or of one that answers to it."""
        places = (index for index, row in enumerate(self.rows) if row.key == key)
        others = (index for index, row in enumerate(self.rows) if key in row.also)
        return next(places, None) if key in self._keys else next(others, None)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(row.key for row in self.rows)


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Cells of each column in so many, with a blank between neighbours; 0 for one that is left out."""
    shown = list(range(len(columns)))
    while True:
        open_ended = [number for number in shown if not columns[number].width]
        left = room - sum(columns[number].width for number in shown) - max(0, len(shown) - 1)
        least = sum(columns[number].least for number in open_ended)
        weakest = max(shown, key=lambda number: columns[number].gives_way, default=None)
        if left >= least or weakest is None or not columns[weakest].gives_way:
            break
        shown.remove(weakest)
    found = [columns[number].width if number in shown else 0 for number in range(len(columns))]
    for nth, number in enumerate(open_ended):
        share = max(0, left) // len(open_ended)
        found[number] = share + (nth < max(0, left) % len(open_ended))
    return found


def bar(share: float, cells: int) -> str:
    """A bar that fills a share (0–1) of so many cells, to an eighth of a cell; never empty where there is a share."""
    eighths = round(min(1.0, max(0.0, share)) * cells * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")
