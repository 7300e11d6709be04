"""What an app draws as keys are pressed: for each press the rows that changed, in parts of one style."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from textual.app import App
from textual.keys import _character_to_key
from textual.widgets import Input

from tui.dialogs.picker import Picker
from tui.themes import DARK

Row = list[list[str]]


class Stage(App[None]):
    """An app for one screen, in our first theme, and all that the screen was left with."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self.left_with: list[object] = []


async def drawn(
    app: Stage,
    begin: Callable[[], Awaitable[object] | object],
    presses: str,
    *,
    size: tuple[int, int] = (64, 18),
) -> dict[str, dict[str, Row]]:
    """The rows that each press changes, by what was pressed and the numbers of the rows; a word is typed after `+`."""
    made: dict[str, dict[str, Row]] = {}
    async with app.run_test(size=size) as pilot:
        begin()
        rows: list[Row] = []
        for number, press in enumerate(["", *presses.split()]):
            if press:
                keys = press[1:] if press.startswith("+") and len(press) > 1 else [press]
                await pilot.press(*(_character_to_key(key) if len(key) == 1 else key for key in keys))
            for _ in range(3):
                await pilot.pause()
            while isinstance(app.screen, Picker) and app.screen.typed.strip() and not app.screen.searched_all:
                await pilot.pause(0.01)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            before, rows = rows, _rows(app)
            made[f"{number} {press}"] = {
                str(at): row for at, row in enumerate(rows) if at >= len(before) or row != before[at]
            }
    return made


def _rows(app: App[Any]) -> list[Row]:
    """Each row in parts of one style, the blanks at its end left out."""
    return [
        _parts((segment.text, str(segment.style or "")) for segment in strip if not segment.control)
        for strip in app.screen._compositor.render_strips()
    ]


def _parts(segments: Iterable[tuple[str, str]]) -> Row:
    parts: Row = []
    for words, style in segments:
        if parts and parts[-1][1] == style:
            parts[-1][0] += words
        else:
            parts.append([words, style])
    return parts
