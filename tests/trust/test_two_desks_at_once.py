"""Two desks and a command line on one library: what is stored is what the screen showed when the key was pressed.

Each sentence of the text begins with a word of its own. Before a key that marks, the word under the cursor of the
terminal is read off the screen; the quote that is stored begins with it, or nothing is stored and the desk says so.
While that key is on its way the text gets a new version: by a program that is faster than the desk's next look, or by
one that takes its time. Meanwhile all three mark, delete, undo, import and rename.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import count, cycle
from pathlib import Path
from time import monotonic, sleep

import pytest
from pseudo import Program
from screen import TerminalScreen

from store.errors import Unchanged
from store.library import Library, LibraryError
from store.records import Anchor, Highlight
from store.repair import check
from texts.load import load_bytes

TUI = (sys.executable, "-m", "tui")
COLUMNS, ROWS = 120, 40
MINUTES = float(os.environ.get("TWO_DESKS_MINUTES", "20"))
"""How long the long form works."""
PROMISE = (
    "two desks and a command line at once: each stored quote is what the screen showed when it was marked"
)
PATIENCE = 300.0
"""Seconds after which what is waited for is taken not to come, on a machine of any slowness."""
MARKS = 6
"""What also the short form stores."""
ROUNDS = 100
"""Acts by which these marks are there."""
ON_A_HIGHLIGHT = " here: "
_VERBS = ("reaches", "leaves", "watches", "feeds", "warns", "guards")
_THINGS = ("the harbour", "an old mill", "every gate", "the long wall", "a grey ship", "the market")


class Edited:
    """The text as its author goes on with it: paragraphs come, go, move, and are reworded."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._numbers = count(1)
        self._paragraphs = [self._paragraph() for _ in range(24)]

    @property
    def body(self) -> str:
        return "\n\n".join(" ".join(sentences) for sentences in self._paragraphs)

    def change(self) -> str:
        """The next version."""
        for _ in range(self._rng.randint(1, 3)):
            self._rng.choice((self._insert, self._insert, self._cut, self._move, self._reword))()
        return self.body

    def _paragraph(self) -> list[str]:
        return [self._sentence() for _ in range(self._rng.randint(1, 4))]

    def _sentence(self) -> str:
        return f"Q{next(self._numbers):05} {self._rng.choice(_VERBS)} {self._rng.choice(_THINGS)}."

    def _insert(self) -> None:
        self._paragraphs.insert(self._rng.randint(0, len(self._paragraphs)), self._paragraph())

    def _cut(self) -> None:
        if len(self._paragraphs) > 12:
            del self._paragraphs[self._rng.randrange(len(self._paragraphs))]

    def _move(self) -> None:
        paragraph = self._paragraphs.pop(self._rng.randrange(len(self._paragraphs)))
        self._paragraphs.insert(self._rng.randint(0, len(self._paragraphs)), paragraph)

    def _reword(self) -> None:
        sentences = self._rng.choice(self._paragraphs)
        at = self._rng.randrange(len(sentences))
        sentences[at] = sentences[at].replace(" the ", " that ").replace(" a ", " one ")


class Desk:
    """A desk in a terminal of its own, and what stands there."""

    def __init__(self, program: Program, reader: str) -> None:
        self.program, self.reader = program, reader
        self.told = ""
        """What it said when there was no new highlight."""
        self._screen = TerminalScreen(COLUMNS, ROWS)
        self._fed = 0
        self._digits = cycle("123456789")
        program.until(b"\x1b[?2026l")

    def look(self, quiet: float = 0.15) -> TerminalScreen:
        """The screen once nothing more comes for a moment."""
        self.program.settle(quiet)
        self._screen.feed(bytes(self.program.drawn[self._fed :]))
        self._fed = len(self.program.drawn)
        return self._screen

    def rest(self) -> TerminalScreen:
        """The screen once all that was typed is done: a key that is bound to nothing, typed last, is told of."""
        deadline, typed = monotonic() + PATIENCE, []
        while monotonic() < deadline:
            self.leave_question()
            typed.append(next(self._digits))
            self.type(f"g{typed[-1]}")
            again = monotonic() + 3  # what another program did may be told in its place
            while monotonic() < again:
                if any(f"g {digit} is" in self.look(0.05).rows[-1] for digit in typed[-8:]):
                    return self._screen
        raise TimeoutError(self.status)

    def type(self, keys: str) -> None:
        self.program.write(keys.encode())

    @property
    def status(self) -> str:
        return self._screen.rows[-1]

    def leave_question(self) -> bool:
        """Esc, where the desk asks whether to undo something, which takes what is typed; whether it does."""
        asks = any("Undo “" in row for row in self.look().rows)
        if asks:
            self.type("\x1b")
            self.look(0.3)
        return asks


