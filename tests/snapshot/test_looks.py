"""How the desk looks at fixed sizes. README shows some of these pictures, so they are never stale."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import reprints
from settling import settle
from textual.pilot import Pilot

from tui.dialogs.picker import Picker

Before = Callable[[Pilot[int]], Awaitable[None]]


def pressing(presses: str) -> Before:
    """Waits for the comparison, presses keys, and waits until all is written and shown."""

    async def before(pilot: Pilot[int]) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for press in presses.split():
            await pilot.press(press)
        await settle(pilot)

    return before


SCENES = {
    "desk": "9 G right_parenthesis right_parenthesis right_parenthesis z z z equals_sign",
    "aligned": "9 G z a z t",
    "pairs": "g R",
    "select": "9 G v i s",
    "related": "7 G g r",
    "find": "slash s y s t a n i",
    "tag": "5 G t",
    "codebook": "space t",
    "help": "question_mark",
}


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
def test_scene(snap_compare, app, scene: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=pressing(SCENES[scene]))


@pytest.mark.parametrize("theme", ["light", "high-contrast", "colour-blind"])
def test_theme(snap_compare, app, theme: str) -> None:
    app.theme = theme
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressing(SCENES["desk"]))


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_pairs_of_a_file(
    snap_compare, app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """`Space p`: a speech and its reprints as passim has found them; of the cluster the first pair."""
    reprints.passim_output(tmp_path / "run")
    monkeypatch.chdir(tmp_path)

    async def before(pilot: Pilot[int]) -> None:
        await pressing("space p")(pilot)
        await pilot.press(*"run/out.json", "enter")
        while not isinstance(pilot.app.screen, Picker):
            await pilot.pause(0.05)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)
