"""Reading a file at the desk: it says how far it is, keys go on, Esc stops it. Comparing leaves the collector on."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from threading import Event

import docx
import pytest

from texts.load import LoadError
from tui.keys.key_table import Press


async def test_esc_stops_the_reading_of_a_file(
    open_desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, stopped = Event(), Event()

    def slow(path: Path, *, progress, cancelled, remark) -> None:
        progress(3, 400)
        begun.set()
        while not cancelled():
            stopped.wait(0.01)
        stopped.set()
        raise LoadError(f"{path.name} was not read: cancelled")

    monkeypatch.setattr("texts.load.load", slow)
    async with open_desk() as reader:
        reader.desk.context.run(Press("open_text", argument=str(tmp_path / "long.pdf")))
        assert await asyncio.to_thread(begun.wait, 20)
        await reader.settled()
        assert "reading long.pdf … 3 of 400 (Esc stops it)" in reader.status
        await reader.press("j")
        assert not stopped.is_set(), "any other key goes on as if nothing were"
        await reader.press("escape")
        assert await asyncio.to_thread(stopped.wait, 20)
        await reader.settled()
        assert "long.pdf was not read: cancelled" in reader.status


async def test_what_was_left_out_of_a_file_is_told_when_it_is_open(open_desk, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_comment(document.add_paragraph("").add_run("Some words."), text="Really?", author="Ann")
    document.save(str(tmp_path / "review.docx"))
    async with open_desk() as reader:
        reader.desk.context.run(Press("open_text", argument=str(tmp_path / "review.docx")))
        async with asyncio.timeout(60):
            while "reading review.docx" in reader.status or "review.docx" not in reader.status:
                await reader.settled()
        assert "review.docx is Review; 1 comment left out" in reader.status


async def test_comparing_leaves_the_collector_on(open_desk) -> None:
    async with open_desk() as reader:
        await reader.press("space x")
        await reader.related()
        assert gc.isenabled()
