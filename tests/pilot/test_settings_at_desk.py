"""What the settings change at the desk: the set of keys, the spacing of passages, the mouse."""

import pytest

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
