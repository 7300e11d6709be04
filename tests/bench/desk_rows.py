"""The desk in a real pseudo-terminal, held against an app with two empty panes, against pagers and against TextArea."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from time import sleep

from store.library import Library
from tests.bench import instructions
from tests.bench.corpus import write
from tests.bench.desk import DESK, emptied, make_library, subjects
from tests.bench.pane import Action, Subject, measure_keys, measure_sizes
from tests.bench.table import Figure, milliseconds, of_keys, ratio
from tests.bench.terminal import Terminal, percentile
from tests.support import first_frame
from tests.support.steps import still, usual
from texts.load import load, load_bytes
from tui.app import ReaderApp
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings

_HERE = Path(__file__).parent
_DRAWN = {"bare": b"ready"}
"""What a program draws in its first frame."""
_READ = b"READ"
_ARTICLE, _LONG = "article, 1,000 marks", "600k words, 10,000 marks"
_SHORT = {_ARTICLE: "article", _LONG: "600k words"}
_FOLLOWED = 31_000
"""Passages of each of two texts that are related while keys are pressed."""

KEYS = (
    (Action("cursor", b"w", b"gg"), 1.3, 4.0),
    (Action("selection", b"w", b"ggv"), 1.3, 4.0),
    (Action("highlight", b"\r", b"gg", b")v"), 1.3, 4.0),
    (Action("line down", b"j", b"gg"), 1.8, None),
    (Action("page down", b"\x06", b"gg"), 2.2, None),
)
"""Keys, the most that one may take of a key that does nothing, and its 95th percentile of its middle.

