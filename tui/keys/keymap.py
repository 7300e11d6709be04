"""Which keys call which command, and how single presses become commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple

from tui.keys.key_table import KEYS, Key, Press, misnamed, shown
from tui.keys.presets import PRESETS, USUAL


class KeymapError(ValueError):
    """A set of keys that cannot work: unknown commands, or two commands on one key."""


class Continuation(NamedTuple):
    """What can follow an unfinished sequence."""

    press: str
    help: str


class Keymap:
    """Which sequence calls which command, for one set of keys."""

    def __init__(self, keys: Sequence[Key] = KEYS) -> None:
        self.keys = keys
        self._reading: dict[tuple[str, ...], Key] = {}
        self._selecting: dict[tuple[str, ...], Key] = {}
        for key in self.keys:
            for sequence in key.keys:
                self._put(self._reading, sequence, key)
                if sequence[0] in "123456789":
                    raise KeymapError(f"{sequence} ({key.id}) can never be typed: digits are counts")
        for key in self.keys:
            for sequence in key.selecting:
                self._put(self._selecting, sequence, key)
        self._check_prefixes(self._reading)
        self._check_prefixes(self._selecting)

    @staticmethod
    def _put(table: dict[tuple[str, ...], Key], sequence: str, key: Key) -> None:
        presses = tuple(sequence.split())
        if not presses:
            raise KeymapError(f"{key.id} has an empty key")
        problem = next(filter(None, map(misnamed, presses)), "")
        if problem:
            raise KeymapError(f"{problem} ({key.id})")
        if presses in table:
            raise KeymapError(f"{sequence} calls both {table[presses].id} and {key.id}")
        table[presses] = key

    @staticmethod
    def _check_prefixes(table: Mapping[tuple[str, ...], Key]) -> None:
        for presses, key in table.items():
            for length in range(1, len(presses)):
                shorter = table.get(presses[:length])
                if shorter is not None:
                    raise KeymapError(
                        f"{' '.join(presses)} ({key.id}) can never be typed: "
                        f"{' '.join(presses[:length])} is {shorter.id}"
                    )

    @classmethod
    def with_changes(cls, changes: Mapping[str, Sequence[str]], *, preset: str = USUAL) -> Keymap:
        """The keymap of a preset, with other keys for some commands, by id; no keys leave a command without.

        Raises KeymapError for what cannot work.
        """
        known = {key.id for key in KEYS}
        for id in changes:
            if id not in known:
                raise KeymapError(f"no command is called {id}")
        if preset not in PRESETS:
            raise KeymapError(f"no set of keys is called {preset}; there are {', '.join(PRESETS)}")
        usual = PRESETS[preset].keys_of
        return cls([key._replace(keys=tuple(changes.get(key.id, usual(key)))) for key in KEYS])

    def key_of(self, id: str) -> str:
        """The first key of a command, as messages name it; how it is typed after `:` where it has no key."""
        key = self.by_id[id]
        first = (key.keys or key.selecting)[:1]
        return shown(key._replace(keys=first, selecting=())) or f":{id.replace('_', '-')}"

    @cached_property
    def by_id(self) -> Mapping[str, Key]:
        """The commands with their keys."""
        return {key.id: key for key in self.keys}

    def find(self, presses: tuple[str, ...], selecting: bool) -> Key | None:
        """The command that the whole sequence calls; while selecting, objects such as `i s` come first.

        In reading an object is selected at once, where its sequence calls nothing else.
        """
        if selecting and presses in self._begin_objects:
            return self._selecting.get(presses)
        return self._reading.get(presses) or (self._selecting.get(presses) if len(presses) > 1 else None)

    @cached_property
    def _begin_objects(self) -> frozenset[tuple[str, ...]]:
        """What sequences that call something while selecting begin with, themselves included."""
        return frozenset(keys[:end] for keys in self._selecting for end in range(1, len(keys) + 1))

    @cached_property
    def _unfinished(self) -> frozenset[tuple[str, ...]]:
        """What sequences begin with that have more presses."""
        every = (*self._reading, *self._selecting)
        return frozenset(keys[:end] for keys in every for end in range(1, len(keys)))

    def leads_on(self, presses: tuple[str, ...]) -> bool:
        """Whether anything can follow the sequence."""
        return presses in self._unfinished

    def follows(self, presses: tuple[str, ...], selecting: bool) -> list[Continuation]:
        """What can follow the sequence, in the order of the table; empty where it leads nowhere."""
        tables = (self._selecting, self._reading) if selecting else (self._reading, self._selecting)
        found: dict[str, Continuation] = {}
        for table in tables:
            for sequence, key in table.items():
                if len(sequence) > len(presses) and sequence[: len(presses)] == presses:
                    found.setdefault(sequence[len(presses)], Continuation(sequence[len(presses)], key.help))
        return list(found.values())


class KeyParser:
    """Makes commands of single presses: counts, sequences, and the press that a command takes."""

    def __init__(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self.unbound = ""
        """The sequence that the last press ended, where it calls nothing and nothing can follow it."""
        self._count = ""
        self._presses: tuple[str, ...] = ()
        self._taker: Key | None = None

    @property
    def awaiting_argument(self) -> str:
        """Id of the command that waits for the press it takes; empty where none does."""
        return self._taker.id if self._taker else ""

    @property
    def pending(self) -> str:
        """What was typed of an unfinished command, for the status line."""
        return self._count + " ".join(self._presses)

    def follows(self, selecting: bool) -> list[Continuation]:
        """What can follow now; empty where nothing is pending."""
        if self._taker:
            return [Continuation(self._taker.takes, self._taker.help)]
        return self.keymap.follows(self._presses, selecting) if self._presses else []

    def clear(self) -> None:
        """Forgets what was typed."""
        self._count, self._presses, self._taker = "", (), None

    def foresee(self, press: str, selecting: bool) -> Press | None:
        """What `type` would return, with nothing typed."""
        return copy(self).type(press, selecting)

    def type(self, press: str, selecting: bool) -> Press | None:
        """One press more: returns the command once it is complete, None while it is not or where it is none."""
        self.unbound = ""
        if self._taker is not None:
            awaiting_argument, count = self._taker, self._number()
            self.clear()
            return None if press == "Esc" else Press(awaiting_argument.id, count, press)
        if self._is_count(press, selecting):
            self._count += press
            return None
        presses = (*self._presses, press)
        key = self.keymap.find(presses, selecting)
        if key is not None and key.takes:
            self._taker, self._presses = key, presses
            return None
        if key is not None:
            found = Press(key.id, self._number(), press if key.id == "quick_tag" else "")
            self.clear()
            return found
        if self.keymap.leads_on(presses):
            self._presses = presses
        else:
            self.unbound = " ".join(presses) if press != "Esc" else ""
            self.clear()
        return None

    def _is_count(self, press: str, selecting: bool) -> bool:
        """In reading, digits are counts; while selecting, 1–9 alone are quick tags, unless a count has begun."""
        if self._presses or not (len(press) == 1 and press in "0123456789"):
            return False
        if self._count:
            return True
        return press != "0" and not selecting

    def _number(self) -> int | None:
        return min(int(self._count), 999_999) if self._count else None
