"""What is typed into a note at the desk: kept whatever other programs do, and whatever the disk does."""

from __future__ import annotations

import os
import signal
from contextlib import nullcontext

import pytest

from store.errors import LibraryError
from store.library import Library
from store.notes import Drafts
from tui.dialogs.note_editor import NoteEditor, edit_outside, tidied
from tui.drafts import rescued


async def typed(reader) -> str:
    """What stands in the open editor."""
    assert isinstance(reader.app.screen, NoteEditor)
    return reader.app.screen.query_one("#note").words


@pytest.mark.promise(
    "a highlight that goes while its note is written: the words are in a note, told", tries=4
)
@pytest.mark.parametrize("gone", ["delete", "undo"])
@pytest.mark.parametrize("seen", [True, False])
async def test_a_highlight_that_goes_while_its_note_is_written(open_desk, library, gone, seen) -> None:
    with Library.open(library, reader="tester") as other:
        text = other.texts.get("editorial")
        other.highlights.mark("editorial", text.passage(9).span)
    async with open_desk() as reader:
        await reader.press("9 G c")
        await reader.write("words of ten minutes")
        with Library.open(library, reader="tester") as other:
            other.highlights.delete(1) if gone == "delete" else other.journal.undo()
        if seen:
            reader.desk.look_elsewhere()
        await reader.press("escape")
        note = reader.app.session.library.notes.mine("editorial")
        assert note.words.endswith("words of ten minutes")
        assert note.words.startswith("> Is Iraq")
        assert "your note on editorial (Space n t)" in reader.status
        assert reader.app.session.library.drafts.list() == []
        assert reader.marks(0) == []
        await reader.press("space n t")
        assert "words of ten minutes" in await typed(reader)


@pytest.mark.promise("a note that changes while it is written: both are kept, and it is told", tries=3)
@pytest.mark.parametrize("keys", ["9 G c", "space n t", "space n l"])
async def test_a_note_that_changes_while_it_is_written(open_desk, library, keys) -> None:
    with Library.open(library, reader="tester") as other:
        other.highlights.mark("editorial", other.texts.get("editorial").passage(9).span, note="first")
        other.notes.write("first", "editorial")
        other.notes.write("first")
    async with open_desk() as reader:
        await reader.press(keys)
        await reader.write(" and mine")
        with Library.open(library, reader="tester") as other:
            other.highlights.note(1, "another's words")
            other.notes.write("another's words", "editorial")
            other.notes.write("another's words")
        await reader.press("escape")
        notes = reader.app.session.library.notes
        found = [reader.highlights()[0].note, notes.mine("editorial").words, notes.mine().words]
        assert sorted(found)[1:] == ["another's words", "another's words\n\nfirst and mine"]
        assert "both are kept" in reader.status


async def test_a_draft_is_begun_again_beside_what_was_written_meanwhile(open_desk, library) -> None:
    with Library.open(library, reader="tester") as other:
        other.notes.write("first", "editorial")
        other.drafts.keep("text:editorial", "first and mine", seen="first")
        other.notes.write("another's words", "editorial")
    async with open_desk() as reader:
        assert "an unsaved draft" in reader.status
        await reader.press("space n t")
        assert await typed(reader) == "first and mine"
        await reader.press("escape")
        words = reader.app.session.library.notes.mine("editorial").words
        assert words == "another's words\n\nfirst and mine"
        assert reader.app.session.library.drafts.list() == []


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch):
    """From `full()` on no draft and no note can be written, until `room()`."""

    class Disk:
        def full(self) -> None:
            def refused(*_: object, **__: object) -> None:
                raise LibraryError("the disk is full: make room and try again")

            monkeypatch.setattr(Drafts, "keep", refused)
            monkeypatch.setattr("store.highlights.Highlights.note", refused)

        def room(self) -> None:
            monkeypatch.undo()
            monkeypatch.setattr("texts.relate.relate_job.relate_in_child", lambda *_, **__: None)

    return Disk()


