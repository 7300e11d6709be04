"""The export dialog, and ways to copy."""

from __future__ import annotations

import pytest

from store.library import Library
from texts.model import Span
from tui.desk.clipboard import copy_words
from tui.dialogs.export_dialog import ExportDialog
from tui.dialogs.path_completion import completions


@pytest.fixture
def marked(library):
    with Library.open(library) as opened:
        opened.highlights.mark("editorial", Span(0, 8), tags=["claim"])
        opened.highlights.mark("analysis", Span(0, 8))
    return library


async def test_what_as_what_and_where(marked, open_desk, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_desk((120, 40)) as reader:
        await reader.press("space e")
        assert isinstance(reader.app.screen, ExportDialog)
        shown = str(reader.app.screen.query_one("#what").render())
        assert "everything  2 highlights" in shown
        assert str(tmp_path) in str(reader.app.screen.query_one("#folder").render()).replace("\n", "")
        await reader.press("up up right right")
        assert "only A chance in Baghdad ›  1 highlight" in str(reader.app.screen.query_one("#what").render())
        await reader.press("t")
        assert "tag claim" in str(reader.app.screen.query_one("#what").render())
        await reader.press("down j down")
        assert reader.app.screen.query_one("Field").value == "annotations.json"
        await reader.press("enter")
        assert "1 highlight written to annotations.json" in reader.status
    assert '"claim"' in (tmp_path / "annotations.json").read_text("utf-8")


async def test_left_and_right_walk_through_all_that_can_be_chosen(marked, open_desk) -> None:
    async with open_desk((120, 40)) as reader:
        await reader.press("space e up up")

        def what() -> str:
            return str(reader.app.screen.query_one("#what").render()).partition("›")[0]

        first, there, back = what(), [], []
        for keys, seen in (("right l space", there), ("left h", back)):
            while first not in seen:
                await reader.press(keys.split()[len(seen) % len(keys.split())])
                seen.append(what())
        assert len(there) > 2
        assert len(set(there)) == len(there), "each once, and then the first one again"
        assert back == [*there[-2::-1], first]


async def test_the_name_is_completed(marked, open_desk, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes.csv").touch()
    async with open_desk() as reader:
        await reader.press("space e ctrl+a ctrl+k n tab")
        assert reader.app.screen.query_one("Field").value == "notes"
        assert completions("notes") == ("", ["notes.csv", "notes/"])
        assert completions("nowhere/x") == ("nowhere/", [])


async def test_copying_says_what_it_knows(open_desk, tmp_path, monkeypatch) -> None:
    for name in ("TMUX", "STY", "VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION", "TUI_COPY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)
    async with open_desk((200, 40)) as reader:
        await reader.press("9 G y")
        assert "sent to the terminal with its citation" in reader.status
        monkeypatch.setenv("VTE_VERSION", "7006")
        await reader.press("v i s y")
        assert "may ignore it: :copy FILE writes it to a file" in reader.status
        assert reader.desk.active.pane.selection is not None
        copy_words(reader.desk.context, "words", "of another command")
        told = reader.desk.context.state.told.words
        assert (
            told == "sent to the terminal of another command, which may ignore it: TUI_COPY names a program"
        )
        await reader.press(":")
        await reader.write("copy quote.txt")
        await reader.press("enter")
        assert "copied to quote.txt" in reader.status
        assert "Carmela Zerafa" in (tmp_path / "quote.txt").read_text("utf-8")
        monkeypatch.setenv("TUI_COPY", f"tee {tmp_path / 'taken'}")
        await reader.press("y")
        await reader.app.workers.wait_for_complete()
        await reader.settled()
        assert "copied by tee" in reader.status
        assert "Carmela Zerafa" in (tmp_path / "taken").read_text("utf-8")
        monkeypatch.setenv("TUI_COPY", "no-such-program-at-all")
        await reader.press("y")
        await reader.app.workers.wait_for_complete()
        await reader.settled()
        assert "not copied: no-such-program-at-all" in reader.status
