"""What the desk keeps between runs: each value under a name of its own in the library, and of a type of its own.

The library may be a stranger's: what is not of its type there counts as not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, overload

if TYPE_CHECKING:
    from store.ui_state import Json

T = TypeVar("T")


class Place(NamedTuple):
    """Where the reader is or was: a text and an offset into its body."""

    text: str
    offset: int


class HighlightOrder(StrEnum):
    """How the list of highlights is sorted."""

    TEXT = "by text"
    TAG = "by tag"
    NEWEST = "newest first"


class KeptValue(Generic[T]):
    """A value that is read from the library when it is asked for, and written behind when it is set."""

    def __init__(self, name: str, read: Callable[[object], T], write: Callable[[T], Json]) -> None:
        """`read` makes a value of what JSON gave, or of None where nothing is kept; `write` what JSON can hold."""
        self._name, self._read, self._write = name, read, write

    @overload
    def __get__(self, state: None, owner: type) -> KeptValue[T]: ...
    @overload
    def __get__(self, state: UiState, owner: type) -> T: ...
    def __get__(self, state: UiState | None, owner: type) -> T | KeptValue[T]:
        return self if state is None else self._read(state.kept(self._name))

    def __set__(self, state: UiState, value: T) -> None:
        state.keep(self._name, self._write(value))


def _texts(kept: object) -> list[str]:
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def _order(kept: object) -> HighlightOrder:
    return next((order for order in HighlightOrder if order == kept), HighlightOrder.TEXT)


def _named(kept: object, read: Callable[[object], T | None]) -> dict[str, T]:
    """The values of an object by their names, without those that `read` makes nothing of."""
    items = kept.items() if isinstance(kept, dict) else ()
    return {name: value for name, each in items if (value := read(each)) is not None}


def _whole(kept: object) -> int | None:
    return kept if type(kept) is int else None


def _words(kept: object) -> str | None:
    return kept if isinstance(kept, str) else None


def _place(kept: object) -> Place | None:
    if isinstance(kept, list) and [type(each) for each in kept] == [str, int]:
        return Place(*kept)
    return None


def _places(kept: object) -> list[Place]:
    found = map(_place, kept) if isinstance(kept, list) else ()
    return [place for place in found if place is not None]


def _mapping(kept: object) -> Mapping[str, Json]:
    return dict(kept) if isinstance(kept, dict) else {}


def _quotes(kept: object) -> dict[int, str] | None:
    return {int(id): quote for id, quote in _named(kept, _words).items() if id.isdecimal() and len(id) < 19}


class UiState:
    """The values, each an attribute; what is set is had at once, before it is written."""

    pair: KeptValue[list[str]] = KeptValue("pair", _texts, list)
    """Slugs of the texts on the desk, one or two."""
    active: KeptValue[int] = KeptValue("active", lambda kept: _whole(kept) or 0, int)
    """Number of the side that the reader is in."""
    cursors: KeptValue[dict[str, int]] = KeptValue("cursors", lambda kept: _named(kept, _whole), dict)
    """Offsets of the reader in texts, by slug."""
    cursor_versions: KeptValue[dict[str, str]] = KeptValue(
        "cursor versions", lambda kept: _named(kept, _words), dict
    )
    """Digests of the versions in which these offsets count, by slug."""
    jumps: KeptValue[list[Place]] = KeptValue(
        "jumps", _places, lambda places: [list(place) for place in places]
    )
    """Places to go back to, the latest last."""
    letters: KeptValue[dict[str, Place]] = KeptValue(
        "marks",
        lambda kept: _named(kept, _place),
        lambda places: {each: list(places[each]) for each in places},
    )
    """Places under letters."""
    jump_versions: KeptValue[dict[str, str]] = KeptValue(
        "jump versions", lambda kept: _named(kept, _words), dict
    )
    """Digests of the versions in which the offsets of both count, by slug."""
    sync_of_pairs: KeptValue[dict[str, str]] = KeptValue(
        "sync of pairs", lambda kept: _named(kept, _words), dict
    )
    """How the panes of a pair move together, by both slugs in their order."""
    commands: KeptValue[list[str]] = KeptValue("commands", _texts, list)
    """Lines of the command line, the latest last."""
    queries: KeptValue[list[str]] = KeptValue("queries", _texts, list)
    """What was searched, the latest last."""
    order: KeptValue[HighlightOrder] = KeptValue("order", _order, str)
    comparison: KeptValue[Mapping[str, Json]] = KeptValue("comparison", _mapping, dict)
    """Where the reader was in the comparison, as its screen reads it."""
    old_quotes: KeptValue[dict[str, dict[int, str]]] = KeptValue(
        "old quotes",
        lambda kept: _named(kept, _quotes),
        lambda texts: {slug: {str(id): quote for id, quote in texts[slug].items()} for slug in texts},
    )
    """Words that changed highlights had before the last updates, by slug and id."""
    theme: KeptValue[str] = KeptValue("theme", lambda kept: _words(kept) or "", str)
    """Name of the theme; empty where none was chosen."""
    hints: KeptValue[bool] = KeptValue("hints", lambda kept: kept is True, bool)
    """Whether the keys of the moment are shown."""
    welcomed: KeptValue[bool] = KeptValue("welcomed", lambda kept: kept is True, bool)
    """Whether the first keys were shown in this library."""

    def __init__(self, read: Callable[[str], object], write: Callable[[str, Json], None]) -> None:
        """`read` gives what the library keeps under a key, None where that is nothing; `write` has it kept."""
        self._read_key, self._write_key = read, write
        self._set: dict[str, Json] = {}

    def kept(self, name: str) -> object:
        """What JSON gave for a name, or what was set since."""
        return self._set[name] if name in self._set else self._read_key(f"desk.{name}")

    def rename(self, old: str, new: str) -> None:
        """Calls a text by its new slug in what was set since; the library has done so in what it keeps."""
        from store.ui_state import WORDS, with_slug

        self._set = {
            name: value if f"desk.{name}" in WORDS else with_slug(value, old, new)
            for name, value in self._set.items()
        }

    def keep(self, name: str, value: Json) -> None:
        """Keeps something that JSON can hold."""
        self._set[name] = value
        self._write_key(f"desk.{name}", value)
