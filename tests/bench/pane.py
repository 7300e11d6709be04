"""How fast the text pane is, as ratios to an app with two empty panes measured in the same minute.

`python tests/bench/pane.py [FOLDER] [--keys N] [--starts N]`: the texts are written to the folder first. Programs take
turns, key by key, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.corpus import write
from tests.bench.terminal import Answer, Terminal, percentile

_HERE = Path(__file__).parent
_NOTHING_COMES = 0.2
"""Seconds after which a key is taken to draw nothing, as at the end of a text.

A second, as it was, let the processor forget every program meanwhile: then a page took three times as long as one that
is turned while reading, and how long depended on which texts were measured beside it.
"""


@dataclass(frozen=True)
class Subject:
    """A program that is measured."""

    name: str
    argv: tuple[str, ...]
    library: Path | None = None
    """The library that it opens, if it is the desk."""

    @property
    def environment(self) -> dict[str, str]:
        """What it is told by the environment: as a user's own library, it is named on no command line."""
        return {} if self.library is None else {"TUI_LIBRARY": str(self.library)}

    def start(self) -> Terminal:
        """The program in a terminal of its own."""
        return Terminal(self.argv, environment=self.environment)


@dataclass(frozen=True)
class Action:
    """A key that is measured, and keys that bring its program to where it is."""

    name: str
    key: bytes
    before: bytes = b""
    between: bytes = b""
    """Keys pressed before each of those that are measured, to get somewhere else."""


ACTIONS = (
    Action("cursor: next word", b"w", b"g"),
    Action("cursor: next character", b"l", b"g"),
    Action("cursor: line down", b"j", b"g"),
    Action("selection: next word", b"w", b"gv"),
    Action("highlight", b"\r", b"g"),
    Action("scroll a line", b"e", b"g"),
    Action("page down", b"\x06", b"g"),
)


def subjects(folder: Path) -> list[Subject]:
    """The base first, then the pane on the article and on 600,000 words."""
    paths = write(folder, "article", "long")

    def program(script: str, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, str(_HERE / script), *arguments)

    return [
        Subject("bare", program("bare.py")),
        Subject("article, 1,000 marks", program("apps.py", "panes", str(paths["article"]), "1000")),
        Subject("600k words, 10,000 marks", program("apps.py", "panes", str(paths["long"]), "10000")),
    ]


def measure_starts(measured: Sequence[Subject], times: int) -> dict[str, list[float]]:
    """Seconds from the start of the program to the end of its first frame."""
    found: dict[str, list[float]] = {subject.name: [] for subject in measured}
    for _ in range(times):
        for subject in measured:
            with subject.start() as terminal:
                wanted = b"ready" if subject.name == "bare" else b"\xe2\x96\x8c"
                found[subject.name].append(terminal.wait_for(wanted))
    return found


def measure_keys(terminals: dict[str, Terminal], action: Action, times: int) -> dict[str, list[float]]:
    """Seconds from the key to the end of its first frame."""
    found: dict[str, list[float]] = {name: [] for name in terminals}
    for terminal in terminals.values():
        terminal.keys(action.before, quiet=0.1)
    for _ in range(times):
        for name, terminal in terminals.items():
            terminal.keys(action.between, quiet=0.05)
            answer = terminal.key(action.key, quiet=0.03, timeout=_NOTHING_COMES)
            if (seconds := _frame(answer)) is not None:
                found[name].append(seconds)
    for terminal in terminals.values():
        if b"v" in action.before:
            terminal.key(b"v", timeout=1)
    return found


def measure_sizes(terminals: dict[str, Terminal], times: int) -> dict[str, list[float]]:
    """Seconds from a change of size to the end of its first frame."""
    found: dict[str, list[float]] = {name: [] for name in terminals}
    for turn in range(times):
        columns, rows = (100, 30) if turn % 2 == 0 else (120, 40)
        for name, terminal in terminals.items():
            answer = terminal.resize(columns, rows)
            if (seconds := _frame(answer)) is not None:
                found[name].append(seconds)
    return found


def _frame(answer: Answer) -> float | None:
    return answer.first_frame or answer.last_byte


def tell(what: str, found: dict[str, list[float]]) -> None:
    """Prints a row for each subject: middle and 95th percentile, and middle and best as ratios to the base."""
    base = found["bare"]
    for name, seconds in found.items():
        if not seconds:
            print(f"{what:24} {name:26} drew nothing")
            continue
        middle, high = percentile(seconds, 50), percentile(seconds, 95)
        ratio, best = middle / percentile(base, 50), min(seconds) / min(base)
        print(
            f"{what:24} {name:26} {middle * 1000:8.2f} ms  p95 {high * 1000:8.2f} ms"
            f"  × {ratio:5.2f}  best × {best:5.2f}",
            flush=True,
        )


def measure(
    make: Callable[[Path], list[Subject]], actions: Sequence[Action], about: str, folder: str
) -> None:
    """Reads the command line, makes the subjects in a folder, measures them in turns, and prints."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(tempfile.gettempdir()) / folder)
    parser.add_argument("--keys", type=int, default=40, help="how often each key is pressed")
    parser.add_argument("--starts", type=int, default=5, help="how often each program is started")
    parser.add_argument("--settle", type=float, default=1.0, help="seconds of rest before the first key")
    options = parser.parse_args()
    measured = make(options.folder)
    tell("first paint", measure_starts(measured, options.starts))
    terminals = {subject.name: subject.start() for subject in measured}
    try:
        for terminal in terminals.values():
            terminal.settle(options.settle)
        for action in actions:
            tell(action.name, measure_keys(terminals, action, options.keys))
        tell("resize", measure_sizes(terminals, max(2, options.keys // 4)))
        base = terminals["bare"].memory()
        for name, terminal in terminals.items():
            print(
                f"{'memory':24} {name:26} {terminal.memory():8.1f} MB {'':19} × {terminal.memory() / base:5.2f}"
            )
    finally:
        for terminal in terminals.values():
            terminal.close()


if __name__ == "__main__":
    measure(subjects, ACTIONS, __doc__ or "", "tui-corpus")
