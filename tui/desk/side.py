"""One side of the desk: a text, its pane, and what the desk knows of its highlights."""

from __future__ import annotations

from store.text_names import EARLIER
from texts.model import Span, Text
from tui.settings import USUAL_WIDTH, Settings
from tui.widgets.pane_head import PaneHead
from tui.widgets.text_pane import TextPane


class Side:
    """The left side is number 0, the right one 1."""

    def __init__(self, number: int, pane: TextPane, head: PaneHead) -> None:
        self.number = number
        self.pane = pane
        self.head = head
        self.text: Text | None = None
        self.text_id = 0
        """Number of the text in the library, which stays when it is renamed; 0 where none is open."""
        self.hits: list[Span] = []
        """What the last search found here, in the order of the text."""

    @property
    def slug(self) -> str:
        """Slug of the text; empty where none is open."""
        return self.text.slug if self.text else ""

    @property
    def is_earlier(self) -> bool:
        """Whether it shows an earlier version of a text, which is only read."""
        return EARLIER in self.slug

    @property
    def library_slug(self) -> str:
        """What the library calls the text, whichever version is shown."""
        return self.slug.partition(EARLIER)[0]

    @property
    def version(self) -> str:
        """Number of the earlier version that is shown; empty for the present one."""
        return self.slug.partition(EARLIER)[2]

    @property
    def is_present(self) -> bool:
        """Whether it shows the present version of a text of the library."""
        return bool(self.text_id) and not self.is_earlier

    def passage_number(self) -> int | None:
        """Number of the passage under the cursor; None on furniture."""
        passage = self.text.passage_at(self.pane.cursor) if self.text else None
        return passage.number if passage else None


def make_sides(settings: Settings) -> tuple[Side, Side]:
    """The left and the right side, with panes as the reader has set them."""
    left, right = Side(0, TextPane(id="left"), PaneHead(1)), Side(1, TextPane(id="right"), PaneHead(2))
    for side in (left, right):
        if settings.text_width != USUAL_WIDTH:
            side.pane.text_width = settings.text_width
        side.pane.spacing = settings.spacing
        side.pane.justified = settings.justify
    return left, right
