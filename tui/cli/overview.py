"""A comparison on the terminal: its tables, a strip for the passages of each text, and a map of both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from texts.compare.tables import tables
from texts.visible import one_line
from tui.cli.tabular import tabulated
from tui.cli.terminal import cells, cut, is_terminal, pad, pad_left, paint, width
from tui.view.alignment import LEAST, LINKED, SHADES, graded, sign

if TYPE_CHECKING:
    from texts.compare import Comparison, Covered
    from texts.compare.tables import CellValue, Table, TableColumn

PARTS = ("names", "distinctive", "coverage", "map", "reuse", "tags")
"""What can be shown, in this order."""

_WIDEST = 100
"""Columns of a line of prose; longer ones are hard to read."""
_TALLEST = 24
_BARS = "▁▂▃▄▅▆▇█"
_ALONE, _NOTHING = "·", " "


def overview(comparison: Comparison, parts: Collection[str], most: int) -> Iterator[str]:
    """The lines of these parts of a comparison, with `most` rows of each table; below it how its numbers are made."""
    every = {table.id: table for table in tables(comparison)}
    makers: dict[str, Callable[[], Iterable[str]]] = {
        "names": lambda: _names(comparison, every["names"], most),
        "distinctive": lambda: _distinctive(every["distinctive"], most),
        "coverage": lambda: _coverage(comparison, every["coverage"], most),
        "map": lambda: _map(comparison),
        "reuse": lambda: shown_table(every["reuse"], most),
        "tags": lambda: chain(shown_table(every["tags"], most), [""], shown_table(every["together"], most)),
    }
    for text in (comparison.left, comparison.right):
        slug = _on_screen(one_line(text.slug))
        yield f"{paint(slug, 'cyan')}  {_on_screen(one_line(text.title), cells(slug) + 2)}"
    for part in PARTS:
        if part in parts:
            yield ""
            yield from makers[part]()


def shown_table(table: Table, most: int) -> Iterator[str]:
    """A table with `most` rows at most, and how its numbers are made."""
    yield _title(table.title)
    yield from _rows(table.columns, table.rows, most)
    yield from _how(table.how)


def _rows(columns: Sequence[TableColumn], rows: Sequence[Sequence[CellValue]], most: int) -> Iterator[str]:
    if not rows:
        yield "none"
        return
    yield from tabulated(columns, rows[:most])
    if len(rows) > most:
        yield _more(len(rows) - most)


def _names(comparison: Comparison, table: Table, most: int) -> Iterator[str]:
    """The names, and below each that has several spellings these, with the counts of their own."""
    columns = table.columns[:1] + table.columns[2:]
    yield _title(table.title)
    rows: list[Sequence[CellValue]] = []
    for name, row in zip(comparison.names[:most], table.rows, strict=False):
        rows.append(row[:1] + row[2:])
        if len(name.spellings) > 1:
            rows += (
                (f"= {spelling.written}", len(spelling.left), len(spelling.right), "", "")
                for spelling in name.spellings
            )
    yield from _rows(columns, rows, len(rows))
    if len(table.rows) > most:
        yield _more(len(table.rows) - most)
    yield from _how(table.how)


def _more(rows: int) -> str:
    return paint(f"… and {rows} more", "dim")


def _distinctive(table: Table, most: int) -> Iterator[str]:
    """The words of each text, then those of both, each a table of its own."""
    yield _title(table.title)
    of = [column.id for column in table.columns].index("of")
    for where in dict.fromkeys(row[of] for row in table.rows):
        rows = [row[:of] + row[of + 1 :] for row in table.rows if row[of] == where]
        yield _on_screen(f"of {one_line(str(where))}")
        yield from _rows(table.columns[:of] + table.columns[of + 1 :], rows, most)
    yield from _how(table.how)


def _title(words: str) -> str:
    return paint(_on_screen(words), "bold")


def _on_screen(words: str, taken: int = 0) -> str:
    """The words, cut where a screen is narrower, or what is left of it when so many columns are taken."""
    return cut(words, width() - taken) if is_terminal() else words


def _how(words: str) -> Iterator[str]:
    """How the numbers are made, as lines."""
    for line in wrap(words, min(width(), _WIDEST) - 2):
        yield paint(f"  {line}", "dim")


def _coverage(comparison: Comparison, table: Table, most: int) -> Iterator[str]:
    """A strip for each text, and what only one of them says."""
    found = comparison.coverage
    sides = ((comparison.left, found.left), (comparison.right, found.right))
    yield _title(table.title)
    names = min(max(cells(one_line(text.slug)) for text, _ in sides), width() // 3)
    for text, passages in sides:
        covered = sum(not each.is_alone for each in passages)
        head = f"{pad(cut(one_line(text.slug), names), names)}  {covered:>3} of {len(passages):<3}  "
        yield head + strip(passages, width() - cells(head))
    for place, (text, passages) in enumerate(sides):
        alone = {each.passage for each in passages if each.is_alone}
        rows = [row[1:2] + row[4:] for row in _rows_of(table, comparison, place) if row[1] in alone]
        if rows:
            yield _on_screen(f"only {one_line(text.slug)} says")
            yield from _rows((table.columns[1], table.columns[4]), rows, most)
    yield from _how(
        f"In the strips the best score of each passage, {_ALONE} where it stands alone. {table.how}"
    )


def _rows_of(table: Table, comparison: Comparison, side: int) -> Sequence[tuple[CellValue, ...]]:
    """The rows of the coverage of the left text (0) or the right one (1)."""
    lefts = len(comparison.coverage.left)
    return table.rows[lefts:] if side else table.rows[:lefts]


def strip(passages: Sequence[Covered], columns: int) -> str:
    """A character for each passage, or for several where there are more of them than columns: the best of them."""
    columns = max(1, min(columns, len(passages)))
    edges = [place * len(passages) // columns for place in range(columns + 1)]
    shares = (passages[start:end] for start, end in pairwise(edges))
    return "".join(map(_bar, shares))


def _bar(passages: Sequence[Covered]) -> str:
    scores = [each.score for each in passages if not each.is_alone]
    return graded(max(scores), _BARS) if scores else _ALONE


def _map(comparison: Comparison) -> Iterator[str]:
    """The alignment map, a character or two for each cell."""
    left, right = (one_line(text.slug) for text in (comparison.left, comparison.right))
    labels = len(str(len(comparison.right.numbered))) + 1
    room = min(width(), _WIDEST) - labels - 1
    found = comparison.alignment_map(width=max(1, room), height=_TALLEST)
    wide = 2 if 2 * found.width <= room else 1
    yield _title(f"Map: passages of {left} from left to right, of {right} downwards")
    for number, row in enumerate(found.rows):
        signs = (sign(cell) if cell.score or cell.linked else _NOTHING for cell in row)
        yield f"{pad_left(f'¶{found.first_right(number)}', labels)} {''.join(drawn * wide for drawn in signs)}".rstrip()
    yield from _how(
        f"Each mark is a pair of related passages, {' '.join(SHADES)} from {LEAST:g} to 100, {LINKED} one that a "
        "reader has linked; where many passages share a cell, the best of them."
    )
