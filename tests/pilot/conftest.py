"""The real app, driven by keys, on a library of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from shutil import copyfile

import pytest
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from store.records import Highlight
from texts.articles import articles
from texts.model import Span
from texts.relate import relate
from tui.app import ReaderApp
from tui.desk.desk_screen import DeskScreen
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings
from tui.view.marks import Mark


class Reader:
    """Presses keys and looks at what came of it."""

    def __init__(self, app: ReaderApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> DeskScreen:
        return self.app.desk

    async def press(self, presses: str) -> None:
        """Presses keys, parted by spaces: `9 G v i s`; each named as Textual does or a single character."""
        for press in presses.split():
            await self.pilot.press(_character_to_key(press) if len(press) == 1 else press)
        await self.settled()

    async def write(self, words: str) -> None:
        """Types words."""
        await self.pilot.press(*(_character_to_key(character) for character in words))
        await self.settled()

    async def mark(self, passage: int, tag: str = "") -> None:
        """Highlights the first sentence of a passage, with a tag if one is named."""
        await self.press(" ".join(str(passage)) + " G")
        if tag:
            await self.press("t")
            await self.write(tag)
        await self.press("enter")

    async def settled(self) -> None:
        """Waits until what was done is written and shown."""
        await self.pilot.pause()
        self.app.session.writer.drain()
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something is so, however busy the machine is."""
        for _ in range(1000):
            if holds():
                return
            await self.pilot.pause(0.02)
        raise AssertionError("it does not come to be so")

    async def related(self) -> None:
        """Waits until the two texts are compared."""
        for worker in list(self.app.workers):
            with suppress(WorkerCancelled):  # another pair was opened meanwhile
                await worker.wait()
        await self.settled()

    def highlights(self) -> list[Highlight]:
        return self.app.session.library.highlights.find()

    def marks(self, side: int | None = None) -> list[Mark]:
        """What a side draws of its highlights, the active one if none is named."""
        shown = self.desk.active if side is None else self.desk.sides[side]
        assert shown.text is not None
        return shown.pane.marks_within(Span(0, len(shown.text.body)))

    @property
    def status(self) -> str:
        return self.desk.query_one("#status").words  # type: ignore[attr-defined]

    def quote(self) -> str:
        """The selected words."""
        side = self.desk.active
        assert side.text is not None
        return side.text.quote(side.pane.selection) if side.pane.selection else ""


Open = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture(autouse=True)
def relating_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Relates texts in this process: one of its own for each test would take most of the time that they all take."""
    monkeypatch.setattr("texts.relate.relate_job.relate_in_child", relate)


@pytest.fixture(scope="session")
def first_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the two articles, to be copied."""
    path = tmp_path_factory.mktemp("first") / "library.db"
    make_first_library(path, "tester")
    assert len(articles()) == 2
    return path


@pytest.fixture
def library(first_library: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(copyfile(first_library, tmp_path / "library.db"))


@pytest.fixture
def open_desk(library: Path) -> Open:
    """Opens the desk on the library; leaving it closes the desk as `q` does."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40), settings: Settings | None = None
    ) -> AsyncIterator[Reader]:
        session = Session(library, "tester")
        try:
            app = ReaderApp(session, settings or Settings(reader="tester"))
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Reader(app, pilot)
        finally:
            session.close()

    return opened
