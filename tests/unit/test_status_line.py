"""The status line: what it has no words for is empty, not a block in the colour of the mode."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.widgets.status import fit


def test_the_rest_of_the_line_has_the_look_of_the_line() -> None:
    mode, plain = Style(reverse=True), Style()
    strip = fit([Segment(" READ ", mode), Segment("¶9", plain)], 12, plain)
    assert strip.cell_length == 12
    assert [(segment.text, segment.style) for segment in strip][-1] == ("    ", plain)


def test_what_has_no_room_is_cut_with_an_ellipsis() -> None:
    strip = fit([Segment(" READ ", Style()), Segment("highlighted", Style())], 10, Style())
    assert (strip.text, strip.cell_length) == (" READ hig…", 10)
