"""A table of the comparison to a file: what `tui compare --csv` prints, and the map and the changes besides."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from store.exchange.files import replacing
from texts.compare.tables import Table, changes, pairs, tables
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
    table = _table(overview, name)
    with replacing(path) as out:
        writer = csv.writer(out)
        writer.writerow(column.id for column in table.columns)
        writer.writerows(table.rows)
    return len(table.rows)


def _table(overview: Overview, name: str) -> Table:
    comparison = overview.comparison
    if name == "map":
        return pairs(comparison)
    if name == "changes":
        return changes(overview.changes or (), comparison.left, comparison.right)
    return next(table for table in tables(comparison) if table.id == name)
