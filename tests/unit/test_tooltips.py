"""What is told of each command beyond its line of help."""

from __future__ import annotations

import re

import pytest

from tui.keys.command_line import ONLY_HERE
from tui.keys.key_table import KEYS
from tui.keys.keymap import Keymap
from tui.keys.tooltips import TOOLTIPS, tooltip

HELP = {**{key.id: key.help for key in KEYS}, **{command.id: command.help for command in ONLY_HERE}}


def test_each_command_has_one_and_nothing_else_has() -> None:
    assert set(TOOLTIPS) == set(HELP)


@pytest.mark.parametrize("id", sorted(HELP))
def test_it_says_something_new_in_a_sentence_or_two(id: str) -> None:
    words = TOOLTIPS[id]
    assert words.endswith(".")
    assert len(words) <= 200
    assert words.rstrip(".").casefold() not in HELP[id].casefold()


def test_keys_that_it_names_are_keys() -> None:
    """Of sequences that are easily told from words: brackets, and what follows Space."""
    known = {sequence.replace(" ", "") for key in KEYS for sequence in (*key.keys, *key.selecting)}
    key_of = Keymap.with_changes({}).key_of
    named = {
        word.strip(".,;:()")
        for id in TOOLTIPS
        for word in tooltip(id, key_of).replace("Space ", "Space").split()
        if word.startswith(("]", "[", "Space")) and not word.startswith("[[")
    }
    assert named <= known, named - known


def test_other_commands_go_by_the_readers_keys() -> None:
    usual, less = Keymap.with_changes({}), Keymap.with_changes({}, preset="less")
    assert "(Space t)" in tooltip("highlight_with", usual.key_of)
    assert "(,t)" in tooltip("highlight_with", less.key_of)
    for keymap in (usual, less):
        told = "".join(tooltip(id, keymap.key_of) for id in TOOLTIPS)
        assert not re.search(r"\{\w", told), "each is named by an id that there is"
