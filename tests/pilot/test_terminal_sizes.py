"""Resizing: whatever sizes came before, the desk ends as one that was opened at the last of them."""

from __future__ import annotations

from random import Random

import pytest

SMALLEST, WIDEST, HIGHEST = 1, 220, 70


def screen(reader) -> list[str]:
    """What is on the screen, row by row."""
    width, height = reader.app.size
    strips = reader.app.screen._compositor.render_strips()
    return [strip.text.ljust(width) for strip in strips[:height]]


@pytest.mark.parametrize("last", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_after_a_storm_of_sizes_the_desk_is_right(open_desk, last: tuple[int, int]) -> None:
    async with open_desk(size=last) as reader:
        await reader.related()
        await reader.press("9 G")
        quiet = screen(reader)
        number = reader.desk.active.passage_number()
        random = Random(last[0])
        for _ in range(50):
            size = random.randint(SMALLEST, WIDEST), random.randint(SMALLEST, HIGHEST)
            await reader.pilot.resize_terminal(*size)
        await reader.pilot.resize_terminal(*last)
        await reader.press("g g 9 G")
        await reader.press("z z")
        stormed = screen(reader)
        assert reader.desk.active.passage_number() == number
    async with open_desk(size=last) as reader:
        await reader.related()
        await reader.press("9 G z z")
        assert len(quiet) == len(stormed)
        assert stormed == screen(reader)


@pytest.mark.parametrize(
    "size", [(1, 1), (9, 3), (40, 12), (60, 10)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_at_no_size_does_a_key_end_the_desk(open_desk, size: tuple[int, int]) -> None:
    async with open_desk(size=size) as reader:
        await reader.press("j } v i s enter g r escape / M escape space t escape ? escape tab Z Z")
        assert reader.app.return_code is None
        assert len(reader.highlights()) == 1


@pytest.mark.parametrize(("size", "column"), [((174, 60), 72), ((200, 60), 81), ((300, 80), 100)])
async def test_on_wide_screens_the_columns_grow_and_stay_readable(open_desk, size, column) -> None:
    async with open_desk(size=size) as reader:
        assert all(side.pane._columns() in (column, column + 1) for side in reader.desk.sides)


async def test_at_80_columns_each_text_keeps_a_readable_column(open_desk) -> None:
    async with open_desk(size=(80, 24)) as reader:
        assert all(side.pane._columns() >= 24 for side in reader.desk.sides)
