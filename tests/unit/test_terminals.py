"""What is known of terminals by their environment."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.terminals import has_few_signs, is_in_screen, refuses_copies
from tui.view.palette import PLAIN_SIGNS, SIXTEEN


@pytest.mark.parametrize(
    ("environment", "refuses"),
    [
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "screen-256color", "KITTY_WINDOW_ID": "1", "TMUX": "/tmp/x"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}, True),
        ({"TERM": "rxvt-unicode-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "alacritty"}, False),
        ({"TERM": "foot"}, False),
        ({}, False),
    ],
)
def test_terminals_that_let_no_program_copy(environment: dict[str, str], refuses: bool) -> None:
    assert refuses_copies(environment) is refuses


def test_tmux_is_not_taken_for_screen() -> None:
    assert is_in_screen({"TERM": "screen.xterm-256color", "STY": "1.pts-0"})
    assert not is_in_screen({"TERM": "screen-256color", "TMUX": "/tmp/x"})


def test_signs_of_the_console_are_as_wide_as_those_that_they_stand_for() -> None:
    assert has_few_signs({"TERM": "linux"})
    for sign, plain in PLAIN_SIGNS.items():
        assert cell_len(chr(sign)) == cell_len(plain) == 1
        assert ord(plain) not in PLAIN_SIGNS


_XTERM = {"red": "#cd0000", "bright_blue": "#5c5cff", "magenta": "#cd00cd"}


def test_sixteen_colours_are_legible_on_black_and_on_white() -> None:
    from tui.monochrome import HUES
    from tui.view.palette import contrast

    names = {*SIXTEEN.named.values(), *(name for _, name in HUES if name)}
    assert names == set(_XTERM)
    for name in names:
        assert min(contrast(_XTERM[name], ground) for ground in ("#000000", "#ffffff")) >= 3, name
