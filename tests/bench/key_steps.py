"""What a key costs in steps of the interpreter, against what was recorded: the same however busy the machine is.

The figures stand in `key_steps.json`, for each version of Python and Textual, as ratios to a key that changes one row
of an app with two empty panes. Where a change is meant to cost, or to save, they are recorded anew:

    RECORD_COSTS=1 python -m tests.bench key-steps
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import runpy
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

from store.library import Library
from tests.bench.desk import emptied
from tests.bench.table import Figure
from tests.support.steps import Still, still, usual
from texts.model import Span
from tui.app import ReaderApp
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings

BARE = Path(__file__).with_name("bare.py")
RECORDED = Path(__file__).with_name("key_steps.json")
VERSIONS = f"Python {'.'.join(platform.python_version_tuple()[:2])}, Textual {version('textual')}"
WITHIN = 0.1
"""How far over its recorded figure a key may be."""


class Costed(NamedTuple):
    """A key that is counted."""

    key: str
    first: str = ""
    """Pressed once before."""
    before: str = ""
    """Pressed each time that it is counted."""
    times: int = 7


KEYS = {
    "next row": Costed("j", "escape g g"),
    "next character": Costed("l", "escape g g"),
    "next word": Costed("w", "escape g g"),
    "next sentence": Costed(")", "escape g g"),
    "next passage": Costed("}", "escape g g"),
    "half a page down": Costed("ctrl+d", "escape g g"),
    "page down": Costed("ctrl+f", "escape g g"),
    "select": Costed("v", "escape g g", "escape )"),
    "select a word more": Costed("w", "escape g g v"),
    "grow the selection": Costed("+", "escape g g", "escape ) v +"),
    "other pane": Costed("tab", "escape g g"),
    "begin a count": Costed("5", "escape g g", "escape"),
    "what means nothing": Costed("Q", "escape g g", "escape"),
    # The last, and once: it is not written before the desk is left, and a key on it would wait for that.
    "highlight": Costed("enter", "escape g g", "escape )", times=1),
}


def key_steps(folder: Path, rounds: int) -> Iterator[Figure]:
    """The steps of each key against those of a key that does next to nothing; the target is what was recorded."""
    library = emptied(folder / "key-steps") / "library.db"
    make_first_library(library, "tester")
    costs = asyncio.run(counted(library))
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    if "RECORD_COSTS" in os.environ:
        kept[VERSIONS] = costs
        RECORDED.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    recorded = kept.get(VERSIONS, {})
    for name, cost in costs.items():
        most = round(recorded[name] * (1 + WITHIN), 2) if name in recorded else None
        yield Figure(name, "no-op key", "steps", cost, most, "" if most else f"not recorded for {VERSIONS}")


async def counted(library: Path) -> dict[str, float]:
    """What each key costs, as a ratio to a key that changes one row of two empty panes."""
    async with still(runpy.run_path(str(BARE))["Bare"]()) as stood:
        base = await usual(stood, "x")
    async with desk_at_rest(library) as stood:
        return {
            name: round(
                await usual(stood, each.key, first=each.first, before=each.before, times=each.times) / base, 3
            )
            for name, each in KEYS.items()
        }


@asynccontextmanager
async def desk_at_rest(library: Path) -> AsyncIterator[Still]:
    """The desk on the two articles, 200 highlights in their second halves.

    What a key has written waits until the desk is left: another thread would bring it back at any time.
    """
    chance = Random(7)
    with Library.open(library, reader="tester") as opened, opened.act("marked"):
        for slug in ("editorial", "analysis"):
            length = len(opened.texts.get(slug).body)
            for _ in range(100):
                start = chance.randrange(length // 2, length - 80)
                opened.highlights.mark(slug, Span(start, start + chance.randint(4, 80)), tags=("claim",))
    session, leaving = Session(library, "tester"), Event()
    try:
        async with still(ReaderApp(session, Settings(reader="tester"))) as stood:
            session.writer.submit(lambda _: leaving.wait())
            yield stood
    finally:
        leaving.set()
        session.close()
