"""`tui language` shows the language of a text, and keeps what a reader says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]


def language_of(library: Tui, text: str) -> dict[str, Any]:
    (told,) = json.loads(library("language", text, "--json").out)
    return dict(told)


def test_a_language_is_told_said_and_undone(library: Tui) -> None:
    assert library("language", "mill").out == "en English (told from the text)\n"
    said = library("language", "mill", "German")
    assert (said.code, said.err) == (0, "mill is taken as German\n")
    assert library("language", "mill").out == "de German\n"
    assert language_of(library, "mill") == {"text": "mill", "language": "de", "name": "German", "said": True}
    listed = {line.split()[0]: line.split() for line in library("texts").out.splitlines()}
    assert "de" in listed["mill"]
    assert "en" in listed["fire"]
    library("undo")
    assert language_of(library, "mill")["said"] is False
    library("redo")
    assert language_of(library, "mill")["language"] == "de"
    library("language", "mill", "auto")
    assert language_of(library, "mill")["language"] == "en"


def test_a_language_that_is_said_cuts_the_sentences_that_are_related(tui: Tui, tmp_path: Path) -> None:
    for name, words in {
        "reise": "Die Reise der Brüder begann am 3. Oktober mit einem Boot auf dem See. Sie kamen nie zurück.",
        "boot": "Mit einem Boot begann die Reise der Brüder auf dem See.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(f"{words}\n\nDer Müller schläft.\n", encoding="utf-8")
        tui("add", tmp_path / f"{name}.txt")

    def sentence() -> str:
        pair = tui("related", "reise", "boot", "--passage", "1", "--min-score", "0", "--json").data[0]
        start, end = pair["left"]["sentence"]
        return str(pair["left"]["quote"][start - pair["left"]["start"] : end - pair["left"]["start"]])

    assert sentence().startswith("Die Reise der Brüder begann am 3. Oktober")
    tui("language", "reise", "en")
    assert sentence() in ("Die Reise der Brüder begann am 3.", "Oktober mit einem Boot auf dem See.")
    tui("undo")
    assert sentence().startswith("Die Reise")


@pytest.mark.parametrize("name", ["all.json", "all.qdpx", "library.db"])
def test_a_language_that_is_said_goes_along_to_another_library(
    library: Tui, tmp_path: Path, name: str
) -> None:
    library("language", "mill", "nl")
    if name != "library.db":
        assert library("export", "-o", tmp_path / name).code == 0
    assert library("--library", tmp_path / "other.db", "import", tmp_path / name).code == 0
    (told,) = library("--library", tmp_path / "other.db", "language", "mill", "--json").data
    assert (told["language"], told["said"]) == ("nl", True)
    (told,) = library("--library", tmp_path / "other.db", "language", "fire", "--json").data
    assert (told["language"], told["said"]) == ("en", False)


def test_what_is_no_language_is_refused(library: Tui) -> None:
    refused = library("language", "mill", "klingon")
    assert (refused.code, refused.out) == (2, "")
    assert "tui language --list" in refused.err
    assert library("language").code == 2
    assert "de   German" in library("language", "--list").out
