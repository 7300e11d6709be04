"""The views of a comparison, one of them shown: lists of rows, the strips beside the texts, the map."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from texts.compare import MatrixCell
from tui.comparison.comparison_state import ComparisonState
from tui.view.comparison_tabs import ComparisonTabs, Tab, alone
from tui.view.tables import RowPlaces, TableRow
from tui.widgets.alignment_map import AlignmentView
from tui.widgets.coverage import CoverageStrip
from tui.widgets.row_list import RowList

_LISTS = {
    Tab.NAMES: 1,
    Tab.WORDS: 3,
    Tab.COVERAGE: 2,
    Tab.REUSE: 1,
    Tab.TAGS: 2,
    Tab.CHANGES: 1,
}
"""How many lists stand side by side in each view."""


class Views(Vertical):
    """Shows an overview as `kept` says, once there is one; its screen moves through it, and keeps where the reader is.

    The functions that change `kept` do not say so: whoever calls them shows what follows.
    """

    DEFAULT_CSS = """
    Views {
        height: 3fr;
        & .view { display: none; height: 1fr; }
        & .view.-shown { display: block; }
        & RowList { margin-right: 1; }
        & #waiting { padding: 1 2; height: 1fr; display: none; }
        &.-waiting #waiting { display: block; }
        &.-waiting .view.-shown { display: none; }
    }
    """

    def __init__(self, kept: ComparisonState) -> None:
        super().__init__(classes="-waiting")
        self._kept = kept
        self._overview: ComparisonTabs | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="waiting")
        for view, lists in _LISTS.items():
            with Horizontal(id=f"view-{view}", classes="view"):
                if view is Tab.COVERAGE:
                    yield CoverageStrip(id="strip-0")
                for number in range(lists):
                    yield RowList(id=f"{view}-{number}")
                if view is Tab.COVERAGE:
                    yield CoverageStrip(id="strip-1")
        with Horizontal(id=f"view-{Tab.MAP}", classes="view"):
            yield AlignmentView(id="map")

    # what it shows

    def wait(self, words: str) -> None:
        """Says these words as long as there is nothing to show."""
        self.query_one("#waiting", Static).update(Content(words))

    def fill(self, overview: ComparisonTabs) -> None:
        """Shows an overview; view and row stay."""
        self._overview = overview
        self.remove_class("-waiting")
        for view in overview.tables:
            self.fill_view(overview, view)
        comparison = overview.comparison
        for number, passages in enumerate((comparison.coverage.left, comparison.coverage.right)):
            self.query_one(f"#strip-{number}", CoverageStrip).show(passages)
        best = next(((pair.left, pair.right) for pair in comparison.related), (1, 1))
        self.map.show(
            lambda width, height: comparison.alignment_map(width=width, height=height),
            self._kept.pair or best,
        )

    def fill_view(self, overview: ComparisonTabs, view: Tab) -> None:
        """Shows the tables of a view anew."""
        for number, table in enumerate(overview.tables[view]):
            shown = alone(table) if view is Tab.COVERAGE and self._kept.only_alone else table
            self._list(view, number).show(shown, highlighted=self._kept.rows.get(table.name, ""))

    def show_view(self) -> None:
        """Shows the view that is kept; the first one where there is no such view of these texts."""
        if self._overview is not None and self._kept.view not in self.views:
            self._kept.view = Tab.NAMES
        for view in Tab:
            self.query_one(f"#view-{view}").set_class(view is self._kept.view, "-shown")
        self._show_active()

    def _show_active(self) -> None:
        for number, rows in enumerate(self._lists()):
            rows.active = number == self._kept.lists.get(self._kept.view, 0)

    def mark(self, left: int | None, right: int | None) -> None:
        """Marks a passage in the strip of each text, or none."""
        for side, passage in enumerate((left, right)):
            self.query_one(f"#strip-{side}", CoverageStrip).mark(passage)

    # where the reader is

    @property
    def views(self) -> Sequence[Tab]:
        """The views that there are; until that is known, those that every comparison has."""
        return self._overview.views if self._overview else [view for view in Tab if view is not Tab.CHANGES]

    @property
    def map(self) -> AlignmentView:
        """The map, which is shown in a view of its own."""
        return self.query_one(AlignmentView)

    @property
    def list(self) -> RowList | None:
        """The list that keys move; None on the map."""
        lists = self._lists()
        return lists[self._kept.lists.get(self._kept.view, 0)] if lists else None

    @property
    def row(self) -> TableRow | None:
        """The highlighted row; None on the map, and where there is none."""
        return self.list.row if self.list is not None and self._overview is not None else None

    @property
    def cell(self) -> MatrixCell | None:
        """What the cursor of the map is on; None where another view is shown."""
        return self.map.cell if self._overview is not None and self._kept.view is Tab.MAP else None

    @property
    def places(self) -> RowPlaces:
        """Where the highlighted row, or the cell under the cursor, leads."""
        cell, row = self.cell, self.row
        if cell is not None and self._overview is not None:
            left, right = self._overview.comparison.left, self._overview.comparison.right
            return RowPlaces(
                (left.passage(cell.left).span,), (right.passage(cell.right).span,), are_passages=True
            )
        return row.places if row is not None else RowPlaces()

    def go_to_list(self, rows: RowList) -> bool:
        """Has keys move a list from now on; says whether it is one of the view that is shown."""
        lists = self._lists()
        if rows not in lists:
            return False
        self._kept.lists[self._kept.view] = lists.index(rows)
        self._show_active()
        return True

    def go_to_list_beside(self, by: int) -> bool:
        """Has keys move the list so many to the right; says whether there is one."""
        lists = self._lists()
        number = self._kept.lists.get(self._kept.view, 0) + by
        return 0 <= number < len(lists) and self.go_to_list(lists[number])

    def remember(self) -> None:
        """Keeps which rows are highlighted, and where the map's cursor is."""
        for rows in self.query(RowList):
            if rows.table.name and rows.row is not None:
                self._kept.rows[rows.table.name] = rows.row.key
        if self._kept.view is Tab.MAP:
            self._kept.pair = self.map.pair

    def _list(self, view: Tab, number: int) -> RowList:
        return self.query_one(f"#{view}-{number}", RowList)

    def _lists(self) -> Sequence[RowList]:
        """The lists of the view that is shown."""
        return [self._list(self._kept.view, number) for number in range(_LISTS.get(self._kept.view, 0))]
