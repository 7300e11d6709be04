"""Marking, linking, tags, lists, export, and the journal, as the command line does and prints them."""

from __future__ import annotations

import csv
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]

COLUMNS = "id,text,title,passage,start,end,quote,before,after,tags,colour,note,star,reader,created,updated,anchor,links"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def marked(library: Tui) -> Tui:
    """Two linked highlights, one with everything, one with nothing."""
    first = library(
        "mark", "mill", "Colin Moore-Hay", "--tag", "actor/mayor", "--tag", "spelling", "--note", "the mayor;\nagain",
        "--star",
    )  # fmt: skip
    assert (first.code, first.out, first.err) == (0, "1\n", "")
    assert library("mark", "fire", "Collin Moore Hay").out == "2\n"
    assert library("link", 1, 2, "--kind", "answers", "--note", "one l or two?").out == "1\n"
    return library


def rows(said: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


def test_all_marks_every_whole_word_as_one_act(library: Tui) -> None:
    said = library("mark", "mill", "mill", "--all", "--tag", "place")
    assert said.lines == ["1", "2", "3"]
    assert library("undo").out == "undone: highlighted “mill” 3 times in The mill burns\n"
    assert library("annotations").code == 1


def test_a_passage_says_which(library: Tui) -> None:
    assert library("mark", "mill", "mill", "--passage", 5).out == "1\n"
    (mark,) = library("annotations", "--json").data
    assert mark["passage"] == 5


def test_annotations_in_a_pipe(marked: Tui) -> None:
    assert marked("annotations").lines == [
        "2  fire ¶3  “Collin Moore Hay”  ← 1 (answers)",
        "1  mill ¶3  “Colin Moore-Hay”  actor/mayor; spelling  ★  ✎ the mayor;␤again  → 2 (answers)",
    ]


def test_annotations_as_json(marked: Tui, mill: Path) -> None:
    mark = marked("annotations", "--text", "mill", "--json").data[0]
    assert list(mark) == [*COLUMNS.split(","), "parts", "confidence", "uid"]
    assert mark["tags"] == ["actor/mayor", "spelling"]
    assert mark["star"] is True
    assert mark["reader"] == "ada"
    assert TIME.fullmatch(mark["created"])
    start = mill.read_text().index("Colin")
    assert (mark["start"], mark["end"], mark["parts"]) == (start, start + 15, [[start, start + 15]])
    assert mark["links"] == [
        {
            "id": 1,
            "kind": "answers",
            "direction": "to",
            "highlight": 2,
            "note": "one l or two?",
            "reader": "ada",
        }
    ]


def test_annotations_are_chosen(marked: Tui) -> None:
    def ids(*options: str) -> list[int]:
        return [mark["id"] for mark in marked("annotations", "--json", *options).data]

    assert ids() == [2, 1]
    assert ids("--text", "mill") == [1]
    assert ids("--tag", "actor") == [1]
    assert ids("--reader", "ada") == [2, 1]
    assert ids("--reader", "bob") == ids("--tag", "act") == ids("--orphans") == []
    assert marked("annotations", "--text", "brewery").code == 2


def test_export_is_the_csv_that_scripts_rely_on(marked: Tui, mill: Path) -> None:
    said = marked("export")
    assert said.out.partition("\r\n")[0] == COLUMNS
    assert said.out == marked("annotations", "--csv").out
    fire, mill_row = rows(said)
    start = mill.read_text().index("Colin")
    times = mill_row.pop("created"), mill_row.pop("updated")
    assert all(TIME.fullmatch(time) for time in times)
    assert mill_row == {
        "id": "1",
        "text": "mill",
        "title": "The mill burns",
        "passage": "3",
        "start": str(start),
        "end": str(start + 15),
        "quote": "Colin Moore-Hay",
        "before": mill.read_text()[start - 32 : start],
        "after": mill.read_text()[start + 15 : start + 47],
        "tags": "actor/mayor; spelling",
        "colour": mill_row["colour"],
        "note": "the mayor;\nagain",
        "star": "true",
        "reader": "ada",
        "anchor": "exact",
        "links": "answers > 2",
    }
    assert mill_row["colour"]
    assert (fire["id"], fire["tags"], fire["colour"], fire["star"]) == ("2", "", "", "false")


def test_export_to_a_file_is_the_same_and_replaces_it_whole(marked: Tui, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("old")
    said = marked("export", "-o", file)
    assert (said.code, said.out, said.err) == (0, "", f"2 rows exported over {file}\n")
    assert file.read_bytes().decode() == marked("export").out
    assert [path.name for path in tmp_path.iterdir() if "notes" in path.name] == ["notes.csv"]
    assert marked("export", "-o", tmp_path / "notes.pptx").code == 2
    assert marked("export", "--format", "pptx").code == 2


def test_export_long_has_a_row_a_tag_and_excel_a_mark_and_guards(marked: Tui) -> None:
    assert [row["tags"] for row in rows(marked("export", "--long"))] == ["", "actor/mayor", "spelling"]
    marked("mark", "mill", "river", "--note", "=1+1")
    said = marked("export", "--excel")
    assert said.out.startswith("\ufeffid,")
    assert "'=1+1" in said.out
    assert "'=1+1" not in marked("export").out


def test_export_is_chosen(marked: Tui) -> None:
    assert [row["id"] for row in rows(marked("export", "--starred"))] == ["1"]
    assert [row["id"] for row in rows(marked("export", "--tag", "actor"))] == ["1"]
    assert [row["id"] for row in rows(marked("export", "--text", "fire"))] == ["2"]
    assert rows(marked("export", "--reader", "bob")) == []


def test_the_codebook(marked: Tui) -> None:
    (mayor, spelling) = marked("tags", "list", "--json").data
    assert list(mayor) == ["tag", "colour", "letter", "description", "own", "below", "quick"]
    assert (mayor["tag"], mayor["own"], mayor["below"], spelling["tag"]) == ("actor/mayor", 1, 1, "spelling")
    assert marked("tags").out == marked("tags", "list").out
    assert marked("tags", "list", "--csv").out.startswith("tag,colour,letter,description,own,below,quick\r\n")

    for change in (
        ("rename", "actor/mayor", "actor/moore-hay"),
        ("merge", "spelling", "actor/moore-hay"),
        ("colour", "actor/moore-hay", "sky"),
        ("describe", "actor/moore-hay", "the *mayor*"),
    ):
        said = marked("tags", *change)
        assert (said.code, said.out) == (0, "")
    assert marked("tags", "list", "--json").data[0] == {
        "tag": "actor/moore-hay",
        "colour": "sky",
        "letter": mayor["letter"],
        "description": "the *mayor*",
        "own": 1,
        "below": 1,
        "quick": None,
    }
    assert marked("tags", "delete", "actor").code == 0
    assert marked("tags").code == 1
    assert len(marked("annotations", "--json").data) == 2
    marked("undo")
    assert marked("tags", "delete", "actor", "--highlights").code == 0
    assert len(marked("annotations", "--json").data) == 1


def test_a_colour_that_is_none_is_told(marked: Tui) -> None:
    said = marked("tags", "colour", "spelling", "mauve")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "choose one of orange, sky" in said.err


def test_undo_redo_and_history(marked: Tui) -> None:
    acts = marked("history", "--json").data
    assert list(acts[0]) == ["id", "at", "reader", "label", "undone"]
    assert (acts[0]["reader"], acts[0]["undone"]) == ("ada", False)
    assert marked("undo").out == f"undone: {acts[0]['label']}\n"
    assert marked("history", "--limit", 1, "--json").data[0]["undone"] is True
    assert marked("history", "--limit", 1).out.endswith("(undone)\n")
    assert marked("redo").out == f"done again: {acts[0]['label']}\n"
    assert marked("redo") == (1, "", "nothing to redo\n")
    while (said := marked("undo")).code == 0:
        assert said.out.startswith("undone: ")
    assert said == (1, "", "nothing to undo\n")
    assert marked("texts").code == 1


def test_the_reader_is_named_by_the_option_the_settings_and_the_login_in_this_order(
    library: Tui, home: Path
) -> None:
    def readers() -> list[str]:
        return [mark["reader"] for mark in library("annotations", "--json", "--text", "mill").data]

    library("mark", "mill", "river")
    settings = home / "config" / "close-reading-tui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('reader = "Bea"\n')
    library("mark", "mill", "crowd")
    library("mark", "mill", "bed", "--reader", "Cy")
    library("--reader", "Di", "mark", "mill", "patience")
    assert sorted(readers()) == ["Bea", "Cy", "Di", "ada"]


def test_what_is_wrong_with_the_settings_is_told_and_the_command_goes_on(library: Tui, home: Path) -> None:
    settings = home / "config" / "close-reading-tui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("reader = 1\nwidth = 2\n")
    said = library("mark", "mill", "river")
    assert (said.code, said.out) == (0, "1\n")
    assert said.err.splitlines() == [
        f'tui: {settings}:1: reader takes words in quotes, as in reader = "ada"',
        f"tui: {settings}:2: width is not a setting; "
        "there are reader, text_width, theme, preset, spacing, justify, mouse, blink, terminal, keys",
    ]


def test_backup_and_check(library: Tui, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert library("backup", copy).code == 0
    assert library("texts", "--library", copy).out == library("texts").out
    said = library("backup", copy)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert library("check") == (0, "", f"{tmp_path / 'library.db'} is sound\n")
    copy.write_bytes(copy.read_bytes()[:5000])
    said = library("check", "--library", copy)
    assert said.code == 2
    assert said.lines
    assert said.err == f"tui: {copy} is damaged; there is no good backup of it\n"


def test_a_copy_takes_a_full_text_index_by_the_commands_of_the_page_on_the_schema(
    marked: Tui, tmp_path: Path
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
    (block,) = [block for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) if "enable-fts" in block]
    backup, *others = (
        shlex.split(line) for line in block.replace("minister", "mayor").split("\nsqlite-utils")
    )
    assert marked(*backup[1:-1], tmp_path / backup[-1]).code == 0
    found = ""
    for words in others:
        ran = subprocess.run(
            [sys.executable, "-m", "sqlite_utils", *words], cwd=tmp_path, capture_output=True, check=True
        )
        found = ran.stdout.decode() or found
    assert "actor/mayor" in found
    assert marked("check", "--library", tmp_path / backup[-1]).code == 0


def test_keys_come_from_the_table_with_the_readers_changes(tui: Tui, home: Path) -> None:
    from tui.keys.key_table import KEYS, shown

    keys = tui("keys", "--json").data
    assert [key["id"] for key in keys] == [key.id for key in KEYS]
    assert list(keys[0]) == ["id", "keys", "group", "help", "tooltip"]
    assert all(shown(key) in said for key, said in zip(KEYS, tui("keys").lines, strict=True))
    settings = home / "config" / "close-reading-tui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nundo = "F9"\n')
    assert {key["id"]: key["keys"] for key in tui("keys", "--json").data}["undo"] == ["F9"]


def test_the_first_command_of_a_day_that_writes_makes_the_daily_copy(library: Tui, tmp_path: Path) -> None:
    folder = tmp_path / "library.db.backups"
    (copy,) = folder.iterdir()  # by `tui add`
    assert copy.name.endswith("-daily.db")
    copy.unlink()
    for words in (("texts",), ("search", "mill"), ("annotations",), ("check",)):
        library(*words)
        assert list(folder.iterdir()) == [], "what only reads makes none"
    for quote in ("Monday", "burned"):
        assert library("mark", "mill", quote).code == 0
        assert len(list(folder.iterdir())) == 1
