"""A table of the comparison to a file: what `tui compare --csv` prints, and the map and the changes besides."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from store.exchange.files import replacing
from texts.compare.tables import Table, changes, pairs, tables
from tui.view.comparison_tabs import ComparisonTabs, Tab

EXPORTED: Mapping[Tab, tuple[str, ...]] = {
    Tab.NAMES: ("names",),
    Tab.WORDS: ("distinctive",),
    Tab.COVERAGE: ("coverage",),
    Tab.MAP: ("map",),
    Tab.REUSE: ("reuse",),
    Tab.TAGS: ("tags", "together"),
    Tab.CHANGES: ("changes",),
}
"""The tables of each view, list by list; the lists of a view that has only one are parts of it."""


def export_table(overview: ComparisonTabs, name: str, path: Path) -> int:
    """Writes a table to a CSV file; gives how many rows it has. Raises LibraryError where it cannot be written."""
    table = _table(overview, name)
    with replacing(path) as out:
        writer = csv.writer(out)
        writer.writerow(column.id for column in table.columns)
        writer.writerows(table.rows)
    return len(table.rows)


def _table(overview: ComparisonTabs, name: str) -> Table:
    comparison = overview.comparison
    if name == "map":
        return pairs(comparison)
    if name == "changes":
        return changes(overview.changes or (), comparison.left, comparison.right)
    return next(table for table in tables(comparison) if table.id == name)
