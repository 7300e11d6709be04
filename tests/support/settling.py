"""Waits until the desk shows all that it is going to show: for pictures, which are to be the same on any machine."""

from __future__ import annotations

from textual.pilot import Pilot

from tui.app import ReaderApp
from tui.desk.scrolling import draw_scroll


async def settle(pilot: Pilot[int]) -> None:
    """Waits for what works in the background, and does at once what timers would do some time."""
    app = pilot.app
    assert isinstance(app, ReaderApp)
    context = app.desk.context
    await app.workers.wait_for_complete()
    await pilot.pause()
    context.session.recheck_next_undo(context.show_status)
    context.session.writer.drain()
    await app.workers.wait_for_complete()
    await pilot.pause()
    for _ in range(3):  # a list that opens takes a frame or two to take its room
        draw_scroll(context)
        await pilot.pause()
