"""The dialog that asks what to write out, as what and where: its rows, its keys, and what it is left with."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.widgets import Input, Static

from tui.dialogs.export_dialog import ExportDialog, ExportRequest, Offer

WHATS = (Offer("all", "the library"), Offer("text", "this text"), Offer("marks", "the marks"))
FORMATS = (Offer("csv", "CSV", ".csv"), Offer("json", "JSON", ".json"), Offer("plain", "words"))


class Asking(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.dialog = ExportDialog(WHATS, FORMATS, "out.csv", count=lambda key: f"{len(key)} of them")
        self.left_with: list[ExportRequest | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.left_with.append)

    def row(self, id: str) -> str:
        return " ".join(str(self.dialog.query_one(f"#{id}", Static).content).split())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("keys", "what", "format"),
    [
        pytest.param("", "what the library 3 of them", "as CSV", id="the name is typed first"),
        pytest.param("down", "▸ what ‹ the library › 3 of them", "as CSV", id="down to what"),
        pytest.param("up", "what the library 3 of them", "▸ as ‹ CSV ›", id="up to the format"),
        pytest.param("down right", "▸ what ‹ this text › 4 of them", "as CSV", id="right"),
        pytest.param("down l space", "▸ what ‹ the marks › 5 of them", "as CSV", id="on twice"),
        pytest.param("down left", "▸ what ‹ the marks › 5 of them", "as CSV", id="left goes round"),
        pytest.param("down right h", "▸ what ‹ the library › 3 of them", "as CSV", id="and back"),
        pytest.param("down t", "▸ what ‹ this text › 4 of them", "as CSV", id="a letter"),
        pytest.param(
            "down t t", "▸ what ‹ the marks › 5 of them", "as CSV", id="again: the next that begins so"
        ),
        pytest.param("down t t t", "▸ what ‹ the library › 3 of them", "as CSV", id="and round"),
        pytest.param("down z", "▸ what ‹ the library › 3 of them", "as CSV", id="nothing begins so"),
        pytest.param("down down down t", "what the library 3 of them", "as CSV", id="three rows"),
    ],
)
async def test_keys_choose_on_the_row_that_is_shown(keys: str, what: str, format: str) -> None:
    async with Asking().run_test() as pilot:
        await pilot.press(*keys.split())
        await pilot.pause()
        assert (pilot.app.row("what"), pilot.app.row("as")) == (what, format)


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        pytest.param("enter", ExportRequest("all", "csv", Path("out.csv")), id="as it is"),
        pytest.param("down right enter", ExportRequest("text", "csv", Path("out.csv")), id="something else"),
        pytest.param(
            "up right enter", ExportRequest("all", "json", Path("out.json")), id="the ending follows"
        ),
        pytest.param("up left enter", ExportRequest("all", "", Path("out.csv")), id="no ending of its own"),
        pytest.param(
            "delete x enter", ExportRequest("all", "csv", Path("x")), id="no ending: the format says"
        ),
        pytest.param("x . t s v enter", ExportRequest("all", "", Path("x.tsv")), id="the ending says it"),
        pytest.param("x . C S V enter", ExportRequest("all", "csv", Path("x.CSV")), id="in capitals"),
        pytest.param("delete enter", ExportRequest("all", "csv", Path("out.csv")), id="nothing typed"),
        pytest.param("escape", None, id="left"),
    ],
)
async def test_it_is_left_with_what_was_chosen(keys: str, asked: ExportRequest | None) -> None:
    async with Asking().run_test() as pilot:
        pilot.app.dialog.query_one(Input).select_all()
        await pilot.press(*("full_stop" if key == "." else key for key in keys.split()))
        await pilot.pause()
        assert pilot.app.left_with == [asked]


async def test_a_format_gives_a_name_that_is_free_and_the_folder_is_told(folder: Path) -> None:
    (folder / "out.json").touch()
    async with Asking().run_test() as pilot:
        assert pilot.app.row("folder") == f"in {folder}"
        await pilot.press("up", "right")
        name = pilot.app.dialog.path.name
        assert name.startswith("out")
        assert name.endswith(".json")
        assert name != "out.json"
        await pilot.press("down")
        pilot.app.dialog.query_one(Input).value = "none/such.csv"
        await pilot.pause()
        assert pilot.app.row("folder") == f"in {folder / 'none'} (no such folder)"


async def test_tab_completes_as_far_as_names_agree_and_shows_them(folder: Path) -> None:
    for name in ("letters-1.csv", "letters-2.csv", "notes.csv"):
        (folder / name).touch()
    async with Asking().run_test() as pilot:
        field = pilot.app.dialog.query_one(Input)
        field.value = "le"
        await pilot.press("tab")
        await pilot.pause()
        assert (field.value, field.cursor_position) == ("letters-", len("letters-"))
        assert pilot.app.row("names") == "letters-1.csv letters-2.csv"
        await pilot.press("1")
        await pilot.pause()
        assert pilot.app.row("names") == ""
        await pilot.press("tab")
        assert field.value == "letters-1.csv"
        field.value = "zz"
        await pilot.press("tab")
        assert field.value == "zz"
