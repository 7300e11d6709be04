"""The child that relates the two texts of a new library: started before the desk is loaded, ended with the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from texts.child.runner import Child
from texts.relate import relate_job

Tui = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The children that were started ahead."""
    children: list[Child] = []
    start = relate_job.start_child

    def noted(*, ahead: bool) -> Child:
        children.append(start(ahead=ahead))
        return children[-1]

    monkeypatch.setattr(relate_job, "start_child", noted)
    return children


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the desk is given, which never opens: how the child relating fares is looked at while it would be open."""
    given: list[Any] = []

    def run_desk(*_: object, relating: Child | None, **__: object) -> int:
        given.append(relating if relating is None else relating.is_ended)
        return 0

    monkeypatch.setattr("tui.app.run_desk", run_desk)
    monkeypatch.setattr("tui.cli.opening._why_no_desk", lambda: "")
    return given


def test_two_files_of_a_new_library(
    tui: Tui, mill: Path, fire: Path, started: list[Child], desk: list[Any]
) -> None:
    assert tui("open", mill, fire).code == 0
    assert desk == [False], "it waits for the texts"
    assert [child.is_ended for child in started] == [True]


def test_a_library_that_is_there(
    library: Tui, mill: Path, fire: Path, started: list[Child], desk: list[Any]
) -> None:
    assert library("open", mill, fire).code == 0
    assert desk == [None]
    assert started == []


def test_one_text_needs_none(tui: Tui, mill: Path, started: list[Child], desk: list[Any]) -> None:
    assert tui("open", mill).code == 0
    assert desk == [None]
    assert started == []


def test_a_file_that_cannot_be_read(
    tui: Tui, mill: Path, tmp_path: Path, started: list[Child], desk: list[Any]
) -> None:
    assert tui("open", mill, tmp_path / "none.txt").code != 0
    assert desk == []
    assert [child.is_ended for child in started] == [True]


def test_without_a_terminal_none_is_started(
    tui: Tui, mill: Path, fire: Path, started: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.opening._why_no_desk", lambda: "stdin is not one")
    assert tui("open", mill, fire).code != 0
    assert started == []
