"""A burst of keys, as a slow line or a macro sends it, does what the same keys do one by one."""

from __future__ import annotations

import time
from asyncio import sleep
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from pressing import key_event
from textual import events

from store.writer import Writer
from tui.app import _LONGEST_WAIT, _LONGEST_WRITING

_PATIENCE = _LONGEST_WRITING / 3

BURSTS = {
    "a new tag": "t a b c enter",
    "a note": "c a b c escape",
    "a tag, and then the codebook": "t a b c enter space t",
    "a list narrowed and gone on from": "9 G enter g g space a h i g h enter !",
    "a command": ": 9 enter enter",
    "a search and a tag for what it found": "/ m a l i k i enter v e t w h o enter",
    "a list left, and another": "space t escape space a escape enter",
    "a note on the library": "space n a b c escape",
    "help closed": "? escape j j enter",
    "a mark and its tag": "9 G ) ) enter t f o o enter",
    "a mark, its note and its star": "9 G ) ) enter c a b c escape !",
    "a mark made and deleted": "9 G ) ) enter d d",
    "a mark and a link from it": "9 G ) ) enter p t f o o enter",
    "a link's end and its tag": "9 G ) ) p t f o o enter",
    "a mark, and what is on it": "9 G ) ) enter K escape t f o o enter",
}


async def in_a_burst(reader, presses: str) -> None:
    for press in presses.split():
        reader.app.post_message(key_event(press))
    for _ in range(3):
        await reader.settled()


def seen(reader) -> object:
    """What the reader has made, and where they are."""
    return (
        [(each.quote, each.tags, each.note, each.star) for each in reader.highlights()],
        [note.words for note in reader.app.session.library.notes.list()],
        [type(screen).__name__ for screen in reader.app.screen_stack],
        reader.desk.active.pane.cursor,
        reader.desk.active.pane.selection,
    )


@pytest.mark.parametrize("presses", BURSTS.values(), ids=BURSTS)
async def test_a_burst_does_what_slow_keys_do(open_desk, library: Path, presses: str) -> None:
    fresh = library.read_bytes()
    async with open_desk() as reader:
        await reader.press(presses)
        slow = seen(reader)
    for left in library.parent.glob(f"{library.name}*"):
        if left.is_file():
            left.unlink()
    library.write_bytes(fresh)
    async with open_desk() as reader:
        await in_a_burst(reader, presses)
        assert seen(reader) == slow


async def test_what_is_pasted_right_behind_a_key_goes_where_the_key_leads(open_desk) -> None:
    async with open_desk() as reader:
        for event in (key_event("t"), events.Paste("claim/one"), key_event("enter")):
            reader.app.post_message(event)
        for _ in range(3):
            await reader.settled()
        assert [each.tags for each in reader.highlights()] == [("claim/one",)]


@pytest.mark.parametrize("presses", [each for name, each in BURSTS.items() if name.startswith("a mark")])
async def test_a_key_behind_a_mark_acts_on_that_very_highlight(open_desk, presses: str) -> None:
    async with open_desk() as reader:
        write = reader.app.session.writer.submit

        def write_slowly(job):
            def slow(library):
                time.sleep(0.2)  # the mark is seen and not written, as on a busy disk
                return job(library)

            return write(slow)

        reader.app.session.writer.submit = write_slowly
        before = {each.id for each in reader.highlights()}
        await in_a_burst(reader, presses)
        made = [each for each in reader.highlights() if each.id not in before]
        assert len(made) == (0 if "d d" in presses else 1)
        assert all(each.tags == ("foo",) for each in made if "f o o" in presses)


@pytest.fixture
def held_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A library that is written once this is set."""
    released = Event()
    write = Writer.submit

    def write_late(self, job):
        def late(library):
            released.wait(_PATIENCE)
            return job(library)

        return write(self, late)

    monkeypatch.setattr(Writer, "submit", write_late)
    yield released
    released.set()


async def test_an_act_on_a_mark_waits_until_it_is_written(open_desk, held_disk: Event) -> None:
    async with open_desk() as reader:
        for press in ["9", "G", ")", ")", "enter", "!"]:
            reader.app.post_message(key_event(press))
        await sleep(1.5 * _LONGEST_WAIT)
        held_disk.set()
        for _ in range(3):
            await reader.settled()
        assert [each.star for each in reader.highlights()] == [True]


async def test_a_motion_on_a_mark_waits_for_nothing(open_desk, held_disk: Event) -> None:
    async with open_desk() as reader:
        for press in ["9", "G", ")", ")", "enter", "j", "g", "g"]:
            reader.app.post_message(key_event(press))
        deadline = monotonic() + _PATIENCE
        while reader.desk.active.pane.cursor or not reader.app.session.writing:
            assert monotonic() < deadline
            await sleep(0.01)
        assert not held_disk.is_set()
        held_disk.set()
        await reader.settled()


async def test_a_burst_waits_for_a_desk_that_is_busy(open_desk) -> None:
    async with open_desk() as reader:
        pane = reader.desk.active.pane
        take = pane.on_event

        async def take_late(event: events.Event) -> None:
            if isinstance(event, events.Key) and event.key == "t":
                time.sleep(1.5 * _LONGEST_WAIT)  # as where the program computes, or the machine is busy
            await take(event)

        pane.on_event = take_late
        for press in ["t", "a", "c", "t", "o", "r", "enter"]:
            reader.app.post_message(key_event(press))
        for _ in range(3):
            await reader.settled()
        assert [each.tags for each in reader.highlights()] == [("actor",)]
