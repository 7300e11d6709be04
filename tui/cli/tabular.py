"""Tables for the terminal, aligned under headings, and columns of lines beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from texts.visible import one_line
from tui.cli.terminal import cells, cut, is_terminal, pad, pad_left, paint, width

if TYPE_CHECKING:
    from texts.compare.tables import CellValue, TableColumn

_BETWEEN = "  "
_HEADING = 8
"""Columns of the terminal that a heading is given at least, while words can still be cut."""
_WIDEST = 80
"""Columns that are filled up with blanks at most where there is no screen; a longer word only widens its own line."""
_NARROWEST = 6
"""Columns of the terminal that words and headings are given at least; numbers are never cut."""


def tabulated(columns: Sequence[TableColumn], rows: Sequence[Sequence[CellValue]]) -> Iterable[str]:
    """A line for the headings, then one for each row, no wider than the terminal; words that do not fit are cut.

    What is not for a screen keeps its words whole, and one that is very long does not widen the lines of others.
    """
    shown = [[_written(cell) for cell in row] for row in rows]
    headings = [one_line(column.heading) for column in columns]
    widths = [max(map(cells, column)) for column in zip(headings, *shown, strict=True)]
    if is_terminal():
        content = [max(_HEADING, *map(cells, column)) for column in zip(*shown, strict=True)] or widths
        least = [
            wide if column.is_number else _NARROWEST for column, wide in zip(columns, content, strict=True)
        ]
        widths = _fitted(_fitted(widths, content, width()), least, width())
        shown = [[cut(words, wide) for words, wide in zip(line, widths, strict=True)] for line in shown]
        headings = [cut(words, wide) for words, wide in zip(headings, widths, strict=True)]
    else:
        widths = [min(wide, _WIDEST) for wide in widths]
    for number, line in enumerate(chain([headings], shown)):
        told = _BETWEEN.join(
            (pad_left if column.is_number else pad)(words, wide)
            for words, wide, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        yield told if number else paint(told, "dim")


def _written(cell: CellValue) -> str:
    if isinstance(cell, float):
        return f"{cell:.2g}" if 0 < abs(cell) < 0.01 else f"{cell:.2f}".removesuffix(".00")
    return "" if cell is None else one_line(str(cell))


def _fitted(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths, the widest columns made narrower until all of them fit; none under the least that it needs."""
    fitted = list(widths)
    for _ in range(sum(fitted) + len(_BETWEEN) * (len(fitted) - 1) - room):
        spare = [place for place, wide in enumerate(fitted) if wide > max(least[place], _NARROWEST)]
        if not spare:
            break
        fitted[max(spare, key=lambda place: (fitted[place], -place))] -= 1
    return fitted


def side_by_side(left: Sequence[str], right: Sequence[str], columns: int, between: str) -> list[str]:
    """Two columns of lines, the left one filled up where it is the shorter."""
    return [f"{a}{between}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue=pad("", columns))]
