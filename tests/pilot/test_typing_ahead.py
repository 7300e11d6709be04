"""A burst of keys, as a slow line or a macro sends it, does what the same keys do one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pressing import key_event
from textual import events

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
