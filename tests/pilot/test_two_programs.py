"""Two programs on one library: what one does shows in the other, and undo does not reach across."""

from threading import Event

import pytest

from store.errors import NotFound
from store.library import Library, LibraryError
from store.services.forgetting import forget
from tui.dialogs.small_dialogs import Choose
from tui.home import make_first_library
from tui.session import Session


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
            other.texts.update("editorial", load_bytes(f"{body}\n\nOne more.".encode(), "editorial.txt"))
        reader.desk.look_elsewhere()
        await reader.settled()
        assert reader.desk.active.text.body.endswith("One more.")


async def test_a_text_that_another_program_removes_and_forgets_leaves_the_desk(open_desk, library) -> None:
    async with open_desk() as reader:
        await reader.press("3 G enter")
        with Library.open(library, reader="somebody else") as other:
            other.texts.remove("editorial")
            forget(other)
        reader.desk.look_elsewhere()
        await reader.settled()
        assert reader.desk.active.text.slug == "analysis"
        await reader.press("3 G enter u")
        assert [each.text for each in reader.highlights()] == []
        assert reader.app.is_running


async def test_a_library_that_is_replaced_is_said_until_the_end_and_can_still_be_read(
    open_desk, library, tmp_path
) -> None:
    other = tmp_path / "other" / "library.db"
    make_first_library(other, "bert")
    async with open_desk((160, 40)) as reader:
        await reader.mark(3, "claim")
        other.replace(library)
        reader.desk.look_elsewhere()
        await reader.settled()
        (copy,) = tmp_path.glob("library.rescued-*.db")
        assert copy.name in reader.status
        await reader.press("j j 5 G !")
        assert "NOT WRITING" in reader.status
        assert [each.quote for each in reader.highlights()] == [
            each.quote for each in Library.open(copy).highlights.find()
        ]
        await reader.press("space a")
        await reader.press("escape escape")
        assert "NOT WRITING" in reader.status
        assert reader.app.session.replaced is not None
    with Library.open(library) as newcomer:
        assert newcomer.highlights.find() == []


@pytest.mark.parametrize("how", ["overwritten", "removed"])
def test_a_file_that_goes_while_the_writer_opens_it_is_told(library, monkeypatch, tmp_path, how) -> None:
    other = tmp_path / "other" / "library.db"
    make_first_library(other, "bert")
    newcomer = other.read_bytes()
    session_opened, go_on = Event(), Event()

    class Late(Library):
        @classmethod
        def open(cls, path, **how):
            session_opened.set()
            assert go_on.wait(60)
            return super().open(path, **how)

    monkeypatch.setattr("store.writer.Library", Late)
    session = Session(library, "tester")
    assert session_opened.wait(60)
    if how == "removed":
        library.unlink()
    else:
        library.write_bytes(newcomer[: len(newcomer) // 2])  # as far as the other program has come by now
    go_on.set()
    with pytest.raises(LibraryError):
        session.writer.submit(lambda opened: opened.codebook.ensure("lost")).result(60)
    if how == "overwritten":
        library.write_bytes(newcomer)
    told, calls = [], []
    session.deliver_with(calls.append)
    session.look_at_file(told.append)
    session.writer.close()
    for call in calls:
        call()
    assert ("no copy of what it had" if how == "overwritten" else "all that it had is in") in str(told[0])
    assert session.replaced is told[0]
    if how == "overwritten":
        assert library.read_bytes() == newcomer
    else:
        assert not library.exists()
        assert session.library.texts.slugs() == ["analysis", "editorial"]
    session.close()


async def test_a_tag_that_goes_while_its_list_is_open_is_told(open_desk, library) -> None:
    for keys in ("ctrl+r", "ctrl+t", "ctrl+d", "ctrl+l", "delete t", "enter", "down up enter"):
        async with open_desk() as reader:
            reader.app.session.library.codebook.ensure("claim")
            await reader.press("space t")
            with Library.open(library, reader="somebody else") as other:
                other.codebook.delete("claim")
            await reader.press(keys)
            await reader.press("escape escape")
            assert reader.app.is_running, keys
            assert reader.app._exception is None, keys


async def test_what_goes_wrong_with_what_was_picked_is_told_on_the_desk(open_desk) -> None:
    def picked(key: str | None) -> None:
        raise NotFound("there is no tag “claim” any more")

    async with open_desk() as reader:
        reader.app.push_screen(Choose("Which one?", {"a": "this one"}), picked)
        await reader.settled()
        await reader.press("a")
        assert reader.app.screen is reader.desk
        assert "there is no tag “claim” any more" in reader.desk.context.state.told.words
        await reader.press("3 G")
        assert reader.desk.active.passage_number() == 3
