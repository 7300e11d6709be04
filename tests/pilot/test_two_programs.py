"""Two programs on one library: what one does shows in the other, and undo does not reach across."""

from store.library import Library


async def test_what_another_program_marks_appears_on_the_desk(open_desk, library) -> None:
    async with open_desk() as reader:
        text = reader.desk.active.text
        with Library.open(library, reader="somebody else") as other:
            other.highlights.mark("editorial", text.passage(3).span, tags=("claim",))
        reader.desk.look_elsewhere()
        await reader.settled()
        (mark,) = reader.marks()
        assert mark.span == text.passage(3).span
        assert "another program" in reader.status


async def test_what_the_desk_itself_writes_is_not_taken_for_another_program(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter")
        reader.desk.look_elsewhere()
        await reader.settled()
        assert "another program" not in reader.status


async def test_undo_refuses_what_another_program_has_changed_since(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.press("3 G !")
        (highlight,) = reader.highlights()
        with Library.open(library, reader="somebody else") as other:
            other.highlights.note(highlight.id, "mine now")
        await reader.press("u")
        assert "cannot be undone" in reader.status
        assert [each.note for each in reader.highlights()] == ["mine now"]


async def test_a_new_version_from_another_program_is_shown(open_desk, library) -> None:
    from texts.load import load_bytes

    async with open_desk() as reader:
        body = reader.desk.active.text.body
        with Library.open(library, reader="somebody else") as other:
            other.shelf.update("editorial", load_bytes(f"{body}\n\nOne more.".encode(), "editorial.txt"))
        reader.desk.look_elsewhere()
        await reader.settled()
        assert reader.desk.active.text.body.endswith("One more.")
