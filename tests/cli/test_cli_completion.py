"""What a shell is offered to complete: commands, options, texts and tags of the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from tui.cli.root import tui as root

Tui = Callable[..., Any]


def offered(*words: str) -> list[str]:
    """What completes the last word."""
    completions = ShellComplete(root, {}, "tui", "_TUI_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [completion.value for completion in completions if completion.type == "plain"]


def test_commands_and_options() -> None:
    assert offered("ta") == ["tags"]
    assert offered("search", "--no") == ["--no-furniture"]
    assert offered("tags", "re") == ["rename"]


def test_texts_and_tags_of_the_library(library: Tui) -> None:
    library("mark", "mill", "river", "--tag", "place/river")
    assert offered("related", "m") == ["mill"]
    assert offered("annotations", "--text", "") == ["fire", "mill"]
    assert offered("search", "--tag", "pl") == ["place/river"]


def test_a_library_that_cannot_be_read_completes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUI_LIBRARY", str(tmp_path / "missing.db"))
    assert offered("related", "m") == []
    (tmp_path / "missing.db").write_text("no library")
    assert offered("related", "m") == []
    assert capsys.readouterr() == ("", "")
