"""The foot of the desk: what stands there only at times, and is mounted after the first paint.

The prompt, the related list, what can follow a key, what completes a command, and the first keys of a first start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.screens.desk.part import Part
from tui.widgets.completions import Completions
from tui.widgets.follows import Follows
from tui.widgets.prompt import Prompt
from tui.widgets.related_list import RelatedList
from tui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from tui.screens.desk.screen import DeskScreen

_FOLLOWS_AFTER = 0.45
"""Seconds after which an unfinished sequence shows what can follow."""
_FIRST_KEYS = (
    ("sentence_next", "the next sentence"),
    ("other_pane", "the other text"),
    ("highlight", "highlight the sentence"),
    ("related", "what does the other text say about it?"),
    ("help", "what can be done here; :tutorial teaches more"),
)
"""What a first start shows: commands, and a few words on each."""


class Foot(Part):
    """Holds the widgets, and shows those that belong to no other part."""

    _pause: Timer | None = None

    def __init__(self, desk: DeskScreen) -> None:
        """Mounts the widgets on the desk, hidden."""
        super().__init__(desk)
        self.prompt = Prompt(id="prompt")
        self.related_list = RelatedList(id="related")
        self.follows = Follows(id="follows")
        self.completions = Completions(id="completions")
        self.first_keys = Welcome(id="welcome")
        desk.mount(self.related_list, before="#status")
        desk.mount(self.prompt, before="#status")
        desk.mount(self.completions, self.first_keys, self.follows)

    # what can follow

    def wait_to_show_follows(self) -> None:
        """Shows after a pause what can follow what was typed; hides what could follow what was typed before."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
            self.follows.hide()
        if self.desk.typing.pending:
            self._pause = self.desk.set_timer(_FOLLOWS_AFTER, self.show_follows)

    def show_follows(self) -> None:
        """Shows what can follow what was typed."""
        desk = self.desk
        arguments = {
            "highlight_with": desk.tagging.signs,
            "set_mark": desk.moving.remembered,
            "go_mark": desk.moving.remembered,
        }
        offered = arguments[desk.typing.taker]() if desk.typing.taker else []
        found = [*desk.typing.follows(desk.active.pane.mode != "read"), *offered]
        if found:
            self.follows.show(found)

    # the first start

    def welcome(self) -> None:
        """Shows the first keys, until the reader does something with the text; once in a library."""
        places = self.desk.session.places
        if places.get("welcomed", False):
            return
        places.put("welcomed", True)
        rows = [(self.desk.key_of(id), words) for id, words in _FIRST_KEYS]
        self.first_keys.show("Two articles on one event. Five keys to begin with:", rows)
