"""What one press of undo takes back, what it asks about before, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.services.undoing import UndoSteps, next_undo_label, redo_steps, undo_message, undo_steps
from texts.load import load_bytes
from texts.model import Span, Text


def text(body: str, slug: str) -> Text:
    return load_bytes(body.encode(), f"{slug}.txt", slug=slug)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path, reader="ann") as before:
        before.texts.add(text("The mill burned.", "mill"))
        before.texts.add(text("The river rose.", "river"))
        before.highlights.mark("river", Span(0, 9))
    return path


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path, reader="ann") as library:
        yield library


def marks(library: Library) -> int:
    return len(library.highlights.find())


def test_as_many_acts_as_asked_for_are_undone_and_done_again(library: Library) -> None:
    for start in (0, 4, 9):
        library.highlights.mark("mill", Span(start, start + 3))
    label = library.journal.history()[1].label
    steps = undo_steps(library, times=2, shown=("mill",))
    assert (steps, marks(library)) == (UndoSteps(label), 2)
    assert redo_steps(library, times=5).label
    assert marks(library) == 4
    assert redo_steps(library) == UndoSteps("")


def test_a_text_that_is_read_leaves_only_where_that_is_agreed(library: Library) -> None:
    added = library.texts.add(text("A storm came.", "storm"))[0]
    act = library.journal.history()[0]
    library.highlights.mark("storm", Span(0, 7))
    assert next_undo_label(library, ["storm"]).startswith("highlighted")
    steps = undo_steps(library, times=3, shown=["storm"])
    assert steps.question is not None
    assert (steps.question.act.id, steps.left) == (act.id, 2)
    assert steps.question.why == f"{added.title} would leave the desk and the library."
    assert next_undo_label(library, ["storm"]) == ""
    assert undo_steps(library, shown=["storm"], agreed=act.id - 1).question is not None
    assert library.texts.has("storm")
    assert undo_steps(library, shown=["storm"], agreed=act.id) == UndoSteps(act.label)
    assert not library.texts.has("storm")


def test_a_text_that_nobody_reads_leaves_without_a_question(library: Library) -> None:
    library.texts.add(text("A storm came.", "storm"))
    assert next_undo_label(library, ["mill"])
    assert undo_steps(library, shown=["mill"]).question is None
    assert not library.texts.has("storm")


def test_an_act_of_an_earlier_run_on_another_text_is_asked_about(library: Library) -> None:
    asked = undo_steps(library, shown=["mill"])
    assert asked.question is not None
    assert (asked.label, asked.left, marks(library)) == ("", 1, 1)
    assert asked.question.why == "It was about River, not about what is open here."
    assert undo_steps(library, shown=["river"]).question is None
    assert marks(library) == 0


def test_an_earlier_runs_new_version_of_what_is_read_is_asked_about(path: Path) -> None:
    with Library.open(path, reader="ann") as before:
        before.texts.update("mill", text("The mill burned down.", "mill"))
    with Library.open(path, reader="ann") as library:
        asked = undo_steps(library, shown=["mill"])
        assert asked.question is not None
        assert asked.question.why == "Mill would go back to the version before this one."
        assert undo_steps(library, shown=["river"]).question is not None, "it is about another text"


def test_nothing_is_left_to_be_undone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.db", reader="ann") as empty:
        assert undo_steps(empty, times=2) == UndoSteps("")
        assert next_undo_label(empty, []) == ""


@pytest.mark.parametrize(
    ("way", "label", "said"),
    [
        ("undo", "", "nothing to undo"),
        ("redo", "", "nothing to redo"),
        ("undo", "a mark", "undone: a mark"),
        ("redo", "a mark", "done again: a mark"),
    ],
)
def test_what_was_done_is_said(way: str, label: str, said: str) -> None:
    assert undo_message(way, UndoSteps(label)) == said
