"""The key table and how presses become commands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.keys.key_table import (
    KEYS,
    OF_SENTENCES,
    OF_THE_PRESENT,
    ONLY_LOOKING,
    Key,
    Press,
    by_group,
    press_name,
    shown,
)
from tui.keys.keymap import Keymap, KeymapError, KeyParser
from tui.keys.presets import PRESETS


def typed(presses: str, *, selecting: bool = False) -> list[Press]:
    typing = KeyParser(Keymap())
    return [press for each in presses.split() if (press := typing.type(each, selecting))]


def test_every_command_has_a_key_and_a_line_of_help() -> None:
    for key in KEYS:
        assert key.keys or key.selecting, key.id
        assert key.help, key.id
    assert len({key.id for key in KEYS}) == len(KEYS)


@pytest.mark.parametrize(
    ("presses", "press"),
    [
        ("w", Press("word_next")),
        ("3 w", Press("word_next", 3)),
        ("1 0 j", Press("line_down", 10)),
        ("0", Press("line_start")),
        ("g g", Press("text_start")),
        ("1 2 G", Press("text_end", 12)),
        ("Space a", Press("annotations")),
        ("Ctrl-w h", Press("left_pane")),
        ("m q", Press("set_mark", None, "q")),
        ("H 3", Press("highlight_with", None, "3")),
        ("d d", Press("delete")),
        ("d p", Press("delete_link")),
    ],
)
def test_presses_become_commands(presses: str, press: Press) -> None:
    assert typed(presses) == [press]


def test_digits_are_counts_in_reading_and_quick_tags_while_selecting() -> None:
    assert typed("3") == []
    assert typed("3", selecting=True) == [Press("quick_tag", None, "3")]
    assert typed("i s", selecting=True) == [Press("select_is")]
    assert typed("o", selecting=True) == [Press("other_edge")]


def test_an_unknown_sequence_is_forgotten() -> None:
    assert typed("g Q w") == [Press("word_next")]


def test_escape_ends_a_command_that_waits_for_a_letter() -> None:
    assert typed("m Esc w") == [Press("word_next")]


def test_what_can_follow_is_told_and_pending_shown() -> None:
    typing = KeyParser(Keymap())
    typing.type("2", False)
    typing.type("z", False)
    assert typing.pending == "2z"
    assert {"t", "z", "b", "s", "f"} <= {follow.press for follow in typing.follows(False)}


def test_a_command_can_have_other_keys() -> None:
    keymap = Keymap.with_changes({"undo": ["Ctrl-z"], "suspend": ["F12"]})
    assert KeyParser(keymap).type("Ctrl-z", False) == Press("undo")
    assert KeyParser(keymap).type("u", False) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"undo": ["w"]}, "w calls both"),
        ({"fly": ["w"]}, "no command is called fly"),
        ({"undo": ["g"]}, "can never be typed"),
        ({"undo": [""]}, "empty key"),
    ],
)
def test_keys_that_cannot_work_are_refused(changes: dict[str, list[str]], says: str) -> None:
    with pytest.raises(KeymapError, match=says):
        Keymap.with_changes(changes)


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("G", "G", "G"),
        ("left_parenthesis", "(", "("),
        ("ctrl+d", "\x04", "Ctrl-d"),
        ("space", " ", "Space"),
        ("escape", "\x1b", "Esc"),
        ("enter", "\r", "Enter"),
        ("f1", None, "F1"),
        ("pagedown", None, "PageDown"),
        ("shift+left", None, "Left"),
    ],
)
def test_presses_have_the_names_of_the_table(key: str, character: str | None, name: str) -> None:
    assert press_name(key, character) == name


def test_keys_are_shown_as_readers_write_them() -> None:
    assert shown(Key("a", ("g g", "Home"), KEYS[0].group, "x")) == "gg or Home"
    assert shown(Keymap().by_id["quick_tag"]) == "1 to 9"


@given(
    st.lists(st.sampled_from([*"0123456789gzdHmS'wis]hrp", "Esc", "Space", "Ctrl-w", "Enter"]), max_size=30),
    st.booleans(),
)
def test_no_typing_leaves_the_keyboard_stuck(presses: list[str], selecting: bool) -> None:
    typing = KeyParser(Keymap())
    for press in presses:
        typing.type(press, selecting)
    for _ in range(3):
        typing.type("Esc", selecting)
    assert typing.pending == ""
    assert typing.type("w", selecting) == Press("word_next")


def test_a_preset_has_every_command_on_a_key_and_no_clash() -> None:
    assert {"less"} <= set(PRESETS)
    for name in PRESETS:
        for key in Keymap.with_changes({}, preset=name).keys:
            assert key.keys or key.selecting, (name, key.id)


def test_presets_speak_of_commands_that_there_are() -> None:
    known = {key.id for key in KEYS}
    leaders = {sequence.split()[0] for key in KEYS for sequence in key.keys if " " in sequence}
    for preset in PRESETS.values():
        assert set(preset.keys) <= known
        assert set(preset.leaders) <= leaders


@pytest.mark.parametrize(
    ("presses", "id"),
    [
        ("Space", "page_down"),
        ("f", "page_down"),
        ("b", "page_up"),
        ("d", "half_page_down"),
        ("u", "half_page_up"),
        ("g", "text_start"),
        ("G", "text_end"),
        ("/", "search"),
        ("?", "search_back"),
        ("n", "search_next"),
        ("N", "search_previous"),
        ("q", "quit"),
        (", a", "annotations"),
        ("; r", "related"),
        ("D d", "delete"),
    ],
)
def test_less_has_the_keys_of_less_and_the_rest_stays_in_reach(presses: str, id: str) -> None:
    typing = KeyParser(Keymap.with_changes({}, preset="less"))
    assert [press.id for each in presses.split() if (press := typing.type(each, False))] == [id]


def test_changes_come_on_top_of_a_preset() -> None:
    keymap = Keymap.with_changes({"annotations": ["a"]}, preset="less")
    assert KeyParser(keymap).type("a", False) == Press("annotations")
    assert KeyParser(keymap).type("b", False) == Press("page_up")


@pytest.mark.parametrize(
    ("changes", "preset", "says"),
    [
        ({"undo": ["b"]}, "less", "b calls both"),
        ({}, "emacs", "no set of keys is called emacs; there are vim, less"),
        ({"undo": ["Ctrl+z"]}, "vim", "is no key"),
        ({"undo": ["Ctrl-i"]}, "vim", "is Tab in a terminal"),
        ({"undo": ["5"]}, "vim", "digits are counts"),
    ],
)
def test_what_can_never_be_typed_is_refused(changes: dict[str, list[str]], preset: str, says: str) -> None:
    with pytest.raises(KeymapError, match=re.escape(says)):
        Keymap.with_changes(changes, preset=preset)


def test_a_key_of_reading_leaves_the_objects_of_selecting_alone() -> None:
    typing = KeyParser(Keymap.with_changes({"annotations": ["a"]}))
    assert typing.type("a", False) == Press("annotations")
    assert [typing.type(press, True) for press in ("a", "s")] == [None, Press("select_as")]


def test_messages_name_the_first_key_of_a_command_or_how_it_is_typed() -> None:
    keymap = Keymap.with_changes({"highlight": ["F5", "x"], "delete": []})
    named = {id: keymap.key_of(id) for id in ("highlight", "delete", "text_start", "other_edge", "select_is")}
    assert named == {
        "highlight": "F5",
        "delete": ":delete",
        "text_start": "gg",
        "other_edge": "o",
        "select_is": "is",
    }


def test_a_command_can_be_left_without_a_key() -> None:
    keymap = Keymap.with_changes({"delete": []})
    typing = KeyParser(keymap)
    assert [typing.type(press, False) for press in ("d", "d")] == [None, None]


def test_objects_are_keys_in_reading_too_unless_a_reader_uses_them_otherwise() -> None:
    assert typed("i s") == [Press("select_is")]
    assert typed("2 a p") == [Press("select_ap", 2)]
    assert typed("o") == [], "a press alone that selects is none in reading"
    own = KeyParser(Keymap.with_changes({"undo": ["i"], "star": ["a s"]}))
    assert own.type("i", False) == Press("undo")
    assert own.type("a", False) is None
    assert own.type("s", False) == Press("star")


def test_keys_that_lead_nowhere_are_named_once() -> None:
    typing = KeyParser(Keymap())
    typing.type("Space", False)
    assert typing.unbound == ""
    typing.type("j", False)
    assert typing.unbound == "Space j"
    typing.type("j", False)
    assert typing.unbound == ""
    typing.type("x", False)
    assert typing.unbound == "x"
    typing.type("g", False)
    typing.type("Esc", False)
    assert typing.unbound == "", "Esc ends a sequence without a word"


@pytest.mark.parametrize(
    "told_of", [OF_SENTENCES, OF_THE_PRESENT, ONLY_LOOKING], ids=["sentences", "present", "looking"]
)
def test_what_is_said_of_commands_is_said_of_commands_that_there_are(told_of: frozenset[str]) -> None:
    assert told_of <= {key.id for key in KEYS}


def test_groups_have_the_keys_in_the_order_of_the_table() -> None:
    groups = by_group(KEYS)
    assert list(groups) == list(dict.fromkeys(key.group for key in KEYS))
    for group, keys in groups.items():
        assert keys == [key for key in KEYS if key.group is group]
