"""The desk under random hands: it never crashes, the library stays whole, and undo to the start gives the start."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pressing import key_event
from textual import events

from store.library import Library
from store.migrations import JOURNALED
from store.repair import check
from texts.load import load_bytes
from tui.app import ReaderApp
from tui.keys.key_table import KEYS
from tui.session import Session
from tui.settings import Settings

_NAMED = {
    "Space": "space",
    "Esc": "escape",
    "Enter": "enter",
    "Tab": "tab",
    "PageUp": "pageup",
    "PageDown": "pagedown",
}
SEQUENCES = sorted({sequence for key in KEYS for sequence in (*key.keys, *key.selecting)} - {"q", "Ctrl-z"})
HOSTILE = (
    "A plain sentence about Nouri Maliki. And another one, of Teheran.",
    "\x1b]52;c;aGk=\x07 \x1b[2J [/b] [@click=app.quit]here[/] \u202egnihton",
    "שלום עולם " * 8,
    "漢字かな交じり文。" * 12,
    "e\u0301" * 60 + " 👨\u200d👩\u200d👧 🇮🇶",
    "- one\n- two\n    indented verse",
    "x" * 400,
    "Share this\n\nSubscribe to our newsletter",
)
PROMISE = "the desk under random keys, mouse and sizes: no crash, a whole library, undo to the start gives the start"
LONG_RUNS = 6
"""Each of some ten thousand events; several, so that several processes can share them."""
WORDS = st.sampled_from(
    ("Maliki", "claim/one", "[/b]", "a\u202eb", "%00", "'; DROP TABLE", "é", "(", "12", "/etc")
)
BODIES = st.lists(st.sampled_from(HOSTILE), min_size=0, max_size=12).map("\n\n".join)


def presses(sequence: str) -> list[str]:
    """The presses of a sequence of the key table: characters, or keys as Textual names them."""
    return [_press(name) for name in sequence.split()]


def _press(name: str) -> str:
    if name.startswith("Ctrl-"):
        return f"ctrl+{key_event(name.removeprefix('Ctrl-')).key}"
    return _NAMED.get(name) or (name if len(name) == 1 else name.lower())


def contents(path: Path) -> dict[str, list[object]]:
    """All that readers can change, as rows."""
    with Library.open(path, reader="looking") as library:
        rows = library._connection.rows
        return {table: rows(f"SELECT * FROM {table} ORDER BY id") for table in JOURNALED}


class Hands(RuleBasedStateMachine):
    """Presses what no reader would."""

    events = 0
    """Keys, movements of the mouse and resizes so far, of all machines in this process."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.library = self.folder / "library.db"
        self.runner = asyncio.Runner()
        self.was = os.getcwd()
        os.chdir(self.folder)
        os.environ["EDITOR"] = "true"

    @initialize(left=BODIES, right=BODIES, width=st.integers(18, 200), height=st.integers(4, 60))
    def open(self, left: str, right: str, width: int, height: int) -> None:
        """Two texts of anything, on a terminal of any size."""
        with Library.open(self.library, reader="hands") as library:
            slugs = [
                library.texts.add(load_bytes(body.encode("utf-8", "replace"), f"{name}.txt"))[0].slug
                for name, body in (("left", left), ("right", right))
                if body.strip()
            ]
            library.ui_state.put("desk.pair", slugs)
        self.size = (width, height)
        self._begin()

    def _begin(self) -> None:
        self.session = Session(self.library, "hands")
        self.app = ReaderApp(self.session, Settings(reader="hands"))
        self.running = self.app.run_test(size=self.size)
        self.pilot = self.runner.run(self.running.__aenter__())

    def _end(self) -> None:
        if not self.app._exit:
            self.runner.run(self.pilot.pause())
            self.it_stands()
        self.app._exit = True
        try:
            self.runner.run(self.running.__aexit__(None, None, None))
        finally:
            self.session.close()

    @rule(sequences=st.lists(st.sampled_from(SEQUENCES), min_size=1, max_size=12))
    def press_commands(self, sequences: Sequence[str]) -> None:
        """Keys of the table, one after the other."""
        self._press([press for sequence in sequences for press in presses(sequence)])

    @rule(sequences=st.lists(st.sampled_from(SEQUENCES), min_size=20, max_size=60))
    def press_many_commands(self, sequences: Sequence[str]) -> None:
        """Keys of the table, faster than the desk can follow."""
        self.press_commands(sequences)

    @rule(characters=st.text("abcdefghijklmnopqrstuvwxyzHAST0123456789 !.-/:'\"", min_size=1, max_size=12))
    def press_characters(self, characters: str) -> None:
        """Any letters."""
        self._press(characters)

    @rule(
        before=st.sampled_from(("/", "t", "c", ":", "space a", "space t", "space d", "space e", "z p")),
        words=WORDS,
    )
    def write(self, before: str, words: str) -> None:
        """Words into whatever asks for them."""
        self._press([*before.split(), *words, "enter", "escape"])

    @rule(x=st.integers(0, 199), y=st.integers(0, 59), to=st.integers(0, 199), button=st.sampled_from((1, 3)))
    def drag(self, x: int, y: int, to: int, button: int) -> None:
        """The mouse goes down, moves, and comes up."""
        for kind, at in ((events.MouseDown, x), (events.MouseMove, to), (events.MouseUp, to)):
            if y < self.size[1] and at < self.size[0]:
                Hands.events += 1
                self.app.post_message(_mouse(kind, at, y, button))
        self._settle()

    @rule(width=st.integers(18, 200), height=st.integers(4, 60))
    def resize(self, width: int, height: int) -> None:
        """Another size."""
        self.size = (width, height)
        Hands.events += 1
        self.runner.run(self.pilot.resize_terminal(width, height))
        self._settle()

    @rule()
    def leave_and_come_back(self) -> None:
        """The desk is closed and opened again."""
        self._end()
        self._begin()

    def _press(self, keys: Sequence[str]) -> None:
        Hands.events += len(keys)
        for key in keys:
            self.app.post_message(key_event(key))
        self._settle()

    def _settle(self) -> None:
        self.runner.run(self.pilot.pause())
        self.session.writer.drain()
        self.runner.run(self.pilot.pause())
        if self.app._exit:
            self._end()
            self._begin()

    @invariant()
    def it_stands(self) -> None:
        """No mistake of the program's own has ended it."""
        assert not hasattr(self, "app") or self.app._exception is None
        assert not self.folder.joinpath("tui-error.log").exists()

    def teardown(self) -> None:
        """All of it taken back, the adding of the texts too, leaves what an empty library has."""
        log = self.folder / "tui-error.log"
        if log.exists():  # what hypothesis tells of a second try, when keys fall otherwise, would say less
            print(log.read_text(encoding="utf-8")[-6000:])
        try:
            if hasattr(self, "app"):
                self._end()
                assert check(self.library).ok
                with Library.open(self.library, reader="hands") as library:
                    while library.journal.undo():
                        pass
                assert contents(self.library) == {table: [] for table in JOURNALED}
        finally:
            with suppress(RuntimeError):
                self.runner.close()
            os.chdir(self.was)
            shutil.rmtree(self.folder, ignore_errors=True)


def _mouse(kind: type[events.MouseEvent], x: int, y: int, button: int) -> events.MouseEvent:
    return kind(
        None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y
    )  # fmt: skip


@pytest.mark.promise(PROMISE)
@pytest.mark.parametrize(
    ("runs", "steps"),
    [(3, 12), *(pytest.param(15, 60, marks=pytest.mark.long) for _ in range(LONG_RUNS))],
    ids=["quick", *(f"long-{number}" for number in range(1, LONG_RUNS + 1))],
)
def test_the_desk_under_random_hands(
    runs: int, steps: int, record_property: Callable[[str, object], None]
) -> None:
    Hands.events = 0
    run_state_machine_as_test(
        Hands,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            derandomize=runs < 10,
            phases=[Phase.generate],  # each step waits for a real desk: to shrink would take the afternoon
            suppress_health_check=list(HealthCheck),
        ),
    )
    record_property("promise", (PROMISE, Hands.events))
