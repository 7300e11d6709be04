"""The one status line: mode, place, sync, what is here, what was done last; and what of that it has no room for."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from texts.visible import one_line
from tui.view.cells import cells_of, cut
from tui.widgets.kept_rows import KeptRows, ThemeStyle


class Tone(StrEnum):
    """How a part of the status line is set off."""

    MODE = "mode"
    PLAIN = "plain"
    DIM = "dim"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


_INKS = {
    Tone.MODE: ThemeStyle("background", "primary", bold=True),
    Tone.PLAIN: ThemeStyle("foreground", "panel"),
    Tone.DIM: ThemeStyle("foreground", "panel", 0.7),
    Tone.GOOD: ThemeStyle("success", "panel"),
    Tone.WARNING: ThemeStyle("warning", "panel"),
    Tone.ERROR: ThemeStyle("error", "panel", bold=True),
}


_LEAST_LEFT = 16
"""Cells that the parts from the left have at least: on a narrower line the one at the right gives way."""


class StatusNote(NamedTuple):
    """A part of the status line."""

    words: str
    tone: Tone = Tone.PLAIN


class StatusLine(KeptRows):
    """Shows parts from the left, cut where there is no room for all, and one at the right that stays."""

    DEFAULT_CSS = """
    StatusLine { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: tuple[StatusNote, ...] = ()
        self._left_out: StatusNote | None = None
        self._right = StatusNote("? help", Tone.DIM)

    @property
    def words(self) -> str:
        """All that is shown on the left, for tests and screen readers."""
        return " · ".join(note.words for note in self._left)

    def show(self, left: Sequence[StatusNote], right: StatusNote | None = None) -> None:
        """Shows these parts; repaints only if they differ from what is shown."""
        parts = tuple(note for note in left if note.words)
        if right is None:
            right = self._right
        if (parts, right) != (self._left, self._right):
            self._left, self._right = parts, right
            self.refresh()

    def leave_out(self, message: StatusNote) -> bool:
        """Leaves a part out where it would be cut; whether that is so."""
        left_out = None
        if message.words:
            before = self._left[: self._left.index(message) + 1]
            cells = sum(cells_of(one_line(note.words)) for note in before) + len(" · ") * (len(before) - 1)
            room = self.outer_size.width - cells_of(one_line(self._right.words)) - 2
            left_out = message if 0 < room < cells else None
        if left_out != self._left_out:
            self._left_out = left_out
            self.refresh()
        return left_out is not None

    def render_line(self, y: int) -> Strip:
        width = self.outer_size.width
        plain = self.style_of(_INKS[Tone.PLAIN])
        segments: list[Segment] = []
        begins = int(bool(self._left) and self._left[0].tone is Tone.MODE)
        for note in self._left:
            if note == self._left_out:
                continue
            style = self.style_of(_INKS[note.tone])
            if segments and note.tone is not Tone.MODE:
                segments.append(Segment(" " if len(segments) == begins else " · ", plain))
            words = one_line(note.words)
            segments.append(Segment(f" {words} " if note.tone is Tone.MODE else words, style))
        right = one_line(self._right.words)
        beside = cells_of(right) + 2  # and a blank on either side
        if width < _LEAST_LEFT + beside:
            return fit(segments, width, plain)
        ends = [
            Segment(" ", plain),
            Segment(right, self.style_of(_INKS[self._right.tone])),
            Segment(" ", plain),
        ]
        return Strip([*fit(segments, width - beside, plain), *ends], width)


def fit(segments: Sequence[Segment], width: int, blank: Style) -> Strip:
    """Cuts or fills the segments to the width; what is cut ends with an ellipsis."""
    fitted: list[Segment] = []
    room = width
    for segment in segments:
        words = cut(segment.text, room)
        fitted.append(Segment(words, segment.style))
        room -= cells_of(words)
        if words != segment.text:
            break
    return Strip([*fitted, Segment(" " * room, blank)], width)
