"""Esc and a quick key, as a terminal sends them: the Esc is never lost, and nothing is typed where it was to leave."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from pseudo import Program

from store.library import Library
from tui.home import make_first_library


@pytest.mark.promise("Esc and a quick key are Esc and that key, in a note and in a picker", tries=3)
def test_esc_and_a_quick_key(environment: Mapping[str, str], tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    make_first_library(path, "ada")
    argv = [sys.executable, "-m", "tui", "--library", str(path)]
    with Program(argv, environment=environment, folder=tmp_path) as desk:
        desk.until(b"\x1b[?2026l")
        desk.press(b"9Gc")
        desk.until(b"Ctrl-x leaves")
        before = len(desk.drawn)
        desk.write(b"a thought\x1b!")  # leaves the note, and puts a star on what carries it
        desk.until("★".encode(), since=before)
        desk.press(b"12Gt")
        desk.until(b"Esc back")
        desk.write(b"tag\x1b2G")  # leaves the picker, and goes to a passage
        desk.settle(0.5)
        desk.press(b"\r")
        desk.write(b"q")
        assert desk.ended() == 0
    with Library.open(path) as library:
        second, ninth = library.highlights.of("editorial")
        assert (ninth.note, ninth.star) == ("a thought", True)
        assert library.texts.get("editorial").passage_at(second.span.start).number == 2
        assert library.codebook.list() == []
