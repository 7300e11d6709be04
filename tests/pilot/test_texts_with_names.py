"""Texts go by their titles at the desk, and are renamed, retitled and removed there."""

from __future__ import annotations

from store.library import Library


async def rename(reader, key: str, words: str) -> None:
    await reader.press("space d")
    await reader.write("chance")
    await reader.press(key)
    await reader.press("ctrl+a ctrl+k")
    await reader.write(words)
    await reader.press("enter")


async def test_a_text_is_renamed_and_stays_where_it_is(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.press("9 G m a")
        place = reader.desk.active.pane.cursor
        await rename(reader, "ctrl+t", "chance")
        assert [side.slug for side in reader.desk.sides] == ["chance", "analysis"]
        assert reader.desk.active.pane.cursor == place
        await reader.press("g g ' a")
        assert reader.desk.active.pane.cursor == place
        await reader.press("5 G enter")
        assert reader.highlights()[0].text == "chance"
    async with open_desk() as reader:
        assert [side.slug for side in reader.desk.sides] == ["chance", "analysis"]
        await reader.press("' a")
        assert reader.desk.active.pane.cursor == place


async def test_another_program_renames_a_text_that_is_open_and_takes_it_back(open_desk, library) -> None:
    async with open_desk() as reader:
        with Library.open(library) as other:
            other.texts.rename("editorial", "first")
            reader.app.desk.look_elsewhere()
            await reader.settled()
            assert reader.desk.sides[0].slug == "first"
            other.journal.undo()
        reader.app.desk.look_elsewhere()
        await reader.settled()
        assert reader.desk.sides[0].slug == "editorial"


async def test_a_text_is_retitled(open_desk) -> None:
    async with open_desk() as reader:
        await rename(reader, "ctrl+r", "What comes next")
        assert reader.desk.sides[0].text.title == "What comes next"
        assert "What comes next" in reader.desk.sides[0].head.words
        await reader.press("u")
        assert reader.desk.sides[0].text.title == "A chance in Baghdad"


async def test_a_text_is_removed_after_asking_and_comes_back(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space d")
        await reader.write("still")
        await reader.press("delete")
        assert "Remove Arm’s length, still" in reader.app.screen.question
        await reader.press("y")
        assert not reader.app.session.library.texts.has("analysis")
        await reader.press("u")
        assert reader.app.session.library.texts.has("analysis")
