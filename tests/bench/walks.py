"""How much of the program four walks pass through: files and functions of ours that run from a key, or a command, on.

A stranger who follows a key reads that many. `python -m tests.bench.walks` says the figures, with `WALK` the functions:

    python -m tests.bench.walks Enter
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from inspect import CO_OPTIMIZED
from io import StringIO
from pathlib import Path
from types import FrameType
from unittest.mock import patch

from textual.pilot import Pilot
from textual.timer import Timer

from store.library import Library
from store.services.exports import export_to
from tests.bench.desk import emptied
from tests.bench.table import Figure
from texts.model import Span
from tui.app import ReaderApp
from tui.cli.root import invoke
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings

_ROOT = Path(__file__).parents[2]
_OURS = tuple(f"{_ROOT / package}/" for package in ("tui", "store", "texts"))


class Walk:
    """The functions of ours that were called while it was watched, in any thread, in the order of their first call."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], str] = {}
        self._watched = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """What is called now counts; threads that were begun under `ready` are watched too."""
        self._watched = True
        yield
        self._watched = False

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Threads that begin from now on can be watched, as this one."""
        threading.setprofile(self._called)
        sys.setprofile(self._called)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]  # which it takes

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if not (self._watched and event == "call" and code.co_filename.startswith(_OURS)):
            return
        if (
            code.co_flags & CO_OPTIMIZED and code.co_name[0] != "<"
        ):  # no body of a class or module, no comprehension
            self._seen.setdefault((code.co_filename, code.co_firstlineno), code.co_qualname)

    def by_file(self) -> dict[str, list[str]]:
        """Names of functions by path of their file."""
        found = defaultdict(list)
        for (path, _), name in self._seen.items():
            found[str(Path(path).relative_to(_ROOT))].append(name)
        return found

    def figures(self) -> tuple[int, int]:
        """How many files and functions."""
        return len(self.by_file()), len(self._seen)


def walks(folder: Path, rounds: int) -> Iterator[Figure]:
    """Files and functions of each walk."""
    for name, walk in walked(folder).items():
        for what, count in zip(("files", "functions"), walk.figures(), strict=True):
            yield Figure(name, "", what, count)


def walked(folder: Path) -> dict[str, Walk]:
    """Each walk through a library of the two articles that come with the program."""
    made = emptied(folder / "walks")
    library, project = made / "library.db", made / "library.qdpx"
    make_first_library(library, "tester")
    with Library.open(library, reader="tester") as opened:
        opened.highlights.mark("analysis", Span(0, 30), note="a note", tags=("claim",))
        export_to(opened, project)
    other = made / "other.db"
    return {
        "Enter": _key(library, "}", "enter"),
        "tui search": _command(library, "search", "minister"),
        "g r": _key(library, "}", "g", "r"),
        "import of a QDPX": _command(other, "import", str(project)),
    }


def _key(library: Path, before: str, *keys: str) -> Walk:
    """What keys do, until all is written and drawn, in a desk whose texts have been related."""
    walk = Walk()

    async def press() -> None:
        app = ReaderApp(session, Settings(reader="tester"))
        async with app.run_test(size=(120, 40)) as pilot:
            await at_rest(pilot)
            await pilot.press(before)
            await at_rest(pilot)
            with patch.object(Timer, "_tick", _no_tick), walk.watched():  # what goes on anyway is of no key
                await pilot.press(*keys)
                await at_rest(pilot)

    async def at_rest(pilot: Pilot[None]) -> None:
        for _ in range(2):
            await pilot.pause()
            await pilot.app.workers.wait_for_complete()
            session.writer.drain()
        await pilot.pause()

    with walk.ready():
        session = Session(library, "tester")
        try:
            asyncio.run(press())
        finally:
            session.close()
    return walk


async def _no_tick(timer: Timer, *, next_timer: float, count: int) -> None:
    """In place of what a timer does."""


def _command(library: Path, *arguments: str) -> Walk:
    """What a command does in its own process; a child that reads a file for it is not watched."""
    walk = Walk()
    with walk.ready(), walk.watched(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert invoke(["--library", str(library), *arguments]) == 0
    return walk


def main() -> None:
    """Prints the figures, or what one walk passes through."""
    with tempfile.TemporaryDirectory() as folder:
        found = walked(Path(folder))
    for name, walk in found.items():
        if name in sys.argv[1:]:
            for path, functions in walk.by_file().items():
                print(path, *functions, sep="\n    ")
        elif len(sys.argv) == 1:
            print(f"{name:20} {' files, '.join(map(str, walk.figures()))} functions")


if __name__ == "__main__":
    main()
