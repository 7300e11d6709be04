"""A table of the comparison to a file: what `tui compare --csv` prints, and the map and the changes besides."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from store.exchange.files import replacing
from texts.compare import Comparison
from texts.compare.tables import Cell, tables
from tui.reading.overview import Overview, View

EXPORTED: Mapping[View, tuple[str, ...]] = {
    View.NAMES: ("names",),
    View.WORDS: ("distinctive",),
    View.COVERAGE: ("coverage",),
    View.MAP: ("map",),
    View.REUSE: ("reuse",),
    View.TAGS: ("tags", "together"),
    View.CHANGES: ("changes",),
}
"""The tables of each view, list by list; the lists of a view that has only one are parts of it."""


def export_table(overview: Overview, name: str, path: Path) -> int:
    """Writes a table to a CSV file; gives how many rows it has. Raises LibraryError where it cannot be written."""
    heading, rows = _table(overview, name)
    written = list(rows)
    with replacing(path) as out:
        writer = csv.writer(out)
        writer.writerow(heading)
        writer.writerows(written)
    return len(written)


def _table(overview: Overview, name: str) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
    if name == "map":
        return ("left_passage", "right_passage", "score", "linked"), _related(overview.comparison)
    if name == "changes":
        heading, *rows = overview.tables[View.CHANGES][0].as_csv()
        return heading, rows
    found = next(table for table in tables(overview.comparison) if table.id == name)
    return [column.id for column in found.columns], found.rows


def _related(comparison: Comparison) -> Iterator[tuple[int, int, float | None, str]]:
    """The pairs that the map is drawn from: those with a score, best first, then those that are only linked."""
    scores = {(pair.left, pair.right): round(pair.score, 1) for pair in comparison.related}
    for pair in dict.fromkeys((*scores, *sorted(comparison.linked))):
        yield *pair, scores.get(pair), "yes" if pair in comparison.linked else ""
