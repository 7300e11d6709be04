"""Draws the bridge: lines from passages of the left pane to related or linked passages of the right one.

A plain grid of characters, one row a screen row; it knows no widget and no colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8


class Weight(IntEnum):
    """How strong a line is drawn, weakest first; a stronger line is drawn over a weaker one."""

    WEAK = 0
    STRONG = 1
    LINKED = 2


def sureness(score: float) -> str:
    """A score (0–100) as the desk shows it everywhere: `sure 75`; 8 cells at most, as the bridge has them."""
    return f"sure {score:.0f}" if score >= 1 else "sure <1"


class Tie(NamedTuple):
    """A line to draw between two passages."""

    left: int
    """Screen row of the left passage; under 0 or from the height on where it is out of sight."""
    right: int
    """Screen row of the right passage, likewise."""
    weight: Weight
    emphasized: bool = False
    """Whether it belongs to the passage under the cursor."""
    label: str = ""
    """Drawn beside an emphasized line: its score, or what is out of sight."""


class BridgeCell(NamedTuple):
    """One cell of the bridge."""

    character: str = " "
    weight: Weight = Weight.WEAK
    emphasized: bool = False


_LIGHT = {
    UP | DOWN: "│", LEFT | RIGHT: "─", DOWN | RIGHT: "╭", DOWN | LEFT: "╮", UP | RIGHT: "╰", UP | LEFT: "╯",
}  # fmt: skip
_DOTTED = {**_LIGHT, UP | DOWN: "┆", LEFT | RIGHT: "┄"}
_HEAVY = {
    UP | DOWN: "┃", LEFT | RIGHT: "━", DOWN | RIGHT: "┏", DOWN | LEFT: "┓", UP | RIGHT: "┗", UP | LEFT: "┛",
}  # fmt: skip
_LINES = {Weight.WEAK: _DOTTED, Weight.STRONG: _LIGHT, Weight.LINKED: _HEAVY}


def draw(ties: Iterable[Tie], width: int, height: int) -> list[list[BridgeCell]]:
    """The bridge as `height` rows of `width` cells. Stronger ties lie over weaker ones, emphasized ones over all."""
    if width < 1 or height < 1:
        return [[] for _ in range(max(0, height))]
    ordered = sorted(ties, key=lambda tie: (tie.emphasized, tie.weight, tie.left, tie.right))
    cells = [[BridgeCell()] * width for _ in range(height)]
    lanes = _lanes(ordered, width)
    for tie, lane in zip(ordered, lanes, strict=True):
        _draw_tie(cells, tie, lane)
    for tie in ordered:
        if tie.emphasized and tie.label:
            _write_label(cells, tie)
    return cells


def _lanes(ties: Sequence[Tie], width: int) -> list[int]:
    """The column in which each tie goes up or down: ties that share rows take different columns where they can."""
    usable = list(range(1, width - 1)) or [0]
    middle = sorted(usable, key=lambda column: abs(column - (width - 1) / 2))
    taken: list[tuple[int, int, int]] = []
    lanes: list[int] = [0] * len(ties)
    for index in sorted(range(len(ties)), key=lambda i: -i):
        top, bottom = sorted((ties[index].left, ties[index].right))
        free = (
            c for c in middle if not any(c == column and top <= b and a <= bottom for column, a, b in taken)
        )
        lanes[index] = next(free, middle[0])
        taken.append((lanes[index], top, bottom))
    return lanes


def _draw_tie(cells: list[list[BridgeCell]], tie: Tie, lane: int) -> None:
    height, width = len(cells), len(cells[0])
    arms: dict[tuple[int, int], int] = {}

    def add(row: int, column: int, towards: int) -> None:
        if 0 <= row < height:
            arms[row, column] = towards

    if tie.left == tie.right:
        for column in range(width):
            add(tie.left, column, LEFT | RIGHT)
    else:
        upward = tie.right < tie.left
        for column in range(lane):
            add(tie.left, column, LEFT | RIGHT)
        add(tie.left, lane, LEFT | (UP if upward else DOWN))
        top, bottom = sorted((tie.left, tie.right))
        for row in range(max(0, top + 1), min(height, bottom)):
            add(row, lane, UP | DOWN)
        add(tie.right, lane, RIGHT | (DOWN if upward else UP))
        for column in range(lane + 1, width):
            add(tie.right, column, LEFT | RIGHT)
    glyphs = _LINES[tie.weight]
    for (row, column), arm in arms.items():
        cells[row][column] = BridgeCell(glyphs[arm], tie.weight, tie.emphasized)


def _write_label(cells: list[list[BridgeCell]], tie: Tie) -> None:
    """Writes the label under the end of an emphasized tie, or at the edge towards an end out of sight."""
    height, width = len(cells), len(cells[0])
    label = tie.label if len(tie.label) < width else tie.label.split(" ")[-1][: max(0, width - 1)]
    row = min(max(tie.right if 0 <= tie.left < height else tie.left, 0), height - 1)
    row = row + 1 if row + 1 < height and row in (tie.left, tie.right) else row
    for offset, character in enumerate(label):
        cells[row][width - len(label) - 1 + offset] = BridgeCell(character, tie.weight, True)
