"""What the desk keeps between runs: had again as it was set, and whatever a strange library keeps in its place."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from store.ui_state import Json
from tui.ui_state import HighlightOrder, KeptValue, Place, UiState

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
NAMES = sorted(name for name, value in vars(UiState).items() if isinstance(value, KeptValue))


class Shelf:
    """A library that keeps what JSON makes of it."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def read(self, key: str) -> object:
        return json.loads(self.values.get(key, "null"))

    def write(self, key: str, value: Json) -> None:
        self.values[key] = json.dumps(value)

    def state(self) -> UiState:
        """As another run finds it."""
        return UiState(self.read, self.write)


def test_each_value_is_had_again_in_the_next_run() -> None:
    shelf = Shelf()
    values = {
        "active": 1,
        "commands": ["open x", "theme dark"],
        "comparison": {"view": "names", "rows": {"people": "a"}},
        "cursor_versions": {"one": "0a"},
        "cursors": {"one": 12},
        "hints": True,
        "jump_versions": {"one": "0b"},
        "jumps": [Place("one", 3), Place("two", 0)],
        "letters": {"a": Place("one", 9)},
        "old_quotes": {"one": {7: "words as they were"}},
        "order": HighlightOrder.NEWEST,
        "pair": ["one", ""],
        "queries": ["river"],
        "sync_of_pairs": {"one two": "follow"},
        "theme": "dark",
        "welcomed": True,
    }
    assert sorted(values) == NAMES
    for name, value in values.items():
        setattr(shelf.state(), name, value)
    assert {name: getattr(shelf.state(), name) for name in NAMES} == values


@given(st.data())
def test_what_a_strange_library_keeps_is_of_its_type_or_not_kept(data: st.DataObject) -> None:
    nothing = Shelf().state()
    for name in NAMES:
        kept = data.draw(ANY)
        found = getattr(UiState(lambda _, kept=kept: kept, lambda key, value: None), name)
        assert isinstance(found, type(getattr(nothing, name)))


def test_what_is_set_is_had_before_it_is_written() -> None:
    state = UiState(lambda key: None, lambda key, value: None)
    state.jumps = [Place("one", 3)]
    assert state.jumps == [Place("one", 3)]


def test_only_what_is_broken_is_left_out() -> None:
    kept = {"desk.marks": {"a": ["one", 3], "b": ["one"], "c": 4}, "desk.cursors": {"one": 3, "two": True}}
    state = UiState(kept.get, lambda key, value: None)
    assert state.letters == {"a": Place("one", 3)}
    assert state.cursors == {"one": 3}
