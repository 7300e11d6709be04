"""What is sent to terminals of few colours or none: the bytes of the program itself, in a pseudo-terminal."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from pseudo import Program

_SGR = re.compile(rb"\x1b\[([\d;]*)m")


def colours_sent(library: Path, **environment: str) -> set[int]:
    """The numbers of all SGR commands by which colours are set, after a mark, a selection, a list and a search."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM")}
    call = [sys.executable, "-m", "tui", "--library", str(library)]
    with Program(call, environment={**kept, **environment}, folder=library.parent) as program:
        program.until(b"chance in Baghdad")  # its first letter may be under the cursor
        for keys in (b"9G", b"ta", b"\r", b"vis", b"\x1b", b" t", b"\x1b", b"gr", b"\x1b", b"/Maliki", b"\r"):
            program.press(keys)
        program.press(b"\x1b")
        program.write(b"q")
        assert program.ended() == 0
        sent = bytes(program.drawn)
    numbers = {int(number) for found in _SGR.findall(sent) for number in found.split(b";") if number}
    return {number for number in numbers if 30 <= number <= 49 or 90 <= number <= 107} - {39, 49}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("term", ["xterm-256color", "xterm"])
def test_no_color_means_no_colour_at_all(library: Path, term: str) -> None:
    assert colours_sent(library, TERM=term, NO_COLOR="1") == set()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_sixteen_colours_are_the_terminals_own_and_never_a_ground(library: Path) -> None:
    sent = colours_sent(library, TERM="xterm")
    assert sent
    assert all(30 <= number <= 37 or 90 <= number <= 97 for number in sent)
