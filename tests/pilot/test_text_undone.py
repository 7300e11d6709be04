"""A text that is on the desk when an undo takes it out of the library."""

from tui.desk.open_texts import draw_highlights, reload


async def test_undoing_what_added_a_text_leaves_the_desk_standing(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("u")
        await reader.press("y")
        assert "undone: added" in reader.status
        assert reader.desk.sides[1].text is None
        await reader.press("u")
        await reader.press("y")
        assert all(side.text is None for side in reader.desk.sides)
        await reader.press("j enter t z s ? escape U U")
        assert [side.slug for side in reader.desk.sides] == ["editorial", "analysis"]
        await reader.press("enter")
        assert len(reader.highlights()) == 1


async def test_undo_takes_an_added_file_off_the_desk_and_redo_brings_it_back(open_desk, tmp_path) -> None:
    path = tmp_path / "third.txt"
    path.write_text("The third text.\n\nIt speaks of Tehran.\n", encoding="utf-8")
    async with open_desk() as reader:
        await reader.press(":")
        await reader.write(f"open {path}")
        await reader.press("enter")
        await reader.related()
        assert reader.desk.sides[0].slug == "third"
        await reader.press("u")
        await reader.press("y")
        assert reader.desk.sides[0].text is None
        assert reader.desk.active.slug == "analysis"
        await reader.press("U")
        assert reader.desk.sides[0].slug == "third"


async def test_highlights_of_a_text_that_has_just_gone_are_not_drawn(open_desk) -> None:
    async with open_desk() as reader:
        reader.app.session.library.journal.undo()
        draw_highlights(
            reader.desk.context, reader.desk.sides[1]
        )  # what was put off until after a paint comes too late
        assert reader.marks(1) == []
        await reader.settled()
        reload(reader.desk.context)
        assert reader.desk.sides[1].text is None


async def test_a_text_that_has_just_gone_is_not_searched(open_desk) -> None:
    async with open_desk() as reader:
        # The desk has not looked yet, however slow the keys.
        reader.app.session.changed_elsewhere = lambda: False
        await reader.press("/")
        reader.app.session.library.journal.undo()
        await reader.write("maliki")
        assert "there is no text" in str(reader.desk.context.overlays.prompt.query_one("#count").content)
        await reader.press("escape j")
        assert reader.desk.sides[0].text is not None
