"""What the settings change at the desk: the set of keys, spacing and justification, the mouse."""

import pytest
from textual.geometry import Region

from tui.desk.open_texts import show_text
from tui.settings import Settings


def blank_rows(reader) -> int:
    """Blank rows between the first two passages of the left text."""
    pane, text = reader.desk.sides[0].pane, reader.desk.sides[0].text
    first, second = text.numbered[0].span, text.numbered[1].span
    return pane.row_of(second.start) - pane.row_of(first.end - 1) - 1


@pytest.mark.parametrize("spacing", [0, 1, 2])
async def test_passages_stand_as_far_apart_as_is_set(open_desk, spacing: int) -> None:
    async with open_desk(settings=Settings("tester", spacing=spacing)) as reader:
        assert blank_rows(reader) == spacing
        before = reader.desk.active.pane.cursor
        await reader.press("4 j 4 k")
        assert reader.desk.active.pane.cursor == before
        for _ in range(4):
            await reader.press("ctrl+f")
        assert not reader.desk.active.pane._view.row(
            reader.desk.active.pane.row_of(reader.desk.active.pane.cursor)
        ).blank
        await reader.press("g g")
        assert reader.desk.active.passage_number() == 1


def full_rows(reader) -> int:
    """Rows of the active pane that end at the very edge of the text column."""
    pane = reader.desk.active.pane
    gutter, columns = pane._painter.gutter, pane._view.layout.columns
    rows = pane.render_lines(Region(0, 0, *pane.size))
    return sum(len(row.text[gutter:].rstrip()) == columns for row in rows)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_rows_are_justified_where_that_is_set(open_desk, size: tuple[int, int]) -> None:
    async with open_desk(size) as reader:
        await reader.press("1 1 G")
        ragged = full_rows(reader)
        await reader.press("v 3 ) y")
        copied = reader.app.clipboard
        await reader.press(":")
        await reader.write("justify on")
        await reader.press("enter")
        assert full_rows(reader) > 2 * ragged
        await reader.press("1 1 G v 3 ) y")
        assert reader.app.clipboard == copied, "what is copied are the words of the text"
        await reader.press(":")
        await reader.write("justify")
        await reader.press("enter")
        assert ":justify takes on or off" in reader.status
        await reader.press(":")
        await reader.write("justify of")
        await reader.press("tab enter")
        assert full_rows(reader) == ragged
    async with open_desk(size, Settings("tester", justify=True)) as reader:
        await reader.press("1 1 G s")
        assert full_rows(reader) > ragged
        label, (side, offset) = next(iter(reader.desk.context.state.labels.places.items()))
        await reader.press(" ".join(label))
        assert (reader.desk.active.number, reader.desk.active.pane.cursor) == (side, offset)


async def test_less_turns_pages_with_space_and_opens_lists_with_a_comma(open_desk) -> None:
    async with open_desk(settings=Settings("tester", preset="less")) as reader:
        pane = reader.desk.active.pane
        await reader.press("space")
        down = pane.cursor
        assert down > 0
        await reader.press("b")
        assert pane.cursor < down
        await reader.press("G g")
        assert reader.desk.active.passage_number() == 1
        await reader.press("enter")
        assert len(reader.highlights()) == 1
        await reader.press("D d")
        assert reader.highlights() == []
        await reader.press("U , d")
        assert "Open in pane" in str(reader.app.screen.query_one("#frame").border_title)


async def test_less_finds_backwards_with_a_question_mark(open_desk) -> None:
    async with open_desk(settings=Settings("tester", preset="less")) as reader:
        await reader.press("1 2 G ?")
        await reader.write("Maliki")
        await reader.press("enter")
        at = reader.desk.active.pane.cursor
        assert reader.desk.active.passage_number() < 12
        await reader.press("n")
        assert reader.desk.active.pane.cursor < at
        await reader.press("N")
        assert reader.desk.active.pane.cursor == at


async def test_refusals_name_the_keys_that_are_set(open_desk) -> None:
    async with open_desk(settings=Settings("tester", preset="less", keys={"highlight": ("F5",)})) as reader:
        await reader.press("K")
        assert "no highlight is here: F5 makes one" in reader.status
        show_text(reader.desk.context, reader.desk.sides[1], None)
        await reader.press("comma x")
        assert "this wants two texts: ,d opens another" in reader.status


async def test_a_command_without_a_key_is_named_as_it_is_typed(open_desk) -> None:
    async with open_desk(settings=Settings("tester", keys={"highlight": ()})) as reader:
        await reader.press("K")
        assert "no highlight is here: :highlight makes one" in reader.status