class Workplace:
    """The library, the two desks, and the command line."""

    def __init__(self, library: Path, environment: Mapping[str, str], seed: int, stack: ExitStack) -> None:
        self.rng = random.Random(seed)
        self.library = library
        self._environment = {**environment, "TUI_LIBRARY": str(library)}
        self._text = Edited(self.rng)
        self._folder = library.parent
        self._copies = count(1)
        self.misplaced: list[str] = []
        self.marked = self.refused = self.updates = self._exports = 0
        self.needless: list[str] = []
        """Refusals of sentences that were there word for word: safe, but a reader has to press again."""
        with Library.open(library, reader="author") as opened:
            opened.texts.add(load_bytes(self._text.body.encode(), "left.txt"))
            opened.texts.add(load_bytes(b"Another text. It says little.", "right.txt"))
        self.desks = [self._desk(name, stack) for name in ("ada", "ben")]

    def _desk(self, reader: str, stack: ExitStack) -> Desk:
        argv = [*TUI, "--reader", reader, "open", "left", "right"]
        program = Program(
            argv, environment=self._environment, folder=self._folder, columns=COLUMNS, rows=ROWS
        )
        return Desk(stack.enter_context(program), reader)

    def round(self) -> None:
        """One act of one of them."""
        act = self.rng.choices(
            (self.mark, self.delete, self.undo, self.command, self.wait), (10, 2, 2, 2, 1)
        )[0]
        act()

    # on a desk

    def _walked(self) -> Desk:
        desk = self.rng.choice(self.desks)
        desk.type("".join(self.rng.choices((")", "(", "}", "{", "gg", "G"), (6, 4, 4, 3, 1, 1), k=3)))
        return desk

    def mark(self) -> None:
        """Marks the sentence under the cursor while the text changes."""
        desk = self._walked()
        seen = desk.rest().word
        if ON_A_HIGHLIGHT in desk.status or not seen:
            return
        sentence = self._sentence(seen)
        before = self._newest(desk.reader)
        keys = self.rng.choice(("\r", "!", "T", "v)\r", "t"))
        if keys == "t":  # the picker is open over the text while that changes
            desk.type("t")
            desk.look()
            update = self._update()
            desk.type(f"tag{self.rng.randint(1, 9)}\r")
        else:
            update = self._update()
            desk.type(keys)
        stored = self._stored(desk, before)
        update()
        if stored is None:
            self.refused += 1
            if sentence and sentence == self._sentence(seen):
                self.needless.append(f"{keys!r} {sentence} {desk.told.strip()}")
            return
        self.marked += 1
        # Where the sentence was taken away and the desk had seen that before the key came, the cursor is at another.
        if stored.quote.startswith(seen):
            return
        now = desk.rest().word
        if not now or not stored.quote.startswith(now):
            self.misplaced.append(
                f"{desk.reader} {keys!r}: saw {seen}, stored {stored.quote}, now at {now}; {desk.status}"
            )

    def _sentence(self, word: str) -> str:
        """The sentence that begins with a word of its own, as the library now has it."""
        with Library.open(self.library) as opened:
            found = re.search(rf"{word} [^.]*\.", opened.texts.get("left").body)
        return found[0] if found else ""

    def delete(self) -> None:
        desk = self.rng.choice(self.desks)
        desk.type("]hdd")
        desk.look()

    def undo(self) -> None:
        desk = self.rng.choice(self.desks)
        desk.type(self.rng.choice(("u", "u", "U")))
        self._wait_for_writer(desk)  # the question comes when the writer has found that there is one
        desk.rest()

    def wait(self) -> None:
        """Long enough for both desks to look at what the others did."""
        sleep(0.8)
        for desk in self.desks:
            desk.look()

    def _newest(self, reader: str) -> int:
        with Library.open(self.library) as opened:
            return max((each.id for each in opened.highlights.find(reader=reader)), default=0)

    def _stored(self, desk: Desk, before: int) -> Highlight | None:
        """The highlight that a key has made, or None where the desk has done all that was typed and made none."""
        if not self._made(desk, before):
            desk.look()  # what it says then, for whoever reads of needless refusals
            told = desk.status
            self._wait_for_writer(desk)
            desk.told = told
        return next(reversed(self._made(desk, before)), None)

    def _made(self, desk: Desk, before: int) -> list[Highlight]:
        with Library.open(self.library) as opened:
            return [each for each in opened.highlights.find(reader=desk.reader) if each.id > before]

    def _wait_for_writer(self, desk: Desk) -> None:
        """Waits until the desk has written what was typed before: an export is read after that, in the same thread."""
        deadline = monotonic() + PATIENCE
        while True:
            self._exports += 1
            file = self._folder / f"export-{self._exports}.csv"
            desk.type(f":export {file}\r")
            while not file.exists():
                if monotonic() > deadline:
                    raise TimeoutError(f"neither marked nor refused: {desk.status}")
                if desk.leave_question():
                    break
            else:
                return

    # elsewhere

    def _update(self) -> Callable[[], None]:
        """Begins a new version of the text, most of the time; gives what waits until it is there."""
        chance = self.rng.random()
        if chance < 0.25:
            return lambda: None
        self.updates += 1
        file = self._folder / "left.txt"
        file.write_text(self._text.change(), encoding="utf-8")
        if chance < 0.75:
            with Library.open(self.library, reader="author") as opened, suppress(Unchanged):
                opened.texts.update("left", load_bytes(file.read_bytes(), "left.txt"))
            return lambda: None
        program = subprocess.Popen(
            [*TUI, "update", "left", str(file)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return lambda: assert_done(program.wait(PATIENCE))

    def command(self) -> None:
        """Something of the command line's: a mark, a tag merged, a colleague's library, a deletion, an undo."""
        with Library.open(self.library) as opened:
            ids = [each.id for each in opened.highlights.find()]
            sentence = self.rng.choice(opened.texts.get("left").body.replace("\n\n", " ").split(". ")[:-1])
            tags = [tag.path for tag in opened.codebook.list()]
        acts = [["mark", "left", sentence, "--tag", "cli", "--reader", "cli"]]
        if len(ids) > 8:
            acts.append(["delete", str(self.rng.choice(ids))])
        if len(tags) > 2:
            acts.append(["tags", "merge", *self.rng.sample(tags, 2)])
        acts += [["undo"], ["import", str(self._colleague())]]
        done = subprocess.run(
            [*TUI, *self.rng.choice(acts)], env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1, 2), done.stderr
        assert "Traceback" not in done.stderr

    def _colleague(self) -> Path:
        """A copy of the library in which somebody has marked something."""
        copy = self._folder / f"colleague-{next(self._copies)}.db"
        subprocess.run([*TUI, "backup", str(copy)], env=self._environment, capture_output=True, check=True)
        with Library.open(copy, reader="eve") as opened, suppress(LibraryError):
            text = opened.texts.get("left")
            opened.highlights.mark("left", self.rng.choice(text.numbered).span, tags=["eve"])
        return copy

    def finish(self) -> None:
        """Leaves both desks, and looks whether every highlight stands on its words."""
        for desk in self.desks:
            desk.type("\x1b")
            desk.look(0.3)
            desk.type("q")
            assert desk.program.ended() == 0
        assert check(self.library).ok
        assert not (self._folder / "tui-error.log").exists()
        with Library.open(self.library) as opened:
            body = opened.texts.get("left").body
            for each in opened.highlights.of("left"):
                if each.anchor is not Anchor.ORPHAN:
                    assert each.quote == " … ".join(body[slice(*part)] for part in each.parts)


def assert_done(code: int) -> None:
    """The text was updated, or had this version already."""
    assert code in (0, 1, 2)


@pytest.fixture
def workplace(tmp_path: Path, environment: Mapping[str, str]) -> Iterator[Callable[[int], Workplace]]:
    with ExitStack() as stack:
        yield lambda seed: Workplace(tmp_path / "library.db", environment, seed, stack)


@pytest.mark.promise(PROMISE)
@pytest.mark.parametrize(
    "minutes", [0.0, pytest.param(MINUTES, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_two_desks_and_a_command_line(
    workplace: Callable[[int], Workplace], minutes: float, record_property: Callable[[str, object], None]
) -> None:
    place = workplace(int(os.environ.get("TWO_DESKS_SEED", "1")))
    until, rounds = monotonic() + minutes * 60, 0
    while (place.marked < MARKS and rounds < ROUNDS) or monotonic() < until:
        place.round()
        rounds += 1
    place.finish()
    record_property("promise", (PROMISE, place.marked + place.refused))
    told = (
        f"{place.marked} marked, {place.refused} refused ({len(place.needless)} of them there word for word), "
        f"{place.updates} updates"
    )
    assert place.misplaced == [], told
    assert place.marked >= MARKS, told
    print(told, *place.needless, sep="\n")
