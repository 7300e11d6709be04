"""One side of the desk: a text, its pane, and what the desk knows of its highlights."""

from __future__ import annotations

from dataclasses import dataclass, field

from texts.model import Span, Text
from tui.updating import EARLIER
from tui.widgets.pane_head import PaneHead
from tui.widgets.text_pane import TextPane


@dataclass
class Side:
    """The left side is number 0, the right one 1."""

    number: int
    pane: TextPane
    head: PaneHead
    text: Text | None = None
    hits: list[Span] = field(default_factory=list)
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

    def passage_number(self) -> int | None:
        """Number of the passage under the cursor; None on furniture."""
        passage = self.text.passage_at(self.pane.cursor) if self.text else None
        return passage.number if passage else None
