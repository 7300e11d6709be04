"""How a typed path is completed, and which names are offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.dialogs.path_completion import common_start, completions, shown_names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the program runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_completions_are_what_begins_so_folders_with_a_slash(folder: Path) -> None:
    for name in (".hidden", "b.csv", "bc.csv", "a.csv"):
        (folder / name).touch()
    (folder / "box").mkdir()
    (folder / "box" / "in.csv").touch()
    assert completions("") == ("", ["a.csv", "b.csv", "bc.csv", "box/"])
    assert completions("b") == ("", ["b.csv", "bc.csv", "box/"])
    assert completions(".") == ("", [".hidden"])
    assert completions("box/") == ("box/", ["in.csv"])
    assert completions("nowhere/x") == ("nowhere/", [])
    assert len(completions("", most=2)[1]) == 2


@pytest.mark.parametrize(
    ("names", "begin"), [(["abc"], "abc"), (["abc", "abd"], "ab"), (["ab", "abc"], "ab"), (["a", "b"], "")]
)
def test_what_names_begin_with(names: list[str], begin: str) -> None:
    assert common_start(names) == begin


@pytest.mark.parametrize(("many", "more"), [(2, ""), (6, ""), (7, " … 1 more"), (9, " … 3 more")])
def test_some_names_are_shown_and_the_others_counted(many: int, more: str) -> None:
    names = [f"n{at}" for at in range(many)]
    assert shown_names(names) == "  ".join(names[:6]) + more
    assert shown_names(names[:1]) == ""
