"""Words of a text laid out for the terminal: wrapped to a width, with some of them marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from texts.model import Span
from texts.visible import visible
from tui.cli.terminal import cells, cut, pad, paint

_RUN = re.compile(r"\S+")


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
