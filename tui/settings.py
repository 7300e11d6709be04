"""The reader's settings: `settings.toml`, written by hand and by no command.

    reader = "Ada"
    text_width = 72
    theme = "dark"
    preset = "vim"
    spacing = 1
    justify = false
    mouse = true
    blink = true
    terminal = "auto"

    [keys]
    undo = "Ctrl-z"
    page_down = ["Ctrl-f", "f"]

What is wrong in it is reported with file and line, and the rest holds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from store.journal import login_name
from tui.terminals import is_in_screen

TEXT_WIDTHS = range(20, 201)
"""Cells that a text column may take."""

USUAL_WIDTH = 72

AUTO = "auto"

TERMINALS = (AUTO, "standard", "tmux", "konsole", "kitty")
"""Terminals by what they make of emoji and vowel signs (`tui.view.cells.HABITS`); auto: by the environment."""

SPACINGS = range(3)
"""Blank rows that may part passages."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader can set."""

    reader: str = field(default_factory=login_name)
    """The name that highlights, notes and links carry."""
    text_width: int = USUAL_WIDTH
    """The widest that a text column gets, in cells; the usual one grows on wide screens."""
    theme: str = "dark"
    """A name of `tui.themes`."""
    preset: str = "vim"
    """The set of keys that `keys` changes, a name of `tui.keys.presets`."""
    spacing: int = 1
    """Blank rows between passages."""
    justify: bool = False
    """Whether rows of prose are stretched to the text column."""
    mouse: bool = field(default_factory=lambda: not is_in_screen(os.environ))
    """Whether the desk takes the mouse; where not, the terminal selects with it. Not in GNU screen, which with the
    mouse on keeps an Esc back until the next key."""
    blink: bool = True
    """Whether the cursor blinks where one types."""
    terminal: str = AUTO
    """The terminal by whose habits cells are counted, one of `TERMINALS`."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other keys for commands, by the ids of `tui.keys.key_table`."""


class SettingsProblem(NamedTuple):
    """Something in the settings that cannot be followed."""

    path: Path
    line: int
    """Counted from 1."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def read_settings(path: Path) -> tuple[Settings, tuple[SettingsProblem, ...]]:
    """The settings of a file, and what is wrong with it; a file that is not there sets nothing."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (SettingsProblem(path, 1, f"cannot be read: {_reason(error)}"),)
    import tomllib

    try:
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(), (SettingsProblem(path, _line_of_error(str(error)), f"is not TOML: {error}"),)
    return _Reading(path, source).settings(table)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "it is not UTF-8"


def _line_of_error(message: str) -> int:
    """The line that tomllib names: `… (at line 3, column 7)`; the first where it names none."""
    _, _, place = message.rpartition("(at line ")
    number = place.partition(",")[0]
    return int(number) if number.isdigit() else 1


class _Reading:
    """Takes the settings out of a table, and notes what does not fit, with its line."""

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._lines = source.splitlines()
        self._problems: list[SettingsProblem] = []

    def settings(self, table: dict[str, object]) -> tuple[Settings, tuple[SettingsProblem, ...]]:
        defaults = Settings()
        known = [setting.name for setting in fields(Settings)]
        for name in table:
            if name not in known:
                self._note(name, f"{name} is not a setting; there are {', '.join(known)}")
        preset = self._preset(table, defaults.preset)
        settings = Settings(
            reader=self._words(table, "reader", defaults.reader),
            text_width=self._number(table, "text_width", TEXT_WIDTHS, defaults.text_width),
            theme=self._words(table, "theme", defaults.theme),
            preset=preset,
            spacing=self._number(table, "spacing", SPACINGS, defaults.spacing),
            justify=self._switch(table, "justify", defaults.justify),
            mouse=self._switch(table, "mouse", defaults.mouse),
            blink=self._switch(table, "blink", defaults.blink),
            terminal=self._terminal(table, defaults.terminal),
            keys=self._keys(table.get("keys", {}), preset),
        )
        return settings, tuple(sorted(self._problems, key=lambda problem: problem.line))

    def _note(self, name: str, message: str, section: str = "") -> None:
        self._problems.append(SettingsProblem(self._path, self._line(name, section), message))

    def _line(self, name: str, section: str) -> int:
        """The line that sets the name, found by its look: tomllib keeps no lines."""
        current = ""
        for number, line in enumerate(self._lines, 1):
            words = line.strip()
            if words.startswith("["):
                current = _bare(words.strip("[]"))
                is_it = current == name and not section
            else:
                keys = (words.partition("=")[0], words.partition(".")[0] if not section else "")
                is_it = current == section and name in map(_bare, keys)
            if is_it:
                return number
        return 1

    def _words(self, table: dict[str, object], name: str, default: str) -> str:
        value = table.get(name, default)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._note(name, f'{name} takes words in quotes, as in {name} = "{default}"')
        return default

    def _number(self, table: dict[str, object], name: str, numbers: range, default: int) -> int:
        value = table.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
            return value
        self._note(name, f"{name} takes a number from {numbers[0]} to {numbers[-1]}")
        return default

    def _switch(self, table: dict[str, object], name: str, default: bool) -> bool:
        value = table.get(name, default)
        if isinstance(value, bool):
            return value
        self._note(name, f"{name} takes true or false, without quotes")
        return default

    def _terminal(self, table: dict[str, object], default: str) -> str:
        value = table.get("terminal", default)
        if value in TERMINALS:
            return str(value)
        self._note("terminal", f"terminal takes one of {', '.join(TERMINALS)}, in quotes")
        return default

    def _preset(self, table: dict[str, object], default: str) -> str:
        if "preset" not in table:
            return default
        from tui.keys.presets import PRESETS

        value = table["preset"]
        if isinstance(value, str) and value in PRESETS:
            return value
        names = " or ".join(f'"{name}"' for name in PRESETS)
        self._note("preset", f"no set of keys is called so: preset takes {names}")
        return default

    def _keys(self, table: object, preset: str) -> dict[str, tuple[str, ...]]:
        if not isinstance(table, dict):
            self._note("keys", "keys is a section: [keys], then a line a command")
            return {}
        if not table:
            return {}
        from tui.keys.key_table import KEYS

        known = {key.id for key in KEYS}
        changes: dict[str, tuple[str, ...]] = {}
        for id, value in table.items():
            sequences = (value,) if isinstance(value, str) else value
            if id not in known:
                self._note(id, f"no command is called {id}; `tui keys` lists them", "keys")
            elif not isinstance(sequences, (list, tuple)) or not all(map(_is_sequence, sequences)):
                self._note(id, f'{id} takes keys in quotes, as in {id} = "Ctrl-d" or ["g g", "Home"]', "keys")
            else:
                changes[id] = tuple(sequences)
        return self._without_clashes(changes, preset)

    def _without_clashes(
        self, changes: dict[str, tuple[str, ...]], preset: str
    ) -> dict[str, tuple[str, ...]]:
        """The changes, or none of them where two commands would share a key: half a keymap is worse."""
        from tui.keys.keymap import Keymap, KeymapError

        try:
            Keymap.with_changes(changes, preset=preset)
        except KeymapError as error:
            words = re.findall(r"\w+", str(error))
            named = next((id for id in changes if id in words), "")
            self._note(named, f"{error}; no key is changed until this is mended", "keys")
            return {}
        return changes


def _bare(key: str) -> str:
    """A key of TOML without blanks and quotes."""
    return key.strip().strip("\"'")


def _is_sequence(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
