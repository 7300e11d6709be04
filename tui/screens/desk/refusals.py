"""What is told where there is no text to act on, by whatever part of the desk: why, and which key helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.desk.screen import DeskScreen


def no_text(desk: DeskScreen) -> str:
    """For what acts on a text."""
    return f"no text is open: {desk.key_of('open_text')} opens one"


def one_text(desk: DeskScreen) -> str:
    """For what acts on two texts."""
    return f"this wants two texts: {desk.key_of('open_text')} opens another"
