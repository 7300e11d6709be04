"""Files that are there are not written over unasked, and a name that is free is offered."""

import pytest

from tui.desk.annotation_export import export_annotations
from tui.dialogs.overwriting import free_name
from tui.dialogs.small_dialogs import Choose


def test_a_free_name_keeps_its_ending(tmp_path) -> None:
    path = tmp_path / "notes.csv"
    assert free_name(path) == path
    path.touch()
    (tmp_path / "notes-2.csv").symlink_to("nowhere")
    assert free_name(path) == tmp_path / "notes-3.csv"


@pytest.mark.promise("the desk writes over no file unasked, and offers a free name", tries=4)
@pytest.mark.parametrize("answer", ["o", "n", "escape"])
@pytest.mark.parametrize("asked_by", ["dialog", "line"])
async def test_a_file_that_is_there(open_desk, tmp_path, monkeypatch, answer, asked_by) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "annotations.csv"
    out.write_text("of another program", encoding="utf-8")
    async with open_desk((200, 40)) as reader:
        await reader.press("2 G enter")
        if asked_by == "dialog":
            await reader.press("space e")
            assert reader.app.screen.query_one("Field").value == "annotations-2.csv"
            await reader.press("ctrl+a ctrl+k")
            await reader.write("annotations.csv")
        else:
            await reader.press(":")
            await reader.write("export annotations.csv")
        await reader.press("enter")
        assert isinstance(reader.app.screen, Choose)
        assert out.read_text(encoding="utf-8") == "of another program"
        await reader.press(answer)
        kept = out.read_text(encoding="utf-8")
        assert kept.startswith("id,") if answer == "o" else kept == "of another program"
        assert (tmp_path / "annotations-2.csv").exists() == (answer == "n")
        told = {"o": "exported over annotations.csv", "n": "written to annotations-2.csv", "escape": ""}
        assert told[answer] in reader.status


async def test_a_file_that_comes_after_the_question_is_left(open_desk, tmp_path) -> None:
    out = tmp_path / "notes.csv"
    async with open_desk((200, 40)) as reader:
        out.write_text("of another program", encoding="utf-8")
        export_annotations(reader.desk.context, out, False)
        await reader.settled()
        assert "has just been made by another program" in reader.status
        assert out.read_text(encoding="utf-8") == "of another program"


async def test_a_table_of_the_comparison_asks_too(open_desk, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.csv").write_text("of another program", encoding="utf-8")
    async with open_desk() as reader:
        await reader.related()
        await reader.press("space x")
        await reader.related()
        await reader.press("e")
        assert reader.app.screen.query_one("Field").value == "names-2.csv"
        await reader.press("enter")
        await reader.settled()
        assert (tmp_path / "names-2.csv").exists()
        assert (tmp_path / "names.csv").read_text(encoding="utf-8") == "of another program"
