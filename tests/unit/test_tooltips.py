"""What is told of each command beyond its line of help."""

from __future__ import annotations

import pytest

from tui.commands import ONLY_HERE
from tui.keys import KEYS
from tui.tooltips import TOOLTIPS

HELP = {**{key.id: key.help for key in KEYS}, **{command.id: command.help for command in ONLY_HERE}}


def test_each_command_has_one_and_nothing_else_has() -> None:
    assert TOOLTIPS.keys() == HELP.keys()


@pytest.mark.parametrize("id", sorted(HELP))
def test_it_says_something_new_in_a_sentence_or_two(id: str) -> None:
    words = TOOLTIPS[id]
    assert words.endswith(".")
    assert len(words) <= 200
    assert words.rstrip(".").casefold() not in HELP[id].casefold()


def test_keys_that_it_names_are_keys() -> None:
    """Of sequences that are easily told from words: brackets, `Space x`, `Ctrl-x`, `gr`."""
    known = {sequence.replace(" ", "") for key in KEYS for sequence in (*key.keys, *key.selecting)}
    named = {
        word.strip(".,;:()")
        for words in TOOLTIPS.values()
        for word in words.replace("Space ", "Space").split()
        if word.startswith(("]", "[", "Space")) and not word.startswith("[[")
    }
    assert named <= known, named - known
