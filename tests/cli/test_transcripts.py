"""Whole calls as they stand in `transcripts`: what each prints on stdout and stderr, and its exit code.

A line that begins with `$ ` is a call, by itself in a pipe; with `$80 ` it prints on a terminal of 80 columns. Below it
stand stdout (`| `, an escape character as `␛`; `~ ` before a last line that does not end), stderr (`! `) and the exit
code where it is not 0 (`? `). `$ write FILE` makes a file of the lines below that begin with `> `, `$ cat FILE` prints
one, and `$ last-open LEFT RIGHT` says which texts the desk has shown. Times, ids of the whole world and folders are put
out of it. Where another answer is meant, RECORD_ANSWERS=1 writes it: read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.library import Library
from store.text_names import PAIR
from tests.cli.conftest import FIRE, MILL

FOLDER = Path(__file__).parent / "transcripts"
ANY = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\dZ"), "TIME"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UID"),
)
"""What is another one each time."""
SIGNS = {0x1B: "␛", 0x0D: "␍", 0xFEFF: "<BOM>"}
"""How characters are shown that an editor does not show."""


class Clock:
    """A second passes at each look: what was changed before an export and after it differ on a quick machine, too."""

    def __init__(self) -> None:
        self._at = datetime.now(UTC)

    def now(self, _: object) -> datetime:
        self._at += timedelta(seconds=1)
        return self._at


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_calls_print_what_stands_in_the_transcript(
    name: str, tui: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.journal.datetime", Clock())
    path = FOLDER / f"{name}.txt"
    (tmp_path / "mill.txt").write_text(MILL, "utf-8")
    (tmp_path / "fire.txt").write_text(FIRE, "utf-8")

    def called(columns: str, words: Sequence[str]) -> Iterator[str]:
        monkeypatch.setenv("COLUMNS", columns or "100")
        *words, stdin = words if words[-2:-1] == ["<"] else (*words, "")
        data = Path(stdin).read_bytes() if stdin else b""
        said = tui(*[word for word in words if word != "<"], stdin=data, screen=bool(columns))
        yield from shown("|", said.out, tmp_path)
        yield from shown("!", said.err, tmp_path)
        if said.code:
            yield f"? {said.code}"

    made = []
    for call, given in calls(path.read_text("utf-8")):
        made.append(call)
        columns, program, *words = (
            shlex.split(call.removeprefix("$")) if call[1] != " " else ("", *shlex.split(call[2:]))
        )
        if program == "write":
            made += [f"> {line}" for line in given]
            Path(words[0]).parent.mkdir(parents=True, exist_ok=True)
            Path(words[0]).write_bytes("".join(f"{line}\n" for line in given).encode())
        elif program == "cat":
            made += shown("|", Path(words[0]).read_bytes().decode(), tmp_path)
        elif program == "last-open":
            with Library.open(tmp_path / "library.db") as library:
                library.ui_state.put(PAIR, words)
        else:
            made += called(columns, words)
        made.append("")
    if os.environ.get("RECORD_ANSWERS"):
        path.write_text("\n".join(made), "utf-8")
    assert made == path.read_text("utf-8").split("\n")


def calls(transcript: str) -> Iterator[tuple[str, list[str]]]:
    """The calls of a transcript, each with the lines that it is given."""
    for call, below in re.findall(r"^(\$.*)\n((?:[^$\n].*\n)*)", transcript, re.MULTILINE):
        yield call, [line[2:] for line in below.splitlines() if line.startswith("> ")]


def shown(sign: str, words: str, folder: Path) -> Iterator[str]:
    """What was printed, a line each."""
    words = words.replace(str(folder), "FOLDER").translate(SIGNS)
    for pattern, name in ANY:
        words = pattern.sub(name, words)
    *lines, rest = words.split("\n")
    yield from (f"{sign} {line}".rstrip(" ") if not line else f"{sign} {line}" for line in lines)
    if rest:
        yield f"~ {rest}"
