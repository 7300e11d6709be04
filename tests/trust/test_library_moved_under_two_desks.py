"""Two desks mark while the library is renamed, copied and replaced under them: nothing that was told as done is lost.

After each event all that was told is in the library, wherever that is by then, or in the copy that a desk names; the
file that came is as it came. A copy of the file alone has it all, or `tui check` says that the log is missing.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest
from pseudo import Program

from store.library import Library
from store.repair import check
from tui.home import make_first_library

TUI = (sys.executable, "-m", "tui")
MINUTES = float(os.environ.get("TWO_DESKS_MINUTES", "20"))
"""How long the long form works."""
PROMISE = (
    "the library is renamed, copied, replaced under two desks: what was told is kept, the newcomer untouched"
)
READERS = ("ada", "ben")
_PATIENCE = 60.0


class Round:
    """A library of its own with two desks, and what they were told as done."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], rng: random.Random, stack: ExitStack
    ) -> None:
        self.folder, self.library, self.other = folder, folder / "library.db", folder / "other" / "other.db"
        self._environment, self._rng = environment, rng
        self._passages = iter(rng.sample(range(2, 11), 9))  # each text of a first library has them
        make_first_library(self.library, "ada")
        make_first_library(self.other, "eve")
        with Library.open(self.other, reader="eve") as opened:
            opened.codebook.ensure("theirs")
        self.desks = [self._desk(reader, stack) for reader in READERS]

    def _desk(self, reader: str, stack: ExitStack) -> Program:
        argv = [*TUI, "--library", str(self.library), "--reader", reader]
        desk = Program(argv, environment=self._environment, folder=self.folder, columns=160)
        stack.enter_context(desk)
        desk.until(b"\x1b[?2026l")
        desk.settle()
        return desk

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Waits, and reads meanwhile what the desks draw: they would stand still otherwise."""
        deadline = monotonic() + _PATIENCE
        while not condition():
            assert monotonic() < deadline, what
            self._read()

    def _read(self) -> None:
        for desk in self.desks:
            desk.settle(0.02)

    def act(self) -> dict[str, str]:
        """Some acts of both desks and the command line; the highlights that were told as done."""
        for desk in (*self.desks, *self.desks):
            before = highlights(self.library)
            desk.write(f"{next(self._passages)}G\r".encode())
            self.until(lambda before=before: highlights(self.library) != before, "the mark is not written")  # type: ignore[misc]
        if self._rng.random() < 0.5:
            assert self.say("note", "a word", path=self.library).returncode == 0
        return highlights(self.library)

    def say(self, *arguments: str, path: Path) -> subprocess.CompletedProcess[str]:
        argv = [*TUI, "--library", str(path), *arguments]
        return subprocess.run(argv, env=self._environment, capture_output=True, text=True, check=False)

    # what happens to the file

    def copied(self, told: Mapping[str, str]) -> None:
        """The file alone is copied at once, and again when its log has been emptied, two seconds after the last act."""
        at_once, later = self.folder / "at-once.db", self.folder / "later.db"
        shutil.copyfile(self.library, at_once)
        log = self.library.with_name("library.db-wal")
        self.until(lambda: log.stat().st_size == 0, "the log is not emptied")
        shutil.copyfile(self.library, later)
        done = self.say("check", path=at_once)
        assert "its log" in done.stdout or (done.returncode == 0 and highlights(at_once) == told), done
        assert highlights(at_once).items() <= told.items()
        assert highlights(later) == told
        assert check(later).findings == ()
        for desk in self.desks:
            desk.write(b"q")
            assert desk.ended() == 0
        assert highlights(self.library) == told

    def renamed(self, told: Mapping[str, str]) -> None:
        self.library.rename(self.folder / "renamed.db")
        self._left_with_copies(told)

    def replaced(self, told: Mapping[str, str]) -> None:
        theirs = highlights(self.other), acts(self.other)
        os.replace(self.other, self.library)
        self._left_with_copies(told)
        assert (highlights(self.library), acts(self.library)) == theirs
        assert self.say("check", path=self.library).returncode == 0

    def replaced_while_marking(self, told: Mapping[str, str]) -> None:
        """What is on its way when the file is replaced is told as done, or it is not; the newcomer has none of it."""
        for desk in self.desks:
            desk.write(f"{next(self._passages)}G\r".encode())
        sleep(self._rng.random() / 10)
        self.replaced(told)

    def _left_with_copies(self, told: Mapping[str, str]) -> None:
        """Each desk names a copy that is sound and has all that was told."""
        sinces = [len(desk.drawn) for desk in self.desks]
        for desk, since in zip(self.desks, sinces, strict=True):
            desk.until(b"NOT WRITING", since=since)
        copies = set(self.folder.glob("*.rescued-*.db"))
        assert len(copies) == len(self.desks)
        for desk in self.desks:
            desk.write(b"6G\rq")  # nothing more is written, to whatever file
            assert desk.ended() == 2
            last = bytes(desk.drawn).decode().rpartition("\x1b[?1049l")[2].replace("\r\n", "")
            (named,) = {copy for copy in copies if str(copy) in last}
            assert check(named).findings == ()
            assert told.items() <= highlights(named).items()
        assert set(self.folder.glob("*.rescued-*.db")) == copies
        assert not (self.folder / "tui-error.log").exists()


def highlights(library: Path) -> dict[str, str]:
    """The quotes of all highlights, by what they are called everywhere."""
    with Library.open(library, create=False, read_only=True) as opened:
        return {each.uid: each.quote for each in opened.highlights.find()}


def acts(library: Path) -> int:
    """How many acts the journal has."""
    with Library.open(library, create=False, read_only=True) as opened:
        return int(opened.connection.value("SELECT count(*) FROM act"))


EVENTS = (Round.renamed, Round.copied, Round.replaced, Round.replaced_while_marking)


@pytest.fixture
def begin(tmp_path: Path, environment: Mapping[str, str]) -> Callable[[int, ExitStack], Round]:
    def make(seed: int, stack: ExitStack) -> Round:
        folder = tmp_path / f"round-{seed}"
        folder.mkdir()
        return Round(folder, environment, random.Random(seed), stack)

    return make


@pytest.mark.promise(PROMISE)
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_one_event(
    begin: Callable[[int, ExitStack], Round], event: Callable[[Round, Mapping[str, str]], None]
) -> None:
    with ExitStack() as stack:
        place = begin(1, stack)
        event(place, place.act())


@pytest.mark.long
def test_events_again_and_again(
    begin: Callable[[int, ExitStack], Round], record_property: Callable[[str, object], None]
) -> None:
    until, tries = monotonic() + MINUTES * 60, 0
    while monotonic() < until:
        tries += 1
        with ExitStack() as stack:
            place = begin(tries, stack)
            EVENTS[tries % len(EVENTS)](place, place.act())
        shutil.rmtree(place.folder)
    record_property("promise", (PROMISE, tries))
    print(f"{tries} events")
