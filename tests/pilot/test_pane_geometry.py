"""Where things stand in a pane: its column, what stays where it is while the room changes, and the rows drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from panes import BODY, HEIGHT, TEXT, Desk, desk_of
from textual.geometry import Region
from textual.strip import Strip

from texts.model import Passage, Span, Text
from tui.view.paint import Mark
from tui.widgets.text_pane import TextPane

GUTTER = 8
SIXTH = BODY.index("Passage 6")


def strips(pane: TextPane) -> list[Strip]:
    return pane.render_lines(Region(0, 0, *pane.size))


def column(desk: Desk) -> int:
    """Cells of the text column: a word without end fills them all."""
    return desk.rows()[0][GUTTER:].count("a")


def rows_of(pane: TextPane, span: Span) -> list[int]:
    """The screen rows of a span, those in view."""
    first, last = pane.screen_row_of(span.start), pane.screen_row_of(span.end - 1)
    return list(range(max(0, first), min(last, HEIGHT - 1) + 1))


# the column


@pytest.mark.parametrize(
    ("width", "cells"),
    [
        pytest.param(40, 31, id="all the room"),
        pytest.param(81, 72, id="just the usual"),
        pytest.param(82, 72, id="a cell more is no wider"),
        pytest.param(84, 74, id="two thirds of the rest"),
        pytest.param(123, 100, id="the widest"),
        pytest.param(150, 100, id="never wider"),
    ],
)
async def test_the_column_grows_with_the_room_until_somebody_says_how_wide_it_is(
    width: int, cells: int
) -> None:
    text = Text("t", "", "", "", "a" * 3000, (Passage(Span(0, 3000), 1),))
    async with desk_of(text, size=(2 * width, 21)) as desk:
        assert desk.left.size.width == width
        assert column(desk) == cells
        desk.left.text_width = 72
        assert column(desk) == min(72, cells), "it was asked for, so it does not grow"
        desk.left.text_width = 30
        assert column(desk) == 30
        desk.left.text_width = 90
        assert column(desk) == min(90, width - GUTTER - 1)


# what stays where it is


@pytest.mark.parametrize("place", ["Passage 1 ", "Passage 12", "Passage 30"])
async def test_furniture_comes_and_goes_around_the_row_of_the_cursor(place: str) -> None:
    passages = tuple(p._replace(number=None if k % 3 == 2 else k) for k, p in enumerate(TEXT.passages, 1))
    async with desk_of(TEXT._replace(passages=passages)) as desk:
        pane, offset = desk.left, BODY.index(place)
        pane.move_to(offset)
        pane.reveal(offset, min(7, pane.row_of(offset) - pane.row_of(0)))
        row = pane.screen_row_of(offset)
        await desk.pilot.pause()
        desk.app.messages.clear()
        pane.show_furniture = False
        assert (pane.cursor, pane.screen_row_of(offset)) == (offset, min(row, pane.row_of(offset)))
        pane.show_furniture = True
        assert (pane.cursor, pane.screen_row_of(offset)) == (offset, row)
        await desk.pilot.pause()
        assert "CursorMoved" not in desk.app.names()


@pytest.mark.parametrize(
    ("seen", "row"), [("Passage 9 ", 0), ("Passage 2 ", HEIGHT - 1)], ids=["above", "below"]
)
async def test_a_cursor_out_of_sight_comes_to_the_edge_that_it_was_behind(seen: str, row: int) -> None:
    async with desk_of() as desk:
        pane = desk.right
        pane.move_to(SIXTH)
        pane.reveal(BODY.index(seen), "top" if row == 0 else 0)
        assert not 0 <= pane.screen_row_of(SIXTH) < HEIGHT
        pane.show_furniture = False
        assert pane.screen_row_of(SIXTH) == row


async def test_resizing_leaves_a_view_that_is_away_from_its_cursor() -> None:
    async with desk_of() as desk:
        pane = desk.right
        pane.reveal(BODY.index("Passage 20"), "top")
        place = pane.place
        await desk.pilot.resize_terminal(100, 11)
        assert pane.place == place
        assert pane.screen_row_of(pane.cursor) < 0


async def test_a_row_is_brought_to_the_top_by_its_number() -> None:
    async with desk_of() as desk:
        pane = desk.left
        starts = pane.first_rows()
        for number in (12, 3, 25):
            pane.scroll_to_row(starts[number])
            assert pane.top_row == starts[number]
            assert f"Passage {number + 1} begins" in desk.rows()[0]


async def test_the_cell_of_the_cursor_is_where_its_character_is_drawn() -> None:
    async with desk_of() as desk:
        for pane in (desk.left, desk.right):
            pane.scroll_rows(9)
            rows, seen = desk.rows(pane), 0
            for offset in range(*TEXT.passage(4).span, 7):
                pane.move_to(offset)
                cell = pane.cursor_cell()
                assert cell is not None
                if not BODY[offset].isspace():
                    assert desk.rows(pane)[cell.y - pane.region.y][cell.x - pane.region.x] == BODY[offset]
                    seen += 1
            assert seen > 10
            assert len(rows) == HEIGHT
        desk.right.move_to(BODY.index("Passage 20"))
        for row in (0, HEIGHT - 1):
            desk.right.reveal(desk.right.cursor, row)
            cell = desk.right.cursor_cell()
            assert cell is not None
            assert cell.y == row
        for row in (-1, 1):
            desk.right.reveal(desk.right.cursor, 0 if row < 0 else HEIGHT - 1)
            desk.right.scroll_rows(-row)
            assert desk.right.cursor_cell() is None


# what is drawn anew


MARK = Mark(7, (Span(SIXTH, SIXTH + 100),), "green", "")


def lines(*rows: int) -> Callable[[TextPane], list[Span]]:
    """Spans of one character, each on a screen row."""

    def found(pane: TextPane) -> list[Span]:
        starts = {pane.screen_row_of(at): at for at in range(len(BODY) - 1, -1, -1)}
        return [Span(starts[row], starts[row] + 1) for row in rows]

    return found


@pytest.mark.parametrize(
    ("act", "span"),
    [
        pytest.param(lambda pane: pane.put_mark(MARK), MARK.span, id="a highlight"),
        pytest.param(lambda pane: pane.set_evidence([Span(SIXTH, SIXTH + 9)]), Span(SIXTH, SIXTH + 9), id="evidence"),
        pytest.param(lambda pane: pane.emphasize(TEXT.passage(6).span), TEXT.passage(6).span, id="a passage"),
        pytest.param(lambda pane: pane.emphasize(TEXT.passage(4).span), TEXT.passage(4).span, id="cut above"),
        pytest.param(lambda pane: pane.emphasize(TEXT.passage(8).span), TEXT.passage(8).span, id="cut below"),
        pytest.param(lambda pane: pane.emphasize(TEXT.passage(20).span), Span(0, 0), id="out of sight"),
        pytest.param(lambda pane: pane.set_labels({SIXTH: "a"}), Span(SIXTH, SIXTH + 1), id="a label"),
        pytest.param(
            lambda pane: pane.set_current_hit(Span(SIXTH, SIXTH + 1)), Span(SIXTH, SIXTH + 1), id="a hit"
        ),
        pytest.param(lambda pane: pane.select_span(Span(SIXTH, SIXTH + 90)), Span(SIXTH, SIXTH + 90), id="selected"),
        pytest.param(lambda pane: pane.move("char_right"), Span(SIXTH, SIXTH + 2), id="the cursor"),
    ],
)  # fmt: skip
async def test_only_the_rows_that_change_are_drawn_anew(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[TextPane], object], span: Span
) -> None:
    async with desk_of() as desk:
        pane = desk.left
        pane.move_to(SIXTH)
        pane.reveal(SIXTH, HEIGHT // 2)
        await desk.pilot.pause()
        drawn = drawn_in(pane, monkeypatch)
        before = strips(pane)
        act(pane)
        await desk.pilot.pause()
        anew = [row for row, strip in enumerate(strips(pane)) if strip is not before[row]]
        assert anew == sorted(set(drawn)) == (rows_of(pane, span) if span.end else [])


@pytest.mark.parametrize(
    ("hits", "drawn_rows"),
    [
        pytest.param((4,), [4], id="one"),
        pytest.param((0, 1, 19), [0, 1, 19], id="at both edges"),
        pytest.param((*range(5, 8), *range(9, 14), 15, 16), [*range(5, 8), *range(9, 14), 15, 16], id="half"),
        pytest.param((*range(5, 8), *range(9, 14), 15, 16, 18), [*range(HEIGHT)], id="more than half: all"),
    ],
)
async def test_hits_are_drawn_row_by_row_or_with_all_rows_where_they_are_many(
    monkeypatch: pytest.MonkeyPatch, hits: tuple[int, ...], drawn_rows: list[int]
) -> None:
    async with desk_of() as desk:
        pane = desk.left
        pane.scroll_rows(13)
        await desk.pilot.pause()
        spans = lines(*hits)(pane)
        drawn = drawn_in(pane, monkeypatch)
        before = strips(pane)
        pane.set_hits(spans)
        assert [row for row, strip in enumerate(strips(pane)) if strip is not before[row]] == sorted(hits)
        assert sorted(set(drawn)) == drawn_rows


async def test_a_region_is_cut_out_of_the_rows() -> None:
    async with desk_of() as desk:
        rows = desk.rows()
        for x, y, width, height in ((5, 2, 10, 3), (0, 4, 12, 2), (30, 0, 20, 20)):
            cut = desk.left.render_lines(Region(x, y, width, height))
            assert [strip.text for strip in cut] == [row[x : x + width] for row in rows[y : y + height]]


def drawn_in(pane: TextPane, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows that a pane asks to be drawn anew from now on; all of them where it names none."""
    drawn: list[int] = []
    refresh = TextPane.refresh

    def watch(asked: TextPane, *regions: Region, **options: bool):  # type: ignore[no-untyped-def]
        if asked is pane:
            for region in regions or (Region(0, 0, *pane.size),):
                assert (region.x, region.width) == (0, pane.size.width)
                drawn.extend(range(region.y, region.bottom))
        return refresh(asked, *regions, **options)

    monkeypatch.setattr(TextPane, "refresh", watch)
    return drawn
