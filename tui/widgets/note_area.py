"""Where a note is written: shows what a terminal must not get as signs, and keeps it as it is."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.geometry import Offset
from textual.widgets import TextArea

from texts.visible import visible
from tui.widgets.field import cursor_blinks, lead_when_laid_out, may_lead, typed_unprintable

_FIRST = 0x10F000
"""From here on letters stand in: private use, of which each is one cell wide. Those that are written are held so."""
_ENDS_LINES = frozenset("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
"""What Textual would end a line at, and write back as a newline."""


class NoteArea(TextArea):
    """An area of text whose `words` come out as they went in, whatever they hold.

    What is not to be shown as it is (a soft hyphen, a mark of direction, an escape sequence) is held as a letter that
    stands in for it: it is one cell wide, moves and goes like any other, and is drawn as its sign.
    """

    def __init__(self, words: str, *, id: str | None = None) -> None:
        self._stand_ins: dict[str, str] = {}
        self._meant: dict[str, str] = {}
        super().__init__(self._held(words), soft_wrap=True, tab_behavior="focus", compact=True, id=id)

    def on_mount(self) -> None:
        """Sets whether the cursor blinks, before TextArea's own handler starts the blinking."""
        self.set_reactive(TextArea.cursor_blink, cursor_blinks(self.app))

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell for the terminal's cursor: where it stands already, as long as it is not to stand in this area."""
        return super().cursor_screen_offset if may_lead(self) else self.app.cursor_position

    def on_focus(self) -> None:
        lead_when_laid_out(self)

    def on_resize(self) -> None:
        lead_when_laid_out(self)  # on a busy machine it may have had no room yet when it got the keys

    def on_key(self, event: events.Key) -> None:
        """Takes what Textual would drop; comes before Textual's own handler."""
        if typed := typed_unprintable(event):
            event.stop()
            event.prevent_default()
            self.replace(self._held(typed), *self.selection, maintain_selection_offset=False)

    @property
    def words(self) -> str:
        """What is written, as it is to be kept."""
        return "".join(self._meant.get(character, character) for character in self.text)

    @words.setter
    def words(self, words: str) -> None:
        self.text = self._held(words)

    def _held(self, words: str) -> str:
        if visible(words) == words and not _ENDS_LINES & set(words) and max(words, default="") < chr(_FIRST):
            return words
        return "".join(map(self._stand_in, words))

    def _stand_in(self, character: str) -> str:
        is_shown_so = visible(character) == character and character not in _ENDS_LINES
        if character in "\n\t" or (is_shown_so and character < chr(_FIRST)):
            return character
        held = self._stand_ins.get(character)
        if held is None:
            held = self._stand_ins[character] = chr(_FIRST + len(self._stand_ins))
            self._meant[held] = character
        return held

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: one sign for each character."""
        line = super().get_line(line_index)
        meant = "".join(self._meant.get(character, character) for character in line.plain)
        line.plain = visible(meant).replace("\n", "␤")
        return line
