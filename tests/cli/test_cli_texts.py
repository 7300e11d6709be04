"""`tui add`, `tui texts`, `tui update`: what they print, to the character where scripts read it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

Tui = Callable[..., Any]

KEYS = ["text", "title", "author", "source", "passages", "words", "sha256"]


def test_add_prints_a_line_a_text(tui: Tui, mill: Path, fire: Path) -> None:
    assert tui("add", mill, fire) == (
        0,
        "mill    5 ¶      74 words  The mill burns — Ada Quill\nfire    4 ¶      67 words  A fire at Harrow\n",
        "",
    )


def test_add_and_texts_give_the_same_json(tui: Tui, mill: Path) -> None:
    added = tui("add", mill, "--json")
    assert added.data == tui("texts", "--json").data
    (text,) = added.data
    assert list(text) == KEYS
    assert text == {
        "text": "mill",
        "title": "The mill burns",
        "author": "Ada Quill",
        "source": "mill.txt",
        "passages": 5,
        "words": 74,
        "sha256": hashlib.sha256(mill.read_text().rstrip("\n").encode()).hexdigest(),
    }


def test_the_reader_names_a_text(tui: Tui, mill: Path) -> None:
    said = tui(
        "add",
        mill,
        "--title",
        "Fire!",
        "--author",
        "A. Q.",
        "--source",
        "The Post, p. 1",
        "--slug",
        "post",
        "--json",
    )
    (text,) = said.data
    assert [text[key] for key in KEYS[:4]] == ["post", "Fire!", "A. Q.", "The Post, p. 1"]


def test_the_same_body_twice_is_one_text(tui: Tui, mill: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(mill.read_bytes())
    tui("add", mill)
    said = tui("add", copy)
    assert (said.code, said.out.split()[0]) == (0, "mill")
    assert said.err == f"{copy}: already in the library as mill\n"
    assert len(tui("texts").lines) == 1


def test_a_dash_is_standard_input_and_two_dashes_end_the_options(tui: Tui, tmp_path: Path) -> None:
    assert tui("add", "--slug", "heard", "-", stdin=b"Nothing but words.").out.startswith("heard ")
    (tmp_path / "-odd.txt").write_text("A name like an option.")
    assert tui("add", "--", "-odd.txt").code == 0


def test_an_encoding_can_be_named(tui: Tui, tmp_path: Path) -> None:
    (tmp_path / "cyrillic.txt").write_bytes("Мельница горит".encode("koi8-r"))
    assert "Мельница горит" in tui("add", "--encoding", "koi8-r", "cyrillic.txt").out
    assert tui("add", "--encoding", "klingon", "cyrillic.txt").code == 2


def test_without_furniture_every_paragraph_counts(tui: Tui, tmp_path: Path, mill: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Share\n\nSubscribe\n\n{mill.read_text()}\n\nMore stories\n\nWeather\n")
    (told,) = tui("add", page, "--slug", "told", "--json").data
    page.write_text(page.read_text() + "\nPrint\n")
    (whole,) = tui("add", page, "--no-furniture", "--slug", "whole", "--json").data
    assert whole["passages"] == 10
    assert told["passages"] < 9


def test_one_bad_file_does_not_keep_the_others_out(tui: Tui, mill: Path, fire: Path) -> None:
    said = tui("add", mill, "nowhere.txt", fire)
    assert (said.code, [line.split()[0] for line in said.lines]) == (2, ["mill", "fire"])
    assert said.err == "tui: cannot read nowhere.txt: there is no such file\n"


def test_no_texts_are_nothing_found(tui: Tui, mill: Path) -> None:
    tui("add", mill)
    tui("undo")
    assert tui("texts") == (1, "", "")
    assert tui("texts", "--json") == (1, "[]\n", "")


def test_an_update_tells_what_became_of_each_highlight(library: Tui, mill: Path, tmp_path: Path) -> None:
    library("mark", "mill", "Colin Moore-Hay")
    library("mark", "mill", "the largest in the county")
    library("mark", "mill", "The insurers have asked for patience.")
    new = mill.read_text().replace("the largest in the county", "largest in the whole county")
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(new.replace("The insurers have asked for patience.", ""))

    rehearsed = library("update", "mill", corrected, "--dry-run")
    assert rehearsed.err == "mill would become version 2: 1 exact, 1 changed, 1 orphan\n"
    assert library("annotations", "--orphans").code == 1

    said = library("update", "mill", corrected)
    assert (said.code, said.out) == (0, rehearsed.out)
    assert said.err == "mill is now version 2: 1 exact, 1 changed, 1 orphan\n"
    assert said.lines[0] == "exact    1  “Colin Moore-Hay”"
    assert said.lines[1] == "orphan   3  “The insurers have asked for patience.”"
    assert said.lines[2].startswith("changed  2  “the largest in the county” → “")
    assert [mark["id"] for mark in library("annotations", "--orphans", "--json").data] == [3]
    assert library("undo").code == 0
    assert library("annotations", "--orphans").code == 1


def test_an_update_as_json(library: Tui, mill: Path, tmp_path: Path) -> None:
    library("mark", "mill", "Colin Moore-Hay")
    start = mill.read_text().index("Colin")
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(mill.read_text().replace("The mill burns", "The mill burned"))
    assert library("update", "mill", corrected, "--json").data == [
        {
            "id": 1,
            "anchor": "exact",
            "confidence": 100.0,
            "old": {"parts": [[start, start + 15]], "quote": "Colin Moore-Hay"},
            "new": {"parts": [[start + 1, start + 16]], "quote": "Colin Moore-Hay"},
        }
    ]


def test_a_text_is_renamed_and_retitled_in_one_act(library: Tui) -> None:
    library("mark", "mill", "the mayor told")
    renamed = library("rename", "mill", "harrow", "--title", "The mill at Harrow", "--author", "")
    assert (renamed.code, renamed.lines[0].split("  ")[0]) == (0, "harrow")
    assert "The mill at Harrow" in renamed.out
    assert [row["text"] for row in library("annotations", "--json").data] == ["harrow"]
    assert library("undo").code == 0
    assert {row["text"]: row["title"] for row in library("texts", "--json").data} == {
        "fire": "A fire at Harrow",
        "mill": "The mill burns",
    }


def test_rename_says_what_it_lacks(library: Tui) -> None:
    assert library("rename", "mill").err.startswith("tui: Say what to change")
    assert "called fire already" in library("rename", "mill", "fire").err


def test_a_text_is_named_by_any_beginning_of_its_slug_or_title(library: Tui) -> None:
    assert library("search", "Harrow", "--in", "The mill", "--count").lines == ["1"]
    assert library("search", "Harrow", "--in", "mi", "--count").lines == ["1"]
    library("rename", "fire", "mills")
    several = library("annotations", "--text", "mil")
    assert (several.code, several.out) == (2, "")
    assert "could be 2 texts: mill, mills" in several.err
    assert library("annotations", "--text", "mill").code == 1


def test_a_file_goes_before_the_beginning_of_a_name(library: Tui, tmp_path: Path) -> None:
    (tmp_path / "mi").write_text("Harrow, and Harrow again.", encoding="utf-8")
    assert library("search", "Harrow", "--in", "mi", "--count").lines == ["2"]


def test_texts_of_the_program_step_aside(tui: Tui, mill: Path, monkeypatch: Any) -> None:
    monkeypatch.delenv("TUI_LIBRARY")
    assert [row["text"] for row in tui("texts", "--json").data] == ["analysis", "editorial"]
    tui("add", mill)
    assert [row["text"] for row in tui("texts", "--json").data] == ["mill"]
    assert tui("texts").err == "2 sample texts left out: `tui texts --all` lists them\n"
    assert len(tui("texts", "--all", "--json").data) == 3
    assert tui("search", "Maliki").code == 1
    assert tui("search", "Maliki", "--in", "editorial").code == 0
    assert len(tui("export", "--format", "json").data["texts"]) == 1
