"""Which rows of the screen a key draws: those that it touches, and no others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from steps import Still, still

from tui.app import ReaderApp
from tui.session import Session
from tui.settings import Settings
from tui.widgets.text_pane import TextPane


@asynccontextmanager
async def desk(library: Path) -> AsyncIterator[Still]:
    """The desk on the two articles, with its clock standing still."""
    session = Session(library, "tester")
    try:
        async with still(ReaderApp(session, Settings(reader="tester"))) as stood:
            yield stood
    finally:
        session.close()


@pytest.mark.parametrize("key", ["j", "k", "l", "h", "w", "b"])
async def test_a_motion_draws_only_the_rows_that_it_touches(library: Path, key: str) -> None:
    async with desk(library) as stood:
        await stood.press_each("} } j j w")
        touched = await touched_by(stood, key)
        assert touched
        assert stood.rows <= touched


async def test_a_page_draws_more_than_the_rows_of_the_cursor(library: Path) -> None:
    """So that the test before this one can fail: what is drawn anew is noticed."""
    async with desk(library) as stood:
        await stood.press_each("} } j j w")
        touched = await touched_by(stood, "ctrl+f")
        assert not stood.rows <= touched


async def test_a_letter_of_a_search_that_finds_no_other_words_draws_the_prompt_and_the_hit(
    library: Path,
) -> None:
    async with desk(library) as stood:
        await stood.press_each("/ M a l i k")
        prompt = stood.app.screen.query_one("#words")
        assert prompt.region.y in stood.rows
        assert 1 < len(stood.rows) <= 3


async def touched_by(stood: Still, key: str) -> set[int]:
    """Presses a key: the rows of the cursor before and after, and the head and the status line that tell of it."""
    pane = stood.app.focused
    assert isinstance(pane, TextPane)
    before = pane.screen_row_of(pane.cursor)
    await stood.press(key)
    rows = {before, pane.screen_row_of(pane.cursor)}
    return {0, stood.app.size.height - 1, *(row + pane.region.y for row in rows)}
