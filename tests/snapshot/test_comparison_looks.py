"""How the comparison looks, view by view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

VIEWS = {
    "names": "1",
    "words": "2",
    "coverage": "3",
    "map": "4",
    "reuse": "5",
    "tags": "6",
    "differences": "4 d",
}


def showing(presses: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Opens the comparison, waits until it is there, and presses keys."""

    async def before(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.press("space", "x")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for press in presses.split():
            await pilot.press(press)
        await pilot.pause()

    return before


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", VIEWS)
def test_view(snap_compare, app, view: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=showing(VIEWS[view]))
