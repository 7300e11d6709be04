"""The one status line: mode, place, sync, what is here, what was done last."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from texts.visible import one_line
from tui.widgets.inks import Ink
from tui.widgets.kept_rows import KeptRows


class Tone(StrEnum):
    """How a part of the status line is set off."""

    MODE = "mode"
    PLAIN = "plain"
    DIM = "dim"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


_INKS = {
    Tone.MODE: Ink("background", "primary", bold=True),
    Tone.PLAIN: Ink("foreground", "panel"),
    Tone.DIM: Ink("foreground", "panel", 0.7),
    Tone.GOOD: Ink("success", "panel"),
    Tone.WARNING: Ink("warning", "panel"),
    Tone.ERROR: Ink("error", "panel", bold=True),
}


class Note(NamedTuple):
    """A part of the status line."""

    words: str
    tone: Tone = Tone.PLAIN


class StatusLine(KeptRows):
    """Shows parts from the left, and one at the right that gives way where there is no room."""

    DEFAULT_CSS = """
    StatusLine { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: tuple[Note, ...] = ()
        self._right = Note("? help", Tone.DIM)

    @property
    def words(self) -> str:
        """All that is shown on the left, for tests and screen readers."""
        return " · ".join(note.words for note in self._left)

    def show(self, left: Sequence[Note], right: Note | None = None) -> None:
        """Shows these parts; repaints only if they differ from what is shown."""
        parts = tuple(note for note in left if note.words)
        if right is None:
            right = self._right
        if (parts, right) != (self._left, self._right):
            self._left, self._right = parts, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.outer_size.width
        plain = _INKS[Tone.PLAIN].on(self)
        segments: list[Segment] = []
        for note in self._left:
            style = _INKS[note.tone].on(self)
            if segments and note.tone is not Tone.MODE:
                segments.append(Segment(" · " if len(segments) > 1 else " ", plain))
            words = one_line(note.words)
            segments.append(Segment(f" {words} " if note.tone is Tone.MODE else words, style))
        used = sum(cell_len(segment.text) for segment in segments)
        right = one_line(self._right.words)
        room = width - used - cell_len(right) - 1
        if room >= 1:
            segments.append(Segment(" " * room, plain))
            segments.append(Segment(right, _INKS[self._right.tone].on(self)))
            segments.append(Segment(" ", plain))
        return _fit(segments, width, plain)


def _fit(segments: Sequence[Segment], width: int, blank: Style) -> Strip:
    """Cuts or fills the segments to the width; what is cut ends with an ellipsis."""
    fitted: list[Segment] = []
    room = width
    for segment in segments:
        cells = cell_len(segment.text)
        if cells > room:
            if room > 0:
                fitted.append(Segment(set_cell_size(segment.text, room - 1) + "…", segment.style))
            room = 0
            break
        fitted.append(segment)
        room -= cells
    strip = Strip(fitted, width - room)
    return strip.extend_cell_length(width, blank) if room else strip
