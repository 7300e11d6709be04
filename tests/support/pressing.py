"""Keys as a terminal sends them, one behind the other without waiting for what each does."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key

_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}


def key_event(press: str) -> events.Key:
    """The event of a press: a character, or a key's name as Textual has it."""
    if len(press) == 1:
        return events.Key(_character_to_key(press), press)
    return events.Key(press, _CHARACTERS.get(press))
