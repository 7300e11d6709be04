"""`tui import` a second time, `tui tags merge` and `tui mark` twice: nothing is ever doubled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.exchange import FORMATS

Tui = Callable[..., Any]
TEXT = "Iran waits. The mill burned, says Iran.\n\nMaliki was there, and Maliki left. Iran stays."


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "mill.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def ben(tui: Tui, text: Path, tmp_path: Path) -> Callable[..., Any]:
    """The library of a colleague, on the same text."""
    path = tmp_path / "ben.db"

    def call(command: str, *arguments: str | Path) -> Any:
        return tui(command, "--library", path, "--reader", "ben", *arguments)

    call("add", text)
    return call


def highlights(tui: Tui) -> list[tuple[str, tuple[str, ...], str]]:
    return [
        (each["quote"], tuple(each["tags"]), each["note"]) for each in tui("annotations", "--json").data or ()
    ]


def test_a_colleague_renames_a_tag_and_rewords_a_note_and_nothing_is_doubled(
    tui: Tui, ben: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    tui("add", text)
    ben("mark", "mill", "Iran", "--all", "--tag", "iran", "--note", "first thought")
    theirs = tmp_path / "ben.db"
    assert tui("import", theirs).lines == ["1 tag and 3 highlights added"]
    tui("tags", "rename", "iran", "persia", "--library", theirs)
    ben("change", "1", "--note", "second thought")
    assert tui("import", theirs, "--dry-run").lines[-1] == "1 tag would be added; 3 would be updated"
    assert tui("import", theirs).lines == [
        "updated  “Iran” in mill: note “first thought” → “second thought”; tags iran → persia",
        "updated  tags iran → persia on 2 highlights",
        "updated  the tag iran is gone: nothing carries it any more",
        "1 tag added; 3 updated",
    ]
    assert highlights(tui) == [
        ("Iran", ("persia",), "second thought"), ("Iran", ("persia",), "first thought"),
        ("Iran", ("persia",), "first thought"),
    ]  # fmt: skip
    assert tui("import", theirs).lines == ["nothing new; 3 there already"]
    tui("undo")
    assert {tags for _, tags, _ in highlights(tui)} == {("iran",)}


def test_a_tag_renamed_here_stays_so_against_a_colleague_who_had_it_from_here_and_against_an_old_copy(
    tui: Tui, ben: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    tui("add", text)
    tui("mark", "mill", "burned", "--tag", "boat")
    theirs, old = tmp_path / "ben.db", tmp_path / "old.db"
    tui("backup", old)
    ben("import", old)
    assert tui("import", theirs).lines == ["nothing new; 1 there already"]
    tui("tags", "rename", "boat", "vessel")
    for path in (theirs, old, theirs):
        assert tui("import", path).lines == ["nothing new; 1 there already"]
        assert tui("import", path, "--theirs", "--dry-run").lines == ["nothing new; 1 there already"]
    assert [each["tag"] for each in tui("tags", "list", "--json").data] == ["vessel"]
    tui("undo")  # the renaming: no import was a step of its own
    assert highlights(tui) == [("burned", ("boat",), "")]


def test_a_note_that_both_have_reworded_is_told_until_it_is_settled(
    tui: Tui, ben: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    tui("add", text)
    ben("mark", "mill", "burned", "--note", "first")
    theirs = tmp_path / "ben.db"
    tui("import", theirs)
    tui("change", "1", "--note", "mine")
    ben("change", "1", "--note", "theirs")
    told = (
        "conflict  “burned” in mill: note “mine” here, “theirs” there: yours stays "
        "(--theirs, --both or --ours settles it)"
    )
    for _ in range(2):
        assert tui("import", theirs).lines == [told, "nothing new; 1 there already"]
    for option, note in (("--ours", "mine"), ("--theirs", "theirs"), ("--both", "mine\n\ntheirs")):
        assert "conflict" not in tui("import", theirs, option).out
        assert highlights(tui) == [("burned", (), note)]
        assert tui("import", theirs).lines == ["nothing new; 1 there already"]
        tui("undo")
        assert highlights(tui) == [("burned", (), "mine")]


@pytest.mark.parametrize("format", [name for name, entry in FORMATS.items() if entry.reads])
def test_our_own_export_straight_back_adds_nothing_and_differs_in_nothing(
    tui: Tui, text: Path, tmp_path: Path, format: str
) -> None:
    tui("add", text, "--source", "https://example.org/mill")
    tui(
        "mark",
        "mill",
        "Maliki",
        "--all",
        "--tag",
        "actor/maliki",
        "--tag",
        "C#",
        "--note",
        "a note",
        "--star",
    )
    tui("mark", "mill", "Iran", "--all", "--tag", "actor/iran")
    tui("mark", "mill", "Iran stays", "--note", "# a heading\n\nand more")
    tui("link", "1", "2", "--kind", "same", "--note", "one man")
    tui("change", "3", "--note", "untagged words")
    before = tui("export", "--format", "json").out
    path = tmp_path / "out"
    assert tui("export", "--format", format, "-o", path).code == 0
    said = tui("import", "--format", format, path)
    assert said.lines[0].startswith("nothing new"), said
    assert len(said.lines) == 1
    assert tui("export", "--format", "json").out == before


def test_tags_that_become_one_leave_one_highlight_on_one_place(tui: Tui, text: Path) -> None:
    tui("add", text)
    tui("mark", "mill", "burned", "--tag", "one")
    tui("mark", "mill", "burned", "--tag", "two", "--note", "n")
    tui("mark", "mill", "waits", "--tag", "one")
    tui("link", "2", "3")
    assert len(highlights(tui)) == 3
    tui("tags", "merge", "one", "two")
    assert highlights(tui) == [("waits", ("two",), ""), ("burned", ("two",), "n")]
    assert [
        (link["left"]["highlight"], link["right"]["highlight"]) for link in tui("links", "--json").data
    ] == [(1, 3)]
    tui("undo")
    assert len(highlights(tui)) == 3


def test_a_mark_made_twice_is_one_and_says_so(tui: Tui, text: Path) -> None:
    tui("add", text)
    first = tui("mark", "mill", "Iran", "--all", "--tag", "a")
    again = tui("mark", "mill", "Iran", "--all", "--tag", "a", "--note", "why")
    assert (again.out, again.code) == (first.out, 0)
    assert again.err == "3 were marked so already\n"
    assert highlights(tui) == [("Iran", ("a",), "why")] * 3
    assert tui("mark", "mill", "burned").err == ""
    tui("undo")
    tui("undo")
    assert highlights(tui) == [("Iran", ("a",), "")] * 3


def test_import_with_text_says_which_text_a_file_is_about(tui: Tui, text: Path, tmp_path: Path) -> None:
    tui("add", text)
    rows = tmp_path / "rows.json"
    selector = {
        "type": "TextQuoteSelector",
        "exact": "Maliki left",
        "prefix": "there, and ",
        "suffix": ". Iran",
    }
    row = {
        "id": "a",
        "uri": "https://elsewhere.example/x",
        "text": "why",
        "target": [{"selector": [selector]}],
    }
    rows.write_text(json.dumps({"annotations": [row]}))
    refused = tui("import", rows)
    assert (refused.code, refused.out) == (2, "")
    assert "tui import --text" in refused.err
    assert tui("import", rows, "--text", "mill").lines == ["1 highlight added"]
    assert highlights(tui) == [("Maliki left", (), "why")]
    assert tui("import", rows, "--text", "mill").lines == ["nothing new; 1 there already"]
    assert tui("import", rows, "--text", "mull").code == 2


def test_tags_that_share_their_last_name_are_named_when_codes_are_written(
    tui: Tui, text: Path, tmp_path: Path
) -> None:
    tui("add", text)
    tui("mark", "mill", "burned", "--tag", "mood/fear", "--tag", "reader/fear", "--tag", "mood")
    said = tui("export", "-o", tmp_path / "out.qdpx")
    assert said.err.splitlines()[1:] == [
        "QualCoder knows codes by their last name: it takes mood/fear and reader/fear for one"
    ]
    assert len(tui("export", "-o", tmp_path / "out.json").err.splitlines()) == 1
