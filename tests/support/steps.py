"""How many steps of the interpreter a key takes: the same however busy the machine is.

An app runs without a terminal and with its clock standing still, so that nothing goes on in it but what a key sets off.
From the arrival of a key to the end of its frame every bytecode instruction is counted that Python executes, but those
of the event loop. Counted on one version of Python they repeat to a thousandth; between versions they differ, so what
is kept is how many times those of another key they are.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import selectors
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from types import FrameType
from typing import Any, Self
from unittest.mock import patch

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.app import App
from textual.keys import _character_to_key
from textual.screen import Screen
from textual.timer import Timer

_TURNS = 60
"""Turns of the event loop that a key is given: ten times as many as the longest way up and back takes."""
_NOT_COUNTED = (
    *(str(Path(str(module.__file__)).parent) for module in (asyncio, concurrent.futures)),
    selectors.__file__,
    __file__,
)
"""Turns of the event loop: how many there are depends on the other threads."""


class Steps:
    """Counts the bytecode instructions that this thread executes meanwhile; a context manager."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        gc.disable()  # whether it runs would depend on what was done before
        self._before = sys.gettrace()  # that of coverage.py, where it looks on
        sys.settrace(self._called)
        return self

    def __exit__(self, *problem: object) -> None:
        sys.settrace(self._before)
        gc.enable()

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename.startswith(_NOT_COUNTED):
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return self._stepped

    def _stepped(self, frame: FrameType, event: str, argument: object) -> Any:
        self.count += event == "opcode"
        return self._stepped


class Still:
    """An app without a terminal whose clock stands still: presses keys, counts what they take, keeps the frames."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self.frames: list[CompositorUpdate] = []
        """What was drawn for the last key."""

    async def press(self, press: str) -> int:
        """Presses a key, named as Textual does or a single character; returns the steps until it is drawn."""
        self.frames.clear()
        with Steps() as steps:
            await self._do(press)
        return steps.count

    async def press_each(self, presses: str) -> list[int]:
        """The steps of several keys, parted by spaces."""
        return [await self.press(press) for press in presses.split()]

    async def _do(self, press: str) -> None:
        name = _character_to_key(press) if len(press) == 1 else press
        event = events.Key(name, press if len(press) == 1 else None)
        event.set_sender(self.app)
        self.app.post_message(event)
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        self.app.screen._on_timer_update()  # what a hundred-and-twentieth of a second brings
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    def drawn(self, screen: Screen[Any], update: RenderableType | None) -> None:
        """Takes what a terminal would be sent, and makes the bytes of it."""
        if isinstance(update, CompositorUpdate):
            update.render_segments(self.app.console)
            self.frames.append(update)

    @property
    def rows(self) -> set[int]:
        """The rows of the screen that were drawn for the last key; all where the whole screen was."""
        found: set[int] = set()
        for frame in self.frames:
            rows = range(self.app.size.height)
            found.update((y for y, _, _ in frame.spans) if isinstance(frame, ChopsUpdate) else rows)
        return found


@asynccontextmanager
async def still(app: App[Any]) -> AsyncIterator[Still]:
    """Runs an app, waits for what it does after its start, and then stops its clock."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await _at_rest(app)
        for timer in _timers(app):
            timer.pause()
        stood = Still(app)
        with (
            patch.object(Timer, "_start", lambda timer: None),
            patch.object(Timer, "stop", lambda timer: None),
            patch.object(Timer, "resume", lambda timer: None),
            patch.object(app, "_display", stood.drawn),
        ):
            yield stood


def _timers(app: App[Any]) -> list[Timer]:
    return [timer for node in (app, *app.screen.walk_children(with_self=True)) for timer in node._timers]


async def _at_rest(app: App[Any]) -> None:
    """Waits until all that was put off for a moment is done: only what comes again and again is left."""
    while any(timer._repeat == 0 and timer._task and not timer._task.done() for timer in _timers(app)):
        await asyncio.sleep(0.01)


async def usual(stood: Still, key: str, *, first: str = "", before: str = "", times: int = 7) -> float:
    """The steps that a key takes, the middle of so many times.

    `first` is pressed once, `before` each time that the key is counted; presses are parted by spaces.
    """
    await stood.press_each(first)
    counts = []
    for _ in range(times):
        await stood.press_each(before)
        counts.append(await stood.press(key))
    return median(counts)