A highlight is of what is selected: of a thousand that an article has, one is on every sentence already.
"""


_MODULES = 79
"""Modules of ours that the first frame was seen to load."""


def modules(folder: Path, rounds: int) -> Iterator[Figure]:
    """How many modules of ours are loaded when the desk is first drawn: each costs about a thousandth of the time."""
    library = folder / "first-frame.db"
    if not library.exists():
        make_first_library(library, "tester")
    ours = [
        name for name in first_frame.modules(library) if name.partition(".")[0] in ("texts", "store", "tui")
    ]
    yield Figure("modules of ours at the first frame", "", "modules", len(ours), _MODULES)


def first_paint(folder: Path, rounds: int) -> Iterator[Figure]:
    """From the start of the program to the end of its first frame."""
    measured = subjects(folder)
    times: dict[str, list[float]] = {subject.name: [] for subject in measured}
    for number in range(rounds + 1):
        for subject in measured:
            with subject.start() as terminal:
                seconds = terminal.wait_for(_DRAWN.get(subject.name, _READ))
            if number:  # the first round fills the caches of files
                times[subject.name].append(seconds)
    counts = {subject.name: _least_count(subject) for subject in measured if subject.name != _LONG}
    for name, most in ((_ARTICLE, 1.25), (_LONG, 1.35)):
        note = f"{percentile(times[name], 50) * 1000:.0f} ms"
        yield Figure(
            f"first paint, {_SHORT[name]}", "bare", "wall", ratio(times[name], times["bare"]), most, note
        )
    ours, bare = counts[_ARTICLE], counts["bare"]
    yield Figure("first paint, article", "bare", "Ir", ours / bare if ours and bare else None, 1.2)


def _least_count(subject: Subject) -> int | None:
    """Instructions until the first frame, the least of three: fifty times slower, a timer now and then comes first."""
    counts = [instructions.until_drawn(subject, _DRAWN.get(subject.name, _READ)) for _ in range(3)]
    return min((count for count in counts if count), default=None)


def keys(folder: Path, rounds: int) -> Iterator[Figure]:
    """Every key of the table, programs taking turns key by key; then sizes and memory."""
    measured = subjects(folder)
    with ExitStack() as stack:
        terminals = {each.name: stack.enter_context(each.start()) for each in measured}
        for terminal in terminals.values():
            terminal.settle(2.0)
        for action, most, spread in KEYS:
            found = measure_keys(terminals, action, 8 * rounds)
            for name in (_ARTICLE, _LONG):
                yield from of_keys(
                    f"{action.name}, {_SHORT[name]}", found[name], found["bare"], most, spread=spread
                )
        sizes = measure_sizes(terminals, 2 * rounds)
        yield Figure(
            "resize, 600k words",
            "bare",
            "p50",
            ratio(sizes[_LONG], sizes["bare"]),
            1.5,
            milliseconds(sizes[_LONG]),
        )
        yield from _as_you_type(terminals[_LONG], terminals["bare"], rounds)
        bare = terminals["bare"].memory()
        for name, most in ((_ARTICLE, None), (_LONG, 1.6)):
            used = terminals[name].memory()
            yield Figure(f"memory, {_SHORT[name]}", "bare", "memory", used / bare, most, f"{used:.0f} MB")


def _as_you_type(desk: Terminal, bare: Terminal, rounds: int) -> Iterator[Figure]:
    """A search on 600,000 words, letter by letter."""
    ours, theirs = [], []
    for word in ("winter", "garden", "letter", "morning", "harbour")[:rounds]:
        desk.key(b"/", quiet=0.2)
        for letter in word:
            answer, nothing = desk.key(letter.encode(), quiet=0.05), bare.key(b"w", quiet=0.03)
            if answer.last_byte and nothing.last_byte:
                ours.append(answer.first_frame or answer.last_byte)
                theirs.append(nothing.first_frame or nothing.last_byte)
        desk.key(b"\x1b", quiet=0.3)
    yield from of_keys("search as you type, 600k words", ours, theirs, 2.0)
    yield Figure("search as you type, 600k words", "", "p95, ms", percentile(ours, 95) * 1000, 16)


def same_key(folder: Path, rounds: int) -> Iterator[Figure]:
    """Steps of the interpreter that a key takes on 600,000 words against the same key on the article."""
    measured = {subject.name: subject.library for subject in subjects(folder) if subject.library}
    ours, base = (asyncio.run(_steps(measured[name], 4 * rounds)) for name in (_LONG, _ARTICLE))
    yield Figure("cursor, 600k words", "the article", "steps", ours / base, 1.1, f"{ours:.0f}, {base:.0f}")


async def _steps(library: Path, times: int) -> float:
    session = Session(library, "bench")
    try:
        async with still(ReaderApp(session, Settings(reader="bench"))) as stood:
            return await usual(stood, "w", first="escape g g", times=times)
    finally:
        session.close()


def pages(folder: Path, rounds: int) -> Iterator[Figure]:
    """A page down against pagers, and against a read-only TextArea, where they are installed."""
    text = str(write(folder, "long")["long"])
    desk = next(subject for subject in subjects(folder) if subject.name == _LONG)
    peers: Mapping[str, tuple[Sequence[str], bytes]] = {
        "less": (("less", text), b"f"),
        "vim": (("vim", "-u", "NONE", "-N", text), b"\x06"),
        "TextArea": ((sys.executable, str(_HERE / "apps.py"), "textarea", text), b"\x1b[6~"),
    }
    with ExitStack() as stack:
        ours = stack.enter_context(desk.start())
        others = {
            name: (stack.enter_context(Terminal(argv)), key)
            for name, (argv, key) in peers.items()
            if shutil.which(argv[0])
        }
        ours.wait_for(_READ)
        if "TextArea" in others:  # it takes seconds to open, and answers no key until then
            others["TextArea"][0].wait_for(b"CHAPTER", timeout=120, quiet=2)
        for terminal in (ours, *(terminal for terminal, _ in others.values())):
            terminal.settle(2.0)
        times: dict[str, list[float]] = {name: [] for name in ("ours", *others)}
        for _ in range(6 * rounds):
            for name, (terminal, key) in {"ours": (ours, b"\x06"), **others}.items():
                answer = terminal.key(key, quiet=0.06, timeout=3)
                if answer.last_byte is not None:
                    times[name].append(answer.first_frame or answer.last_byte)
    for name in peers:
        most = None if name == "TextArea" else 6.0
        measured = ratio(times["ours"], times.get(name, ()))
        yield Figure("page down, 600k words", name, "p50", measured, most, milliseconds(times.get(name, ())))


def while_relating(folder: Path, rounds: int) -> Iterator[Figure]:
    """A key while 31,000 × 31,000 passages are related beside it, against the same key afterwards."""
    path = emptied(folder / "relating") / "library.db"
    slugs = _verses(path, write(folder, "long")["long"].read_text(encoding="utf-8").split())
    with Subject("ours", DESK, path).start() as desk:
        desk.wait_for(_READ)
        desk.settle(1.0, timeout=4)
        busy = _presses(desk, 20 * rounds)
        still_busy = not _related(path, slugs)
        while not _related(path, slugs):
            sleep(1)
        desk.settle(2.0, timeout=10)
        calm = _presses(desk, 20 * rounds)
    note = milliseconds(busy) if still_busy else "it was done before the keys were"
    yield Figure("a key while relating 31,000 × 31,000", "without", "p50", ratio(busy, calm), 1.3, note)


def _verses(path: Path, words: Sequence[str]) -> tuple[str, str]:
    """A library with two texts of as many passages as a Bible, a quarter of whose words differ."""
    with Library.open(path, reader="bench") as library:
        slugs = []
        for seed in (1, 2):
            chance = Random(seed)
            passages = []
            for number in range(_FOLLOWED):
                start = (number * 23) % (len(words) - 60)
                said = words[start : start + chance.randint(12, 30)]
                passages.append(" ".join(w if chance.random() > 0.25 else chance.choice(words) for w in said))
            text = load_bytes("\n\n".join(passages).encode(), f"verses-{seed}.txt", furniture=False)
            slugs.append(library.texts.add(text)[0].slug)
        library.ui_state.put("desk.pair", slugs)
    return slugs[0], slugs[1]


def _presses(desk: Terminal, times: int) -> list[float]:
    answers = (desk.key(b"w", quiet=0.02, timeout=2) for _ in range(times))
    return [answer.first_frame or answer.last_byte for answer in answers if answer.last_byte is not None]


def _related(path: Path, slugs: tuple[str, str]) -> bool:
    from texts.relate import Relations

    with Library.open(path, read_only=True) as library:
        return library.relations.get(*slugs, format_number=Relations.FORMAT) is not None


def durable(folder: Path, rounds: int) -> Iterator[Figure]:
    """A highlight that is on the disk, against the same mark drawn by a pane that writes nothing."""
    path = emptied(folder / "durable") / "library.db"
    text = write(folder, "article")["article"]
    make_library(path, [load(text), load(text, slug="again", title="Again")], 1000)
    measured = (
        Subject("nothing written", (sys.executable, str(_HERE / "apps.py"), "panes", str(text), "1000")),
        Subject("ours", DESK, path),
    )
    with ExitStack() as stack:
        terminals = {each.name: stack.enter_context(each.start()) for each in measured}
        for terminal in terminals.values():
            terminal.settle(2.0)
        found: dict[str, list[float]] = {name: [] for name in terminals}
        for _ in range(8 * rounds):
            for name, terminal in terminals.items():
                terminal.keys(b")v", quiet=0.05)
                answer = terminal.key(b"\r", quiet=0.05, timeout=1)
                if answer.last_byte is not None:
                    found[name].append(answer.first_frame or answer.last_byte)
    ours, base = found["ours"], found["nothing written"]
    yield Figure("a durable highlight", "not written", "p50", ratio(ours, base), 1.25, milliseconds(ours))
    yield Figure("a durable highlight", "", "worst, ms", max(ours) * 1000, 16)
