"""The pane that a text is read in: shows it, moves a cursor about in it, selects, and draws what lies on it.

It holds a text, marks and spans, and knows no library: what the reader does here goes out as messages, what is to be
drawn comes in through methods. What costs time is kept small: only a window of the text is laid out at first, painted
rows are kept until something on them changes, and a key repaints the rows it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.timer import Timer

from texts.model import Passage, Span, Text
from tui.private_api import SizedBeforePaint
from tui.view.marks import Mark, Marks
from tui.view.motions import Motions
from tui.view.overlay import Overlay, Spans
from tui.view.paint import MARGIN, Painter, gutter_width
from tui.view.palette import DARK, Palette, palette_of
from tui.view.selection import Mode, Selection, find_object, inner_highlight
from tui.view.viewport import Viewport, Where
from tui.view.visible_text import VisibleText

TEXT_WIDTH = 72
"""Cells of the text column, at most."""

_WIDEST = 100
"""Cells of the text column on the widest screens: longer lines are hard to come back from."""

_NO_TEXT = Text("", "", "", "", "", ())
_REST_AFTER = 0.06
"""Seconds until the rest of the text is laid out."""
_AHEAD_AFTER = 0.02
"""Seconds after scrolling until rows out of view are painted."""
_BETWEEN_CHUNKS = 0.004
"""Seconds between chunks of such work, so that keys come first."""
_AHEAD = 8
"""Rows that are painted at one go."""
_OVERLAP = 2
"""Rows of the last screen that stay in view when a page is turned."""
_WHEEL = 3
"""Rows that a turn of the wheel scrolls."""
_TO_THE_END = {"sentence_next": "sentence_end", "passage_next": "passage_end"}
"""Motions that would take the first letter of what follows into a selection, and those that end before it."""
_BY_SCREEN = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}


class TextPane(SizedBeforePaint, can_focus=True):
    """A text to read.

    Offsets are code points into the body, spans half-open. Rows are display rows: numbers of `row_of` mean something
    only against each other, until the pane is next laid out; screen rows count from 0 at the top of the pane.

    The pane scrolls by itself: Textual's scroll offset stays 0, because all it would do here is cost a layout.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TextPane { width: 1fr; height: 1fr; overflow: hidden hidden; }
    """

    class PaneMessage(Message):
        """What all messages of a pane carry."""

        def __init__(self, pane: TextPane) -> None:
            super().__init__()
            self.pane = pane
            """The pane that it comes from."""

        @property
        def control(self) -> TextPane:
            """The pane that it comes from."""
            return self.pane

    class CursorMoved(PaneMessage):
        """The cursor stands elsewhere."""

        def __init__(self, pane: TextPane, offset: int) -> None:
            super().__init__(pane)
            self.offset = offset
            """Where it stands now."""

    class SelectionChanged(PaneMessage):
        """Something else is selected, or nothing."""

    class ViewChanged(PaneMessage):
        """Passages stand on other screen rows: scrolled, resized, another text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text: Text | None = None
        self._marks = Marks()
        self.marks_version = 0
        """Goes up with every change of the marks."""
        self._overlay = Overlay()
        self._palette: Palette | None = None
        self._of_theme = DARK
        self._text_width = TEXT_WIDTH
        self._widens = True
        """Whether the column gets wider than that where the screen is wide: until somebody says how wide it is."""
        self._spacing = 1
        self._justified = False
        self._show_furniture = True
        self._tells_headings = False
        self._to_reveal: tuple[Span | int, Where | int] | None = None
        """What to scroll to once the pane has a size."""
        self._growing: Timer | None = None
        self._ahead: Timer | None = None
        self._dragging = False
        self._told: tuple[Mode, Span | None] = ("read", None)
        """Mode and selection as the last message told them."""
        self._set_shown(VisibleText(_NO_TEXT), 0)

    def _set_shown(self, shown: VisibleText, place: int) -> None:
        """Starts from what is shown of a text, laid out for the present size with a place at the top."""
        shown.tells_headings = self._tells_headings
        self._shown = shown
        self._selection = Selection(shown)
        self._overlay.selection = None
        self._overlay.cursor = shown.grapheme(self._overlay.cursor.start)
        self._view = Viewport(
            shown,
            columns=self._columns(),
            height=self.outer_size.height,
            place=place,
            spacing=self._spacing,
            justified=self._justified,
        )
        self._show_layout()

    # the text

    @property
    def text(self) -> Text | None:
        """The text that is shown; None while there is none."""
        return self._text

    def show(self, text: Text, *, cursor: int = 0) -> None:
        """Shows a text with nothing on it, and the cursor at an offset."""
        self._text = text
        self._marks = Marks()
        overlay = self._overlay
        self._overlay = Overlay(
            Span(cursor, cursor),
            focused=overlay.focused,
            show_marks=overlay.show_marks,
            focus_dim=overlay.focus_dim,
        )
        self._set_shown(VisibleText(text, furniture=self._show_furniture), cursor)
        self.reveal(self.cursor, "middle")
        self.refresh()
        self.post_message(self.CursorMoved(self, self.cursor))

    def clear(self) -> None:
        """Shows no text."""
        self.show(_NO_TEXT)
        self._text = None

    # laying out

    @property
    def text_width(self) -> int:
        """Cells of the text column, at most."""
        return self._text_width

    @text_width.setter
    def text_width(self, cells: int) -> None:
        if cells != self._text_width or self._widens:
            self._text_width, self._widens = cells, False
            self._lay_out()
            self.refresh()

    @property
    def spacing(self) -> int:
        """Blank rows between passages."""
        return self._spacing

    @spacing.setter
    def spacing(self, rows: int) -> None:
        if rows != self._spacing:
            self._spacing = rows
            self._set_shown(self._shown, self._view.place)
            self.reveal(self.cursor)
            self.refresh()

    @property
    def justified(self) -> bool:
        """Whether rows of prose are stretched to the text column."""
        return self._justified

    @justified.setter
    def justified(self, justified: bool) -> None:
        if justified != self._justified:
            self._justified = self._view.justified = justified
            self._motions.forget_goal()
            self._touch_all()
            self.post_message(self.ViewChanged(self))

    def _columns(self) -> int:
        """Cells of the text column in the pane as it is."""
        gutter = gutter_width(len(self._shown.text.numbered))
        room = self.outer_size.width - gutter - MARGIN
        widest = self._text_width
        if self._widens and room > widest:
            widest = min(_WIDEST, widest + (room - widest) * 2 // 3)
        return min(widest, room)

    def take_size(self, take: Callable[[], bool], *, is_new: bool) -> bool:
        """Lays the text out for a new size; the cursor stays in view."""
        in_view = self._view.holds(self.cursor)
        updated = take()
        if is_new:
            self._lay_out()
            if self._to_reveal is not None and self.outer_size:
                what, where = self._to_reveal
                self._to_reveal = None
                self.reveal(what, where)
            elif in_view:
                self.reveal(self.cursor)
        return updated

    def _lay_out(self) -> None:
        """Wraps the text anew for the present size; what is at the top stays there."""
        self._view.fit(self._columns(), self.outer_size.height)
        self._show_layout()

    def _show_layout(self) -> None:
        """Moves and paints by a new layout."""
        layout = self._view.layout
        self._motions = Motions(layout)
        width, height = self.outer_size
        self._painter = Painter(layout, self._marks, self._overlay, self.palette, width, height=height)
        if self.is_attached:
            self._grow_later(_REST_AFTER)
            self._paint_ahead_later(_REST_AFTER)
            self.post_message(self.ViewChanged(self))

    # level with another pane

    @property
    def fillers(self) -> Mapping[int, int]:
        """Blank rows behind passages, by their index among those shown, beside those that part them; -1: before all."""
        return self._view.fillers

    @fillers.setter
    def fillers(self, fillers: Mapping[int, int]) -> None:
        self._view.fill(fillers)
        self._show_layout()
        self.refresh()

    @property
    def geometry(self) -> tuple[object, ...]:
        """What the rows of the text depend on, fillers aside: the text, what is shown of it, and its column."""
        return self._text, self._shown, self._view.layout.columns, self._spacing

    def first_rows(self) -> list[int]:
        """The rows at which the passages that are shown begin, without fillers; lays the whole text out."""
        layout = self._view.whole_layout()
        return [layout.row_of(passage.span.start) for passage in self._shown.passages]

    def index_of(self, passage: Passage) -> int:
        """The index of a passage among those that are shown."""
        return self._shown.index(passage.span.start)

    @property
    def top_row(self) -> int:
        """The row at the top, counted from the first one of a text that is laid out as a whole."""
        return self._view.first

    def scroll_to_row(self, number: int) -> None:
        """Brings a row to the top, counted likewise."""
        self.scroll_rows(number - self.top_row)

    # work for when nothing else is to be done

    def _grow_later(self, seconds: float) -> None:
        if self._growing is not None:
            self._growing.stop()
        wanted = self.outer_size and not self._view.layout.complete
        self._growing = self.set_timer(seconds, self._grow) if wanted else None

    def _grow(self) -> None:
        """Lays out one more chunk of the text."""
        self._growing = None
        if self._view.grow():
            self._grow_later(_BETWEEN_CHUNKS)

    def _paint_ahead_later(self, seconds: float) -> None:
        if self._ahead is not None:
            self._ahead.stop()
        self._ahead = self.set_timer(seconds, self._paint_ahead) if self.outer_size else None

    def _paint_ahead(self) -> None:
        """Paints some rows of the screens below and above, so that a page turns at once."""
        self._ahead = None
        first, height = self._view.first, self._view.height
        coming = (*range(first + height, first + 2 * height), *range(first - 1, first - height, -1))
        painted = self._painter.paint_ahead(coming, _AHEAD)
        for strip in painted:
            strip.render(self.app.console)  # the strip keeps the bytes that the frame will ask it for
        if painted:
            self._paint_ahead_later(_BETWEEN_CHUNKS)

    # rows and places

    @property
    def place(self) -> int:
        """Offset of the first character in view."""
        return self._view.place

    @property
    def in_view(self) -> tuple[int, int]:
        """Offsets of the first and of the last row in view."""
        return self._view.edges

    def row_of(self, offset: int) -> int:
        """The display row of an offset, to be compared with that of another; laid out for it if need be."""
        return self._view.row_of(offset)

    def screen_row_of(self, offset: int) -> int:
        """The screen row of an offset; negative or from the pane's height on where it is out of sight."""
        return self._view.screen_row_of(offset)

    def passage_at(self, offset: int) -> Passage:
        """The passage at an offset, or the nearest one before it."""
        return self._shown.passages[self._shown.index(offset)]

    def sentence_at(self, offset: int) -> Span:
        """The sentence at an offset, or the nearest one before it in its passage."""
        return self._shown.sentence(offset)

    def sentence_number(self) -> int | None:
        """Number of the sentence at the cursor within its passage, from 1; None behind the last one."""
        return self._shown.sentence_number(self.cursor)

    def target(self) -> Span:
        """What a command acts on: the selection, or else the sentence at the cursor."""
        return self.selection or self.sentence_at(self.cursor)

    def visible_passages(self) -> list[tuple[int, int, int]]:
        """The numbered passages in view: number, first and last screen row, cut off at the pane's edges."""
        return self._view.passages()

    def screen_row_of_passage(self, number: int) -> int | None:
        """The first screen row of a passage that is in view; None where it is not."""
        return next((first for seen, first, _ in self.visible_passages() if seen == number), None)

    def visible_sentences(self) -> list[int]:
        """Offsets of the sentences that begin in view."""
        return self._view.sentences()

    # scrolling

    def scroll_rows(self, rows: int) -> None:
        """Scrolls down by so many rows, or up; the cursor of the pane that the reader is in stays in view."""
        if self._view.scroll_to(self._view.top + rows, over=True):
            self._show_scrolled()
            if self.has_focus:
                self._keep_cursor_in_view()

    def reveal(self, what: Span | int, where: Where | int = "near") -> None:
        """Scrolls to an offset or a span: to the top, the middle, the bottom, or a screen row of that number.

        `near` scrolls as little as needed; what is more than a screen away comes to the middle. The cursor stays.
        """
        if not self.outer_size:
            self._to_reveal = what, where
        elif self._view.reveal(what, where):
            self._show_scrolled()

    def _show_scrolled(self) -> None:
        self.refresh()
        self._grow_later(_REST_AFTER)
        self._paint_ahead_later(_AHEAD_AFTER)
        self.post_message(self.ViewChanged(self))

    def _keep_cursor_in_view(self) -> None:
        """Brings the cursor to the nearest row in view; while selecting it stays where it is."""
        if self.mode != "read" or self._view.holds(self.cursor):
            return
        rows = [row for row in self._view.rows() if not row.blank]
        if rows:
            self._motions.goal_at(self.cursor)
            self._put_cursor(self._motions.at_column(rows[0] if self.cursor < rows[0].start else rows[-1]))

    # the cursor

    @property
    def cursor(self) -> int:
        """Offset of the cursor."""
        return self._overlay.cursor.start

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
        self.post_message(self.CursorMoved(self, cursor.start))
        return True

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
    def mode(self) -> Mode:
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

    def select(self, mode: Mode) -> None:
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
        before, span = self._overlay.selection, self._selection.span
        self._overlay.selection = span
        for changed in _difference(before, span):
            self._touch(changed)
        if span is not None and self._selection.head != self.cursor:
            self._motions.forget_goal()
            self._draw_cursor(self._selection.head)
            self.reveal(self.cursor)
        state = (self.mode, span)
        if state != self._told:
            self._told = state
            self.post_message(self.SelectionChanged(self))

    # what lies on the text

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

    def set_hits(self, hits: Iterable[Span], current: Span | None = None) -> None:
        """Draws what a search found, and which of it the reader is at."""
        self._overlay.hits, self._overlay.current = Spans(hits), current
        self._touch_all()

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

    def set_off_headings(self) -> None:
        """Sets titles and other headings off from now on."""
        self._tells_headings = self._shown.tells_headings = True
        self._touch_all()

    @property
    def show_furniture(self) -> bool:
        """Whether furniture is shown, dim, or left out."""
        return self._show_furniture

    @show_furniture.setter
    def show_furniture(self, show: bool) -> None:
        if show == self._show_furniture:
            return
        self._show_furniture = show
        before = self.cursor
        screen_row = min(max(self.screen_row_of(before), 0), max(0, self._view.height - 1))
        self._set_shown(VisibleText(self._shown.text, furniture=show), before)
        self.reveal(self.cursor, screen_row)
        self.refresh()
        if self.cursor != before:
            self.post_message(self.CursorMoved(self, self.cursor))

    @property
    def show_marks(self) -> bool:
        """Whether marks are drawn."""
        return self._overlay.show_marks

    @show_marks.setter
    def show_marks(self, show: bool) -> None:
        self._overlay.show_marks = show
        self._touch_all()

    @property
    def focus_dim(self) -> bool:
        """Whether all but the current passage is dim."""
        return self._overlay.focus_dim

    @focus_dim.setter
    def focus_dim(self, dim: bool) -> None:
        self._overlay.focus_dim = dim
        self._touch_all()

    # colours

    @property
    def palette(self) -> Palette:
        """The colours in use: those that were set, or those of the theme."""
        return self._palette or self._of_theme

    def set_palette(self, palette: Palette | None) -> None:
        """Draws in these colours; None goes back to those of the theme."""
        self._palette = palette
        self._show_palette()

    def _show_palette(self) -> None:
        self._painter.palette = self.palette
        self._touch_all()

    def on_mount(self) -> None:
        """Follows the theme of the app."""
        self.app.theme_changed_signal.subscribe(self, self._follow_theme)
        self._follow_theme(self.app.current_theme)

    def _follow_theme(self, theme: Theme) -> None:
        # An app that knows of a terminal with few colours says what is drawn in place of the theme's.
        self._of_theme = getattr(self.app, "palette_for", palette_of)(theme)
        self._show_palette()

    # painting

    def _touch(self, span: Span) -> None:
        """Paints the rows of a span anew."""
        layout, view = self._view.layout, self._view
        first, last = layout.row_of(span.start), layout.row_of(max(span.start, span.end - 1))
        self._painter.forget(first, last)
        first, last = max(first, view.first), min(last, view.first + view.height - 1)
        if first <= last:
            self.refresh(Region(0, first - view.first, self.outer_size.width, last - first + 1))

    def _touch_all(self) -> None:
        self._painter.forget_all()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region. Kept strips go straight to the compositor, past Textual's own caches and filters."""
        first = self._view.first + crop.y
        strips = self._painter.strips(first, crop.height)
        if crop.x or crop.width != self.outer_size.width:
            return [strip.crop(crop.x, crop.right) for strip in strips]
        return strips

    def cursor_cell(self) -> Offset | None:
        """The cell of the screen that the cursor stands in; None where it is out of sight."""
        row = self._view.screen_row_of(self.cursor)
        if not 0 <= row < self.outer_size.height:
            return None
        layout = self._view.layout
        column = layout.column_of(layout.row(layout.row_of(self.cursor)), self.cursor)
        return Offset(self.region.x + self._painter.gutter + column, self.region.y + row)

    # the mouse

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


def _difference(before: Span | None, after: Span | None) -> list[Span]:
    """What is in one of two spans and not in the other."""
    if before is None or after is None or not before.overlaps(after):
        return [span for span in (before, after) if span is not None]
    edges = (sorted((before.start, after.start)), sorted((before.end, after.end)))
    return [Span(low, high) for low, high in edges if low < high]
