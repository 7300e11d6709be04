"""The palette: every command, found by what it does."""

from __future__ import annotations

from tui.dialogs.picker import Picker


async def test_a_command_is_found_by_what_it_does(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("9 G ctrl+p")
        await reader.write("highlight with the last tag")
        await reader.press("enter")
        assert len(reader.highlights()) == 1


async def test_it_is_found_by_its_key_and_by_its_name_too(open_desk) -> None:
    async with open_desk() as reader:
        for typed in ("Ctrl-w x", ":swap"):
            before = [side.slug for side in reader.desk.sides]
            await reader.press("ctrl+p")
            await reader.write(typed)
            await reader.press("enter")
            assert [side.slug for side in reader.desk.sides] == before[::-1]


async def test_a_command_that_wants_words_asks_for_them(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("ctrl+p")
        await reader.write(":width")
        await reader.press("enter")
        assert reader.desk.context.overlays.prompt.words == "width "
        await reader.write("50")
        await reader.press("enter")
        assert reader.desk.active.pane.text_width == 50


async def test_the_palette_does_not_open_over_a_list_and_pages_through_nothing(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space c ctrl+p")
        assert len(reader.app.screen_stack) == 2
        await reader.press("escape ctrl+p")
        await reader.write("xyzzyxyzzy")
        await reader.press("pagedown pageup down up enter")
        assert isinstance(reader.app.screen, Picker)