@pytest.mark.promise("a disk that fills while a note is written: the newest words return", tries=2)
async def test_a_disk_that_fills_while_a_note_is_written(open_desk, library, full_disk) -> None:
    async with open_desk() as reader:
        await reader.related()
        await reader.press("2 G enter c")
        await reader.write("older")
        reader.app.screen.keep_draft()
        await reader.settled()
        full_disk.full()
        await reader.write(" and newer")
        reader.app.screen.keep_draft()
        await reader.settled()
        assert "only in memory" in reader.app.screen.query_one("#frame").border_title
        await reader.press("escape")
        assert await typed(reader) == "older and newer", "the editor is open again"
        assert "disk is full" in reader.app.screen.query_one("#frame").border_title
        full_disk.room()
        await reader.press("escape")
        assert [each.note for each in reader.highlights()] == ["older and newer"]
        assert reader.app.session.library.drafts.list() == []
        assert reader.app.session.drafts.unsaved == {}


HOSTILE = (
    "  soft\u00adhyphen \u200fRLM \u2028line\u2029 \u0085 \x1b[2J\r\n\tand e\u0301 \u202e \U000e0041 end \n"
)


@pytest.mark.promise("a note that is opened and closed is as it was, character for character", tries=3)
@pytest.mark.parametrize("words", [HOSTILE, "a\u00adb", "\n\nx\n\n"])
async def test_a_note_that_is_only_looked_at_stays_as_it_is(open_desk, library, words) -> None:
    with Library.open(library, reader="tester") as other:
        other.highlights.mark("editorial", other.texts.get("editorial").passage(9).span, note=words)
        before = other.journal.position()
    async with open_desk() as reader:
        await reader.press("9 G c")
        assert await typed(reader) == words
        await reader.press("escape")
        assert reader.highlights()[0].note == words
        assert reader.app.session.library.journal.position() == before
        await reader.press("c home X escape")
        edited = reader.highlights()[0].note
        assert edited.replace("X", "", 1) == words, "a letter that is typed changes no other"


async def test_signs_are_shown_and_none_is_drawn_raw(open_desk, library) -> None:
    with Library.open(library, reader="tester") as other:
        other.highlights.mark("editorial", other.texts.get("editorial").passage(9).span, note=HOSTILE)
    async with open_desk() as reader:
        await reader.press("9 G c")
        area = reader.app.screen.query_one("#note")
        drawn = "".join(segment.text for y in range(area.size.height) for segment in area.render_line(y))
        assert "soft-hyphen ␦RLM ␤line␤" in drawn
        assert not {"\x1b", "\u200f", "\u202e", "\u2028"} & set(drawn)


def test_blanks_at_the_ends_of_a_note_are_kept_where_they_were() -> None:
    assert tidied("  a\n", "  a\n") == "  a\n"
    assert tidied("\n a b \n", "a") == "a b"
    assert tidied("  a b", "  a") == "  a b"
    assert tidied(" \n", "a") == ""


@pytest.mark.parametrize("words", [HOSTILE, "one\n\n", ""])
def test_an_editor_that_changes_nothing_changes_nothing(monkeypatch, words) -> None:
    monkeypatch.setenv("VISUAL", "true")
    assert edit_outside(words) == words


def test_an_editor_that_is_killed_after_saving_gives_what_it_saved(monkeypatch, tmp_path) -> None:
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "saved\\n" > "$1"; kill -9 $$\n', encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    assert edit_outside("before") == "saved"
    script.write_text('#!/bin/sh\nprintf "saved\\n" > "$1"; exit 1\n', encoding="utf-8")
    with pytest.raises(OSError, match="ended with 1"):
        edit_outside("before")


