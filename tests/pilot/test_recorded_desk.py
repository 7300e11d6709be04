"""Walks through the desk, and what is seen after each step: the rows that changed, the status line, the cursor.

What is to be seen stands in `data/walks`, a file a walk. Where something else is meant, record it by
`RECORD_ANSWERS=1 pytest -n 0 tests/pilot/test_recorded_desk.py`, and read what has changed before it is committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from shutil import copyfile
from tempfile import gettempdir

import pytest
from desk_library import NEWER_COUNCIL, make_desk_library, pairs
from recorded_walks import WALKS, Walk
from settling import settle
from textual.strip import Strip
from textual.widgets import Input, TextArea

from store.corpus.pair_files import write_to
from store.corpus.pair_index_job import run
from tui.settings import Settings

_RECORDED = Path(__file__).parent / "data" / "walks"
_THERE = ("library.db", "new.txt", "pairs.jsonl")
_PLACE = re.compile(rf"{re.escape(gettempdir())}\S*\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(?<=-DD) \d\d:\d\d(:\d\d)?")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that each walk gets a copy of."""
    folder = tmp_path_factory.mktemp("made")
    make_desk_library(folder / "library.db", Path("minutes.txt"))
    return folder / "library.db"


@pytest.fixture
def library(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in the folder that the desk is started in."""
    monkeypatch.chdir(tmp_path)
    copyfile(made, tmp_path / "library.db")
    Path("new.txt").write_text(NEWER_COUNCIL, "utf-8")
    write_to(Path("pairs.jsonl"), pairs())
    return tmp_path / "library.db"


@pytest.fixture(autouse=True)
def pairs_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files of pairs in this process."""

    def answer(
        _: str, question: Iterable[bytes], *more: object, progress: Callable[[str], None], tick: object
    ) -> bytes:
        pieces: list[bytes] = []
        run(question, pieces.append, progress)
        return b"".join(pieces)

    monkeypatch.setattr("store.corpus.pair_index.answer_of", answer)


class Seen:
    """What is seen of the desk, each time as what has changed since it was looked at last."""

    def __init__(self, reader) -> None:  # type: ignore[no-untyped-def]
        self._reader = reader
        self._rows: dict[str, list[str]] = {}
        """What was on each kind of screen when it was looked at last."""
        self._facts: dict[str, str] = {}

    def look(self) -> Iterator[str]:
        """Lines for the rows of the screen and for the facts that are not as they were."""
        rows, facts = self._screen(), self._known()
        before = self._rows.get(facts["screen"], [])
        for number, row in enumerate(rows):
            if before[number : number + 1] != [row]:
                yield f"{number:>4}  {row}".rstrip()
        for name in sorted(self._facts.keys() - facts.keys()):
            yield f"      {name}: gone"
        for name, fact in facts.items():
            if self._facts.get(name, "") != fact:
                yield f"      {name}: {fact}".replace("\n", "⏎").rstrip()
        self._rows[facts["screen"]], self._facts = rows, facts

    def _screen(self) -> list[str]:
        rows = (_TIME.sub(" HH:MM", _DAY.sub("YYYY-MM-DD", strip.text)) for strip in self._strips())
        return [_PLACE.sub("FOLDER ", row).rstrip() for row in rows]

    def _strips(self) -> list[Strip]:
        screen = self._reader.app.screen
        return list(screen._compositor.render_strips()[: screen.size.height])

    def _set_off(self, attribute: str) -> str:
        """What is drawn underlined, struck through or in italics, row by row."""
        rows = (
            "|".join(part.text.strip() for part in strip if part.style and getattr(part.style, attribute))
            for strip in self._strips()
        )
        return " / ".join(row for row in rows if row.strip("|"))

    def _known(self) -> dict[str, str]:
        app, desk = self._reader.app, self._reader.desk
        focused = app.screen.focused
        typed = (
            focused.value
            if isinstance(focused, Input)
            else focused.text
            if isinstance(focused, TextArea)
            else ""
        )
        pane = desk.active.pane
        state = desk.context.state
        library = app.session.library
        return {
            **{name: self._set_off(name) for name in ("underline", "strike", "italic")},
            "status": self._reader.status,
            "told": str(state.told.tone) if state.told.words else "",
            "screen": type(app.screen).__name__,
            "typed": typed,
            "texts": " ".join(side.slug for side in desk.sides),
            "cursor": f"{pane.cursor} of {desk.active.number + 1}, at cell {tuple(app.cursor_position)}",
            "selected": f"{tuple(pane.selection)} {self._reader.quote()}" if pane.selection else "",
            "tops": " ".join(str(side.pane.place) for side in desk.sides),
            "panes": " ".join(sorted(desk.classes)),
            **{
                f"highlight {each.id}": f"{each.text} {[tuple(part) for part in each.parts]} {', '.join(each.tags)}"
                f"{' *' if each.star else ''}{f' ({each.note})' if each.note else ''}"
                for each in library.highlights.find()
            },
            **{f"link {each.id}": f"{each.left}-{each.right} {each.kind}" for each in library.links.list()},
            **{f"note {each.id}": f"{each.text} {each.words}" for each in library.notes.list()},
            "copied": app.clipboard,
            "files": " ".join(sorted(each.name for each in Path().iterdir() if not each.name.startswith(_THERE))),
        }  # fmt: skip


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_what_is_seen_is_what_was_recorded(open_desk, walk: Walk) -> None:  # type: ignore[no-untyped-def]
    lines: list[str] = []
    async with open_desk(size=walk.size, settings=Settings(reader="tester", blink=False)) as reader:
        seen = Seen(reader)
        await settle(reader.pilot)
        lines += ["# at first", *seen.look()]
        for step in walk.steps:
            await (reader.write(step[1:-1]) if step.startswith('"') else reader.press(step))
            await settle(reader.pilot)
            lines += ["", f"# {step}", *seen.look()]
    _same_as_recorded(_RECORDED / f"{walk.name}.txt", lines)


def _same_as_recorded(file: Path, lines: list[str]) -> None:
    if os.environ.get("RECORD_ANSWERS"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", "utf-8")
    kept = file.read_text("utf-8").splitlines()
    assert lines == kept, "\n".join(unified_diff(kept, lines, "recorded", "seen", lineterm=""))
