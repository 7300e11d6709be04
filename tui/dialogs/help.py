"""The help, made from the table of keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from textual.content import Content

from texts.visible import one_line
from tui.keys.key_table import Key, by_group, shown


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader is, and what can be done there."""

    words: str
    """The place: `on a highlight, actor/sistani`."""
    rows: tuple[tuple[str, str], ...]
    """Keys, and what they do here."""
    briefs: tuple[str, ...] = ()
    """The same in a word or two, for each of the rows."""


_KEYS_WIDTH = 22
"""Cells of the column of keys."""
_NARROWEST = 30
"""Cells that the column of words has at least: the column of keys gives way, down to `_KEYS_LEAST`."""
_KEYS_LEAST = 12


def help_words(keys: Iterable[Key], here: Here | None = None, *, columns: int = 100) -> Content:
    """What can be done where the reader is, then all keys under their groups, in so many columns."""
    beside = max(_KEYS_LEAST, min(_KEYS_WIDTH, columns - _NARROWEST))
    room = _Room(beside, max(1, columns - beside))
    lines = _here(here, room) if here is not None else []
    lines.append(
        Content.assemble(
            ("Read two texts against each other. ", "bold"),
            "Move, mark what you find, and ask what the other text says about it. "
            "Every act is written at once, and can be taken back, also tomorrow. "
            "A number before a key does it so often; before a mark it takes so many sentences.\n"
            "Beside the lines between the texts: │ what is in view, · related, ▪ highlights, ◆ hits.\n",
        )
    )
    for group, held in by_group(keys).items():
        lines.append(_heading(group))
        lines += [_row(_keys(key), key.help, room) for key in held]
        lines.append(Content(""))
    return Content("\n").join(lines)


class _Room(NamedTuple):
    """Cells of the two columns."""

    keys: int
    words: int


def _here(here: Here, room: _Room) -> list[Content]:
    rows = [_row(keys, words, room) for keys, words in here.rows]
    return [_heading(f"here: {one_line(here.words)}"), *rows, Content("")]


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $accent")


def _row(keys: str, words: str, room: _Room) -> Content:
    """Keys and what they do, which goes on below itself where it is long, and begins there where the keys are."""
    indent = "\n" + " " * room.keys
    held = f"  {keys:<{room.keys - 3}} "
    below = indent if len(held) > room.keys else ""
    return Content.assemble((held, "bold"), below, indent.join(wrap(words, room.words)))


def _keys(key: Key) -> str:
    return f"{shown(key)}{{{key.takes.split()[-1]}}}" if key.takes else shown(key)
