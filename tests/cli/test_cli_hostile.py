"""Whatever a reader or an author wrote: nothing that a terminal would obey comes out of a command, and none breaks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from texts.visible import visible

Tui = Callable[..., Any]

EVIL = "\x1b]0;boo\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\ue007f[/b][@click=app.quit]\x00\r\b\x7f\u200b"


TYPED = EVIL.replace("\x00", "")
"""What a shell can pass on: an argument ends at a NUL."""


def assert_harmless(said: Any) -> None:
    """Stdout and stderr hold nothing but what can be seen; \\r only before \\n, as CSV wants it."""
    for stream in (said.out, said.err):
        assert stream.replace("\r\n", "\n").removeprefix("\ufeff") == visible(
            stream.replace("\r\n", "\n")
        ).removeprefix("·")


@pytest.fixture
def evil(library: Tui, tmp_path: Path) -> Tui:
    """A library in which everything that can be named is named badly."""
    path = tmp_path / "evil\x1b]0;boo\x07\u202e.txt"
    path.write_text(f"The wheel {EVIL} turned.\n\nThe insurers {EVIL} paid.", encoding="utf-8")
    said = library(
        "add", path, "--title", f"wheel {EVIL}", "--author", EVIL, "--source", EVIL, "--slug", "evil"
    )
    assert said.code == 0
    assert_harmless(said)
    assert library("mark", "evil", "insurers", "--note", f"wheel {EVIL}", "--reader", f"Eve {EVIL}").code == 0
    assert library("mark", "mill", "insurers", "--tag", "wheel/[/b][@click=app.quit]").code == 0
    assert library("link", 1, 2, "--kind", f"mocks {EVIL}", "--note", EVIL).code == 0
    return library


EVERY_WAY_OUT = (
    ("texts",),
    ("texts", "--json"),
    ("search", "wheel"),
    ("search", "wheel", "--json"),
    ("search", "wheel", "--csv"),
    ("search", "wheel", "-C", "1"),
    ("search", "wheel", "--count"),
    ("search", "wheel", "--scope", "texts,notes,tags"),
    ("search", "wheel", "--scope", "texts,notes,tags", "--json"),
    ("related", "evil", "mill", "--min-score", "0"),
    ("related", "evil", "mill", "--min-score", "0", "--json"),
    ("related", "evil", "mill", "--min-score", "0", "--csv"),
    ("annotations",),
    ("annotations", "--json"),
    ("annotations", "--csv"),
    ("export",),
    ("export", "--excel"),
    ("tags",),
    ("tags", "list", "--json"),
    ("history",),
    ("history", "--json"),
    ("check",),
)


@pytest.mark.parametrize("arguments", EVERY_WAY_OUT, ids=" ".join)
@pytest.mark.parametrize("screen", [False, True], ids=["pipe", "screen"])
def test_nothing_harmful_comes_out(
    evil: Tui, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], screen: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    said = evil(*arguments, screen=screen)
    assert said.code == 0
    assert said.out or arguments == ("check",)
    assert_harmless(said)


@pytest.mark.parametrize(
    "arguments",
    [
        (TYPED,),
        (f"--{TYPED}",),
        ("search", TYPED, "--in", f"{TYPED}.txt"),
        ("search", "--regex", f"({TYPED}"),
        ("search", "wheel", "--scope", TYPED),
        ("search", "wheel", "--limit", TYPED),
        ("texts", "--library", TYPED),
        ("texts", "--library", f"/no/{TYPED}/such"),
        ("add", TYPED),
        ("mark", "mill", TYPED),
        ("mark", "mill", "wheel", "--tag", TYPED),
        ("mark", TYPED, "wheel"),
        ("tags", TYPED),
        ("tags", "rename", TYPED, "x"),
        ("tags", "colour", "wheel", TYPED),
        ("update", TYPED, TYPED),
        ("export", "-o", f"{TYPED}.csv"),
        ("export", "-o", f"no/{TYPED}.csv"),
        ("backup", f"no/{TYPED}"),
        ("related", TYPED, TYPED),
    ],
    ids=lambda arguments: arguments[0] if arguments[0].isascii() and arguments[0].isalpha() else "evil",
)
def test_no_error_repeats_what_is_harmful(library: Tui, arguments: tuple[str, ...]) -> None:
    said = library(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "should not have happened" not in said.err
    assert_harmless(said)


def test_json_is_harmless_and_still_the_same_data(library: Tui) -> None:
    library("mark", "mill", "insurers", "--note", "a\x9b31m\u202e\U000e0041\tb\n\x1b")
    said = library("annotations", "--json")
    assert_harmless(said)
    assert said.data[0]["note"] == "a\x9b31m\u202e\U000e0041\tb\n\x1b"


def test_a_file_gets_every_character_as_it_is(library: Tui, tmp_path: Path) -> None:
    library("mark", "mill", "insurers", "--note", "a\x9b31m\u202e")
    library("export", "-o", tmp_path / "all.csv")
    assert "a\x9b31m\u202e" in (tmp_path / "all.csv").read_text(encoding="utf-8")


def test_a_file_name_that_is_no_utf_8(library: Tui, tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("A wheel in the café.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    said = library("search", "wheel", "--in", tmp_path / os.fsdecode(b"caf\xe9.txt"), "--json")
    assert said.code == 0
    assert_harmless(said)
    assert_harmless(library("add", tmp_path / os.fsdecode(b"caf\xe9.txt")))
    assert_harmless(library("add", tmp_path / os.fsdecode(b"caf\xe8.txt")))


@pytest.mark.parametrize(
    "name", ["--help", "-", "a\nb.txt", "[b]x[@click=app.quit].txt", "x" * 250, "\u202egpj.txt"]
)
def test_odd_file_names_are_files(library: Tui, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"A wheel in {len(name)} words, and then some.")
    said = library("add", "--json", "--", f"./{name}")
    assert said.code == 0
    assert_harmless(said)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40), option=st.sampled_from(["--exact", "--word", "--regex", "--json"]))
def test_any_query_ends_in_a_known_way(library: Tui, query: str, option: str) -> None:
    said = library("search", option, "--", query)
    assert said.code in (0, 1, 2)
    assert said.err.count("\n") == (1 if said.code == 2 else 0)
    assert "should not have happened" not in said.err
    assert_harmless(said)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(max_size=60))
def test_any_note_is_kept_and_comes_out_harmless(library: Tui, note: str) -> None:
    said = library("mark", "mill", "insurers", "--note", note)
    assert said.code == 0
    listed = library("annotations", "--json")
    assert_harmless(listed)
    kept = {mark["id"]: mark["note"] for mark in json.loads(listed.out)}[int(said.out)]
    assert library("undo").code == 0, "the next note is again the first of its highlight"
    assert kept == "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in note)
