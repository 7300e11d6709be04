"""The two panes below the tables: what a row, or a cell of the map, stands for in each text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from texts.model import Span, Text
from texts.short_titles import short_title
from tui.view.tables import RowPlaces
from tui.widgets.pane_head import PaneHead
from tui.widgets.text_pane import TextPane

EvidenceSpans = tuple[Sequence[Span], Sequence[Span]]
"""Spans that speak for the relation of two passages, in each text."""


class Preview(Horizontal):
    """Two texts to be looked at; they take no keys."""

    DEFAULT_CSS = """
    Preview {
        height: 2fr;
        & .side { width: 1fr; height: 1fr; }
    }
    """

    def __init__(self, left: Text, right: Text) -> None:
        super().__init__()
        self._texts = left, right

    def compose(self) -> ComposeResult:
        for number in range(2):
            with Vertical(classes="side"):
                yield PaneHead(number + 1, id=f"head-{number}")
                pane = TextPane(id=f"pane-{number}")
                pane.can_focus = False
                yield pane

    def on_mount(self) -> None:
        self._show_texts()

    def take(self, left: Text, right: Text) -> None:
        """Shows these texts from now on: an undo may bring back another version."""
        if (left, right) != self._texts:
            self._texts = left, right
            self._show_texts()

    def _show_texts(self) -> None:
        for number, text in enumerate(self._texts):
            self._pane(number).show(text)
            self._head(number, "")

    def _pane(self, number: int) -> TextPane:
        return self.query_one(f"#pane-{number}", TextPane)

    def _head(self, side: int, place: str) -> None:
        text = self._texts[side]
        head = self.query_one(f"#head-{side}", PaneHead)
        head.short = partial(short_title, text.title)
        head.show(text.title or text.slug, place, active=False)

    def show(self, places: RowPlaces) -> None:
        """Shows the first of the places in both texts, and lights all of them."""
        for number, spans in enumerate((places.left, places.right)):
            pane, first = self._pane(number), next(iter(spans), None)
            whole = places.are_passages
            pane.set_hits([] if whole else spans, None if whole else first)
            pane.emphasize(first if whole else None)
            pane.set_evidence([])
            if first is not None:
                pane.reveal(first, "top" if whole else "middle")
            self._head(number, self._place_words(number, spans, whole))

    def underline(self, evidence: EvidenceSpans) -> None:
        """Underlines what speaks for the relation of the two passages that are shown."""
        for number, spans in enumerate(evidence):
            self._pane(number).set_evidence(sorted(spans))

    def number(self, side: int, spans: Sequence[Span]) -> int | None:
        """The number of the passage that the first of the spans begins in; None on furniture, and without spans."""
        passage = self._texts[side].passage_at(spans[0].start) if spans else None
        return passage.number if passage else None

    def _place_words(self, side: int, spans: Sequence[Span], are_passages: bool) -> str:
        """`¶9/20`, or `3 × from ¶9`; says where a text has nothing of it."""
        if not spans:
            return "not here"
        number = f"¶{self.number(side, spans) or '–'}"
        return (
            f"{number}/{len(self._texts[side].numbered)}" if are_passages else f"{len(spans)} × from {number}"
        )
