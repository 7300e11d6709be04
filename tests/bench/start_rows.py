"""What a reader waits for: the first start, the first answer, keys beside vim, a search as it is typed; and the memory.

Where the clock of a busy machine says little, processor time or instructions stand beside it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from store.library import Library
from tests.bench import instructions
from tests.bench.command_line import BASES, command, surroundings
from tests.bench.corpus import write
from tests.bench.desk import DESK, emptied, subjects
from tests.bench.large_rows import spent
from tests.bench.pane import Subject
from tests.bench.table import Figure, milliseconds, ratio
from tests.bench.terminal import Terminal, percentile

_ROOT = Path(__file__).resolve().parents[2]
_ARTICLES = "BENCH_ARTICLES"
"""Names a folder with two texts to be measured in place of the articles that the program has with it."""
_READ = b"READ"
_BARE = Subject("bare", (sys.executable, str(Path(__file__).with_name("bare.py"))))
_ANSWERED = b"Enter go"
"""What the list of related passages begins with."""
_PRESSED = 25
"""Keys that are pressed one after the other, for each round."""


def starting(folder: Path, rounds: int) -> Iterator[Figure]:
    """Instructions until the first frame, of two files without a library and with one; and of relating them."""
    files = _articles()
    opened = command(("open", *files))
    fresh, ready = emptied(folder / "fresh") / "library.db", emptied(folder / "ready") / "library.db"
    spent(("add", *files), ready)
    bare = _until_drawn(_BARE, b"ready", rounds)
    for row, library, most in (("no library yet", fresh, 1.65), ("a library that has them", ready, 1.4)):
        counts = []
        for _ in range(max(2, min(3, rounds))):
            if library is fresh:
                emptied(folder / "fresh")
            counts.append(instructions.until_drawn(Subject(row, _program(opened), library), _READ))
        ours = min((count for count in counts if count), default=None)
        yield Figure(f"tui open A B, {row}", "bare", "Ir", _over(ours, bare), most, _millions(ours))
    yield from _related(ready)


def _related(library: Path) -> Iterator[Figure]:
    """Relating the two texts of a library, which keeps the answer, and asking for that once more."""
    environment = surroundings(library)
    with Library.open(library, read_only=True) as opened:
        arguments = ("related", *(text.slug for text in opened.texts.list()))
    spent(arguments, library)  # compiles its modules, which an installed program finds compiled
    with closing(sqlite3.connect(library, isolation_level=None)) as sql:
        sql.execute("DELETE FROM relation")
    related = command(arguments)
    floor = instructions.of_command([sys.executable, "-c", BASES["floor"]], environment)
    for row, most in (("the first time", 4.0), ("kept", 2.2)):
        ours = instructions.of_command(related, environment)
        yield Figure(f"tui related A B, {row}", "floor", "Ir", _over(ours, floor), most, _millions(ours))


def first_answer(folder: Path, rounds: int) -> Iterator[Figure]:
    """`gr` at once on a library that is being made, from the start of the program, beside its own first frame."""
    seen: dict[str, list[float]] = {"frame": [], "answer": []}
    for _ in range(2 * rounds):
        library = emptied(folder / "first-answer") / "library.db"
        with Subject("ours", _program(command(("open", *_articles()))), library).start() as desk:
            seen["frame"].append(desk.wait_for(_READ))
            desk.send(b"gr")
            seen["answer"].append(desk.wait_for(_ANSWERED, timeout=30))
    least = min(seen["answer"]) / min(seen["frame"])
    note = milliseconds(seen["answer"])
    middle = ratio(seen["answer"], seen["frame"])
    yield Figure("the first answer, no library yet", "first frame", "wall", middle, 1.1, note)
    yield Figure("the first answer, no library yet", "first frame", "least wall", least, 1.1)


def keys_and_vim(folder: Path, rounds: int) -> Iterator[Figure]:
    """`w` and a page on an article, beside vim on the same text."""
    if not shutil.which("vim"):
        return
    text, article = write(folder, "book")["book"], subjects(folder)[1]
    book = emptied(folder / "book") / "library.db"
    spent(("add", str(text)), book)
    desk = Subject(article.name, _program(command(("open", text.stem))), book)
    with ExitStack() as stack:
        ours = stack.enter_context(desk.start())
        vim = stack.enter_context(Terminal(("vim", "-u", "NONE", "-N", "-n", str(text))))
        ours.wait_for(_READ)
        for terminal in (ours, vim):
            terminal.settle(2.0)
        for name, key, most in (("w", b"w", 12), ("page", b"\x06", 10)):
            times: dict[Terminal, list[float]] = {ours: [], vim: []}
            worked: dict[Terminal, list[float]] = {ours: [], vim: []}
            for _ in range(rounds):
                for terminal in (ours, vim):
                    terminal.keys(b"gg", quiet=0.1)
                    before = terminal.processor_seconds()
                    for _ in range(_PRESSED):
                        answer = terminal.key(key, quiet=0.03, timeout=1)
                        if answer.last_byte is not None:
                            times[terminal].append(answer.first_frame or answer.last_byte)
                    worked[terminal].append((terminal.processor_seconds() - before) / _PRESSED)
            row = f"key {name}, a book"
            yield Figure(row, "vim", "p50", ratio(times[ours], times[vim]), most, milliseconds(times[ours]))
            took = median(worked[ours]) * 1000
            yield Figure(row, "vim", "processor", ratio(worked[ours], worked[vim]), most, f"{took:.2f} ms")


def typing(folder: Path, rounds: int) -> Iterator[Figure]:
    """A search on 600,000 words as it is typed."""
    long = subjects(folder)[2]
    with long.start() as desk:
        desk.wait_for(_READ)
        desk.settle(2.0)
        for asked, words, most in (
            ("24 letters", ("winter", "garden", "letter", "church"), 16),
            ("three words", ("winter garden harbour",), None),
        ):
            found: list[float] = []
            worked: list[float] = []
            for word in words * rounds:
                desk.key(b"/", quiet=0.3)
                for letter in word.encode():
                    before = desk.processor_seconds()
                    answer = desk.key(bytes([letter]), quiet=0.08)
                    worked.append(desk.processor_seconds() - before)
                    found.append(answer.first_frame or answer.last_byte or 0.0)
                desk.key(b"\x1b", quiet=0.3)
            row = f"search as you type, 600k words, {asked}"
            yield Figure(row, "", "p95, ms", percentile(found, 95) * 1000, most, milliseconds(found))
            note = f"p50 {percentile(worked, 50) * 1000:.1f} ms"
            yield Figure(row, "", "its processor", percentile(worked, 95) * 1000, most, note)


def memory(folder: Path, rounds: int) -> Iterator[Figure]:
    """What the desk has after a search and twenty pages, with its child, beside an app with two empty panes."""
    bare, article, long = subjects(folder)
    used: dict[str, float] = {}
    for subject in (bare, article, long):
        with subject.start() as terminal:
            terminal.wait_for(b"ready" if subject is bare else _READ)
            terminal.settle(2.0)
            if subject is not bare:
                terminal.keys(b"/winter\r", quiet=0.2)
                terminal.keys(b"\x06" * 20, quiet=0.1)  # of which the last draw nothing: an article is short
            terminal.settle(1.0)
            used[subject.name] = terminal.memory()
    for subject, name, most in ((article, "the articles", 1.4), (long, "600k words, 10,000 highlights", 2.0)):
        measured = used[subject.name] / used["bare"]
        note = f"{used[subject.name]:.0f} of {used['bare']:.0f} MB"
        yield Figure(f"memory, {name}", "bare", "memory", measured, most, note)


def _articles() -> list[str]:
    given = os.environ.get(_ARTICLES)
    if given:
        return sorted(str(path) for path in Path(given).glob("*.txt"))[:2]
    return [str(_ROOT / "texts" / "articles" / name) for name in ("editorial.txt", "analysis.txt")]


def _program(line: Sequence[str]) -> tuple[str, ...]:
    """A command by the interpreter that valgrind counts: a script would have one started that it does not follow."""
    return tuple(line) if line[0] == sys.executable else (*DESK, *line[1:])


def _until_drawn(subject: Subject, drawn: bytes, rounds: int) -> int | None:
    """The least of some counts: the first may compile modules, and a timer now and then comes first."""
    counts = [instructions.until_drawn(subject, drawn) for _ in range(max(2, min(3, rounds)))]
    return min((count for count in counts if count), default=None)


def _over(ours: int | None, base: int | None) -> float | None:
    return ours / base if ours and base else None


def _millions(count: int | None) -> str:
    return "" if count is None else f"{count / 1e6:.0f} million"
