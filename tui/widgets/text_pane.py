"""The pane that a text is read in: keys and the mouse move the cursor about in it, select, and scroll.

It knows no library: what the reader does here goes out as messages.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from texts.model import Span
from tui.view.motions import Motions
from tui.view.selection import Selection, SelectionMode, find_object, inner_highlight
from tui.view.visible_text import VisibleText
from tui.widgets.marked_text import MarkedText

_OVERLAP = 2
"""Rows of the last screen that stay in view when a page is turned."""
_WHEEL = 3
"""Rows that a turn of the wheel scrolls."""
_TO_THE_END = {"sentence_next": "sentence_end", "passage_next": "passage_end"}
"""Motions that would take the first letter of what follows into a selection, and those that end before it."""
_BY_SCREEN = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}


class TextPane(MarkedText, can_focus=True):
    """A text to read."""

    class SelectionChanged(MarkedText.DisplayMessage):
        """Something else is selected, or nothing."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.take_key: Callable[[events.Key], None] | None = None
        """Takes a key that is pressed here, as the screen does that it would come to by way of the widgets between."""
        self._dragging = False
        self._told: tuple[SelectionMode, Span | None] = ("read", None)
        """Mode and selection as the last message told them."""

    def _set_shown(self, shown: VisibleText, place: int) -> None:
        """Selects and moves in what is shown from now on."""
        self._selection = Selection(shown)
        super()._set_shown(shown, place)

    def _show_layout(self) -> None:
        """Moves by a new layout."""
        self._motions = Motions(self._view.layout)
        super()._show_layout()

    # the cursor

    def sentence_number(self) -> int | None:
        """Number of the sentence at the cursor within its passage, from 1; None behind the last one."""
        return self._shown.sentence_number(self.cursor)

    def target(self) -> Span:
        """What a command acts on: the selection, or else the sentence at the cursor."""
        return self.selection or self.sentence_at(self.cursor)

    def move_to(self, offset: int) -> None:
        """Moves the cursor to an offset, and scrolls to it."""
        self._motions.forget_goal()
        self._go(offset)

    def move(self, motion: str, count: int = 1) -> None:
        """Moves the cursor; while selecting, the selection goes with it. Raises KeyError for an unknown motion."""
        self._keep_cursor_in_view()
        if self._selection.reaches_on:
            motion = _TO_THE_END.get(motion, motion)
        if motion in _BY_SCREEN:
            self._turn(_BY_SCREEN[motion], count)
        else:
            self._go(self._motions.go(motion, self.cursor, count))

    def _go(self, offset: int) -> None:
        self._put_cursor(offset)
        self.reveal(self.cursor)

    def _turn(self, screens: float, count: int) -> None:
        """Turns pages; the cursor keeps its place on the screen where the text allows."""
        view = self._view
        rows = max(1, view.height // 2 if abs(screens) < 1 else view.height - _OVERLAP) * count
        rows = rows if screens > 0 else -rows
        number = view.row_of(self.cursor) + rows
        self._motions.goal_at(self.cursor)
        if view.scroll_to(view.top + rows):
            self._show_scrolled()
        step = 1 if rows > 0 else -1
        blank = self._spacing + max(self.fillers.values(), default=0)  # rows in a row, at most
        ahead = (view.row(number + step * further) for further in range(blank + 1))
        row = next((row for row in ahead if not row.blank), None)
        self._go(self.cursor if row is None else self._motions.at_column(row))

    def _put_cursor(self, offset: int) -> None:
        """Puts the cursor somewhere; while selecting, the selection reaches to it."""
        if self._draw_cursor(offset) and self.mode != "read":
            self._selection.move(self.cursor)
            self._show_selection()

    def scroll_rows(self, rows: int) -> bool:
        """Scrolls down by so many rows, or up; the cursor of the pane that the reader is in stays in view."""
        scrolled = super().scroll_rows(rows)
        if scrolled and self.has_focus:
            self._keep_cursor_in_view()
        return scrolled

    def _keep_cursor_in_view(self) -> None:
        """Brings the cursor to the nearest row in view; while selecting it stays where it is."""
        if self.mode != "read" or self._view.holds(self.cursor):
            return
        rows = [row for row in self._view.rows() if not row.blank]
        if rows:
            self._motions.goal_at(self.cursor)
            self._put_cursor(self._motions.at_column(rows[0] if self.cursor < rows[0].start else rows[-1]))

    def watch_has_focus(self, has_focus: bool) -> None:
        """Does without the styles that Textual would look up anew: none of a pane depends on focus."""

    def on_focus(self) -> None:
        """Draws the cursor as the one that keys move."""
        self._overlay.focused = True
        self._touch(self._overlay.cursor)
        self._keep_cursor_in_view()

    def on_blur(self) -> None:
        """Draws the cursor as one that waits."""
        self._overlay.focused = False
        self._touch(self._overlay.cursor)

    # selecting

    @property
    def mode(self) -> SelectionMode:
        """Whether the reader reads or selects."""
        return self._selection.mode

    @property
    def selection(self) -> Span | None:
        """What is selected; None while reading."""
        return self._selection.span

    @property
    def last_selection(self) -> Span | None:
        """What was selected last."""
        return self._selection.last

    @property
    def selecting_just_started(self) -> bool:
        """Whether selecting has started at the cursor and nothing has been moved or chosen since."""
        return self.mode == "select" and self._selection.just_started

    def select(self, mode: SelectionMode) -> None:
        """Starts selecting at the cursor; stops where the mode is on already, goes over from the other one."""
        if mode in (self.mode, "read"):
            self.clear_selection()
            return
        self._selection.start(mode, self.cursor)
        self._show_selection()

    def select_span(self, span: Span) -> None:
        """Selects a span, with the cursor on its last character."""
        self._selection.put(span)
        self._show_selection()

    def select_object(self, name: str) -> None:
        """Selects a text object at the cursor: `is`, `as`, `ip`, `ap`, `iw`, `aw`, `ih`.

        Where it is selected already, goes on to the next one as well, or to the highlight around it. Raises KeyError
        for an object that there is none of.
        """
        span: Span | None
        if name == "ih":
            spans = [mark.span for mark in self.marks_at(self.cursor)]
            span = inner_highlight(spans, self.cursor, self.selection)
        else:
            span = find_object(self._shown, name, self.cursor, self.selection)
        if span is not None:
            self.select_span(span)

    def grow_selection(self) -> None:
        """Selects the next larger of word, sentence, passage and text."""
        self._selection.grow(self.cursor)
        self._show_selection()

    def shrink_selection(self) -> None:
        """Takes the last `grow_selection` back, or selects the next smaller thing at the cursor."""
        self._selection.shrink(self.cursor)
        self._show_selection()

    def other_edge(self) -> None:
        """Lets motions move the other edge of the selection."""
        if self.mode != "read":
            self._selection.other_edge()
            self._show_selection()

    def clear_selection(self) -> None:
        """Selects nothing; what was selected can be had again."""
        self._selection.stop()
        self._show_selection()

    def _show_selection(self) -> None:
        """Draws the selection as it is now, with the cursor at its head."""
        span = self._selection.span
        self._draw_selection(span)
        if span is not None and self._selection.head != self.cursor:
            self._motions.forget_goal()
            self._draw_cursor(self._selection.head)
            self.reveal(self.cursor)
        state = (self.mode, span)
        if state != self._told:
            self._told = state
            self._tell(self.SelectionChanged(self))

    # keys and the mouse

    def on_key(self, event: events.Key) -> None:
        """Hands a key on."""
        if self.take_key is not None:
            self.take_key(event)

    def _offset_at(self, event: events.MouseEvent) -> int:
        """Offset of the character under the mouse, or the nearest one."""
        return self._view.offset_at(event.y, event.x - self._painter.gutter)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Puts the cursor there; a drag from here selects."""
        if event.button != 1:
            return
        event.stop()
        self.clear_selection()
        self.move_to(self._offset_at(event))
        self._dragging = True
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Selects from where the button went down; over the edge it scrolls."""
        if not self._dragging:
            return
        event.stop()
        if not 0 <= event.y < self.outer_size.height:
            self.scroll_rows(-1 if event.y < 0 else 1)
        offset = self._offset_at(event)
        if self.mode == "read" and offset != self.cursor:
            self.select("select")
        self._put_cursor(offset)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Ends a drag."""
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Selects a word on the second click, a sentence on the third."""
        if event.chain > 1:
            event.stop()
            self.select_span(find_object(self._shown, "iw" if event.chain == 2 else "is", self.cursor, None))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scrolls down by some rows."""
        event.stop()
        event.prevent_default()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scrolls up by some rows."""
        event.stop()
        event.prevent_default()
        self.scroll_rows(-_WHEEL)
