"""The whole main job at the keyboard, step by step: find, select, tag, write a note, ask, link, list, take out.

README shows some of these pictures. Each step goes on from where the one before ended, as a reader does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from settling import settle
from textual.keys import _character_to_key
from textual.pilot import Pilot

from store.library import Library
from store.services.relations import relations_in
from tui.app import ReaderApp
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings

WALK = {
    "1-find": "/ ~Systani",
    "2-select": "enter escape ( v i s",
    "3-tag": "t ~actor/sistani",
    "4-note-and-ask": "enter c ~Whose_plea? escape g r",
    "5-link": "l",
    "6-list": "escape space a",
    "7-take-out": "escape space e",
}
"""What a step adds to the ones before it: presses, and words to type after a ~ (a _ is a blank)."""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of a first start, its texts already compared."""
    path = tmp_path_factory.mktemp("walk") / "library.db"
    make_first_library(path, "reader")
    with closing(Library.open(path, reader="reader")) as library:
        relations_in(library, library.texts.get("editorial"), library.texts.get("analysis"))
    return path


@pytest.fixture
def fresh(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderApp]:
    """The desk on a library of its own."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    path = Path(copyfile(first, tmp_path / "library.db"))
    session = Session(path, "reader")
    try:
        yield ReaderApp(session, Settings(reader="reader", blink=False))
    finally:
        session.close()


def presses(upto: str) -> list[str]:
    """Everything that is pressed to the end of a step."""
    words = " ".join(WALK[step] for step in WALK if step <= upto).split()
    return [
        key
        for word in words
        for key in (
            map(_key, word[1:].replace("_", " "))
            if word.startswith("~")
            else [_key(word) if len(word) == 1 else word]
        )
    ]


def _key(character: str) -> str:
    return "space" if character == " " else _character_to_key(character)


def walking(upto: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Walks to the end of a step and waits until all is written and shown."""

    async def before(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in presses(upto):
            await pilot.press(key)
            if key in ("enter", "escape", "l"):
                await settle(pilot)
        await settle(pilot)

    return before


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder wherever the tests run: the export dialog names it."""
    monkeypatch.chdir("/")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["dark", "colour-blind"])
@pytest.mark.parametrize("step", WALK)
def test_walk(snap_compare, fresh: ReaderApp, step: str, theme: str, size: tuple[int, int]) -> None:
    fresh.theme = theme
    assert snap_compare(fresh, terminal_size=size, run_before=walking(step))
