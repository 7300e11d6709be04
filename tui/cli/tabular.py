"""Tables and columns of words for the terminal: aligned under headings, or wrapped to a width beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.visible import one_line, visible
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


_RUN = lazy_pattern(r"\S+")


def flow(body: str, span: Span, marks: Sequence[Span], columns: int) -> list[str]:
    """The words of the span in lines of so many columns, filled up with blanks, the marked ones bold.

    A word wider than a line is cut. Marks are spans into the body, in any order.
    """
    lines: list[str] = []
    line, filled = "", 0
    for run in _RUN.finditer(body, *span):
        word = cut(visible(run[0]), columns)
        wide = cells(word)
        if line and filled + 1 + wide > columns:
            lines.append(line + " " * (columns - filled))
            line, filled = "", 0
        blank = " " if line else ""
        line += blank + (word if word != run[0] else _marked(word, run.start(), marks))
        filled += len(blank) + wide
    if line:
        lines.append(line + " " * (columns - filled))
    return lines


def _marked(word: str, start: int, marks: Sequence[Span]) -> str:
    """The word, that starts at this offset, with the marked part of it bold."""
    here = Span(start, start + len(word))
    for mark in marks:
        if mark.overlaps(here):
            first, last = max(mark.start - start, 0), min(mark.end - start, len(word))
            return word[:first] + paint(word[first:last], "bold", "underline") + word[last:]
    return word


def side_by_side(left: Sequence[str], right: Sequence[str], columns: int, between: str) -> list[str]:
    """Two columns of lines, the left one filled up where it is the shorter."""
    return [f"{a}{between}{b}".rstrip() for a, b in zip_longest(left, right, fillvalue=pad("", columns))]
