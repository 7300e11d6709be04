"""Undo at the desk: what it names is what it takes back, and it asks before it takes away what is being read."""

import pytest

from store.library import Library
from texts.load import load_bytes
from tui.dialogs.small_dialogs import Choose


async def asked(reader) -> None:
    """Waits until the desk asks."""
    while not isinstance(reader.app.screen, Choose):
        await reader.pilot.pause()


@pytest.mark.promise("u never takes a text off the desk without asking", tries=3)
@pytest.mark.parametrize("keys", ["u u u", "3 u", "enter u u u"])
async def test_undo_stops_before_what_brought_in_the_texts(open_desk, keys) -> None:
    async with open_desk() as reader:
        await reader.press(keys)
        await asked(reader)
        await reader.press("escape")
        assert [side.slug for side in reader.desk.sides] == ["editorial", "analysis"]
        assert "not undone: added" in reader.status
        assert reader.highlights() == []


async def test_a_count_goes_on_after_the_answer(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter 2 u")
        await asked(reader)
        assert reader.highlights() == []
        await reader.press("y")
        assert reader.desk.sides[1].text is None


async def test_a_version_of_another_run_is_not_taken_back_without_asking(open_desk, library) -> None:
    with Library.open(library, reader="tester") as other:
        body = other.texts.get("editorial").body
        other.texts.update("editorial", load_bytes(f"{body}\n\nOne more.".encode(), "editorial.txt"))
    async with open_desk() as reader:
        await reader.press("u")
        await asked(reader)
        await reader.press("y")
        await reader.settled()
        assert not reader.desk.sides[0].text.body.endswith("One more.")


@pytest.mark.promise("the status line names only what u takes back here", tries=4)
async def test_what_is_named_is_what_is_taken_back(open_desk, library) -> None:
    with Library.open(library, reader="tester") as other:
        other.texts.add(load_bytes(b"A third text, of wheat.", "third.txt"))
        other.highlights.mark("editorial", other.texts.get("editorial").passage(3).span, tags=["of old"])
        other.highlights.mark("third", other.texts.get("third").passages[0].span, tags=["elsewhere"])
    async with open_desk() as reader:
        await reader.press("9 G enter")
        assert "highlighted “Is Iraq" in reader.desk.session.next_undo
        with Library.open(library, reader="somebody") as other:
            other.highlights.mark("editorial", other.texts.get("editorial").passage(5).span, tags=["theirs"])
        reader.desk.look_elsewhere()
        await reader.press("j")
        assert "theirs" not in reader.desk.session.next_undo
        await reader.press("u")
        assert "undone: highlighted “Is Iraq" in reader.status
        await reader.press("j")
        assert reader.desk.session.next_undo == "", "what comes next is asked about"
        await reader.press("u")
        assert isinstance(reader.app.screen, Choose)
        await reader.press("y")
        assert "elsewhere" in reader.status
        await reader.press("j")
        assert "of old" in reader.desk.session.next_undo
        await reader.press("u")
        assert "of old" in reader.status
        assert [each.tags for each in reader.highlights()] == [("theirs",)]


async def test_what_another_program_has_undone_is_not_named(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.press("9 G enter 3 G enter j")
        named = reader.desk.session.next_undo
        with Library.open(library, reader="tester") as other:
            other.journal.undo()
        reader.desk.look_elsewhere()
        await reader.settled()
        assert reader.desk.session.next_undo != named
        assert "Is Iraq" in reader.desk.session.next_undo
