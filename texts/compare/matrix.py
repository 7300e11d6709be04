"""The alignment map: passages of one text against passages of the other, as few cells as a screen has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from texts.model import Text
from texts.relate.relate_records import Related


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Some passages of the left text against some of the right."""

    score: float
    """The best score of a pair of passages in this cell, 0–100; 0 where none is related."""
    left: int
    """The passage of that pair in the left text; the first one of the cell where there is none."""
    right: int
    """The passage of that pair in the right text; the first one of the cell where there is none."""
    linked: bool
    """Whether the reader has linked a pair of passages in this cell."""


@dataclass(frozen=True, slots=True)
class AlignmentMap:
    """The left passages from left to right, the right passages from top to bottom; best scores where many share a cell.

    Never more cells than passages: a map is made smaller, not larger.
    """

    rows: tuple[tuple[MatrixCell, ...], ...]
    """Rows of cells, all of one width."""
    left_passages: int
    """How many numbered passages the left text has."""
    right_passages: int
    """How many numbered passages the right text has."""

    @property
    def width(self) -> int:
        """Cells in a row."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)

    def place(self, left: int, right: int) -> tuple[int, int]:
        """Row and column of the cell that holds a pair of passages."""
        return (
            _place(right, self.right_passages, self.height),
            _place(left, self.left_passages, self.width),
        )

    def first_left(self, column: int) -> int:
        """The first left passage in a column of cells."""
        return _first(column, self.left_passages, self.width)

    def first_right(self, row: int) -> int:
        """The first right passage in a row of cells."""
        return _first(row, self.right_passages, self.height)


def alignment_map(
    left: Text,
    right: Text,
    related: Iterable[Related],
    *,
    width: int,
    height: int,
    links: Iterable[tuple[int, int]] = (),
) -> AlignmentMap:
    """The map of two texts in at most `width` × `height` cells (1 or more each).

    `links` are the reader's own, as numbers of a left passage and a right one.
    """
    lefts, rights = len(left.numbered), len(right.numbered)
    columns, rows = min(width, lefts), min(height, rights)
    if not columns or not rows:
        return AlignmentMap((), lefts, rights)
    best: dict[tuple[int, int], Related] = {}
    for pair in related:
        place = _place(pair.right, rights, rows), _place(pair.left, lefts, columns)
        if place not in best or _rank(pair) < _rank(best[place]):
            best[place] = pair
    linked = {(_place(its, rights, rows), _place(mine, lefts, columns)) for mine, its in links}

    def cell(row: int, column: int) -> MatrixCell:
        pair = best.get((row, column))
        if pair is None:
            nothing = _first(column, lefts, columns), _first(row, rights, rows)
            return MatrixCell(0.0, *nothing, (row, column) in linked)
        return MatrixCell(pair.score, pair.left, pair.right, (row, column) in linked)

    cells = tuple(tuple(cell(row, column) for column in range(columns)) for row in range(rows))
    return AlignmentMap(cells, lefts, rights)


def _rank(pair: Related) -> tuple[float, int, int]:
    return -pair.score, pair.left, pair.right


def _place(passage: int, passages: int, cells: int) -> int:
    """The cell that holds a passage, when so many passages share so many cells."""
    return (passage - 1) * cells // passages


def _first(cell: int, passages: int, cells: int) -> int:
    """The first passage in a cell."""
    return -(-cell * passages // cells) + 1
