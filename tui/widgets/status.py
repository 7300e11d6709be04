"""The one status line: mode, place, sync, what is here, what was done last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from texts.visible import one_line


class Tone(StrEnum):
    """How a part of the status line is set off."""

    MODE = "mode"
    PLAIN = "plain"
    DIM = "dim"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Note:
    """A part of the status line."""

    words: str
    tone: Tone = Tone.PLAIN


class StatusLine(Widget):
    """Shows parts from the left, and one at the right that gives way where there is no room."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        background: $panel;
        & > .status--mode { background: $primary; color: $background; text-style: bold; }
        & > .status--plain { background: $panel; color: $foreground; }
        & > .status--dim { background: $panel; color: $foreground 70%; }
        & > .status--good { background: $panel; color: $success; }
        & > .status--warning { background: $panel; color: $warning; }
        & > .status--error { background: $panel; color: $error; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"status--{tone}" for tone in Tone}

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
        width = self.size.width
        plain = self.get_component_rich_style("status--plain")
        segments: list[Segment] = []
        for note in self._left:
            style = self.get_component_rich_style(f"status--{note.tone}")
            if segments and note.tone is not Tone.MODE:
                segments.append(Segment(" · " if len(segments) > 1 else " ", plain))
            words = one_line(note.words)
            segments.append(Segment(f" {words} " if note.tone is Tone.MODE else words, style))
        used = sum(cell_len(segment.text) for segment in segments)
        right = one_line(self._right.words)
        room = width - used - cell_len(right) - 1
        if room >= 1:
            segments.append(Segment(" " * room, plain))
            segments.append(Segment(right, self.get_component_rich_style(f"status--{self._right.tone}")))
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
