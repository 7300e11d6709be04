"""What a key costs: how many steps of the interpreter, and how many rows of the screen.

The figures stand in `what_keys_cost.json`, for each version of Python and Textual, as ratios to a key that changes one
row of an app with two empty panes. Where a change is meant to cost, or to save, they are recorded anew:

    RECORD_COSTS=1 pytest tests/pilot/test_what_keys_cost.py
"""

from __future__ import annotations

import json
import os
import platform
import runpy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

import pytest
from steps import Still, still, usual

from store.library import Library
from texts.model import Span
from tui.app import ReaderApp
from tui.session import Session
from tui.settings import Settings
from tui.widgets.text_pane import TextPane

BARE = Path(__file__).parents[1] / "bench" / "bare.py"
RECORDED = Path(__file__).with_name("what_keys_cost.json")
VERSIONS = f"Python {'.'.join(platform.python_version_tuple()[:2])}, Textual {version('textual')}"
WITHIN = 0.1
"""How far from its recorded figure a key may be."""


class Costed(NamedTuple):
    """A key that is counted."""

    key: str
    first: str = ""
    """Pressed once before."""
    before: str = ""
    """Pressed each time that it is counted."""


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
    "highlight": Costed("enter", "escape g g", "escape )"),
    "other pane": Costed("tab", "escape g g"),
    "begin a count": Costed("5", "escape g g", "escape"),
    "what means nothing": Costed("Q", "escape g g", "escape"),
}


@asynccontextmanager
async def desk(library: Path) -> AsyncIterator[Still]:
    """The desk on the two articles, 200 highlights in their second halves.

    What a key has written waits until the desk is left: another thread would bring it back at any time.
    """
    chance = Random(7)
    with Library.open(library, reader="tester") as opened, opened.act("marked"):
        for slug in ("editorial", "analysis"):
            length = len(opened.shelf.get(slug).body)
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


async def counted(library: Path) -> dict[str, float]:
    """What each key costs, as a ratio to a key that changes one row of two empty panes."""
    async with still(runpy.run_path(str(BARE))["Bare"]()) as stood:
        base = await usual(stood, "x")
    async with desk(library) as stood:
        return {
            name: round(await usual(stood, key, first=first, before=before) / base, 3)
            for name, (key, first, before) in KEYS.items()
        }


async def test_a_key_costs_what_is_recorded(library: Path) -> None:
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    if VERSIONS not in kept and "RECORD_COSTS" not in os.environ:
        pytest.skip(f"what keys cost is recorded for {'; '.join(kept)}, not for {VERSIONS}")
    costs = await counted(library)
    if "RECORD_COSTS" in os.environ:
        kept[VERSIONS] = costs
        RECORDED.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    recorded = kept[VERSIONS]
    assert costs.keys() == recorded.keys()
    assert costs == {name: pytest.approx(cost, rel=WITHIN) for name, cost in recorded.items()}


async def test_what_is_counted_repeats(library: Path) -> None:
    async with desk(library) as stood:
        costs = []
        for _ in range(3):
            await stood.press_each("escape g g")
            costs.append(await stood.press_each("j l w ) ) } ctrl+d"))
    assert costs[2] == [pytest.approx(cost, rel=0.005) for cost in costs[1]]


@pytest.mark.parametrize("key", ["j", "k", "l", "h", "w", "b"])
async def test_a_motion_draws_only_the_rows_that_it_touches(library: Path, key: str) -> None:
    async with desk(library) as stood:
        await stood.press_each("} } j j w")
        touched = await touched_by(stood, key)
        assert touched
        assert stood.rows <= touched


async def test_a_pane_that_is_drawn_anew_is_noticed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = TextPane._draw_cursor

    def draw_all(pane: TextPane, offset: int) -> bool:
        pane.refresh()
        return draw(pane, offset)

    monkeypatch.setattr(TextPane, "_draw_cursor", draw_all)
    async with desk(library) as stood:
        await stood.press_each("} } j j w")
        assert not stood.rows <= await touched_by(stood, "l")


async def touched_by(stood: Still, key: str) -> set[int]:
    """Presses a key: the rows of the cursor before and after, and the head and the status line that tell of it."""
    pane = stood.app.focused
    assert isinstance(pane, TextPane)
    before = pane.screen_row_of(pane.cursor)
    await stood.press(key)
    rows = {before, pane.screen_row_of(pane.cursor)}
    return {0, stood.app.size.height - 1, *(row + pane.region.y for row in rows)}
