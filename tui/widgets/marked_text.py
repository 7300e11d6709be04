"""What lies on a text that is shown: marks, hits of a search, evidence, labels, and cursor and selection as drawn.

All of it comes in through methods, each of which repaints the rows that it touches. `text_display` paints them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from texts.model import Span
from tui.view.marks import Mark, Marks
from tui.view.overlay import Spans
from tui.widgets.text_display import TextDisplay


class MarkedText(TextDisplay):
    """A text to look at, with what is drawn on it."""

    # marks

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Draws these marks and no others."""
        self._marks = self._painter.marks = Marks(marks)
        self.marks_version += 1
        self._touch_all()

    def put_mark(self, mark: Mark) -> None:
        """Draws a mark, in place of the one with its id if there is one."""
        self.drop_mark(mark.id)
        self._marks.put(mark)
        self._touch_mark(mark)

    def drop_mark(self, id: int) -> None:
        """Takes a mark off, if it is there."""
        dropped = self._marks.drop(id)
        if dropped is not None:
            self._touch_mark(dropped)

    def mark_starts(self) -> list[int]:
        """Offsets at which marks begin, each of their parts."""
        return self._marks.starts()

    def _touch_mark(self, mark: Mark) -> None:
        self.marks_version += 1
        for part in mark.parts:
            self._touch(part)

    def mark(self, id: int) -> Mark | None:
        """The mark of that id."""
        return self._marks.get(id)

    def marks_within(self, span: Span) -> list[Mark]:
        """The marks that lie on any of a span, the innermost first."""
        return self._marks.within(span.start, span.end)

    def marks_at(self, offset: int) -> list[Mark]:
        """The marks at an offset, the innermost first."""
        return self._marks.at(offset)

    def next_mark(
        self, offset: int, direction: int, predicate: Callable[[Mark], bool] | None = None
    ) -> Mark | None:
        """The first mark that begins behind an offset, or, with a negative direction, the last one before it."""
        return self._marks.next(offset, direction, predicate)

    @property
    def show_marks(self) -> bool:
        """Whether marks are drawn."""
        return self._overlay.show_marks

    @show_marks.setter
    def show_marks(self, show: bool) -> None:
        self._overlay.show_marks = show
        self._touch_all()

    # what lies on the text besides

    def set_hits(self, hits: Iterable[Span], current: Span | None = None) -> None:
        """Draws what a search found, and which of it the reader is at."""
        before = self._overlay.hits
        self._overlay.hits = after = Spans(hits)
        changed = Spans({*before} ^ {*after})
        self._touch_where(lambda low, high: any(changed.within(low, high)))
        self.set_current_hit(current)

    def set_current_hit(self, current: Span | None) -> None:
        """Draws another hit as the one that the reader is at."""
        before, self._overlay.current = self._overlay.current, current
        for span in (before, current):
            if span is not None:
                self._touch(span)

    def set_evidence(self, spans: Iterable[Span]) -> None:
        """Underlines what speaks for a relation."""
        before, self._overlay.evidence = self._overlay.evidence, Spans(spans)
        for span in (*before, *self._overlay.evidence):
            self._touch(span)

    def emphasize(self, span: Span | None) -> None:
        """Shows a passage as related, or none."""
        before, self._overlay.emphasized = self._overlay.emphasized, span
        if before != span:
            for changed in (before, span):
                if changed is not None:
                    self._touch(changed)

    def set_labels(self, labels: Mapping[int, str]) -> None:
        """Draws labels before what they name, by offset; none takes them away."""
        before, self._overlay.labels = self._overlay.labels, dict(labels)
        for offset in {*before, *labels}:
            self._touch(Span(offset, offset))

    @property
    def focus_dim(self) -> bool:
        """Whether all but the current passage is dim."""
        return self._overlay.focus_dim

    @focus_dim.setter
    def focus_dim(self, dim: bool) -> None:
        self._overlay.focus_dim = dim
        self._touch_all()

    def _draw_cursor(self, offset: int) -> bool:
        """Draws the cursor elsewhere, and what changes by that; returns whether it was not there before."""
        before, cursor = self._overlay.cursor, self._shown.grapheme(offset)
        if cursor == before:
            return False
        self._overlay.cursor = cursor
        self._touch(before)
        self._touch(cursor)
        left, reached = self.passage_at(before.start).span, self.passage_at(cursor.start).span
        if left != reached:
            for span in (left, reached):
                self._touch(span if self.focus_dim else Span(span.start, span.start))
        self._tell(self.CursorMoved(self, cursor.start))
        return True

    def _draw_selection(self, span: Span | None) -> None:
        """Draws what is selected, or that nothing is."""
        before, self._overlay.selection = self._overlay.selection, span
        for changed in _difference(before, span):
            self._touch(changed)


def _difference(before: Span | None, after: Span | None) -> list[Span]:
    """What is in one of two spans and not in the other."""
    if before is None or after is None or not before.overlaps(after):
        return [span for span in (before, after) if span is not None]
    edges = (sorted((before.start, after.start)), sorted((before.end, after.end)))
    return [Span(low, high) for low, high in edges if low < high]
