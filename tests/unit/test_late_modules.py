"""Modules that run when something of them is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import pytest

from texts.late_modules import left_out, load_late, stand_in

NAME = "made_for_this_test"


@pytest.fixture(autouse=True)
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module that can be found and has not run."""
    (tmp_path / f"{NAME}.py").write_text("class Thing:\n    number = 3\n\n\nother = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop(NAME, None)


def has_run() -> bool:
    return "other" in vars(sys.modules[NAME])


def test_a_late_module_runs_when_something_of_it_is_asked_for() -> None:
    load_late(NAME)
    late = sys.modules[NAME]
    assert not has_run()
    assert late.other == 5
    assert has_run()


def test_a_class_that_is_only_named_does_not_run_its_module() -> None:
    with stand_in(NAME, Thing=int):
        named = list[sys.modules[NAME].Thing]  # type: ignore[name-defined]
    assert named
    assert not has_run()


def test_a_class_that_was_only_named_is_the_modules_own_afterwards() -> None:
    with stand_in(NAME, Thing=int):
        pass
    assert sys.modules[NAME].Thing.number == 3


def test_a_module_that_runs_meanwhile_keeps_its_class() -> None:
    with stand_in(NAME, Thing=int):
        assert sys.modules[NAME].other == 5
    assert sys.modules[NAME].Thing.number == 3


def test_a_module_that_is_still_running_keeps_its_class(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.py").write_text("class Thing:\n    number = 3\n\n\nleave()\nother = 5\n")
    with ExitStack() as stack:
        stack.enter_context(stand_in(NAME, Thing=int))
        vars(sys.modules[NAME])["leave"] = stack.close  # as another thread may do just then
        assert sys.modules[NAME].other == 5
    assert sys.modules[NAME].Thing.number == 3


def test_a_module_that_has_run_keeps_its_class() -> None:
    load_late(NAME)
    thing = sys.modules[NAME].Thing
    with stand_in(NAME, Thing=int):
        assert sys.modules[NAME].Thing is thing
    assert sys.modules[NAME].Thing is thing


def test_a_module_that_is_left_out_is_there_for_whoever_comes_later() -> None:
    with left_out(NAME), pytest.raises(ImportError):
        import_module(NAME)
    assert import_module(NAME).other == 5


def test_a_module_that_has_run_is_not_left_out() -> None:
    import_module(NAME)
    with left_out(NAME):
        assert import_module(NAME).other == 5
