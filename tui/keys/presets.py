"""Sets of keys to begin with: each says where it parts from the table of keys; `settings.toml` names one.

A preset gives keys to commands by their ids, and other leaders to sequences: what begins with the one leader in the
table begins with the other one here. So a new command on a leader has its place in every preset.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.keys.key_table import Key

USUAL = "vim"
"""The preset that holds where none is named."""


class Preset(NamedTuple):
    """A set of keys, as the difference from the table."""

    help: str
    """What it is, in a line."""
    leaders: Mapping[str, str] = MappingProxyType({})
    """The first press of longer sequences in the table, and what takes its place."""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """All keys of some commands, by id."""

    def keys_of(self, key: Key) -> tuple[str, ...]:
        """The keys that a command has in this preset."""
        return self.keys.get(key.id) or tuple(map(self._led, key.keys))

    def _led(self, sequence: str) -> str:
        first, *others = sequence.split()
        return " ".join((self.leaders.get(first, first), *others)) if others else sequence


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        USUAL: Preset("the habits of vim and helix"),
        "less": Preset(
            "the habits of less: Space, b, d, u turn pages; , leads to lists, ; stands for g, D deletes",
            leaders={"Space": ",", "g": ";", "d": "D"},
            keys={
                "page_down": ("Space", "f", "Ctrl-f", "PageDown"),
                "page_up": ("b", "Ctrl-b", "PageUp"),
                "half_page_down": ("d", "Ctrl-d"),
                "half_page_up": ("u", "Ctrl-u"),
                "text_start": ("g",),
                "char_left": ("Left",),
                "word_back": ("B",),
                "search_back": ("?",),
                "help": ("h", "F1"),
                "undo": ("U",),
                "redo": ("Ctrl-r",),
            },
        ),
    }
)
"""All presets, by name."""
