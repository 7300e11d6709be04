"""How many keys ten typical tasks take, from the place where the reader notices what is to be done.

The counts stand in the README; a task that comes to take more keys fails here. What stands there for the others, each
at its best, selecting with the mouse being one press:

- vim, as it comes, by https://vimhelp.org: `yis`, Ctrl-W w, `p`, the tag typed behind it, and back. A macro that was
  recorded for a tag beforehand is two presses, `@c`, and so is the same again, `@@`.
- Taguette, by the changelog in https://gitlab.com/remram44/taguette: `n` makes a highlight of what is selected (since
  1.2), then the tag is clicked and the dialog saved. Its highlights take no notes.
- sioyek, by https://sioyek-documentation.readthedocs.io/en/latest/usage.html and commands.html: `h` and a letter
  highlight what is selected; in select-highlight mode selecting alone does, with the last letter. `p` and `p` make a
  portal: it leads from one place on a page to another, and knows no sentence. A bookmark (`b`, words, Enter: 5) belongs
  to a page too. A highlight takes a note in the development version only (github.com/ahrm/sioyek, issues 1130, 1451):
  3 presses for the highlight, two clicks on it, the words, Enter. With a key of one's own for `add_annot_to_highlight`
  that and a label stand for the clicks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.library import Library
from store.records import Highlight


@dataclass(frozen=True)
class Task:
    """Something that readers do, and the keys that do it."""

    name: str
    keys: str
    done: Callable[[object], bool]
    at: str = "9 G"
    """How the reader came to where the task begins; not counted."""
    most: int = 0
    """Presses that it may take."""


def newest(reader) -> Highlight:
    return max(reader.highlights(), key=lambda each: each.id)


def links(reader) -> int:
    return len(reader.app.session.library.links.list())


def is_level(reader) -> bool:
    """Whether ¶6 of the right text, which speaks of the same as ¶9, stands beside the cursor."""
    left, right = (side.pane for side in reader.desk.sides)
    return bool(right.screen_row_of_passage(6) == left.screen_row_of(left.cursor))


TASKS = (
    Task(
        "mark a sentence with a known tag",
        "H 1",
        lambda reader: newest(reader).tags == ("claim",),
        "5 G",
        most=2,
    ),
    Task(
        "mark a sentence with a new tag of five letters",
        "t d o u b t enter",
        lambda reader: newest(reader).tags == ("doubt",),
        "5 G",
        most=7,
    ),
    Task(
        "mark a whole passage with a known tag",
        "V 1",
        lambda reader: len(reader.highlights()) == 2,
        "5 G",
        most=2,
    ),
    Task(
        "ask what the other text says about this",
        "g r",
        lambda reader: reader.desk.query_one("#related").display,
        most=2,
    ),
    Task(
        "link a sentence to its counterpart", "g r l", lambda reader: links(reader) == 1, "9 G ) ) )", most=3
    ),
    Task(
        "tag all hits of a word in both texts",
        "* g / ctrl+t c l enter",
        lambda reader: len(reader.highlights()) > 5,
        "g g / M a l i k i enter",
        most=7,
    ),
    Task(
        "write a note of three letters",
        "c s i c escape",
        lambda reader: newest(reader).note == "sic",
        "5 G",
        most=5,
    ),
    Task(
        "mark another sentence with the same tag",
        ".",
        lambda reader: newest(reader).tags == ("claim",) and len(reader.highlights()) == 3,
        "5 G H 1 6 G",
        most=1,
    ),
    Task("copy a sentence with its citation", "y", lambda reader: "9" in reader.app.clipboard, most=1),
    Task("bring the other text level with this", "z =", is_level, most=2),
)


async def test_typical_tasks_take_so_few_keys(library: Path, open_desk) -> None:
    with Library.open(library, reader="tester") as opened:
        text = opened.texts.get("editorial")
        opened.highlights.mark("editorial", text.passage(9).span, tags=("claim",))
        opened.codebook.set_quick(1, "claim")
        acts = len(opened.journal.history(100))
    async with open_desk() as reader:
        await reader.related()
        journal = reader.app.session.library.journal
        for task in TASKS:
            await reader.press(f"escape escape g g {task.at}")
            await reader.press(task.keys)
            assert len(task.keys.split()) == task.most, task.name
            assert task.done(reader), task.name
            if reader.desk.query_one("#related").display:
                await reader.press("escape")
            while sum(not act.undone for act in journal.history(100)) > acts:
                await reader.press("u")


POWER = (
    Task(
        "rename a text on the command line",
        "space d ctrl+t n e w enter",
        lambda reader: reader.desk.sides[0].slug == "new",
        most=7,
    ),
    Task("go to the next heading", "] ]", lambda reader: reader.desk.active.passage_number() == 15, most=2),
    Task(
        "list all headings, to go to",
        "space h",
        lambda reader: "of A chance in Baghdad" in reader.app.screen.heading,
        most=2,
    ),
    Task(
        "list what is under a tag",
        "space t enter",
        lambda reader: reader.app.screen.heading.startswith("claim"),
        most=3,
    ),
    Task(
        "bring all related passages of two texts level",
        "z a",
        lambda reader: reader.desk.context.state.aligned is not None,
        most=2,
    ),
    Task(
        "list all related passages in the order of the text",
        "g R ctrl+o ctrl+o",
        lambda reader: "¶ ▾" in str(reader.app.screen.query_one("#headings").render()),
        most=4,
    ),
    Task(
        "export what is under a tag in this pair",
        "space e up up t enter",
        lambda reader: "1 row written to annotations.csv" in reader.status,
        "1 G enter 9 G",
        most=6,
    ),
    Task(
        "see what the signs of a list mean",
        "?",
        lambda reader: reader.app.screen.heading.startswith("In this list"),
        "space a",
        most=1,
    ),
    Task(
        "go to the next hit, also in the other text",
        "n",
        lambda reader: reader.desk.active.number == 1,
        "g g / h a n d s h a k e enter g g tab g g tab",
        most=1,
    ),
    Task(
        "keep key hints in sight",
        "z ?",
        lambda reader: reader.desk.context.overlays.hints.display,
        most=2,
    ),
)


@pytest.mark.parametrize("task", POWER, ids=lambda task: task.name)
async def test_tasks_of_every_day_take_so_few_keys(
    library: Path, open_desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: Task
) -> None:
    monkeypatch.chdir(tmp_path)
    with Library.open(library, reader="tester") as opened:
        text = opened.texts.get("editorial")
        opened.highlights.mark("editorial", text.passage(9).span, tags=("claim",))
    async with open_desk((120, 40)) as reader:
        await reader.related()
        await reader.press(task.at)
        await reader.press(task.keys)
        assert len(task.keys.split()) == task.most
        assert task.done(reader), reader.status


@pytest.mark.parametrize("held", ["left_shift", "right_control", "iso_level3_shift"])
async def test_a_held_key_that_a_terminal_reports_alone_ends_no_sequence_and_no_labels(
    open_desk, held: str
) -> None:
    async with open_desk() as reader:
        await reader.press(f"9 G g {held} g")
        assert reader.desk.active.passage_number() == 1
        await reader.press(f"s {held}")
        assert "type a label" in reader.status
        await reader.press(f"escape {held}")
        assert "is not bound" not in reader.status