async def test_a_note_that_was_left_keeps_no_draft_any_more(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("9 G c")
        await reader.write("half a thou")
        editor = reader.app.screen
        await reader.press("ctrl+x")
        editor.keep_draft()  # as the end of the program asks for, or a timer
        await reader.settled()
        assert reader.app.session.library.drafts.list() == []


@pytest.mark.parametrize("end", ["ctrl+q", "signal"])
async def test_the_words_of_the_last_moment_are_kept_at_the_end(open_desk, library, end) -> None:
    async with open_desk() as reader:
        await reader.press("9 G c")
        await reader.write("half a thou")
        if end == "signal":
            reader.app._leave_on_signal(signal.SIGHUP)
            await reader.pilot.pause()
        else:
            await reader.pilot.press("ctrl+q")
    with Library.open(library) as after:
        assert [draft.words for draft in after.drafts.list()] == ["half a thou"]
    async with open_desk() as reader:
        await reader.press("space n d enter")
        assert await typed(reader) == "half a thou"
        await reader.press("escape")
        (highlight,) = reader.highlights()
        assert (highlight.note, highlight.quote) == (
            "half a thou",
            "Is Iraq, then, about to fail as a state?",
        )


@pytest.mark.parametrize("keys", ["delete", "enter ctrl+x", "enter escape"])
async def test_a_draft_whose_highlight_is_gone_is_kept_until_it_is_saved_or_given_up(
    open_desk, library, keys
) -> None:
    with Library.open(library, reader="tester") as other:
        other.drafts.keep("highlight:77", "words of long ago")
    async with open_desk() as reader:
        await reader.press(f"space n d {keys}")
        assert reader.app.session.library.drafts.list() == []
        note = reader.app.session.library.notes.mine()
        assert (note.words if note else "") == ("words of long ago" if "escape" in keys else "")


@pytest.mark.promise("words that no library takes are in a file when the desk ends", tries=1)
async def test_what_cannot_be_saved_at_all_is_in_a_file_at_the_end(
    open_desk, library, full_disk, monkeypatch, tmp_path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with open_desk() as reader:
        await reader.related()
        await reader.press("2 G enter c")
        full_disk.full()
        await reader.write("words of an hour")
        reader.app.screen.keep_draft()
        await reader.press("escape")
        session = reader.app.session
    (line,) = rescued(session.drafts.unsaved)
    (file,) = tmp_path.glob("tui-unsaved-note-*.md")
    assert file.read_text(encoding="utf-8") == "words of an hour"
    assert file.stat().st_mode & 0o077 == 0
    assert str(file) in line
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert "words of an hour" in next(rescued(session.drafts.unsaved))


async def test_nothing_is_left_to_rescue_where_all_was_saved(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("2 G enter c")
        await reader.write("words")
        reader.app.screen.keep_draft()
        await reader.pilot.press("escape", "q")
        session = reader.app.session
    assert session.drafts.unsaved == {}


async def test_a_terminal_that_goes_while_an_editor_runs_keeps_what_that_had_saved(
    open_desk, library, monkeypatch, tmp_path
) -> None:
    async with open_desk() as reader:
        await reader.press("9 G c")
        await reader.write("before")
        editor = reader.app.screen

        def outside(words: str, begun) -> str:
            path = tmp_path / "note.md"
            path.write_text(f"{words}\nand saved in the editor\n", encoding="utf-8")
            begun(path)
            editor.keep_draft()  # as a signal has it done, in a thread of its own
            reader.app.session.writer.drain()
            with Library.open(library) as other:
                kept.extend(draft.words for draft in other.drafts.list())
            return words

        kept: list[str] = []
        monkeypatch.setattr("tui.dialogs.note_editor.edit_outside", outside)
        monkeypatch.setattr(type(reader.app), "suspend", lambda app: nullcontext())
        await reader.press("f4")
        assert kept == ["before\nand saved in the editor"]


async def test_a_library_that_only_reads_opens_no_editor(open_desk, library, monkeypatch) -> None:
    with Library.open(library, reader="tester") as other:
        other.highlights.mark("editorial", other.texts.get("editorial").passage(9).span)
    monkeypatch.setattr("store.connection.os.access", lambda _, mode: mode != os.W_OK)
    async with open_desk() as reader:
        await reader.press("9 G c")
        assert not isinstance(reader.app.screen, NoteEditor)
        assert "the library is read-only: no note can be written in it" in reader.status
