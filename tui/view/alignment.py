"""How passages held against passages are drawn: the strip beside a text, and the map of two texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from texts.compare import AlignmentMap, Covered, MatrixCell
from texts.relate.relate_records import DEFAULT_SCORE

SHADES = "░▒▓█"
NOTHING, LINKED = "·", "◆"
_WIDEST_CELL, _TALLEST_CELL = 6, 3
LEAST = DEFAULT_SCORE
"""The score that gets the lightest shade; 100 gets full ink."""
_MARGIN = 7
"""Cells at the left that name the right text's passages: `▶ 1234 `."""


def strip(passages: Sequence[Covered], rows: int) -> list[str]:
    """A sign for each of at most so many rows: █ where all passages have a counterpart, · where none has.

    Where passages share a row, ▓ says that at least half of them have one, and ▒ that some have.
    """
    edges = _edges(len(passages), min(rows, len(passages)))
    return [_share(passages[start:end]) for start, end in pairwise(edges)]


def strip_row(passage: int, passages: int, rows: int) -> int:
    """The row of the strip that holds a passage (from 1)."""
    return (passage - 1) * min(rows, passages) // max(1, passages)


def _edges(many: int, parts: int) -> list[int]:
    """Where each part begins, and the last one ends; the same cut as `strip_row` makes."""
    return [-(-part * many // parts) for part in range(parts + 1)] if parts else [0]


def _share(passages: Sequence[Covered]) -> str:
    covered = sum(not each.is_alone for each in passages)
    if not covered:
        return NOTHING
    if covered == len(passages):
        return "█"
    return "▓" if 2 * covered >= len(passages) else "▒"


class GridStyle(StrEnum):
    """What a piece of the map is."""

    AXIS = "axis"
    HERE = "here"
    """On an axis, where the cursor is."""
    CELL = "cell"
    LINKED = "linked"
    CURSOR = "cursor"


class GridRun(NamedTuple):
    """Neighbouring cells of the screen that are drawn alike."""

    words: str
    ink: GridStyle


class Grid:
    """A map laid out for a screen: as large as fits, with the ¶ numbers on two axes."""

    def __init__(self, found: AlignmentMap, width: int, height: int) -> None:
        self.map = found
        self._room = max(1, width - _MARGIN)
        columns, rows = max(1, found.width), max(1, found.height)
        self.cell_width = max(1, min(_WIDEST_CELL, (width - _MARGIN) // columns))
        self.cell_height = max(1, min(_TALLEST_CELL, (height - 1) // rows, max(1, self.cell_width // 2)))

    @staticmethod
    def room(width: int, height: int) -> tuple[int, int]:
        """The most cells that a map may have on a screen of this size."""
        return max(1, width - _MARGIN), max(1, height - 1)

    @property
    def height(self) -> int:
        """Screen rows that it takes, the axis included."""
        return 1 + self.map.height * self.cell_height

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Row and column of the cell at a place of the screen."""
        row, column = (y - 1) // self.cell_height, (x - _MARGIN) // self.cell_width
        return (row, column) if 0 <= row < self.map.height and 0 <= column < self.map.width else None

    def screen_rows(self, row: int) -> range:
        """The rows of the screen that a row of the map takes."""
        return range(1 + row * self.cell_height, 1 + (row + 1) * self.cell_height)

    def line(self, y: int, cursor: tuple[int, int]) -> Iterator[GridRun]:
        """The pieces of a screen row, from left to right; `cursor` is the row and column of a cell."""
        if not self.map.height:
            return
        if y == 0:
            yield from self._axis(cursor)
            return
        row, within = divmod(y - 1, self.cell_height)
        if row >= self.map.height:
            return
        here = row == cursor[0]
        number = str(self.map.rows[row][cursor[1]].right if here else self.map.first_right(row))
        label = number if within == 0 else ""
        yield GridRun(
            f"{'▶' if here and within == 0 else ' '}{label:>{_MARGIN - 2}} ",
            GridStyle.HERE if here else GridStyle.AXIS,
        )
        cells = (
            (
                GridStyle.CURSOR
                if (row, column) == cursor
                else GridStyle.LINKED
                if cell.linked
                else GridStyle.CELL,
                cell,
            )
            for column, cell in enumerate(self.map.rows[row])
        )
        for ink, alike in groupby(cells, key=itemgetter(0)):
            yield GridRun("".join(sign(cell) * self.cell_width for _, cell in alike), ink)

    def _axis(self, cursor: tuple[int, int]) -> Iterator[GridRun]:
        """Numbers of the left text's passages where there is room for them, and where the cursor is."""
        signs = [" "] * self._room
        number = str(self.map.rows[cursor[0]][cursor[1]].left)
        start, marked = cursor[1] * self.cell_width, f"▼{number}"
        if start + len(marked) > self._room:
            start, marked = max(0, start - len(number)), f"{number}▼"[-start - 1 :]
        end = 0
        for column in range(self.map.width):
            number = str(self.map.first_left(column))
            at = column * self.cell_width
            clear = at + len(number) < start or at > start + len(marked)
            if at >= end and clear and at + len(number) <= len(signs):
                signs[at : at + len(number)] = number
                end = at + len(number) + max(2, 2 * self.cell_width)
        yield GridRun(" " * _MARGIN + "".join(signs[:start]), GridStyle.AXIS)
        yield GridRun(marked, GridStyle.HERE)
        yield GridRun("".join(signs[start + len(marked) :]), GridStyle.AXIS)


def sign(cell: MatrixCell) -> str:
    """The sign of a cell: a shade for its best score, and one of its own for a link of the reader's."""
    if cell.linked:
        return LINKED
    return graded(cell.score, SHADES) if cell.score else NOTHING


def graded(score: float, signs: str) -> str:
    """The sign for a score: the first one from `LEAST`, or below, the last one for 100, in equal steps between."""
    step = int((score - LEAST) / (100 - LEAST) * len(signs))
    return signs[min(len(signs) - 1, max(0, step))]
