"""What a terminal makes of characters in one pane moves nothing in the other."""

from __future__ import annotations

import pytest
from rich.segment import ControlType
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.view.cells import cells_of
from tui.view.tables import TableRow, TableView, ViewColumn
from tui.widgets.bridge import Bridge
from tui.widgets.pane_head import PaneHead
from tui.widgets.row_list import RowList
from tui.widgets.status import StatusLine, StatusNote

HINDI = "हिन्दी की किताब यहाँ की दुकान में नहीं मिलती "


class _Panes(App[None]):
    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("left")
            yield Bridge()
            yield Static("right")


async def test_the_bridge_begins_and_ends_at_its_own_columns() -> None:
    app = _Panes()
    async with app.run_test(size=(80, 10)):
        bridge = app.query_one(Bridge)
        assert not any(segment.control for segment in bridge.render_line(2))
        bridge.keeps_columns = True
        strip = bridge.render_line(2)
        columns = [segment.control for segment in strip if segment.control]
        region = bridge.region
        assert columns == [
            ((ControlType.CURSOR_MOVE_TO_COLUMN, region.x),),
            ((ControlType.CURSOR_MOVE_TO_COLUMN, region.right),),
        ]
        assert strip.render(app.console).startswith(f"\x1b[{region.x + 1}G")
        assert strip.cell_length == region.width


class _Lines(App[None]):
    CSS = "RowList { height: 4; }"

    def compose(self) -> ComposeResult:
        yield PaneHead(1)
        yield RowList()
        yield StatusLine()


@pytest.mark.parametrize("times", [1, 9])
async def test_words_with_vowel_signs_take_no_room_of_what_stands_at_the_right(times: int) -> None:
    app = _Lines()
    async with app.run_test(size=(80, 10)):
        app.query_one(PaneHead).show(HINDI * times, "¶1/3", True)
        app.query_one(StatusLine).show([StatusNote(HINDI * times), StatusNote("sync: off")])
        columns = (ViewColumn("#", 6, is_number=True), ViewColumn(HINDI))
        rows = app.query_one(RowList)
        rows.show(TableView("t", HINDI * times, columns, (TableRow("a", ("12", HINDI * times)),), ""))
        lines = [app.query_one(PaneHead).render_line(0).text, app.query_one(StatusLine).render_line(0).text]
        assert lines[0].endswith(" ¶1/3 ")
        assert lines[1].endswith(" ? help ")
        lines += [rows.render_line(y).text for y in range(3)]
        assert [cells_of(line) for line in lines] == [80] * 5
