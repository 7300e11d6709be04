"""What stands on the desk only at times, and is mounted after the first paint.

The prompt, the related list, what can follow a key, what completes a command, the first keys of a first start, and
what the status line has no room for.
"""

from __future__ import annotations

from textual.screen import Screen

from tui.widgets.floating import Completions, Welcome, WhichKey, WholeMessage
from tui.widgets.prompt import Prompt
from tui.widgets.related_list import RelatedList
from tui.widgets.status import StatusLine


class Overlays:
    """Holds the widgets."""

    def __init__(self, screen: Screen[None]) -> None:
        """Mounts the widgets on a screen, hidden."""
        self.prompt = Prompt(id="prompt")
        self.related_list = RelatedList(id="related")
        self.next_keys = WhichKey(id="follows")
        self.completions = Completions(id="completions")
        self.first_keys = Welcome(id="welcome")
        self.hints = StatusLine(id="hints")
        """The keys of the moment, for who wants them in sight."""
        self.hints.display = False
        screen.mount(self.related_list, before="#status")
        screen.mount(self.prompt, before="#status")
        screen.mount(self.hints, after="#status")
        self.message = WholeMessage(id="message")
        screen.mount(self.completions, self.first_keys, self.next_keys, self.message)
