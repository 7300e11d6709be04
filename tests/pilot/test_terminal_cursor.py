"""The terminal's own cursor, which screen readers and magnifiers follow: at the reader's place, or where one types."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea


async def test_it_stands_at_the_place_of_the_reader_from_the_start(open_desk) -> None:
    async with open_desk() as reader:
        await reader.related()
        assert reader.app.cursor_position == reader.desk.active.pane.cursor_cell()
        await reader.press("space a escape / escape c escape")
        assert reader.app.cursor_position == reader.desk.active.pane.cursor_cell()


@pytest.mark.parametrize("keys", ["space a", "space d", "space n", "/", ":", "9 G c", "space e"])
async def test_it_stands_where_one_types_before_anything_is_typed(open_desk, keys: str) -> None:
    async with open_desk() as reader:
        await reader.press(keys)
        if keys == "space n":
            await reader.press("l")
        field = reader.app.screen.focused
        assert isinstance(field, Input | TextArea)
        await reader.until(lambda: field.content_region.contains_point(reader.app.cursor_position))
        assert reader.app.cursor_position == field.cursor_screen_offset
